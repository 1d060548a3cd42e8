"""Two graphs for all tests: a small one that fits in the head, built by the same code, and the real one; and one browser."""

import gc
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.graph import Graph
from kg.sparql import library
from kg.sparql.embedded import Embedded
from tests import answer
from tests.copies import copy
from tests.seed import keep, plant, seed

ROOT = Path(__file__).parent.parent
# What a test makes is small, what pytest and the graphs hold is large: looking through all of it less often saves a twentieth of the time.
gc.set_threshold(200_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with most slow tests first, and the quickest last: so processes that take file by file end at the same time."""
    slow = Counter(_file(item) for item in items if item.get_closest_marker("slow"))
    every = Counter(map(_file, items))
    items.sort(key=lambda item: (not slow[_file(item)], -every[_file(item)], _file(item)))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory) -> Path:
    """A cache that holds the built graph from the start where several processes test, which are sure to need it."""
    cache = tmp_path_factory.getbasetemp() / "cache"
    return plant(cache) if "PYTEST_XDIST_WORKER" in os.environ else cache


@pytest.fixture(autouse=True, scope="session")
def own_cache_from_the_start(session_cache):
    """What a module or the session sets up once does not touch the user's cache either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CACHE", str(session_cache))
        yield


@pytest.fixture(autouse=True)
def own_library(monkeypatch):
    """The questions of a repository that one test opens are no questions of the next one."""
    monkeypatch.setattr(library, "_own", [])


@pytest.fixture(autouse=True)
def own_cache(session_cache, monkeypatch):
    """No test touches the user's cache."""
    keep(session_cache)  # a cache holds a few stores, and those that tests build would drive the real one out
    monkeypatch.setenv("KG_CACHE", str(session_cache))
    monkeypatch.delenv("KG_SOURCE", raising=False)
    monkeypatch.setenv("KG_CREATOR", "")  # whoever runs the tests has a name in git's settings


@pytest.fixture(scope="session")
def planted(session_cache) -> Path:
    """The cache of the session with the built graph in it, for servers and commands that would build it."""
    return plant(session_cache)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of the small graph that a test may write to."""
    folder = tmp_path / "repository"
    copy("tests/small", folder)
    for name in ("kg.ttl", "prefixes.ttl", "shapes.ttl"):
        if (ROOT / "ontology" / name).exists():
            shutil.copy(ROOT / "ontology" / name, folder / "ontology" / name)
    copy("queries", folder / "queries")
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Graph:
    """The small graph."""
    return answer.small(tmp_path_factory.mktemp("small") / "repository")


@pytest.fixture(scope="session")
def real() -> Graph:
    """The real graph, on disk as it is for users."""
    [store] = seed().glob("*.store")
    return Graph(Embedded(Store.read_only(str(store))))


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
