"""The server's processes: started, killed, stopped; and its load."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

from kg.sparql import library

from .conftest import ROOT
from .test_hostile import BOMBS, served
from .test_protocol import DIRECT

pytestmark = pytest.mark.slow

#: A query that takes years and hardly any memory.
ENDLESS = "SELECT (COUNT(*) AS ?n) {" + "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(5)) + "}"

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which only Linux has")


def kg(*arguments: str, timeout: float = 30) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def within(seconds: float, happens) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happens():
            return True
        time.sleep(0.02)
    return False


# ---------------------------------------------------------------- start


def test_a_port_in_use_is_one_line_and_exit_status_3(server):
    done = kg("serve", "--port", str(server.port))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [f"kg: 127.0.0.1:{server.port}: Address already in use; choose another --port or --host"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--source", "none.nq", "serve", "--port", "0"], 2, "none.nq: no such file or folder"),
        (
            ["--source", "http://127.0.0.1:9/sparql", "serve", "--port", "0"],
            2,
            "a remote endpoint cannot be served again",
        ),
        (["serve", "--port", "70000"], 2, "a port is between 0 and 65535"),
        (["serve", "--workers", "0"], 2, "--workers 0: give a number from 1 to 256"),
        (["--timeout", "0", "serve"], 2, "--timeout 0: "),
        (["serve", "--host", "192.0.2.1", "--port", "0"], 3, "192.0.2.1:0: "),
    ],
)
def test_a_server_that_cannot_start_says_why_in_one_line(arguments, status, told):
    done = kg(*arguments)
    assert done.returncode == status
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_faulty_file_is_told_with_its_place(tmp_path):
    path = tmp_path / "faulty.ttl"
    path.write_text("<http://example.org/a> <http://example.org/b>\n", encoding="utf-8")
    done = kg("--source", str(path), "serve", "--port", "0")
    assert done.returncode == 2
    assert f"{path}:" in done.stderr


# ---------------------------------------------------------------- killed


@linux
def test_killed_workers_are_replaced_and_the_next_request_is_served(start, data):
    server = start(source=data)
    (holder,) = children(server.process.pid)
    for _ in range(5):
        for worker in children(holder):
            os.kill(worker, signal.SIGKILL)
        assert served(server)
        assert within(3, lambda: len(children(holder)) >= 6)  # four for queries, two for pages
    assert server.client.get("/").status_code == 200


@linux
def test_a_worker_killed_at_work_is_told_to_its_client_alone(start, data):
    server = start(source=data)
    (holder,) = children(server.process.pid)
    answers = []
    thread = threading.Thread(
        target=lambda: answers.append(httpx.post(f"{server.url}/sparql", content=ENDLESS, headers=DIRECT, timeout=30))
    )
    thread.start()
    assert within(5, lambda: server.client.get("/health").json()["slow"] == 1)
    for worker in children(holder):
        os.kill(worker, signal.SIGKILL)
    thread.join()
    assert (answers[0].status_code, "made the engine fail" in answers[0].text) == (503, True)
    assert served(server)


@linux
def test_a_slow_query_runs_at_a_lower_priority_in_each_of_its_threads(start, data):
    server = start("--timeout", "2", source=data)
    (holder,) = children(server.process.pid)
    assert within(5, lambda: len(children(holder)) == 6)  # it says its address before all are there
    before = set(children(holder))
    thread = threading.Thread(target=lambda: httpx.post(f"{server.url}/sparql", content=ENDLESS, headers=DIRECT, timeout=30))
    thread.start()
    try:
        assert within(5, lambda: lowered(before) == [{7}])
        assert within(5, lambda: lowered(before) == [{19}])
    finally:
        thread.join()


def lowered(pids: set[int]) -> list[set[int]]:
    """How nice the threads of each process are, where any of them is nice at all."""
    found = [{os.getpriority(os.PRIO_PROCESS, int(thread)) for thread in os.listdir(f"/proc/{pid}/task")} for pid in pids]
    return [levels for levels in found if levels != {0}]


@linux
def test_without_the_holder_of_the_data_the_server_ends_and_says_so(start, data):
    server = start(source=data)
    (holder,) = children(server.process.pid)
    workers = children(holder)
    os.kill(holder, signal.SIGKILL)
    assert server.process.wait(timeout=10) == 3
    assert "the process that holds the data is gone" in server.process.stderr.read()
    assert within(5, lambda: not any(map(alive, workers)))


@linux
def test_nothing_is_left_behind_when_the_server_is_killed(start, data):
    server = start(source=data)
    (holder,) = children(server.process.pid)
    assert within(5, lambda: len(children(holder)) == 6)
    workers = children(holder)
    server.process.kill()
    server.process.wait()
    assert within(5, lambda: not any(map(alive, [holder, *workers])))


# ---------------------------------------------------------------- stopped


@pytest.mark.parametrize("wait", [0, 0.01, 0.03])
def test_a_signal_that_comes_as_soon_as_the_address_is_known_stops_it_gracefully(data, wait):
    command = [sys.executable, "-m", "kg", "--source", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout.readline().startswith(b"http://127.0.0.1:")
        time.sleep(wait)
        server.terminate()
        assert server.wait(20) == 0
        assert b"Traceback" not in server.stderr.read()


@pytest.mark.parametrize(("by", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_stops_it_gracefully(start, data, by, status):
    server = start(source=data)
    port = server.port
    silent = socket.create_connection(("127.0.0.1", port))  # an idle connection holds nothing up
    began = time.monotonic()
    assert server.stop(by) == status
    assert time.monotonic() - began < 5
    silent.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_that_runs_is_answered_before_the_server_stops(start, data, method):
    server = start(source=data)
    assert within(5, lambda: server.client.get("/health").json()["busy"] == 0)  # all workers are there
    answers = []
    query = (
        "SELECT (COUNT(*) AS ?n) {" + "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(3)) + "}"
    )
    asked = {"params": {"query": query}} if method == "GET" else {"content": query}
    thread = threading.Thread(
        target=lambda: answers.append(
            httpx.request(method, f"{server.url}/sparql", **asked, headers={**DIRECT, "Accept": "text/csv"}, timeout=30)
        )
    )
    thread.start()
    assert within(5, lambda: server.client.get("/health").json()["busy"] >= 1)
    assert server.stop() == 0
    thread.join()
    assert answers[0].text.split() == ["n", "1000000"]


# ---------------------------------------------------------------- load


def loaded(url: str, texts: list[str], connections: int, seconds: float) -> tuple[list[float], list[str]]:
    """The times of all answers and what went wrong, asking mixed queries on many connections."""
    until = time.monotonic() + seconds
    times, wrong = [], []

    def ask(number: int) -> None:
        with httpx.Client(timeout=60) as client:
            turn = number
            while time.monotonic() < until:
                turn += 1
                began = time.perf_counter()
                answer = client.post(f"{url}/sparql", content=f"{texts[turn % len(texts)]}\n# {number} {turn}", headers=DIRECT)
                times.append(time.perf_counter() - began)
                if answer.status_code != 200:
                    wrong.append(f"{answer.status_code} {answer.text[:200]}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, wrong


@pytest.mark.alone
def test_mixed_questions_on_many_connections_all_get_their_answer(site):
    texts = [library.question(name).text for name in library.names()]
    times, wrong = loaded(site.url, texts, connections=32, seconds=6)
    assert wrong == []
    assert len(times) > 100


@pytest.mark.alone
def test_and_also_while_bombs_are_thrown(site):
    texts = [library.question(name).text for name in library.names()]
    until = time.monotonic() + 6

    def throw(bomb: str) -> None:
        while time.monotonic() < until:
            httpx.post(f"{site.url}/sparql", content=bomb, headers=DIRECT, timeout=90)

    throwing = [threading.Thread(target=throw, args=(bomb,)) for bomb in (BOMBS["ordering"], BOMBS["string growth"])]
    for thread in throwing:
        thread.start()
    times, wrong = loaded(site.url, texts, connections=16, seconds=6)
    for thread in throwing:
        thread.join()
    assert wrong == []
    assert len(times) > 50
    assert served(site)
