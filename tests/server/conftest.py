"""Real servers on loopback: ``kg serve`` in a process of its own, as a user starts it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent
GRAPHS = "http://example.org/graph/"
#: Three named graphs that each speak of themselves, and one triple in the default graph.
DATA = "".join(f"<{GRAPHS}{n}> <http://example.org/is> <http://example.org/Graph> <{GRAPHS}{n}> .\n" for n in (1, 2, 3))
DATA += '<http://example.org/s> <http://example.org/p> "plain" .\n'


class Running:
    """A server that runs: its process, its address, a client for it."""

    def __init__(self, *arguments: str, cache: Path, source: str = "") -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(cache)}
        environment.pop("KG_SOURCE", None)
        command = [sys.executable, "-m", "kg", *(["--source", source] if source else []), "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip().rstrip("/")
        if not self.url:
            raise AssertionError(self.process.stderr.read())
        self.port = int(self.url.rpartition(":")[2])
        self.client = httpx.Client(base_url=self.url, timeout=60)

    def get(self, query: str, accept: str = "*/*", **parameters) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})

    def stop(self, by: int = signal.SIGTERM) -> int:
        self.client.close()
        self.process.send_signal(by)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.stdout.close()
            self.process.stderr.close()


@pytest.fixture(scope="session")
def start(planted):
    """Starts servers, and stops them when the tests are done."""
    running = []

    def start(*arguments: str, source: str = "") -> Running:
        running.append(Running(*arguments, cache=planted, source=source))
        return running[-1]

    yield start
    for server in running:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("data") / "data.nq"
    path.write_text(DATA, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="session")
def server(start, data) -> Running:
    """A server of four triples in four graphs."""
    return start(source=data)


@pytest.fixture(scope="session")
def site(start) -> Running:
    """A server of the built-in graph."""
    return start("--timeout", "60")
