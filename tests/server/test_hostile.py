"""What strangers send: nothing is fetched, nothing changes, each gets one clear answer in time, and the next request is served."""

import json
import re
import resource
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from .test_protocol import DIRECT, problem

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def canary():
    """A server that nobody should ever ask; it notes whoever does."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(b'{"head":{"vars":[]},"results":{"bindings":[{}]}}')

        do_POST = do_GET

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def tight(start):
    """The built-in graph with one second, 256 MB, ten thousand rows and 1 MB for each query."""
    return start("--timeout", "1", "--memory", "256", "--max-rows", "10000", "--max-size", "1", "--client-timeout", "1")


def served(server) -> bool:
    began = time.perf_counter()
    answer = server.get(f"ASK {{}} # {began}")
    return answer.json()["boolean"] and time.perf_counter() - began < 4  # the machine that tests may be busy


# ---------------------------------------------------------------- fetching

FETCHING = [
    "SELECT * { SERVICE <CANARY/> { ?s ?p ?o } }",
    "SELECT * { service <CANARY/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <CANARY/> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n#\n<CANARY/> { ?s ?p ?o } }",
    "SELECT * { SERVICE<CANARY/>{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<CANARY/>{ ?s ?p ?o } }",
    "PREFIX : <CANARY/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <CANARY/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053\\u0045RVICE <CANARY/> { ?s ?p ?o } }",
    "SELECT * { BIND(<CANARY/> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <CANARY/> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <CANARY/> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <CANARY/> { ?s ?p ?o } } }",
    "ASK { FILTER(true) OPTIONAL { FILTER(1=1)SERVICE <CANARY/> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <CANARY/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <CANARY/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a' . # it's\n SERVICE <CANARY/> { ?s ?p ?o } }",
    'SELECT * { BIND("""\\"""" AS ?x) SERVICE <CANARY/> { ?s ?p ?o } }',
    "LOAD <CANARY/>",
    "LOAD <CANARY/> INTO GRAPH <http://example.org/>",
]
READING = [
    "SELECT * FROM <CANARY/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <CANARY/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * { GRAPH <CANARY/> { ?s ?p ?o } }",
    "DESCRIBE <CANARY/>",
]


@pytest.mark.parametrize("query", FETCHING)
def test_what_would_fetch_is_refused_and_nothing_is_fetched(server, canary, query):
    url, seen = canary
    told = problem(server.get(query.replace("CANARY", url)))
    assert told["status"] in (400, 403)
    assert seen == []
    assert served(server)


@pytest.mark.parametrize("query", READING)
def test_from_and_graph_name_what_is_here_and_fetch_nothing(server, canary, query):
    url, seen = canary
    answer = server.get(query.replace("CANARY", url))
    assert answer.status_code == 200
    assert answer.json()["results"]["bindings"] == [] if "SELECT" in query else answer.content.strip() == b""
    by_protocol = server.get("SELECT * { ?s ?p ?o }", **{"default-graph-uri": url, "named-graph-uri": "file:///etc/passwd"})
    assert by_protocol.json()["results"]["bindings"] == []
    assert seen == []


def test_a_word_that_only_looks_like_service_is_no_service(server):
    query = "PREFIX service: <http://example.org/> # SERVICE <http://example.org/>\nSELECT ?service { VALUES ?service { 'SERVICE <x>' service:SERVICE } }"
    assert len(server.get(query).json()["results"]["bindings"]) == 2


def test_a_worker_cannot_open_anything_even_where_the_guard_is_blind(canary, tmp_path):
    """The outer wall alone: the engine is asked to fetch in a process set up as a worker is."""
    import os

    from pyoxigraph import Store

    from kg.server.http.limits import Limits
    from kg.server.workers.fork_server import _confine

    url, seen = canary
    reader, writer = os.pipe()
    store = Store()
    pid = os.fork()
    if not pid:
        _confine(Limits())
        try:
            list(store.query(f"SELECT * {{ SERVICE <{url}/> {{ ?s ?p ?o }} }}"))
            os.write(writer, b"fetched")
        except OSError as error:
            os.write(writer, b"OSError " + str(error).encode()[:80])
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reader, 100).startswith(b"OSError")
    assert seen == []


# ---------------------------------------------------------------- bombs

BOMBS = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product of paths": "SELECT (COUNT(*) AS ?n) { ?a (kg:promotes|kg:inhibits)* ?b . ?c (kg:promotes|kg:inhibits)* ?d . ?e kg:promotes* ?f }",
    "ordering": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "distinct": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "grouping": "SELECT ?a ?d (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!kg:none)* ?b . ?b (!kg:none|^!kg:none)* ?c }",
    "string growth": "SELECT ?z { BIND('0123456789' AS ?a0) " + "".join(f"BIND(CONCAT({', '.join([f'?a{n}'] * 10)}) AS ?a{n + 1}) " for n in range(10)) + "BIND(STRLEN(?a10) AS ?z) }",
    "replace": "SELECT (REPLACE(REPLACE(REPLACE('" + "a" * 9000 + "', 'a', '" + "a" * 1000 + "'), 'a', '" + "a" * 100 + "'), 'a', 'aaaaaaaaaa') AS ?x) {}",
    "regular expression": "SELECT ?x { ?s ?p ?o . ?t ?q ?v FILTER(REGEX(CONCAT(STR(?o), STR(?v)), '^(a+)+$')) BIND(1 AS ?x) }",
    "counted expression": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((((a{1,200}){1,200}){1,200}){1,200})')) }",
    "values": "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }}" for n in range(5)) + " }",
    "optionals": "SELECT (COUNT(*) AS ?n) {" + " ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(40)) + "}",
    "many columns": "SELECT * {" + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(300)) + "}",
    "joins without end": "SELECT (COUNT(*) AS ?n) {" + "?a ?b ?c ." * 300 + "}",
    "aggregate of product": "SELECT (SUM(STRLEN(STR(?c))) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f) }",
    "exists": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i && ?f = ?c && ?d = ?g && 1 = 2) } }",
    "describe": "DESCRIBE ?s { ?s ?p ?o . ?t ?q ?v }",
    "construct": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
}  # fmt: skip
DEEP = {
    "groups": "ASK " + "{" * 5000 + "}" * 5000,
    "parentheses": "SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}",
    "negations": "SELECT (" + "!" * 20000 + "true AS ?x) {}",
    "functions": "SELECT (" + "STR(" * 2000 + "1" + ")" * 2000 + " AS ?x) {}",
    "subselects": "SELECT * {" + "{SELECT * {" * 2000 + "}}" * 2000 + "}",
    "exists": "ASK {" + "FILTER EXISTS {" * 2000 + "}" * 2000 + "}",
    "lists": "ASK { ?a ?b " + "(" * 2000 + ")" * 2000 + "}",
    "blank nodes": "ASK { ?a ?b " + "[?p " * 2000 + "?o" + "]" * 2000 + "}",
    "paths": "ASK { ?a " + "(" * 9000 + "kg:promotes" + ")*" * 9000 + " ?b }",
    "sums": "SELECT (" + "+".join(["1"] * 40000) + " AS ?x) {}",
    "unions": "ASK {" + " UNION ".join(["{?a ?b ?c}"] * 20000) + "}",
    "minus": "ASK {" + "MINUS {?a ?b ?c}" * 10000 + "}",
    "binds": "ASK {" + "".join(f"BIND(1 AS ?v{n})" for n in range(10000)) + "}",
    "alternatives": "ASK { ?a " + "|".join(["kg:promotes"] * 50000) + " ?b }",
    "sequences": "ASK { ?a " + "/".join(["kg:promotes"] * 20000) + " ?b }",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_ended_in_time_and_the_next_is_served(tight, name):
    began = time.perf_counter()
    told = problem(tight.client.post("/sparql", content=BOMBS[name], headers=DIRECT))
    assert told["status"] in (400, 422, 503), told
    assert time.perf_counter() - began < 4  # a second is allowed; the machine that tests may be busy
    assert served(tight)


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_or_chained_beyond_reason_is_refused(tight, name):
    told = problem(tight.client.post("/sparql", content=DEEP[name], headers=DIRECT))
    assert told["status"] == 400, told
    assert served(tight)


def test_a_large_values_block_is_answered(tight):
    numbers = " ".join(map(str, range(50_000)))
    answer = tight.client.post(
        "/sparql", content=f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {numbers} }} }}", headers={**DIRECT, "Accept": "text/csv"}
    )
    assert answer.text.split() == ["n", "50000"]


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_rows_beyond_the_limit_are_refused_and_those_within_are_not(tight, accept):
    few, many = (
        "SELECT ?x {{ VALUES ?x {{ {} }} }}".format(" ".join(["'a\nb \"c\"'".replace("\n", "\\n").replace('"', '\\"')] * n))
        for n in (10_000, 10_001)
    )
    assert tight.client.post("/sparql", content=few, headers={**DIRECT, "Accept": accept}).status_code == 200
    told = problem(tight.client.post("/sparql", content=many, headers={**DIRECT, "Accept": accept}))
    assert told["status"] == 422
    assert "more than 10,000 rows" in told["detail"]


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_triples_beyond_the_limit_are_refused(tight, accept):
    told = problem(tight.get("CONSTRUCT WHERE { ?s ?p ?o }", accept))
    assert told["status"] == 422


def test_an_answer_beyond_the_size_is_refused(tight):
    told = problem(tight.get("SELECT ?s ?p ?o ?t { ?s ?p ?o . ?s kg:note ?t } LIMIT 9000"))
    assert (told["status"], "larger than 1 MB" in told["detail"]) == (422, True)


@pytest.mark.alone
def test_small_questions_pass_by_while_bombs_are_thrown(tight):
    """Eight bombers for six seconds; whoever asks something small meanwhile is answered, each time."""
    until = time.monotonic() + 6
    bombs, small, wrong = [], [], []

    def throw():
        with httpx.Client(timeout=30) as client:
            while time.monotonic() < until:
                bombs.append(client.post(f"{tight.url}/sparql", content=BOMBS["product"], headers=DIRECT).status_code)

    def ask(number: int):
        with httpx.Client(timeout=30) as client:
            while time.monotonic() < until:
                began = time.perf_counter()
                answer = client.get(f"{tight.url}/sparql", params={"query": f"ASK {{}} # {number} {began}"})
                small.append(time.perf_counter() - began)
                if answer.status_code != 200:
                    wrong.append(answer.text)

    threads = [threading.Thread(target=throw) for _ in range(8)] + [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert set(bombs) == {503}
    assert len(small) > 20  # the first of each may wait until the first bombs are ended, which takes three seconds
    assert sorted(small)[len(small) // 2] < 0.1
    assert served(tight)


# ---------------------------------------------------------------- HTTP


def raw(server, data: bytes, wait: float = 5) -> bytes:
    """What the server answers to some bytes until it hangs up or falls silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as connection:
        connection.sendall(data)
        found = b""
        try:
            while part := connection.recv(65536):
                found += part
        except (TimeoutError, ConnectionResetError):
            pass
        return found


def memory(pid: int) -> int:
    """Bytes of memory that a process holds, where the system tells; else none."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


HOST = b"Host: 127.0.0.1\r\n"


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", {421}),
        (b"GET /health HTTP/1.1\r\nHost: evil.example:80\r\n\r\n", {421}),
        (b"GET /health HTTP/1.1\r\n\r\n", {400}),
        (b"GET /health HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n", {400}),
        (b"GET /health HTTP/1.1\r\nHost: localhost:9\r\n\r\n", {200}),
        (b"GET http://evil.example/health HTTP/1.1\r\n" + HOST + b"\r\n", {200, 400, 421}),
        (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
        (b"GARBAGE\r\n\r\n", {400}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
        (b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
        (b"GET /%00 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
        (b"GET /sparql?query=%00 HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
        (b"GET /assets/../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
        (b"GET /assets/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
        (b"GET //etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
        (b"GET /question/../../reading/term.rq HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
        (b"GET /question/..%2Freading%2Fterm HTTP/1.1\r\n" + HOST + b"\r\n", {404}),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n", {431}),
        (b"GET /sparql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414, 431}),
        (
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nContent-Length: 99999999\r\n\r\n",
            {413},
        ),
        (b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}", {400}),
        (b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400, 415}),
        (b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", {400}),
        (b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {400}),
        (b"GET /health HTTP/9.9\r\n" + HOST + b"\r\n", {200, 400, 505}),
        (
            b"GET /health HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
            {200, 400},
        ),
    ],
)
def test_bytes_that_are_no_sane_request_are_refused(server, request_, statuses):
    answer = raw(server, request_.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1), wait=3)
    assert int(answer.split()[1]) in statuses, answer[:300]
    assert b"root:" not in answer
    assert served(server)


def test_a_request_hidden_in_another_is_not_answered(server):
    hidden = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    both = (
        b"POST /sparql HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/sparql-query\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        + hidden
    )
    assert raw(server, both, wait=2).count(b"HTTP/1.1 200") == 0


@pytest.mark.parametrize("head", [b"", b"Host: a\r\nHost: 127.0.0.1\r\n", b"Host: evil.example\r\n"])
def test_the_endpoint_too_is_asked_by_its_name(server, head):
    answer = raw(server, b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")
    assert answer.split()[1] == (b"421" if b"evil" in head else b"400")


@pytest.mark.parametrize(
    ("version", "head", "stays"),
    [
        (b"1.1", b"", True),
        (b"1.1", b"Connection: close\r\n", False),
        (b"1.0", b"", False),
        (b"1.1", b"Content-Length: 3\r\n\r\nabc", True),
        (b"1.1", b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", True),
        (b"1.1", b"Expect: 100-continue\r\n", True),
    ],
)
def test_a_get_is_answered_alike_whatever_comes_with_it(server, version, head, stays):
    whole = head if b"\r\n\r\n" in head else head + b"\r\n"
    if whole.endswith(b"0\r\n"):
        whole += b"\r\n"
    one = b"GET /sparql?query=ASK%7B%7D%23 HTTP/" + version + b"\r\n" + HOST + whole
    answer = raw(server, one * 2, wait=1)
    assert answer.count(b'{"head":{},"boolean":true}') == (2 if stays else 1)
    assert (b"connection: close" in answer) is not stays


def test_new_queries_in_a_row_on_one_connection_are_answered_in_order(server):
    one = b"GET /sparql?query=SELECT%%20(%d%%20AS%%20?x)%%7B%%7D HTTP/1.1\r\n" + HOST + b"Accept: text/csv\r\n\r\n"
    answer = raw(server, b"".join(one % number for number in range(20)), wait=2)
    assert re.findall(rb"\r\n\r\nx\r\n(\d+)", answer) == [b"%d" % number for number in range(20)]


def test_one_who_asks_and_does_not_read_gets_no_more_than_a_few_answers(tight):
    """Each answer is 100 kB, and in the cache: thousands of them would fill the memory."""
    one = b"GET /sparql?query=SELECT%20(CONCAT(" + b",".join([b"'" + b"a" * 1000 + b"'"] * 99) + b")AS%20?x)%7B%7D HTTP/1.1\r\n"
    one += HOST + b"\r\n"
    assert b"a" * 50_000 in raw(tight, one, wait=1)
    before = memory(tight.process.pid)
    with socket.create_connection(("127.0.0.1", tight.port), timeout=0.5) as connection:
        try:
            for _ in range(2000):
                connection.sendall(one)
        except (TimeoutError, ConnectionError):
            pass
        assert memory(tight.process.pid) - before < 30 << 20
        assert served(tight)


def test_requests_in_a_row_on_one_connection_are_answered_in_order(server):
    one = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HOST + b"\r\n"
    last = b"GET /health HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    answer = raw(server, one * 3 + last)
    assert answer.count(b"HTTP/1.1 200") == 4
    assert answer.rfind(b'"status":"ok"') > answer.rfind(b'"boolean":true')


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"GET /health HTTP/1.1\r\nHost: 127",
        b"\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
    ],
)
def test_a_client_that_does_not_come_to_the_end_is_dropped(tight, part):
    began = time.monotonic()
    raw(tight, part, wait=8)
    assert time.monotonic() - began < 5


def test_a_hundred_clients_that_drip_are_dropped_and_others_served(tight):
    connections = [socket.create_connection(("127.0.0.1", tight.port), timeout=8) for _ in range(100)]
    try:
        for connection in connections:
            connection.sendall(b"GET /health HTTP/1.1\r\nX: ")
        assert served(tight)
        time.sleep(2.2)
        gone = 0
        for connection in connections:
            try:
                gone += connection.recv(10) == b""
            except ConnectionResetError:
                gone += 1
        assert gone == 100
    finally:
        for connection in connections:
            connection.close()


def test_a_body_without_end_is_cut_off(server):
    def chunks():
        for _ in range(100):
            yield b"#" * 65_536

    try:
        answer = httpx.post(f"{server.url}/sparql", content=chunks(), headers=DIRECT, timeout=20)
        assert answer.status_code == 413
    except httpx.WriteError:
        pass  # hung up while it was still being sent
    assert served(server)


@pytest.mark.parametrize("size", [1, 10, 1000, 100_000])
def test_noise_is_answered_with_a_problem(server, size):
    import random

    noise = random.Random(size).randbytes(size)
    for headers in (DIRECT, {"Content-Type": "application/x-www-form-urlencoded"}):
        answer = server.client.post("/sparql", content=noise, headers=headers)
        assert answer.status_code in (400, 413)
        assert json.loads(answer.content)["detail"]
    assert served(server)
