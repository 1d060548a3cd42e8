"""make load: how the server bears up. 32 connections ask it mixed questions of the library for a minute, then once more while bombs are thrown
and others try to make it fetch. Prints what it counted; exit status 1 where anything went wrong.

Each question is new to the cache. A canary, which no one should ever ask, notes whoever does.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
#: Those who throw: each throws these in turns, again and again.
THROWERS = 4
BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "SELECT ?a ?d (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
    "SELECT (COUNT(*) AS ?n) { ?a (!kg:none)* ?b . ?b (!kg:none|^!kg:none)* ?c }",
    "ASK " + "{" * 5000 + "}" * 5000,
    "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "SELECT * FROM <CANARY> { ?s ?p ?o } LIMIT 1",
)


@dataclass
class Minute:
    """What came back in one run."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    bombs: Counter[int] = field(default_factory=Counter)

    def told(self) -> str:
        """One line."""
        found = sorted(self.times)
        half, most = (1000 * found[int(len(found) * part)] for part in (0.5, 0.99))
        thrown = f"; bombs {sum(self.bombs.values())} {dict(sorted(self.bombs.items()))}" if self.bombs else ""
        return f"{len(found):,} answers, {len(self.wrong)} errors, median {half:.0f} ms, 99 in 100 within {most:.0f} ms{thrown}"


def main() -> int:
    """Run both minutes and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="length of each run (default 60)")
    seconds = parser.parse_args().seconds
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes busy before we begin", flush=True)
    return asyncio.run(_measured(seconds))


async def _measured(seconds: float) -> int:
    seen: list[bytes] = []
    canary = await asyncio.start_server(_noting(seen), "127.0.0.1", 0)
    address = f"http://127.0.0.1:{canary.sockets[0].getsockname()[1]}/"
    faults = 0
    with _running() as url:
        for name, throwers in (("", 0), (f", beside {THROWERS} who throw bombs", THROWERS)):
            found = await _minute(url, seconds, throwers, address)
            print(
                f"{seconds:g} s, 32 connections, mixed questions{name}: {found.told()}",
                *found.wrong[:5],
                sep="\n  ",
                flush=True,
            )
            faults += len(found.wrong)
    print(f"the canary was asked {len(seen)} times")
    canary.close()
    return int(bool(faults or seen))


def _noting(seen: list[bytes]) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def noting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readline())
        writer.close()

    return noting


@contextlib.contextmanager
def _running() -> Iterator[str]:
    """A server with its defaults; its address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "kg", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()


async def _minute(url: str, seconds: float, throwers: int, canary: str) -> Minute:
    sys.path.insert(0, str(ROOT / "src"))
    from kg.sparql import library

    texts = [library.question(name).text for name in library.names()]
    until = time.monotonic() + seconds
    minute = Minute()

    async def ask(client: httpx.AsyncClient, number: int) -> None:
        turn = number
        while time.monotonic() < until:
            turn += 1
            began = time.perf_counter()
            answer = await client.post("/sparql", data={"query": f"{texts[turn % len(texts)]}\n# {number} {turn} {began}"})
            minute.times.append(time.perf_counter() - began)
            if answer.status_code != 200:
                minute.wrong.append(f"{answer.status_code} {answer.text[:200]}")

    async def throw(client: httpx.AsyncClient, number: int) -> None:
        turn = number
        while time.monotonic() < until:
            turn += 1
            bomb = BOMBS[turn % len(BOMBS)].replace("CANARY", canary)
            minute.bombs[(await client.post("/sparql", data={"query": bomb})).status_code] += 1

    async with httpx.AsyncClient(base_url=url, timeout=90, limits=httpx.Limits(max_connections=64)) as client:
        await asyncio.gather(*(ask(client, n) for n in range(32)), *(throw(client, n) for n in range(throwers)))
    return minute


if __name__ == "__main__":
    sys.exit(main())
