"""make load: how the server bears up. Starts its own server on loopback, asks it for a minute, and prints what it measured.

throughput   small queries a second, kept and not kept in the cache, against the same framework that answers a fixed string
delay        of a small query at 16 connections, and beside a query that never ends
bombs        how long one runs beyond its limit
minute       32 connections with mixed questions of the library, without and with bombs: answers and errors
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
LIMIT = 2.0
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FIXED = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def fixed(request):
    return Response(b'{"head":{},"boolean":true}', media_type="application/sparql-results+json")
uvicorn.run(Starlette(routes=[Route("/sparql", fixed)]), port=PORT, log_level="error", access_log=False)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="length of each minute (default 60)")
    seconds = parser.parse_args().seconds
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes busy before we begin")
    with running("--timeout", f"{LIMIT:g}") as url:
        throughput(url)
        asyncio.run(beside_a_bomb(url))
    with running() as url:
        for bombs in (0, 4):
            asyncio.run(minute(url, seconds, bombs))


@contextlib.contextmanager
def running(*options: str) -> Iterator[str]:
    """A server with these options; its address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "kg", *options, "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().strip().rstrip("/")
    finally:
        process.terminate()
        process.wait()


def throughput(url: str) -> None:
    """Requests a second with wrk, in turns, so that what else the machine does falls on all alike."""
    port = 8000 + os.getpid() % 1000 + 20_000
    fixed = subprocess.Popen([sys.executable, "-c", FIXED.replace("PORT", str(port))])
    look_up = "SELECT%20%3Fs%20%7B%20kg%3Amagnesium-deficiency%20kg%3Apromotes%20%3Fs%20%7D"
    asked = {
        "fixed string": (f"http://127.0.0.1:{port}", "ASK%7B%7D", False),
        "ASK {}, kept": (url, "ASK%7B%7D", False),
        "ASK {}, new each time": (url, "ASK%7B%7D", True),
        "look-up, kept": (url, look_up, False),
        "look-up, new each time": (url, look_up, True),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    try:
        time.sleep(2)
        for _ in range(3):
            for name, (address, query, new) in asked.items():
                found[name].append(wrk(address, query, new))
    finally:
        fixed.terminate()
        fixed.wait()
    base = max(rate for rate, _ in found["fixed string"])
    for name, runs in found.items():
        rate, late = max(run[0] for run in runs), min(run[1] for run in runs)
        print(f"{name}: {rate:,.0f} a second ({rate / base:.0%} of the fixed string), 99 in 100 within {late:.1f} ms")


def wrk(address: str, query: str, new: bool) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds, at 16 connections."""
    tail = '"%23"..n..math.random(1e9)' if new else '""'
    script = f'local n = 0\nrequest = function() n = n + 1 return wrk.format("GET", "/sparql?query={query}"..{tail}) end\n'
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", "-c16", "-d3s", "--latency", "-s", file.name, address]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


async def beside_a_bomb(url: str) -> None:
    """A small query again and again while one that never ends runs; and how long that one ran."""
    times: list[float] = []
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        ran = []
        for _ in range(5):
            began = time.perf_counter()
            bomb = asyncio.create_task(client.post("/sparql", data={"query": BOMB}))
            while not bomb.done():
                start = time.perf_counter()
                answer = await client.get("/sparql", params={"query": f"ASK {{}} # {start}"})
                assert answer.status_code == 200
                times.append(time.perf_counter() - start)
                await asyncio.sleep(0.002)
            assert (await bomb).status_code == 503
            ran.append(time.perf_counter() - began)
    print(f"ASK beside a bomb: {len(times)} asked, 99 in 100 within {percentile(times, 99) * 1000:.1f} ms")
    print(f"the bomb at a limit of {LIMIT:g} s: ended after {max(ran):.3f} s at the latest")


async def minute(url: str, seconds: float, bombs: int) -> None:
    """Mixed questions on 32 connections, each new to the cache."""
    sys.path.insert(0, str(ROOT / "src"))
    from kg import library

    texts = [library.question(name).text for name in library.names()]
    until = time.monotonic() + seconds
    times: list[float] = []
    wrong: list[str] = []

    async def ask(client: httpx.AsyncClient, number: int) -> None:
        turn = number
        while time.monotonic() < until:
            turn += 1
            began = time.perf_counter()
            answer = await client.post("/sparql", data={"query": f"{texts[turn % len(texts)]}\n# {number} {turn}"})
            times.append(time.perf_counter() - began)
            if answer.status_code != 200:
                wrong.append(f"{answer.status_code} {answer.text[:120]}")

    async def throw(client: httpx.AsyncClient) -> None:
        while time.monotonic() < until:
            await client.post("/sparql", data={"query": BOMB})

    async with httpx.AsyncClient(base_url=url, timeout=90, limits=httpx.Limits(max_connections=64)) as client:
        await asyncio.gather(*(ask(client, number) for number in range(32)), *(throw(client) for _ in range(bombs)))
    beside = f", beside {bombs} bombers" if bombs else ""
    print(f"{seconds:g} s, 32 connections, mixed questions{beside}: {len(times):,} answers, {len(wrong)} errors", end="")
    print(f", median {percentile(times, 50) * 1000:.0f} ms, 99 in 100 within {percentile(times, 99) * 1000:.0f} ms")
    for line in wrong[:5]:
        print(f"  {line}")


def percentile(values: list[float], part: float) -> float:
    """The value that ``part`` in 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part / 100))]


if __name__ == "__main__":
    main()
