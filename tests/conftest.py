"""Two graphs for all tests: a small one that fits in the head, built by the same code, and the real one; and one browser."""

import os
import shutil
from pathlib import Path

import pytest

from kg.build.store import built
from kg.graph import Graph
from kg.sparql.embedded import Embedded
from tests import answer

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
    return answer.small(tmp_path_factory.mktemp("small") / "repository")


@pytest.fixture(scope="session")
def real() -> Graph:
    """The real graph, in memory."""
    return Graph(Embedded(built(str(ROOT))))


def chromium() -> str:
    """Where Chromium is; skips, or fails in CI, where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found and os.environ.get("CI"):
        pytest.fail("Chromium is missing; CI must have it")
    if not found:
        pytest.skip("no Chromium in PATH (nor in KG_CHROMIUM), which the browser tests need")
    return found


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
