"""(c) The endpoint under load by wrk, 16 connections: beside the same framework that answers a fixed string, beside itself without
isolation, and beside Oxigraph's server, Fuseki and rdflib-endpoint. Then a cheap question beside one that runs for ever."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

from bench.data import Data
from bench.measure import Aim, Row, in_turns, kg, running
from bench.synthetic import ROOT
from kg.sparql import library

FIXED = """import sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def fixed(request):
    return Response(b'{"head":{},"boolean":true}', media_type="application/sparql-results+json")
uvicorn.run(Starlette(routes=[Route("/sparql", fixed)]), port=int(sys.argv[1]), log_level="error", access_log=False)
"""
#: ``kg serve`` as it is, but that a query is answered in the process of the server.
INLINE = """import sys
import kg.server
from kg.server.workers.dataset import load
class Inline(kg.server.Pool):
    def __init__(self, holder, kind, limits, failed):
        super().__init__(holder, kind, limits, failed)
        if kind == kg.server.QUERY:
            self.handler = kg.server._handlers(limits, "", "")(load(sys.argv[2] or None)[0])[kind]()
    def ask(self, message, then):
        then(self.handler(message))
kg.server.Pool = Inline
kg.server.serve(sys.argv[2] or None, "127.0.0.1", int(sys.argv[1]), kg.server.Limits())
"""
RDFLIB = """import sys
import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
uvicorn.run(SparqlEndpoint(graph=Graph().parse(sys.argv[2], format="nt")), port=int(sys.argv[1]), log_level="error")
"""
FUSEKI = ROOT / "out" / "fuseki" / "jena-fuseki-server.jar"
#: A number that no request had before keeps an answer from the cache, where it is the engine that is asked for.
LUA = """local n = {base}
request = function() n = n + 1 return wrk.format("GET", (string.gsub(wrk.path, "SERIAL", n))) end
"""
#: Why a query that nobody asked before misses its targets.
NEW = (
    "HTTP, the engine and the way to another process and back each take their part of so short a time, and server and worker share two cores "
    "with the program that asks"
)
LOOK_UP = "SELECT ?s { <https://w3id.org/nutrition-kg/celiac-disease> <https://w3id.org/nutrition-kg/promotes> ?s }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMIT = 2.0
#: Rates of two rounds that differ by less than this do not decide whether a target is met.
STEADY = 0.15

_FIXED, _OXIGRAPH, _INLINE = Aim(1 / 0.6, "fixed string"), "oxigraph serve", Aim(1 / 0.9, "kg serve without isolation")
#: What is asked, whether each time anew, and what our time may be beside that of others.
CASES = {
    "ASK {}": ("ASK {}", False, [Aim(2.0, _OXIGRAPH), _FIXED]),
    "look-up": (LOOK_UP, False, [_FIXED]),
    "ASK {}, each new": ("ASK {}", True, [Aim(3.0, _OXIGRAPH), _FIXED, _INLINE]),
    "look-up, each new": (LOOK_UP, True, [Aim(3.0, _OXIGRAPH), _FIXED, _INLINE]),
    "ranked foods, each new": (library.question("foods_richest_in").text, True, [_INLINE]),
}


class Server(NamedTuple):
    """A server to be measured."""

    command: list[str]
    port: int
    path: str

    def asked(self, query: str, connection: HTTPConnection | None = None) -> int:
        """The status of the answer to a query, on a connection of its own where none is given."""
        connection = connection or HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", f"{self.path}?query={quote(query)}", headers={"Accept": "application/sparql-results+json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status


def rows(data: Data, rounds: int, seconds: int = 1) -> Iterator[Row]:
    """Measure. Where the machine is busy with other things, each row says so."""
    busy = os.getloadavg()[0]
    for row in _rows(data, rounds, seconds):
        row.note = f"{busy:.0f} other processes busy" if busy > 1.5 else ""
        yield row


def _rows(data: Data, rounds: int, seconds: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers = candidates(data, folder)
        for name, server in servers.items():
            stack.enter_context(started(name, server))
        for case, (query, new, aims) in CASES.items():
            late: list[float] = []
            script = Path(folder) / "new.lua"
            # rdflib would go on with what it was asked here while the others are measured.
            asked = {name: one for name, one in servers.items() if name != "rdflib-endpoint" or query in ("ASK {}", LOOK_UP)}
            measures = {name: _load(one, query, new, seconds, script, late) for name, one in asked.items()}
            found = in_turns(measures, rounds, STEADY)
            why = NEW if new else _of_the_way(found)
            yield Row("endpoint", f"{case}, {data.name}", data.triples, "us a request", found, aims, why=why)
            slowest = {"kg serve": late[:: len(asked)]}
            small = [Aim(50.0)] if query in ("ASK {}", LOOK_UP) else []
            yield Row("endpoint", f"{case}, p99, {data.name}", data.triples, "ms by the clock", slowest, small)
    yield from _beside_a_runaway(data, rounds)


def _of_the_way(found: dict[str, list[float]]) -> str:
    """How much of a request is HTTP in Python: a server that knows nothing but one answer, beside Oxigraph's own, in the same round."""
    times = median(found["fixed string"]) / median(found[_OXIGRAPH])
    return f"a server in Python that gives one fixed answer takes {times:.1f} times as long as Oxigraph's own with its whole answer"


def candidates(data: Data, folder: str) -> dict[str, Server]:
    """All that are measured, ours first; Fuseki leaves files in the folder."""
    source = "" if data.name == "real" else str(data.file)
    python, native = [sys.executable, "-c"], str(Path(sys.executable).with_name("oxigraph"))
    found = {"kg serve": _kg(source)}

    def add(name: str, path: str, command: Callable[[str], list[str]]) -> None:
        port = _free_port()
        found[name] = Server(command(str(port)), port, path)

    add("fixed string", "/sparql", lambda port: [*python, FIXED, port])
    add("kg serve without isolation", "/sparql", lambda port: [*python, INLINE, port, source])
    add(
        "oxigraph serve",
        "/query",
        lambda port: [native, "serve-read-only", "--location", str(data.store), "--bind", f"127.0.0.1:{port}"],
    )
    if FUSEKI.exists():
        java = ["env", "-C", folder, "java", "-Xmx1g", "-jar", str(FUSEKI), "--localhost", f"--file={data.file}"]
        add("Fuseki", "/kg/query", lambda port: [*java, "--port", port, "/kg"])
    if data.triples < 20_000:
        add("rdflib-endpoint", "/", lambda port: [*python, RDFLIB, port, str(data.file)])
    return found


def _kg(source: str, *options: str) -> Server:
    port = _free_port()
    named = ["--source", source] if source else []
    return Server(kg(*named, *options, "serve", "--port", str(port)), port, "/sparql")


@contextmanager
def started(name: str, server: Server) -> Iterator[Server]:
    """The server, once it answers, until the block ends."""
    with running(server.command, lambda: server.asked("ASK {}"), name=name):
        yield server


def _load(server: Server, query: str, new: bool, seconds: int, script: Path, late: list[float]) -> Callable[[], float]:
    """Microseconds a request under load; the milliseconds within which 99 in 100 are answered go to ``late``."""
    address = f"http://127.0.0.1:{server.port}{server.path}?query={quote(query)}"
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-H", "Accept: application/sparql-results+json"]
    if new:
        address, command = f"{address}%23SERIAL", [*command, "-s", str(script)]

    def measure() -> float:
        script.write_text(LUA.format(base=time.monotonic_ns() // 1000))
        told = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
        delay = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
        if "Non-2xx" in told or not rate or not delay:
            raise RuntimeError(f"{address}: {told}")
        late.append(float(delay[1]) * {"us": 0.001, "ms": 1, "s": 1000}[delay[2]])
        return 1_000_000 / max(float(rate[1]), 1 / seconds)

    return measure


def _beside_a_runaway(data: Data, rounds: int) -> Iterator[Row]:
    """Cheap questions one after the other on one connection, while another query runs to its limit."""
    waited: list[float] = []
    beyond: list[float] = []
    with started("kg serve", _kg("" if data.name == "real" else str(data.file), "--timeout", f"{LIMIT:g}")) as server:

        def run_away() -> None:
            start = time.perf_counter()
            if server.asked(f"{RUNAWAY} # {start}") != 503:
                raise RuntimeError("the runaway query was not ended")
            # on much data the bound on memory ends it before the limit of time does
            beyond.append(max(0.0, 1000 * (time.perf_counter() - start - LIMIT)))

        for _ in range(rounds):
            thread = threading.Thread(target=run_away)
            thread.start()
            connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
            while thread.is_alive():
                start = time.perf_counter()
                server.asked(f"ASK {{}} # {start}", connection)
                waited.append(1000 * (time.perf_counter() - start))
                time.sleep(0.002)
            connection.close()
    p99 = sorted(waited)[int(0.99 * len(waited))]
    clock = "ms by the clock"
    yield Row(
        "endpoint", f"ASK beside a runaway query, p99, {data.name}", data.triples, clock, {"kg serve": [p99]}, [Aim(20.0)]
    )
    yield Row(
        "endpoint", f"a runaway query beyond its limit, {data.name}", data.triples, clock, {"kg serve": beyond}, [Aim(100.0)]
    )


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
