"""(a) A question from the command line, from the start of the process to its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.data import Data
from bench.measure import Aim, Row, ended, in_turns, kg, process
from kg.sparql import library

BARE = """import sys
from pyoxigraph import QueryResultsFormat, Store
with open(sys.argv[2]) as file:
    Store.read_only(sys.argv[1]).query(file.read()).serialize(sys.stdout.buffer, format=QueryResultsFormat.CSV)
"""
RDFLIB = """import sys
from rdflib import Graph
with open(sys.argv[2]) as file:
    sys.stdout.buffer.write(Graph().parse(sys.argv[1], format="nt").query(file.read()).serialize(format="csv"))
"""
#: A light and a middling question: with a heavy one all ways take as long as the engine.
QUESTIONS = ("foods_richest_in", "claims_of_source")


def rows(data: list[Data], rounds: int) -> Iterator[Row]:
    """Measure."""
    ended(kg("query", "statements"), {"KG_SOURCE": ""})  # the store is there, as it is at any call but the first
    start = {"kg --version": process(kg("--version")), "python -c pass": process([sys.executable, "-c", "pass"])}
    found = in_turns(start, 2 * rounds)
    why = (
        f"importing the command line takes {_beyond('pass', 'import kg.cli'):.1f} ms, finding the version of the data the rest"
    )
    yield Row("cold", "kg --version", 0, "ms of CPU", found, [Aim(1.5, "python -c pass")], why=why)
    modules = _beyond("import pyoxigraph", "import kg.cli.query")
    why = f"the modules that read a question and write its answer take {modules:.1f} ms to import, which the bare script does without"
    for one in data:
        for name in QUESTIONS:
            yield _row(one, name, rounds, why)


def _beyond(less: str, more: str) -> float:
    """By how many milliseconds one line of Python takes longer than another, at best."""
    least, most = ([process([sys.executable, "-c", line])() for _ in range(7)] for line in (less, more))
    return min(most) - min(least)


def _row(data: Data, name: str, rounds: int, why: str) -> Row:
    query = data.file.with_name(name + ".rq")
    query.write_text(library.question(name).text)
    ours = kg("query", name, "--format", "csv")
    source = {"KG_SOURCE": "" if data.name == "real" else str(data.file)}
    measures = {
        "kg query": process(ours, source),
        "bare Python": process([sys.executable, "-c", BARE, str(data.store), str(query)]),
        "oxigraph query": process(
            [_native(), "query", "--location", str(data.store), "--query-file", str(query), "--results-format", "csv"]
        ),
    }
    for measure in measures.values():
        measure()  # builds the store where it is not yet, and fills the caches of the disk
    found = in_turns(measures, rounds)
    aims = [Aim(1.3, "bare Python"), Aim(2.5, "oxigraph query")]
    if 40_000 <= data.triples <= 60_000:
        found["rdflib"] = [process([sys.executable, "-c", RDFLIB, str(data.file), str(query)])()]
        aims.append(Aim(1 / 50, "rdflib"))
        most = found["rdflib"][0] / median(found["bare Python"])
        limit = f"Python's start, the engine's import and opening the store: the bare script is {most:.0f} times quicker than rdflib"
        why = f"{limit}; {why}"
    return Row("cold", f"{name}, {data.name}", data.triples, "ms of CPU", found, aims, why=why)


def _native() -> str:
    return str(Path(sys.executable).with_name("oxigraph"))
