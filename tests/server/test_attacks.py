"""What an outside attack found, each tried again: memory that grows, queues that starve, names that are no names of ours."""

import os
import socket
import sys
import threading
import time
from urllib.parse import quote

import httpx
import pytest

from kg.server.http.cache import Cache, Kept
from kg.server.http.negotiation import best, preferences
from kg.server.listener import is_loopback, names
from kg.server.sparql.endpoint import weight
from kg.server.sparql.execution import Asked
from kg.server.workers.long_questions import LongQuestions

from .test_processes import ENDLESS

pytestmark = pytest.mark.slow

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
HEAD = b"Host: 127.0.0.1\r\n"
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HEAD


def resident(pid: int) -> int:
    """Megabytes that a process holds."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20


def sent(port: int, data: bytes, half: bool = False, wait: float = 5.0) -> bytes:
    """What comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(data)
        if half:
            connection.shutdown(socket.SHUT_WR)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except TimeoutError:
            pass
        return got


@pytest.mark.parametrize("media", ["text/csv;q=0.{},", "a/{},", "{}"])
def test_a_long_accept_header_is_refused_and_short_ones_alone_are_remembered(server, media):
    long = "".join(media.format(n) for n in range(1, 40000))[:60000]
    assert server.client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": long}).status_code == 431
    assert server.client.get("/about", headers={"Accept": long}).status_code == 431
    fits = long[:3900]
    assert server.client.get("/health", headers={"Accept": fits}).status_code == 200
    before = preferences.__globals__["_preferences"].cache_info().currsize
    assert best(fits + ",*/*", ("text/csv",)) == "text/csv"
    assert preferences.__globals__["_preferences"].cache_info().currsize == before


def test_an_answer_in_the_cache_weighs_all_that_was_asked():
    graphs = tuple(f"http://x.example/{n}/{'a' * 1000}" for n in range(100))
    keys = [Asked("ASK {}", "", "", graphs, None, "b" * n) for n in (1, 100_000)]
    assert 100_000 < weight(keys[0]) < weight(keys[1]) - 99_000
    assert weight(Asked("ASK { 'ü€😀' }", "", "", None, graphs, "")) > 100_000
    cache = Cache(1 << 20)
    for n in range(100):
        cache.put(n, Kept(200, [], b""), weight(keys[0]))
    assert len(cache._kept) < 10


@linux
def test_the_head_of_a_second_request_is_bounded_while_the_first_is_answered(start, data):
    server = start("--timeout", "3", source=data)
    before = resident(server.process.pid)
    slow = b"GET /sparql?query=" + quote(ENDLESS).encode() + b" HTTP/1.1\r\n" + HEAD + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as connection:
        connection.sendall(slow + b"GET /sparql HTTP/1.1\r\n" + HEAD)
        taken, until = 0, time.monotonic() + 2
        try:
            while time.monotonic() < until and taken < 60_000_000:
                taken += connection.send(b"X-Filler: " + b"a" * 60_000 + b"\r\n")
        except OSError:
            pass
        assert resident(server.process.pid) - before < 20
    assert taken < 20_000_000
    assert server.client.get("/health").status_code == 200


@linux
@pytest.mark.parametrize(
    "field", [b"X: " + b"a" * 50_000 + b"\r\n", b"X: 1\r\n", b"a" * 50_000], ids=["large", "small", "endless"]
)
def test_trailer_fields_are_bounded_and_dropped(server, field):
    before = resident(server.process.pid)
    post = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(post + b"6\r\nASK {}\r\n0\r\n")
        taken = 0
        try:
            while taken < 30_000_000:
                taken += connection.send(field * (1 + 60_000 // len(field)))
        except OSError:
            pass
        assert connection.recv(65536).startswith(b"HTTP/1.1 431 ")  # and what still comes is thrown away
    assert resident(server.process.pid) - before < 20
    whole = sent(server.port, post + b"6\r\nASK {}\r\n0\r\nAccept: text/html\r\nHost: evil.example\r\n\r\n", half=True)
    assert whole.startswith(b"HTTP/1.1 200 OK")
    assert b"sparql-results+json" in whole


def test_thousands_of_requests_in_one_piece_are_answered_in_order_and_cost_little(server):
    count = 2000
    asked = b"".join(b"GET /sparql?query=SELECT(%d+AS+?n){} HTTP/1.1\r\n" % n + HEAD + b"\r\n" for n in range(count))
    answers = sent(server.port, asked, half=True, wait=30)
    values = [int(part.split(b'"')[0]) for part in answers.split(b'"value":"')[1:]]
    assert values == list(range(count))


@pytest.mark.parametrize("size", [1, 7, 8191, 8192, 8193, 300_000])
def test_a_body_and_what_follows_it_arrive_whole_however_they_are_cut(server, size):
    query = b"ASK {}" + b"#" * size
    post = (
        b"POST /sparql HTTP/1.1\r\n"
        + HEAD
        + b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n" % len(query)
    )
    answers = sent(server.port, post + query + ASK + b"\r\n" + post + query, half=True)
    assert answers.count(b"HTTP/1.1 200 OK") == 3


@pytest.mark.parametrize("query", ["ASK {}", "SELECT ?s { ?s ?p ?o }"])
def test_a_client_that_has_asked_and_hangs_up_its_side_gets_its_answer(server, query):
    fresh = f"{query} #{time.monotonic_ns()}"
    for target in (f"/sparql?query={quote(fresh)}", "/about", "/health"):
        assert sent(server.port, f"GET {target} HTTP/1.1\r\n".encode() + HEAD + b"\r\n", half=True).startswith(b"HTTP/1.1 200")
    assert sent(server.port, b"GET /sparql HTTP/1.1\r\n", half=True, wait=3) == b""


@pytest.mark.parametrize("coding", ["gzip, chunked", "identity, chunked", "chunked, chunked", "gzip"])
def test_no_transfer_coding_but_chunked_is_taken(server, coding):
    post = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Type: application/sparql-query\r\nTransfer-Encoding: %s\r\n\r\n"
    answer = sent(server.port, post % coding.encode() + b"6\r\nASK {}\r\n0\r\n\r\n", half=True)
    assert answer.split(b" ")[1] in (b"400", b"501")


@pytest.mark.parametrize(
    ("host", "address", "loopback"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.1", "127.0.0.1", True),
        ("127.0.0.2", "127.0.0.2", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1", True),
        ("0:0:0:0:0:0:0:1", "::1", True),
        ("0.0.0.0", "0.0.0.0", False),
        ("::", "::", False),
        ("box.example", "192.0.2.7", False),
    ],
)
def test_whether_other_names_are_let_in_goes_by_the_address_that_is_bound(host, address, loopback):
    assert is_loopback(address) is loopback
    found = names(host, "", address)
    assert (found is None) is not loopback
    assert found is None or ("" not in found and {host.lower(), "localhost", address} <= found)
    assert names(host, "https://kg.example/x", address) >= {"kg.example", "localhost"}


@pytest.mark.parametrize("host", ["127.0.0.2", "::ffff:127.0.0.1"])
def test_a_foreign_name_reads_nothing_at_any_loopback_address(start, data, host):
    server = start("--host", host, source=data)
    for foreign in ("evil.example", f"evil.example:{server.port}", ""):
        assert server.client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": foreign}).status_code in (400, 421)
    assert server.get("ASK {}").status_code == 200


@pytest.mark.parametrize("target", ["http://evil.example/sparql?query=ASK%7B%7D", "HTTP://evil.example:80/about"])
def test_a_target_that_names_another_server_is_refused(server, target):
    answer = sent(server.port, f"GET {target} HTTP/1.1\r\n".encode() + HEAD + b"\r\n", half=True)
    assert answer.split(b" ")[1] in (b"400", b"421")
    ours = f"GET http://127.0.0.1:{server.port}/health HTTP/1.1\r\n".encode()
    assert sent(server.port, ours + HEAD + b"\r\n", half=True).startswith(b"HTTP/1.1 200")


def test_small_questions_pass_by_more_long_ones_than_may_run(start, data):
    server = start("--timeout", "4", "--workers", "2", "--slow", "3", source=data)
    threads = [
        threading.Thread(target=lambda n=n: httpx.get(f"{server.url}/sparql", params={"query": f"{ENDLESS} #{n}"}, timeout=60))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    times = []
    for n in range(30):
        began = time.monotonic()
        assert server.get(f"SELECT ({n} AS ?n) {{}}").status_code == 200
        times.append(time.monotonic() - began)
    assert sorted(times)[len(times) // 2] < 0.5
    for thread in threads:
        thread.join()


def test_long_questions_that_come_again_and_again_keep_no_small_one_waiting(start, data):
    server = start("--timeout", "3", "--workers", "2", "--slow", "3", source=data)
    ended = threading.Event()

    def ask_again(number: int) -> None:
        while not ended.is_set():
            httpx.get(f"{server.url}/sparql", params={"query": f"{ENDLESS} #{number}"}, timeout=60)

    threads = [threading.Thread(target=ask_again, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    time.sleep(5)  # the first were long by now, and come again
    times = []
    for n in range(20):
        began = time.monotonic()
        assert server.get(f"SELECT ({n} AS ?n) {{}}").status_code == 200
        times.append(time.monotonic() - began)
    ended.set()
    assert sorted(times)[len(times) // 2] < 0.2
    for thread in threads:
        thread.join()


def test_a_question_that_was_long_is_known_again_with_another_number_and_forgotten_in_the_end():
    known = LongQuestions()
    assert b"SELECT 1" not in known
    known.add(b"SELECT 12")
    assert b"SELECT 7" in known
    assert b"SELECT ?a" not in known
    for name in range(256):
        known.add(b"ASK " + bytes([97 + name // 26, 97 + name % 26]))
    assert b"SELECT 7" not in known
    assert b"ASK aa" in known


@linux
def test_a_worker_holds_its_socket_and_nothing_else(server):
    def children(pid: int) -> list[int]:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]

    (holder,) = children(server.process.pid)
    held = [
        sorted(os.readlink(f"/proc/{worker}/fd/{fd}") for fd in os.listdir(f"/proc/{worker}/fd")) for worker in children(holder)
    ]
    confined = [one for one in held if one[:3] == ["/dev/null"] * 3]
    assert confined
    assert all(len(one) == 4 and one[3].startswith("socket:") for one in confined)
    assert all(sum(place.startswith("socket:") for place in one) == 1 for one in held)


@pytest.mark.parametrize(
    "path", ["/chart/foods.svg?name=x", "/chart/foods.svg?self=x", "/question/" + "a" * 260, "/question/causes_of?self=x"]
)
def test_a_name_that_clashes_with_our_own_words_is_a_mistake_of_the_asker(site, path):
    assert site.client.get(path, headers={"Accept": "text/html"}).status_code in (400, 404)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/sparql",
            "/sparql?query=ASK{}",
            "/sparql?query=bad",
            "/health",
            "/assets/none",
            "/about",
            "/nowhere",
            "/suggest?q=x",
        ),
        *(
            "/term/muscle-cramp.ttl",
            "/question/causes_of.csv?finding=muscle+cramp",
            "/chart/systems.svg",
            "/.well-known/void",
            "/systems?x=%ff",
        ),
    ],
)
def test_no_browser_guesses_at_a_type_and_what_is_no_page_runs_nothing(server, path):
    answer = server.client.get(path, headers={"Accept": "*/*"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_link_to_a_query_with_a_data_set_keeps_it(server):
    answer = server.client.get(
        "/sparql",
        params={"query": "SELECT * {?s ?p ?o}", "default-graph-uri": "http://example.org/graph/1"},
        headers={"Accept": "text/html,*/*;q=0.5"},
    )
    assert (answer.status_code, len(answer.json()["results"]["bindings"])) == (200, 1)
