"""Cards for notebooks: a graph, a term, routes and a food show themselves; hostile names stay text."""

import copy
import pickle
import re

import pytest

from kg.grounding.resolve import Term
from kg.grounding.term_card import ShownTerm


def test_a_graph_says_how_much_it_holds_and_what_to_ask(real):
    html = real._repr_html_()
    assert re.match(r"<h4>A graph of [\d,]+ triples</h4>", html)
    assert "<br>claims" in html
    assert "graph.food(&quot;spinach, boiled&quot;" in html


def test_a_term_shows_what_leads_to_it_and_what_it_leads_to(real):
    html = real.term("pins and needles")._repr_html_()
    assert "<h4>paresthesia <small>Symptom</small></h4>" in html
    assert "Leads here" in html
    assert "<small>established, well sourced</small>" in html
    assert "more: <code>graph.query(&quot;claims_about&quot;, term=&quot;paresthesia&quot;)</code>" in html


def test_a_shown_term_is_the_bare_one_in_all_else(real):
    shown = real.term("iron deficiency")
    bare = Term(shown.iri, shown.label, shown.kind)
    assert (shown, bare) == (bare, shown)
    assert hash(shown) == hash(bare)
    assert repr(shown) == repr(bare)
    assert pickle.loads(pickle.dumps(shown)) == copy.copy(shown) == bare


def test_routes_open_with_a_sentence_that_does_not_claim_too_much(real):
    html = real.paths("metformin", "pins and needles")._repr_html_()
    assert "<h4>Can metformin use lead to paresthesia?</h4><p>Probably: every step has good sources.</p><ol><li>" in html
    assert "strength 0.39, the weakest step is fairly well sourced</small>" in html
    assert html.endswith("</ol><p>What the graph knows; information, not medical advice.</p>")


def test_a_food_shows_its_shares(real):
    html = real.food("spinach, boiled", "pregnant")._repr_html_()
    assert "spinach, boiled, 1 cup (180 g), of the need of pregnancy 19-30 y" in html


def test_hostile_names_stay_text(real):
    evil = ShownTerm(Term("https://w3id.org/nutrition-kg/iron-deficiency", "<script>alert(1)</script>", "<b>"), real.rows)
    assert "<script>" not in evil._repr_html_()


def test_a_table_says_once_what_is_the_same_in_all_rows(real):
    html = real.query("foods_richest_in", nutrient="magnesium")._repr_html_()
    said, _, table = html.partition("<style>")
    assert said.startswith("<p>The same in every row: unit mg; ")
    assert re.findall(r"<th(?: class=\w+)?>(.*?)</th>", table)[:3] == ["food", "portion", "per portion"]
    assert "<th class=number>per portion</th>" in table
    assert "<th>portion</th>" in table


def test_an_address_is_a_link_on_its_source_and_a_text_that_comes_again_is_a_mark(small):
    rows = " ".join(f'("{"A long title of a source " * 2}" "https://example.org/{at}")' for at in (1, 1, 2))
    html = small.query(
        f'SELECT ?source_label ?url {{ VALUES (?source_label ?url) {{ {rows} ("b" "javascript:1") }} }}'
    )._repr_html_()
    assert re.findall(r"<th(?: class=\w+)?>(.*?)</th>", html) == ["source"]
    assert re.findall('href="([^"]*)"', html) == ["https://example.org/1", "https://example.org/2"]
    assert html.count("\u2033") == 1


def test_a_candidate_says_how_common_it_is(real):
    html = real.explain(["fatigue", "pallor"], top=3)._repr_html_()
    assert ">how common</th>" in html
    assert ">very common</td>" in html


def test_an_id_gives_way_to_its_label(small):
    html = small.query("SELECT ?food ?food_label { ?food a kg:Food ; rdfs:label ?food_label }")._repr_html_()
    assert re.findall(r"<th(?: class=\w+)?>(.*?)</th>", html) == ["food"]
    assert "food:" not in html


def test_a_long_text_is_cut_and_whole_on_hover(small):
    html = small.query(f"SELECT ('{'iron, ' * 40}' AS ?many) {{}}")._repr_html_()
    (cell,) = re.findall("<td[^>]*>(.*?)</td>", html)
    assert (len(cell), cell[-8:]) == (157, " iron, …")
    assert f'title="{"iron, " * 40}"' in html


def test_a_short_table_keeps_all_its_columns(small):
    html = small.query("SELECT ('x' AS ?a) ('' AS ?b_c) ?n { VALUES ?n { 1 2 } }")._repr_html_()
    assert not html.startswith("<p>")
    assert re.findall(r"<th(?: class=\w+)?>(.*?)</th>", html) == ["a", "b c", "n"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vegans", "<p><strong>Vegans are "),
        ("koilonychia", "<p><strong>Koilonychia "),
        ("metformin", "<p><strong>Metformin use may lead to vitamin B12 deficiency"),
        ("iron deficiency", "<p><strong>Iron deficiency may lead to "),
    ],
)
def test_a_term_opens_with_a_sentence_made_from_its_claims(real, name, said):
    assert said in real.term(name)._repr_html_()
