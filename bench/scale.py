"""What size costs: the same commands on graphs of ten thousand to ten million triples, embedded and on two servers.

Every figure is of a whole command, from the start of the process to its end: what a person would type. The results are
kept in out/bench/scale.json after each size and each server; :mod:`bench.scale_page` writes docs/scale.md from them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from bench import data
from bench.measure import Ended, ended, free_port, kg, machine, running
from kg.sparql import library

RESULTS = data.FOLDER / "scale.json"
#: Longer than this nobody waits for a question of the library.
LIMIT = 60.0
CLAIMS = "SELECT (COUNT(*) AS ?n) { ?claim a kg:CausalClaim }"
COMMANDS = {
    "term": ["term", "fatigue"],
    "paths": ["paths", "vitamin B12 deficiency", "muscle tightness", "--limit", "1"],
    "correct": ["correct", "vitamin B12 deficiency"],
    "explain": ["explain", "fatigue", "paresthesia", "unsteady gait", "--context", "vegan diet", "--context", "metformin"],
}
STREAMED = (1_000, 100_000, 1_000_000)
FUSEKI = data.synthetic.ROOT / "out" / "fuseki" / "jena-fuseki-server.jar"
#: The server's jar holds the bulk loader but not the command around it.
LOADER = """import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.Loader;
class Load {
    public static void main(String[] words) {
        Loader.load(DatabaseMgr.connectDatasetGraph(words[0]), words[1]);
    }
}
"""
Told = dict[str, Any]
Serve = Callable[[Path, Path], Any]


def measure(sizes: list[int], say: Callable[[str], None]) -> None:
    """Measure all sizes embedded, and the largest on the servers."""
    found: Told = {"machine": machine(), "embedded": [], "servers": {}}
    for size in sorted(sizes):
        file = data.FOLDER / f"scale-{size}.nt"
        found["embedded"].append(_embedded(size, file, say))
        _keep(found)
        if size != max(sizes):
            file.unlink()
    _measure_servers(found, file, say)


def measure_servers(size: int, say: Callable[[str], None]) -> None:
    """Measure the servers again, beside what was measured embedded.

    Raises:
        FileNotFoundError: nothing was measured embedded yet.
    """
    found = json.loads(RESULTS.read_text())
    file = data.FOLDER / f"scale-{size}.nt"
    _make(size, file)
    _measure_servers(found, file, say)


def _measure_servers(found: Told, file: Path, say: Callable[[str], None]) -> None:
    for name, serve in SERVERS.items():
        found["servers"][name] = _served(name, serve, file, say)
        _keep(found)
    file.unlink()


def _make(size: int, file: Path) -> Ended:
    return ended([sys.executable, "-m", "bench", "--make", str(size), str(file)], folder=str(data.synthetic.ROOT))


def _keep(found: Told) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")


def _embedded(size: int, file: Path, say: Callable[[str], None]) -> Told:
    made = _make(size, file)
    source = {"KG_SOURCE": str(file)}
    loaded = ended(kg("query", "-e", "ASK {}"), source)  # the first question makes the store
    with file.open("rb") as lines:
        triples = sum(1 for _ in lines)
    found: Told = {
        "triples": triples,
        "file": file.stat().st_size / 1e6,
        "store": _folder_size(max(_cache().glob("*.store"), key=os.path.getmtime)),
        "made": {"seconds": made.wall / 1000, "memory": made.memory},
        "loaded": {"seconds": loaded.wall / 1000, "memory": loaded.memory},
        **_asked(source, say, f"{size:,} embedded"),
    }
    return found


def _asked(source: dict[str, str], say: Callable[[str], None], where: str) -> Told:
    """What the commands take: milliseconds of processor time and by the clock, MB, rows."""
    start = min((_told(["query", "-e", "ASK {}"], source) for _ in range(5)), key=lambda one: one["wall"])
    found: Told = {"start": start, "questions": {}, "commands": {}, "streamed": {}}
    for name in library.names():
        found["questions"][name] = _best(["query", name], source)
        say(f"{where}: {name} {found['questions'][name]}")
    for name, words in COMMANDS.items():
        found["commands"][name] = _best(words, source)
        say(f"{where}: kg {name} {found['commands'][name]}")
    for rows in STREAMED:
        words = ["query", "-e", f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {rows}", "--format", "csv"]
        found["streamed"][rows] = _told(words, source)
        say(f"{where}: {rows:,} rows {found['streamed'][rows]}")
    found["claims"] = _count(source)
    return found


def _best(words: list[str], source: dict[str, str]) -> Told:
    """The better of two runs; one where it takes long."""
    first = _told(words, source)
    if "failed" in first or first["wall"] > 2000:
        return first
    return min(first, _told(words, source), key=lambda one: one.get("wall", LIMIT * 1000))


def _told(words: list[str], source: dict[str, str]) -> Told:
    with tempfile.TemporaryFile() as output:
        try:
            took = ended(kg(*words, "--timeout", f"{LIMIT:g}"), source, output=output)
        except RuntimeError as error:
            late = "no answer within" in str(error)
            return {"failed": f"over {LIMIT:g} s" if late else str(error)[-300:]}
        output.seek(0)
        rows = max(0, sum(1 for _ in output) - 1)
    return {"rows": rows, "cpu": took.cpu, "wall": took.wall, "memory": took.memory}


def _count(source: dict[str, str]) -> int:
    done = subprocess.run(
        kg("query", "-e", CLAIMS, "--format", "csv"), env={**os.environ, **source}, capture_output=True, check=True
    )
    return int(done.stdout.split()[1])


def _served(name: str, serve: Serve, file: Path, say: Callable[[str], None]) -> Told:
    with tempfile.TemporaryDirectory(dir=data.FOLDER) as folder, serve(file, Path(folder)) as (address, process, loaded):
        found = {
            "loaded": {"seconds": loaded.wall / 1000, "memory": loaded.memory},
            "store": _folder_size(Path(folder)),
            **_asked({"KG_SOURCE": address}, say, name),
        }
        return {**found, "memory": _largest(process)}


def _largest(process: int) -> float:
    """The largest resident memory of a process, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _folder_size(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6


def _cache() -> Path:
    return Path(os.environ["KG_CACHE"])


@contextmanager
def oxigraph(file: Path, folder: Path) -> Iterator[tuple[str, int, Ended]]:
    """Oxigraph's own server."""
    native, store, port = str(Path(sys.executable).with_name("oxigraph")), str(folder / "store"), free_port()
    loaded = ended([native, "load", "--location", store, "--file", str(file)])
    optimized = ended([native, "optimize", "--location", store])
    loaded = Ended(loaded.cpu + optimized.cpu, loaded.wall + optimized.wall, max(loaded.memory, optimized.memory))
    command = [native, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}/query"
    with running(command, lambda: _answers(address)) as process:
        yield address, process, loaded


@contextmanager
def fuseki(file: Path, folder: Path) -> Iterator[tuple[str, int, Ended]]:
    """Apache Jena Fuseki on TDB2."""
    (folder / "Load.java").write_text(LOADER)
    store, port = folder / "store", free_port()
    store.mkdir()
    loaded = ended(["java", "-Xmx4g", "-cp", str(FUSEKI), str(folder / "Load.java"), str(store), str(file)])
    command = ["java", "-Xmx4g", "-jar", str(FUSEKI), "--port", str(port), "--localhost", "--tdb2", f"--loc={store}", "/kg"]
    address = f"http://127.0.0.1:{port}/kg/query"
    with running(command, lambda: _answers(address), folder=str(folder)) as process:
        yield address, process, loaded


def _answers(address: str) -> None:
    with urlopen(f"{address}?query={quote('ASK {}')}", timeout=10):
        return


SERVERS: dict[str, Serve] = {"Oxigraph": oxigraph, "Fuseki": fuseki}
