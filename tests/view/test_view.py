"""The page as text: deterministic, escaped, of a size that travels by mail, written whole or not at all."""

import json
import re
import subprocess
import sys

import pytest

from kg.causal import CausalGraph, Claim, Evidence, Source, State
from kg.errors import DataError, UsageError
from kg.view import View, render
from kg.view.layout import lay_out
from kg.view.page import to_json

from .conftest import KG, claim, layered, state


def payload(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL).group(1))


def test_two_builds_are_the_same(seven):
    assert render(seven, title="x") == render(seven, title="x")


def test_the_page_is_in_standards_mode_with_one_heading(html):
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.count("<h1>") == 1
    assert "Information, not medical advice." in html


def test_every_claim_is_a_row_of_the_table(seven, html):
    assert re.findall(r'<tr data-claim="(.*?)">', html) == [claim.iri for claim in seven.claims]
    assert "rests on the articles alone" in html
    assert '<a href="https://example.org/trials" rel="noopener noreferrer">A review of trials</a> (systematic review)' in html


def test_the_payload_holds_states_claims_and_each_source_once(seven, html):
    data = payload(html)
    assert [node["iri"] for node in data["nodes"]] == list(seven.states)
    assert [edge["id"] for edge in data["edges"]] == [claim.iri for claim in seven.claims]
    assert [source[1] for source in data["sources"]] == ["A textbook", "A review of trials"]


@pytest.mark.parametrize("count", [1, 20, 50, 200])
def test_a_page_is_small_enough_for_a_mail(count):
    kilobytes = len(render(layered(count), title="x").encode()) / 1000
    assert kilobytes < {1: 600, 20: 600, 50: 620, 200: 900}[count]


def test_causes_stand_left_of_effects(seven):
    boxes = lay_out(seven).boxes
    for one in seven.claims:
        if {one.cause, one.effect} != {KG + "misfiring", KG + "neuropathy"}:
            assert boxes[one.cause].x < boxes[one.effect].x, one.iri


@pytest.mark.parametrize("count", [2, 30, 120])
def test_no_two_states_lie_on_each_other(count):
    boxes = list(lay_out(layered(count)).boxes.values())
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= (one.height + other.height) / 2
            assert apart


def test_the_plain_layout_serves_where_graphviz_is_missing(seven, monkeypatch):
    from kg.view import dot

    monkeypatch.setattr(dot, "draw", lambda *_: None)
    assert set(lay_out(seven).boxes) == set(seven.states)
    assert render(seven, title="x")


HOSTILE = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:window.hit=1",
    "a\u2028b\u2029c\ud800",
    "href <b>bold</b>",
    "' onmouseover='window.hit=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_cannot_end_its_script_element(text):
    written = to_json({"x": text})
    assert "<" not in written
    assert "\u2028" not in written
    assert json.loads(written)["x"] == text


def hostile_graph(text: str) -> CausalGraph:
    one, two = State(text, text, text, text, (text,)), State(text + "2", text, "Symptom", text)
    line = Evidence(Source(text, text, text, (text,)), "supports", text, text, text)
    only = Claim(text, one.iri, "promotes", two.iri, "probable", "low", (line,), text, text, text)
    return CausalGraph({one.iri: one, two.iri: two}, (only,))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_and_no_template(text):
    html = render(hostile_graph(text), title=text, subtitle=text)
    outside = re.sub(r"<script>.*?</script>", "", html.replace(payload_text(html), ""), flags=re.DOTALL)
    assert "window.hit=1</script>" not in outside
    assert "<img" not in outside
    assert 'href="javascript:' not in outside
    assert "49" not in re.search(r"<h1>(.*?)</h1>", html, re.DOTALL).group(1)


def payload_text(html: str) -> str:
    return re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL).group(1)


def test_a_view_is_written_as_utf8_and_shows_itself_in_a_frame(html, tmp_path):
    view = View(html, "Seven <states>")
    path = view.save(tmp_path / "view.html")
    assert path.read_bytes().decode("utf-8") == html
    assert view._repr_html_().startswith('<iframe title="Seven &lt;states&gt;" srcdoc="&lt;!DOCTYPE html&gt;')


def test_a_place_that_cannot_be_written_is_told(html, tmp_path):
    view = View(html, "x")
    with pytest.raises(UsageError, match="is a folder: name a file in it"):
        view.save(tmp_path)
    with pytest.raises(UsageError, match="there is no folder"):
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
