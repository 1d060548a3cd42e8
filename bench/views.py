"""(f) Pages of pathways: their size, what it takes to build one, and how soon it is ready in a browser."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, ended, in_turns, kg

VIEWS = {
    "two ends": ["--from", "vitamin B12 deficiency", "--to", "muscle tightness"],
    "a neighbourhood": ["magnesium deficiency"],
    "the whole causal graph": ["--all"],
}


def rows(rounds: int) -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        for name, words in VIEWS.items():
            page = Path(folder) / "page.html"
            command = kg("view", *words, "-o", str(page))
            built = in_turns({"kg": lambda command=command: ended(command).cpu}, rounds)
            yield Row("views", f"{name}: build", 0, "ms of CPU", built)
            yield Row("views", f"{name}: size", 0, "kB", {"kg": [page.stat().st_size / 1000]})
            ready = _ready(page, rounds)
            if ready:
                yield Row("views", f"{name}: ready in Chromium", 0, "ms by the clock", {"kg": ready})


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
