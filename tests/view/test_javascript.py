"""The scripts of the pages: they parse, keep to the house's measures, and their algorithms agree with Python in Node."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.causal.correct import Correction
from kg.causal.different import different
from kg.causal.model import CausalGraph
from kg.causal.paths import routes
from kg.view import page, render
from tests.view.conftest import KG, layered

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted([*(ROOT / "src").rglob("*.js"), *(ROOT / "tools").rglob("*.js")])
#: The modules of the page that need no screen, in their order.
PURE = ("graph", "world", "strength", "paths", "correction")


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Node; skips where there is none, or fails in CI, which must have it."""
    program = shutil.which("node")
    if program is None and os.environ.get("CI"):
        pytest.fail("Node is missing; CI must have it")
    if program is None:
        pytest.skip("no node in PATH, which runs the scripts of the pages")
    told = {**os.environ, **environment}
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, env=told, check=False)


class OnAMap(CausalGraph):
    """A graph as it is drawn: what a state is a kind of is no edge of a map, unless a route passes it."""

    kind_steps = ()


def case(name, graph, ends, corrected):
    drawn = OnAMap(graph.states, graph.claims, graph.kinds)
    html = render(graph, title="x")
    (data,) = re.findall(r'<script[^>]*type="application/json"[^>]*id="data"[^>]*>(.*?)</script>', html, flags=re.DOTALL)

    def answer(found):
        return [[one.sign, round(one.strength, 4), one.certainty, [claim.iri for claim in one.claims]] for one in found]

    return {
        "name": name,
        "data": json.loads(data),
        "paths": [
            {"ends": [KG + a, KG + b], "expected": answer(different(graph, routes(drawn, KG + a, KG + b), 50)[0])}
            for a, b in ends
        ],
        "corrections": [
            {"corrected": [KG + one for one in names], "expected": Correction.of(graph, [KG + one for one in names]).to_dict()}
            for names in corrected
        ],
    }


def run(graphs, folder):
    sources = [page.asset(f"{name}.js") for name in PURE]
    cases = folder / "cases.json"
    cases.write_text(json.dumps({"sources": sources, "graphs": graphs}), encoding="utf-8")
    done = node("--test", str(ROOT / "tests" / "javascript" / "algorithms.test.mjs"), KG_CASES=str(cases))
    assert done.returncode == 0, done.stdout[:6000] + done.stderr[-2000:]
    wanted = sum(len(one["paths"]) + len(one["corrections"]) for one in graphs)
    assert re.search(rf"^\S+ pass {wanted}$", done.stdout, flags=re.MULTILINE), done.stdout[-2000:]


def test_routes_and_corrections_of_small_graphs_are_those_of_python(seven, tmp_path):
    ends = [("lack-a", "cramp"), ("supplement", "cramp"), ("lack-b", "sign-x"), ("cramp", "lack-a")]
    corrected = [["lack-a"], ["lack-b"], ["lack-a", "lack-b"], ["supplement"], ["neuropathy"], ["misfiring"]]
    fifty = [("state-000", "state-049"), ("state-003", "state-040")]
    run([case("seven", seven, ends, corrected), case("fifty", layered(50), fifty, [["state-000"]])], tmp_path)


def test_routes_and_corrections_of_the_real_graph_are_those_of_python(real, tmp_path):
    ends = [
        ("vitamin-b12-deficiency", "muscle-tightness"),
        ("magnesium-deficiency", "muscle-cramp"),
        ("iron-deficiency", "fatigue"),
    ]
    corrected = [["magnesium-deficiency"], ["hypokalemia", "hypomagnesemia"], ["vitamin-b12-deficiency", "folate-deficiency"]]
    run([case("real", real.causal(), ends, corrected)], tmp_path)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_keeps_to_the_measures_of_the_house(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120] == []
    assert next(line for line in lines if line and line != '"use strict";').startswith(("//", "/*")), "say first what it is for"
    if script.parent.parent.name == "view":
        assert len(lines) < 280, "one thought a file"


def test_every_script_of_a_page_is_part_of_it():
    assets = {path.stem for path in (ROOT / "src" / "kg" / "view" / "assets").glob("*.js")}
    assert assets == set(page.SCRIPTS)


def test_the_scripts_parse(tmp_path):
    joined = "\n".join(page.asset(f"{name}.js") for name in page.SCRIPTS)
    (tmp_path / "page.js").write_text(f"(async () => {{\n{joined}\n}})();\n", encoding="utf-8")
    done = node("--check", str(tmp_path / "page.js"))
    assert done.returncode == 0, done.stderr
