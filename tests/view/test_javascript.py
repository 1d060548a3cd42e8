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
from kg.causal.route_search import routes
from kg.causal.verdict import choose, judge
from kg.view import page, render
from kg.view.modules import join
from tests.view.conftest import KG, layered

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted([*(ROOT / "src").rglob("*.js"), *(ROOT / "tools").rglob("*.js")])
TOOLS = ROOT / "tests" / "javascript"


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Node; skips where there is none, or fails in CI, which must have it."""
    program = shutil.which("node")
    if program is None and os.environ.get("CI"):
        pytest.fail("Node is missing; CI must have it")
    if program is None:
        pytest.skip("no node in PATH, which runs the scripts of the pages")
    variables = {**os.environ, **environment}
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, env=variables, check=False)


def tool(name: str, *arguments: str) -> str:
    """What one of the tools that ``make javascript`` installs has to say of the scripts; skips where it is not installed."""
    folder = ROOT / "out" / "javascript" / "node_modules"
    if not (folder / ".package-lock.json").exists():
        if os.environ.get("CI"):
            pytest.fail("the tools for JavaScript are missing; CI must have them (make javascript)")
        pytest.skip("the tools for JavaScript are not installed; run make javascript")
    done = node(str(folder / name), *arguments)
    return done.stdout + done.stderr if done.returncode else ""


class OnAMap(CausalGraph):
    """A graph as it is drawn: what a state is a kind of is not an edge of a map, unless a route passes it."""

    kind_steps = ()


def case(name, graph, ends, corrected):
    drawn = OnAMap(graph.states, graph.claims, graph.kinds)
    html = render(graph, title="x")
    (data,) = re.findall(r'<script[^>]*type="application/json"[^>]*id="data"[^>]*>(.*?)</script>', html, flags=re.DOTALL)

    def answer(found):
        return [[one.sign, round(one.strength, 4), one.certainty, [claim.iri for claim in one.claims]] for one in found]

    def path(a, b):
        found = different(graph, routes(drawn, a, b), 50)[0]
        best = found.index(choose(found)) if found else None
        return {"ends": [a, b], "expected": answer(found), "verdicts": [judge(graph, one) for one in found], "best": best}

    return {
        "name": name,
        "data": json.loads(data),
        "paths": [path(KG + a, KG + b) for a, b in ends],
        "corrections": [
            {"corrected": [KG + one for one in names], "expected": Correction.of(graph, [KG + one for one in names]).to_dict()}
            for names in corrected
        ],
    }


def run(one, folder):
    cases = folder / f"{one['name']}.json"
    cases.write_text(json.dumps(one), encoding="utf-8")
    done = node("--test", str(TOOLS / "algorithms.test.mjs"), KG_CASES=str(cases))
    assert done.returncode == 0, done.stdout[:6000] + done.stderr[-2000:]
    wanted = len(one["paths"]) + len(one["corrections"])
    assert re.search(rf"^\S+ pass {wanted}$", done.stdout, flags=re.MULTILINE), done.stdout[-2000:]


def test_routes_and_corrections_of_small_graphs_are_those_of_python(seven, tmp_path):
    ends = [("lack-a", "cramp"), ("supplement", "cramp"), ("lack-b", "sign-x"), ("cramp", "lack-a")]
    corrected = [["lack-a"], ["lack-b"], ["lack-a", "lack-b"], ["supplement"], ["neuropathy"], ["misfiring"]]
    fifty = [("state-000", "state-049"), ("state-003", "state-040")]
    run(case("seven", seven, ends, corrected), tmp_path)
    run(case("fifty", layered(50), fifty, [["state-000"]]), tmp_path)


def test_routes_and_corrections_of_the_real_graph_are_those_of_python(real, tmp_path):
    ends = [
        ("vitamin-b12-deficiency", "muscle-tightness"),
        ("magnesium-deficiency", "muscle-cramp"),
        ("iron-deficiency", "fatigue"),
        ("metformin-use", "paresthesia"),
    ]
    corrected = [["magnesium-deficiency"], ["hypokalemia", "hypomagnesemia"], ["vitamin-b12-deficiency", "folate-deficiency"]]
    run(case("real", real.causal(), ends, corrected), tmp_path)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_keeps_to_the_measures_of_the_house(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120] == []
    assert next(line for line in lines if line and line != '"use strict";').startswith(("//", "/*")), "say first what it is for"
    if script.parent.parent.name == "view":
        assert len(lines) < 280, "one thought a file"


def test_every_module_of_a_page_is_part_of_it(tmp_path):
    read = []
    script = join("main.js", lambda name: read.append(name) or page.asset(name))
    assert sorted(read) == sorted(path.name for path in (ROOT / "src" / "kg" / "view" / "assets").glob("*.js"))
    (tmp_path / "page.js").write_text(f"(async () => {{\n{script}\n}})();\n", encoding="utf-8")
    done = node("--check", str(tmp_path / "page.js"))
    assert done.returncode == 0, done.stderr


def test_modules_are_joined_in_the_order_in_which_they_are_evaluated():
    texts = {
        "main.js": '// The start.\nimport { a } from "./a.js";\nimport "./b.js";\nshow(a);\n',
        "a.js": 'import {\n  b,\n  c,\n} from "./b.js";\nexport const a = b + c;\n',
        "b.js": 'import "./c.js";\nexport const b = 1,\n  c = 2;\nexport async function later() {\n  return b;\n}\n',
        "c.js": "begin();\n",
    }
    assert join("main.js", texts.__getitem__) == (
        "begin();\n\nconst b = 1,\n  c = 2;\nasync function later() {\n  return b;\n}\n\nconst a = b + c;\n\n// The start.\nshow(a);\n"
    )


@pytest.mark.parametrize(
    ("texts", "circle"),
    [
        ({"main.js": 'import "./main.js";\n'}, "main.js imports main.js"),
        ({"main.js": 'import "./a.js";\n', "a.js": 'import "./main.js";\n'}, "main.js imports a.js imports main.js"),
        (
            {"main.js": 'import "./a.js";\n', "a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'},
            "a.js imports b.js imports a.js",
        ),
    ],
)
def test_modules_that_import_one_another_are_an_error(texts, circle):
    with pytest.raises(ValueError, match=f"^{circle}: modules import in one direction"):
        join("main.js", texts.__getitem__)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('import { gone } from "./other.js";\n', "other.js does not export gone"),
        ('import { here, gone as g } from "./other.js";\n', "other.js does not export gone as g"),
        ('import here from "./other.js";\n', "cannot be joined"),
        ('import * as all from "./other.js";\n', "cannot be joined"),
        ("export default 1;\n", "cannot be joined"),
        ("const a = 1;\nexport { a };\n", "cannot be joined"),
        ('export * from "./other.js";\n', "cannot be joined"),
    ],
)
def test_a_form_that_cannot_be_joined_is_an_error(text, problem):
    texts = {"main.js": text, "other.js": "export const here = 1;\n"}
    with pytest.raises(ValueError, match=f"^main.js: .*{problem}"):
        join("main.js", texts.__getitem__)


def test_the_types_of_the_scripts_agree():
    assert tool("typescript/bin/tsc", "-p", str(TOOLS)) == ""


def test_the_scripts_pass_the_linter_and_keep_its_style():
    scripts = [*SCRIPTS, *TOOLS.glob("*.mjs")]
    assert tool("@biomejs/biome/bin/biome", "check", f"--config-path={TOOLS / 'lint.json'}", *map(str, scripts)) == ""
