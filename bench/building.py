"""(d) Build and check beside pySHACL and rdflib on the same files, with the largest memory of every command."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Aim, Measure, Row, ended, in_turns, kg
from bench.synthetic import ROOT

PARSED = """import sys
from rdflib import Graph
graph = Graph()
for path in sys.argv[1:]:
    graph.parse(path, format="turtle")
"""
CONFORMS = PARSED.replace("sys.argv[1:]", "sys.argv[2:]") + (
    "import pyshacl\npyshacl.validate(graph, shacl_graph=sys.argv[1], shacl_graph_format='turtle')\n"
)
LOADED = "the engine's bulk loader takes three seconds, as long for one text as for pieces, which bound its memory"
CHECKED = "deriving the graph and the scans and joins of the checks are most of it: look-ups of the engine, which grow with the claims"
NEXT = "the store is made from the one before; what is left is reading all files for their hash, Python's start and opening a store twice"
ALONE = (
    "influences, judgements, names and readings are derived in a second each or less; the engine's loader takes three seconds"
)
BUILT = "what the rules read and give, nearly half of the graph, is in the engine's memory: 110 MB; the loader takes 50 MB for each piece"
COMPARED = (
    "the terms and claims of both sides are there as texts, property by property, with the answers of the library for both"
)
SORTED = "the graph passes by in pieces of 8 MB; the rest is the engine and what it holds of the store"
#: Why a command takes more memory than its target.
MEMORY = {"build": BUILT, "diff": COMPARED, **dict.fromkeys(("export nt", "export rdf12"), SORTED)}
#: The seconds of processor time after which pySHACL is stopped; on the whole graph it takes minutes.
LONGEST = 60
#: Every command on the real graph, as a user would give it; the memory of each is held.
COMMANDS = {
    "query": ["query", "foods_richest_in"],
    "term": ["term", "fatigue"],
    "paths": ["paths", "vitamin B12 deficiency", "muscle tightness", "--limit", "3"],
    "explain": ["explain", "fatigue", "paresthesia", "--context", "vegan diet"],
    "view": ["view", "magnesium deficiency", "-o", "{out}/view.html"],
    "view --all": ["view", "--all", "-o", "{out}/all.html"],
    "demo": ["demo"],
    "validate": ["--source", "{root}", "validate"],
    "build": ["build", "-o", "{out}"],
    "format": ["format", "--check", "{root}/data"],
    "export nt": ["export", "nt", "-o", "{out}/export.nt"],
    "export kgx": ["export", "kgx", "-o", "{out}/kgx"],
    "export rdf12": ["export", "rdf12", "-o", "{out}/export.ttl"],
    "diff": ["diff", "{root}", "{root}"],
}


def rows(rounds: int) -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _checks(Path(folder), rounds)
        yield from _builds(Path(folder), rounds)
        yield from _memory(Path(folder))


def _checks(folder: Path, rounds: int) -> Iterator[Row]:
    files = [
        str(path)
        for place in ("ontology", "data")
        for path in sorted((ROOT / place).rglob("*.ttl"))
        if path.name != "shapes.ttl"
    ]
    shapes = str(ROOT / "ontology" / "shapes.ttl")
    measures: dict[str, Measure] = {"kg validate": lambda: ended(kg("--source", str(ROOT), "validate", "--no-cache")).cpu}
    found = in_turns(measures, rounds)
    found["rdflib, parsing alone"] = [ended([sys.executable, "-c", PARSED, *files]).cpu]
    note = ""
    if Path(shapes).exists():
        pyshacl = ended([sys.executable, "-c", CONFORMS, shapes, *files], seconds=LONGEST).cpu
        found["pySHACL"] = [pyshacl]
        note = f"pySHACL was stopped after {LONGEST} s and needs more" if pyshacl > 990 * LONGEST else ""
    yield Row("building", "kg validate", 0, "ms of CPU", found, [Aim(1000.0)], note=note, why=CHECKED)
    yield from _repeated(folder, rounds)


def _repeated(folder: Path, rounds: int) -> Iterator[Row]:
    """Of a repository that was found to have no problem: unchanged, and after one file was changed."""
    copy = _copy(folder / "checked")
    environment = {"KG_CACHE": str(folder / "checked-cache")}
    claims = next((copy / "data" / "claims").glob("*.ttl"))
    whole = kg("--source", str(copy), "validate")
    ended(whole, environment)

    def changed() -> float:
        claims.write_text(claims.read_text().replace('kg:note "', 'kg:note "In other words: ', 1))
        return ended([*whole, str(claims)], environment).cpu

    found = in_turns({"unchanged": lambda: ended(whole, environment).cpu}, rounds)
    yield Row("building", "kg validate, unchanged", 0, "ms of CPU", {"kg": found["unchanged"]}, [Aim(300.0)])
    found = in_turns({"changed": changed}, rounds)
    yield Row(
        "building", "kg validate of one changed file", 0, "ms of CPU", {"kg": found["changed"]}, [Aim(300.0)], why=CHECKED
    )


def _copy(folder: Path) -> Path:
    """A repository like ours that may be changed."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def _builds(folder: Path, rounds: int) -> Iterator[Row]:
    """A query of a repository that is not kept yet, also after a claim was touched; and of the built-in graph."""
    copy = _copy(folder / "copy")
    cache = folder / "cache"
    claims = next((copy / "data" / "claims").glob("*.ttl"))
    query = kg("query", "-e", "ASK {}")
    environment = {"KG_CACHE": str(cache), "KG_SOURCE": str(copy)}

    def full() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        return ended(query, environment).cpu

    def touched() -> float:
        claims.write_text(claims.read_text().replace('kg:note "', 'kg:note "Again: ', 1))
        return ended(query, environment).cpu

    def kept() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        return ended(query, {"KG_CACHE": str(cache)}).cpu

    full()
    found = in_turns({"full": full, "one file touched": touched, "kept": kept}, rounds)
    yield Row("building", "full rebuild of the real graph", 0, "ms of CPU", {"kg": found["full"]}, [Aim(3000.0)], why=ALONE)
    yield Row(
        "building",
        "rebuild after one file was touched",
        0,
        "ms of CPU",
        {"kg": found["one file touched"]},
        [Aim(500.0)],
        why=NEXT,
    )
    yield Row("building", "full rebuild, kept on disk", 0, "ms of CPU", {"kg": found["kept"]}, [Aim(3000.0)], why=LOADED)


def _memory(folder: Path) -> Iterator[Row]:
    first = ended(kg(*COMMANDS["query"]), {"KG_CACHE": str(folder / "empty")})
    yield Row("memory", "kg query, with an empty cache", 0, "MB", {"kg": [first.memory]}, [Aim(200.0)], why=BUILT)
    ended(kg(*COMMANDS["query"]))  # the built graph is there from now on
    for name, words in COMMANDS.items():
        command = kg(*(word.format(out=folder, root=ROOT) for word in words))
        memory = ended(command, folder=str(folder)).memory
        yield Row("memory", f"kg {name}", 0, "MB", {"kg": [memory]}, [Aim(200.0)], why=MEMORY.get(name, ""))
