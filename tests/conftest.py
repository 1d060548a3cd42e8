"""Two graphs for all tests: a small one that fits in the head, built by the same code, and the real one."""

import shutil
from pathlib import Path

import pytest

from kg.build.store import built
from kg.engines import Embedded
from kg.graph import Graph

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """No test touches the user's cache."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("KG_SOURCE", raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of the small graph that a test may write to."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "tests" / "small", folder)
    for name in ("kg.ttl", "prefixes.ttl", "shapes.ttl"):
        if (ROOT / "ontology" / name).exists():
            shutil.copy(ROOT / "ontology" / name, folder / "ontology" / name)
    shutil.copytree(ROOT / "queries", folder / "queries")
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Graph:
    """The small graph."""
    folder = tmp_path_factory.mktemp("small") / "repository"
    shutil.copytree(ROOT / "tests" / "small", folder)
    shutil.copy(ROOT / "ontology" / "kg.ttl", folder / "ontology" / "kg.ttl")
    shutil.copytree(ROOT / "queries", folder / "queries")
    return Graph(Embedded(built(str(folder))))


@pytest.fixture(scope="session")
def real() -> Graph:
    """The real graph, in memory."""
    return Graph(Embedded(built(str(ROOT))))
