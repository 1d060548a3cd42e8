"""The page as text: deterministic, escaped, of a size that travels by mail, written whole or not at all."""

import json
import os
import re
import subprocess
import sys
import time
from base64 import b64decode
from gzip import decompress
from hashlib import sha256
from pathlib import Path

import pytest

from kg.causal.model import CausalGraph, Claim, Evidence, Source, State
from kg.causal.strength import weight
from kg.errors import DataError, UsageError
from kg.view import View, render
from kg.view.asked import view_of_query
from kg.view.page_data import to_json
from kg.view.pyvis_network import vis_network

from .conftest import KG, claim, layered, state

ROOT = Path(__file__).parent.parent.parent
SIZES = [1, 20, 50, 200, 1000]


def payload_text(html: str) -> str:
    return re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL).group(1)


def payload(html: str) -> dict:
    return json.loads(payload_text(html))


@pytest.mark.parametrize("count", SIZES)
def test_two_builds_are_the_same(count):
    assert render(layered(count), title="x") == render(layered(count), title="x")


def test_another_process_builds_the_same(html):
    code = (
        "from tests.view.conftest import KG, render, seven_states; import hashlib;"
        "html = render(seven_states(), title='Seven states', start=KG + 'lack-a');"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == sha256(html.encode()).hexdigest()


def test_the_page_is_in_standards_mode_with_one_heading(html):
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.count("<h1>") == 1
    assert "Information, not medical advice." in html


def test_every_claim_is_a_row_of_the_table(seven, html):
    assert re.findall(r'<tr data-claim="(.*?)">', html) == [claim.iri for claim in seven.claims]
    contested = re.search(r'<tr data-claim="[^"]*lack-b_promotes_cramp">(.*?)</tr>', html, re.DOTALL).group(1)
    cells = [re.sub("<.*?>", "", cell).strip() for cell in contested.split("<td>")[1:]]
    assert cells == ["lack b", "promotes", "cramp", "contested", "very low", "1", "2", ""]
    assert "no good source" in html


def test_every_source_is_listed_once_with_its_address(html):
    listed = re.findall(r'<li id="(s\d+)" value="\d+"><a href="(.*?)" rel="noopener noreferrer">(.*?)</a> \((.*?)\)</li>', html)
    assert listed == [
        ("s1", "https://example.org/textbook", "A textbook", "textbook"),
        ("s2", "https://example.org/trials", "A review of trials", "systematic review"),
    ]


def test_the_payload_holds_states_claims_and_each_source_once(seven, html):
    data = payload(html)
    assert [data["base"] + node[0][1:] for node in data["nodes"]] == list(seven.states)
    assert [data["base"] + edge[0][1:] for edge in data["edges"]] == [claim.iri for claim in seven.claims]
    assert [source[1] for source in data["sources"]] == ["A textbook", "A review of trials"]


@pytest.mark.parametrize("count", SIZES)
def test_a_page_is_small_enough_for_a_mail(count):
    kilobytes = len(render(layered(count), title="x").encode()) / 1000
    assert kilobytes < {1: 600, 20: 600, 50: 600, 200: 900, 1000: 2000}[count]


def test_a_page_of_the_real_graph_is_small_enough(real):
    view = real.view("vitamin B12 deficiency")
    states = len(payload(view.html)["nodes"])
    assert states > 50
    assert len(view.html.encode()) < 600_000 + 2_200 * (states - 50)


def test_a_page_of_two_hundred_states_is_built_in_time():
    graph = layered(200)
    start = time.process_time()
    render(graph, title="x")
    assert time.process_time() - start < 3


def test_the_library_is_that_of_pyvis_and_packed(html):
    plain, packed = vis_network()
    assert decompress(b64decode(packed)).decode() == plain
    assert packed in html
    assert plain not in html


@pytest.mark.parametrize(("count", "layouts"), [(45, ["all"]), (46, ["part", "all"]), (200, ["part", "all"]), (201, [])])
def test_large_maps_open_with_a_part_of_them(count, layouts):
    assert list(payload(render(layered(count), title="x"))["layouts"]) == layouts


def test_the_part_shown_first_can_be_named():
    graph = layered(50)
    named = list(graph.states)[:7]
    places = payload(render(graph, title="x", first=named))["layouts"]["part"]["places"]
    assert [place is not None for place in places] == [True] * 7 + [False] * 43


HOSTILE = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:window.hit=1",
    "a\u2028b\u2029c\ud800",
    "href <b>bold</b>",
    "' onmouseover='window.hit=1",
    "</style><svg onload=window.hit=1>",
    "data:text/html,<script>window.hit=1</script>",
    "\u202egnp.exe\x00\x1b[31m",
    "]]>--><!--<!DOCTYPE x>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_cannot_end_its_script_element(text):
    written = to_json({"x": text})
    assert "<" not in written
    assert "\u2028" not in written
    assert json.loads(written)["x"] == text


def hostile_graph(text: str) -> CausalGraph:
    """A graph of two states and a claim in which every field is ``text``."""
    one, two = State(text, text, text, text, (text,)), State(text + "2", text, "Symptom", text)
    line = Evidence(Source(text, text, text, (text,)), "supports", text, text, text)
    against = Evidence(Source(text + "2", text, text, (f"DOI:{text}",)), "disputes", text, text, text)
    only = Claim(text, one.iri, "promotes", two.iri, "contested", "low", (line, against), text, text, text)
    return CausalGraph({one.iri: one, two.iri: two}, (only,))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_and_no_template(text):
    html = render(hostile_graph(text), title=text, subtitle=text)
    outside = re.sub(r"<script>.*?</script>", "", html.replace(payload_text(html), ""), flags=re.DOTALL)
    assert "window.hit=1</script>" not in outside
    assert "<img" not in outside
    assert "<svg onload" not in outside
    assert 'href="javascript:' not in outside
    assert 'href="data:' not in outside
    assert "49" not in re.search(r"<h1>(.*?)</h1>", html, re.DOTALL).group(1)


def test_a_view_is_written_as_utf8(html, tmp_path):
    path = View(html, "Seven <states>").save(tmp_path / "view.html")
    assert path.read_bytes().decode("utf-8") == html


def test_a_place_that_cannot_be_written_is_told(html, tmp_path):
    view = View(html, "x")
    with pytest.raises(UsageError, match="is a folder: name a file in it"):
        view.save(tmp_path)
    with pytest.raises(UsageError, match=r"the folder .* does not exist"):
        view.save(tmp_path / "gone" / "x.html")


def test_a_start_that_is_not_on_the_map_is_told(seven):
    with pytest.raises(UsageError, match="is not on this map"):
        render(seven, title="x", start=KG + "nowhere")


def test_a_claim_between_unknown_states_is_told():
    graph = CausalGraph({KG + "a": state("a")}, (claim("a", "promotes", "b"),))
    with pytest.raises(DataError, match="is not a state of this graph"):
        render(graph, title="x")


def test_importing_the_view_is_cheap():
    code = "import sys, kg.view; print([name for name in ('pyvis', 'jinja2', 'networkx', 'IPython') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.slow
def test_nothing_is_dropped_and_the_locale_does_not_matter(tmp_path):
    """In an empty folder under an old code page, the file asked for is all that appears."""
    code = "import kg; kg.open().view('magnesium deficiency', depth=1).save('out.html')"
    environment = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]
    (tmp_path / "out.html").read_bytes().decode("utf-8")


def test_what_a_query_builds_is_drawn(real):
    built = real.query("pathway", cause="folate deficiency", effect="fatigue")
    edges = {(t.subject.value, t.object.value) for t in built if t.predicate.value in (KG + "promotes", KG + "inhibits")}
    data = payload(real.view(built).html)
    iris = [data["base"] + node[0][1:] for node in data["nodes"]]
    assert {(iris[edge[1]], iris[edge[3]]) for edge in data["edges"]} == edges
    assert data["start"] in iris


@pytest.mark.parametrize(
    ("query", "title", "flow"),
    [
        (
            "CONSTRUCT { ?a kg:promotes ?b } WHERE { VALUES ?b { kg:fatigue } kg:biotin-deficiency kg:promotes+ ?a . ?a kg:promotes ?b }",
            "What the query built around fatigue",  # biotin deficiency itself stands in no triple that was built
            None,
        ),
        (
            (
                "CONSTRUCT { kg:folate-deficiency kg:promotes ?a . ?a kg:promotes kg:fatigue } "
                "WHERE { kg:folate-deficiency kg:promotes ?a . ?a kg:promotes kg:fatigue }"
            ),
            "From folate deficiency to fatigue",
            [["folate-deficiency"], ["fatigue"]],
        ),
        ("CONSTRUCT WHERE { kg:metformin-use kg:promotes ?x }", "What the query built around metformin use", None),
        ("CONSTRUCT WHERE { ?x kg:inhibits ?y }", "What the query built", None),
    ],
)
def test_a_map_of_a_query_runs_between_the_two_states_that_it_names(real, query, title, flow):
    data = payload(view_of_query(real, query).html)
    assert data["title"] == title
    assert data["flow"] == (flow and [[KG + name for name in end] for end in flow])


def test_a_query_that_builds_no_claim_is_told(real):
    with pytest.raises(UsageError, match="built no causal edge"):
        real.view(real.query("CONSTRUCT { ?s a kg:Symptom } WHERE { ?s a kg:Symptom }"))


def test_a_drug_is_drawn_by_its_use(real):
    data = payload(real.view("metformin", depth=1).html)
    assert data["start"] == KG + "metformin-use"


def test_routes_may_start_at_a_component_of_food(real):
    data = payload(real.view(cause="phytate", effect="fatigue").html)
    assert data["start"] == KG + "phytate"
    assert ["Inhibitor", "Inhibitor"] in data["kinds"]


def test_an_explanation_is_drawn_with_its_ranking(real):
    answer = real.explain(["paresthesia", "fatigue"], context=["vegan diet"], top=3)
    data = payload(real.view(answer).html)
    heading, lines = data["reading"]
    assert "no diagnosis" in heading
    assert [line[2] for line in lines] == [one.iri for one in answer.candidates]
    assert data["start"] == answer.candidates[0].iri
    assert f"would best tell it from {real.causal().label(answer.rival)}" in lines[0][1]
    assert "as strong as the first" in lines[1][1]
    assert "told, and may lead to it: strict vegan diet" in lines[0][1]
    # The box of a candidate has its number; everywhere else, as where one types a name, it has its own.
    boxes = {data["base"] + node[0][1:]: (node[1], " ".join(node[5])) for node in data["nodes"]}
    assert boxes[answer.candidates[0].iri] == ("vitamin B12 deficiency", "1. vitamin B12 deficiency")
    assert boxes[KG + "strict-vegan-diet"] == ("strict vegan diet", "strict vegan diet (told)")
    assert data["command"] == "kg view --explain paresthesia fatigue --context 'vegan diet'"
    drawn = {data["base"] + edge[0][1:] for edge in data["edges"]}
    routes = {
        claim.iri
        for one in answer.candidates
        for way in (*one.explained.values(), *one.context.values())
        for claim in way.claims
        if claim.relation in ("promotes", "inhibits")
    }
    # A route may begin at what stands for the candidate, as its anemia for a lack of iron: the claim between is drawn too.
    begun = {(one.iri, way.claims[0].cause) for one in answer.candidates for way in one.explained.values() if way.claims}
    assert drawn == routes | {claim.iri for claim in real.causal().claims if (claim.cause, claim.effect) in begun}


def test_a_part_knows_what_lies_beyond_it(real):
    data = payload(real.view("metformin", depth=1).html)
    states = [*(node[0] for node in data["nodes"]), *(state[0] for state in data["world"]["others"])]
    iris = [data["base"] + short[1:] for short in states]
    assert len(set(iris)) == len(iris)
    live = {(iris[edge[1]], iris[edge[3]]) for edge in data["edges"] if edge[2] == "promotes" and edge[4] != "refuted"}
    weights = data["world"]["weights"]
    told = [(iris[cause], iris[effect], weights[at]) for _, cause, effect, at, *_ in data["world"]["claims"]]
    walked = (*real.causal().claims, *real.causal().kind_steps)
    assert told == [(claim.cause, claim.effect, weight(claim)) for claim in walked]
    assert live <= {(cause, effect) for cause, effect, _ in told}


# The pyvis network is the picture


def test_the_network_holds_every_state_and_claim_with_place_shape_colour_and_text(seven):
    view = View.of(seven, "Seven states")
    assert [node["id"] for node in view.network.nodes] == list(seven.states)
    assert [edge["id"] for edge in view.network.edges] == [claim.iri for claim in seven.claims]
    node = next(node for node in view.network.nodes if node["id"] == KG + "lack-a")
    ends = KG + "lack-a", KG + "neuropathy"
    edge = next(edge for edge in view.network.edges if (edge["from"], edge["to"]) == ends)
    assert (node["label"], node["shape"], node["color"]) == ("lack a", "box", {"background": "#fff4bf", "border": "#6c5100"})
    assert {"x", "y"} <= node.keys()
    assert (edge["relation"], edge["dashes"], edge["arrows"]["to"]["type"]) == ("promotes", False, "arrow")


def test_an_emptied_network_is_an_empty_page(seven):
    view = View.of(seven, "Seven states", start=KG + "lack-a", flow=((KG + "lack-a",), (KG + "cramp",)))
    view.network.nodes, view.network.edges = [], []
    data = payload(view.html)
    assert (data["nodes"], data["edges"], data["sources"], data["start"], data["flow"]) == ([], [], [], None, None)
    assert "data-claim=" not in view.html


def test_what_is_added_to_the_network_is_on_the_page(seven):
    view = View.of(seven, "Seven states")
    view.network.add_node(1, label="seen on the ward", x=10, y=900)
    view.network.add_node("elsewhere")
    view.network.add_edge(KG + "cramp", 1, label="as told")
    view.network.options["interaction"]["zoomSpeed"] = 0.2
    data = payload(view.html)
    assert [node[:2] for node in data["nodes"][-2:]] == [["=1", "seen on the ward"], ["=elsewhere", "elsewhere"]]
    assert data["layouts"]["all"]["places"][-2] == [10, 900]
    assert data["layouts"]["all"]["lines"][-1] is not None
    assert (data["edges"][-1][4], data["edges"][-1][8]) == ("added", "as told")
    assert data["options"]["interaction"]["zoomSpeed"] == 0.2


def test_pyvis_saves_the_same_page(seven, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    view = View.of(seven, "Seven states")
    view.network.save_graph("seven.html")
    assert (tmp_path / "seven.html").read_text(encoding="utf-8") == view.html
    assert [path.name for path in tmp_path.iterdir()] == ["seven.html"]


def test_a_node_taken_out_takes_its_claims_with_it(seven):
    view = View.of(seven, "Seven states")
    view.network.nodes = [node for node in view.network.nodes if node["id"] != KG + "cramp"]
    left = [claim.iri for claim in seven.claims if KG + "cramp" not in (claim.cause, claim.effect)]
    assert re.findall(r'<tr data-claim="(.*?)">', view.html) == left
