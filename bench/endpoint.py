"""(c) The endpoint beside Oxigraph's server, Fuseki and rdflib-endpoint: eight connections, the same queries, by wrk."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from bench.data import Data
from bench.measure import Aim, Row, in_turns, kg, running
from kg import library

RDFLIB = """import sys
import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
uvicorn.run(SparqlEndpoint(graph=Graph().parse(sys.argv[1], format="nt")), port=int(sys.argv[2]), log_level="error")
"""
LUA = 'local n = 0\nrequest = function() n = n + 1 return wrk.format("GET", string.gsub(wrk.path, "SERIAL", tostring({base} + n))) end\n'
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def rows(data: Data, rounds: int, seconds: int = 2) -> Iterator[Row]:
    """Measure. A serial number in the query keeps an answer from the cache, where it is the engine that is asked for."""
    cases = {
        "ASK {}": ("ASK {}", False),
        "ASK {}, each new": ("ASK { FILTER(SERIAL > 0) }", True),
        "look-up, each new": (
            "SELECT * { <https://w3id.org/nutrition-kg/magnesium-deficiency> ?p ?o FILTER(SERIAL > 0) }",
            True,
        ),
        "ranked foods, each new": (library.question("foods_richest_in").text + "\n#SERIAL", True),
    }
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers = {name: stack.enter_context(_served(*command)) for name, command in _commands(data).items()}
        for case, (query, new) in cases.items():
            measures = {name: _load(address, query, new, seconds, Path(folder)) for name, address in servers.items()}
            found = in_turns(measures, rounds)
            aims = {"ASK {}": [Aim(2.0, "oxigraph serve")], "look-up, each new": [Aim(3.0, "oxigraph serve")]}.get(case, [])
            yield Row("endpoint", f"{case}, {data.name}", data.triples, "us a request", found, aims)
        yield from _beside(servers["kg serve"], data)


def _commands(data: Data) -> dict[str, tuple[list[str], int, str]]:
    ports = [_free_port() for _ in range(4)]
    native = str(Path(sys.executable).with_name("oxigraph"))
    source = [] if data.name == "real" else ["--source", str(data.file)]
    found = {
        "kg serve": (kg(*source, "serve", "--port", str(ports[0])), ports[0], "/sparql"),
        "oxigraph serve": (
            [native, "serve-read-only", "--location", str(data.store), "--bind", f"127.0.0.1:{ports[1]}"],
            ports[1],
            "/query",
        ),
    }
    if data.triples < 20_000:
        found["rdflib-endpoint"] = ([sys.executable, "-c", RDFLIB, str(data.file), str(ports[2])], ports[2], "/")
    return found


def _served(command: list[str], port: int, path: str) -> object:
    from contextlib import contextmanager

    @contextmanager
    def served() -> Iterator[str]:
        address = f"http://127.0.0.1:{port}{path}"
        with running(command, lambda: _asked(address, "ASK {}")):
            yield address

    return served()


def _asked(address: str, query: str) -> bytes:
    request = Request(f"{address}?query={quote(query)}", headers={"Accept": "application/sparql-results+json"})
    with urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def _load(address: str, query: str, new: bool, seconds: int, folder: Path) -> Callable[[], float]:
    """Microseconds a request under load."""
    started = [0]

    def measure() -> float:
        _asked(address, query.replace("SERIAL", "1"))
        command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", "Accept: application/sparql-results+json"]
        if new:
            started[0] += 10_000_000
            script = folder / "new.lua"
            script.write_text(LUA.format(base=started[0]))
            command += ["-s", str(script)]
        told = subprocess.run([*command, f"{address}?query={quote(query)}"], capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told:
            raise RuntimeError(f"{address}: {told}")
        found = re.search(r"Requests/sec:\s+([\d.]+)", told)
        assert found, told
        return 1_000_000 / float(found[1])

    return measure


def _beside(address: str, data: Data) -> Iterator[Row]:
    """A cheap question while another runs for ever."""
    thread = threading.Thread(target=lambda: _quietly(address, RUNAWAY), daemon=True)
    thread.start()
    time.sleep(0.3)
    waited = []
    for number in range(200):
        start = time.perf_counter()
        _asked(address, f"ASK {{ FILTER({number} >= 0) }}")
        waited.append(1000 * (time.perf_counter() - start))
    slowest = sorted(waited)[int(0.99 * len(waited))]
    yield Row(
        "endpoint",
        f"ASK beside a runaway query, p99, {data.name}",
        data.triples,
        "ms by the clock",
        {"kg serve": [slowest]},
        [Aim(20.0)],
    )


def _quietly(address: str, query: str) -> None:
    try:
        _asked(address, query)
    except OSError:
        return


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
