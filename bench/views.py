"""(f) Pages of pathways: their size, what it takes to build one, and how soon it is ready in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Aim, Row, ended, in_turns, kg

VIEWS = {
    "two ends": ["--from", "vitamin B12 deficiency", "--to", "muscle tightness"],
    "a neighbourhood": ["magnesium deficiency"],
    "the whole causal graph": ["--all"],
}
#: What a page of at most so many states may take: kB, milliseconds to build, milliseconds until it is ready.
LIMITS = {50: (600, 3000, 1500), 200: (900, 3000, 2000), 10_000: (None, None, 3000)}
DRAWN = (
    "the page has 130,000 elements, whose style and layout take Chromium two thirds of the time; our scripts take a twentieth"
)
_DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


def rows(rounds: int) -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        for name, words in VIEWS.items():
            command = kg("view", *words, "-o", str(page))
            built = in_turns({"kg": lambda command=command: ended(command).cpu}, rounds)
            states = _states(page)
            size, build, ready = next(limits for most, limits in LIMITS.items() if states <= most)
            told = f"{states} states"
            yield Row("views", f"{name}: build", 0, "ms of CPU", built, _aims(build), told)
            yield Row("views", f"{name}: size", 0, "kB", {"kg": [page.stat().st_size / 1000]}, _aims(size), told)
            found = _ready(page, rounds)
            if found:
                yield Row("views", f"{name}: ready in Chromium", 0, "ms by the clock", {"kg": found}, _aims(ready), told, DRAWN)


def _aims(limit: float | None) -> list[Aim]:
    return [] if limit is None else [Aim(float(limit))]


def _states(page: Path) -> int:
    data = _DATA.search(page.read_text(encoding="utf-8"))
    assert data, page
    return len(json.loads(data[1])["nodes"])


def _ready(page: Path, rounds: int) -> list[float]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not program:
        return []
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for _ in range(rounds):
            tab = browser.new_page()
            start = time.perf_counter()
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
            found.append(1000 * (time.perf_counter() - start))
            tab.close()
        browser.close()
    return found
