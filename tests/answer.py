"""The answer to a question on the small graph, as tests/answers keeps it: ``python -m tests.answer NAME``."""

import shutil
import sys
import tempfile
from pathlib import Path

from kg.build.store import build_graph
from kg.graph import Graph
from kg.sparql.embedded import Embedded

ROOT = Path(__file__).parent.parent


def small(folder: Path) -> Graph:
    """The small graph, put together in a folder of its own."""
    shutil.copytree(ROOT / "tests" / "small", folder)
    shutil.copy(ROOT / "ontology" / "kg.ttl", folder / "ontology" / "kg.ttl")
    shutil.copytree(ROOT / "queries", folder / "queries")
    return Graph(Embedded(build_graph(str(folder))))


def answer(graph: Graph, name: str) -> str:
    """Rows as CSV, triples as sorted lines."""
    found = graph.query(name)
    if hasattr(found, "columns"):
        return found.to_csv().replace("\r\n", "\n")
    return "".join(sorted(f"{triple} .\n" for triple in found))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(answer(small(Path(place) / "repository"), sys.argv[1]))
