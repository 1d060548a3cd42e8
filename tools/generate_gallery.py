"""Writes the gallery: views as HTML files, their pictures, and the charts. ``make gallery``

The files depend on the graph and the code alone, so that a second run writes the same bytes; the pictures also depend on the
browser and its fonts.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import kg


class Entry(NamedTuple):
    """A view, and what the reader does on it before the picture is taken."""

    view: Callable[[Any], Any]
    deed: str = ""
    width: int = 1440
    height: int = 900
    scheme: str = "light"


def iron(graph: Any) -> Any:
    """All of iron: what leads to and what comes of each of its states."""
    rows = graph.query("SELECT DISTINCT ?s { ?s kg:concerns kg:iron ; kg:kind kg:NutrientStatus } ORDER BY ?s")
    return graph.view(*(row["s"].value for row in rows))


B12, TIGHTNESS = "vitamin B12 deficiency", "muscle tightness"
SELECT = "kgView.select('https://w3id.org/nutrition-kg/{}')"
VIEWS = {
    "b12-to-muscle-tightness": Entry(lambda graph: graph.view(cause=B12, effect=TIGHTNESS)),
    "magnesium": Entry(lambda graph: graph.view("magnesium deficiency"), SELECT.format("hypomagnesemia")),
    "vitamin-d-and-calcium": Entry(lambda graph: graph.view("vitamin D deficiency", "hypocalcemia", depth=1)),
    "iron": Entry(iron),
    "metformin": Entry(lambda graph: graph.view("metformin"), scheme="dark"),
    "differential": Entry(
        lambda graph: graph.view(graph.explain(["paresthesia", "fatigue", "unsteady gait"], context=["vegan diet"], top=5))
    ),
    "spinach": Entry(lambda graph: graph.view("spinach, boiled")),
    "whole-graph": Entry(lambda graph: graph.view()),
    "phone": Entry(lambda graph: graph.view("magnesium deficiency"), width=390, height=844),
}
CHARTS = {
    "foods-by-magnesium": ("foods", {"nutrient": "magnesium"}),
    "cut-offs-of-vitamin-d": ("cutoffs", {"biomarker": "25-hydroxyvitamin D"}),
    "organ-systems": ("systems", {}),
    "debate": ("debate", {}),
}


def write(folder: Path) -> None:
    """Write the pages and the charts."""
    graph = kg.open()
    for name, entry in VIEWS.items():
        entry.view(graph).save(folder / f"{name}.html")
    for name, (chart, parameters) in CHARTS.items():
        graph.chart(chart, **parameters).save(folder / f"{name}.svg")


def photograph(folder: Path) -> None:
    """Open every page in Chromium, offline, and keep what is seen."""
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, entry in VIEWS.items():
            size: Any = {"width": entry.width, "height": entry.height}
            scheme: Any = entry.scheme
            context = browser.new_context(
                viewport=size, color_scheme=scheme, device_scale_factor=2 if entry.width < 500 else 1, offline=True
            )
            page = context.new_page()
            page.goto((folder / f"{name}.html").absolute().as_uri())
            page.wait_for_selector("html[data-ready=true]")
            if entry.deed:
                page.evaluate(entry.deed)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "gallery"
    place.mkdir(parents=True, exist_ok=True)
    write(place)
    photograph(place)
