"""A name that is not in the graph finds nothing, in silence: the command line, Python and the pages say so."""

import json
import warnings

import pytest

from tests.command import kg as called
from tests.faults.endpoint import Reply, answering


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "SELECT ?s { kg:magnesium-deficiency kg:promotse ?s }",
            ["kg:promotse is not in the graph; did you mean kg:promotes?"],
        ),
        ("SELECT ?s { ?c a kg:CausalClaims }", ["kg:CausalClaims is not in the graph; did you mean kg:CausalClaim?"]),
        (
            "PREFIX k: <https://w3id.org/nutrition-kg/> ASK { k:iron-deficency k:promotes ?x }",
            ["kg:iron-deficency is not in the graph; did you mean kg:iron-deficiency?"],
        ),
        (
            "SELECT ?o { <https://w3id.org/nutrition-kg/xyzzy-1> ?p ?o }",
            ["kg:xyzzy-1 is not in the graph; kg find and kg term look for names"],
        ),
        (
            'SELECT ?s { ?s rdfs:label "spinach, raw" }',
            ['"spinach, raw" is written without its language; the graph has "spinach, raw"@en'],
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_comes_closest(real, query, told):
    assert real.hints(query) == told


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { kg:magnesium-deficiency kg:promotes+ ?s }  # kg:nonsense",
        "SELECT ?s { ?s rdfs:label 'kg:nonsense' }",
        'SELECT ?s { ?s rdfs:label "paresthesia"@en }',
        "SELECT ?s { ?s <http://example.org/kg:nonsense> ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s wd:Q1 ?o }",
        "",
        "this is not a query kg:",
        'SELECT * { ?s ?p "',
    ],
)
def test_what_is_there_and_what_is_not_ours_is_left_alone(real, query):
    assert real.hints(query) == []


def test_the_library_uses_no_unknown_name(real):
    from kg.sparql import library

    assert {name: found for name in library.names() if (found := real.hints(library.question(name).text))} == {}


def test_an_empty_answer_in_python_warns_and_a_full_one_does_not(real):
    with pytest.warns(UserWarning, match="did you mean kg:promotes"):
        real.query("SELECT ?s { kg:magnesium-deficiency kg:promotse ?s }")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert real.query("SELECT ?s { kg:magnesium-deficiency kg:promotes ?s }")
        assert not real.query("SELECT ?s { kg:muscle-cramp kg:promotes kg:muscle-cramp , ?s FILTER(false) }")


def test_the_command_says_it_on_standard_error_alone(tmp_path):
    code, out, err = called("query", "-e", "SELECT ?s { kg:iron-deficiency kg:promotse ?s }", "--format", "csv", cwd=tmp_path)
    assert (code, out.split()) == (0, ["s"])
    assert "kg: kg:promotse is not in the graph; did you mean kg:promotes?" in err
    assert called("--quiet", "query", "-e", "ASK { kg:a-b kg:c ?s }", cwd=tmp_path)[2] == ""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?d { kg:metformin kg:promotes ?d }", "kg:metformin has no kg:promotes; a state of it has: kg:metformin-use"),
        (
            "SELECT ?c { ?c kg:certainty kg:high }",
            "nothing has kg:certainty kg:high; did you mean kg:highCertainty?",
        ),
        (
            'SELECT ?x { ?x rdfs:label "Muscle CRAMP"@en }',
            'nothing has rdfs:label "Muscle CRAMP"@en; the graph has "muscle cramp"@en',
        ),
        (
            'SELECT ?x { ?x skos:prefLabel "iron deficiency"@en }',
            'nothing has skos:prefLabel "iron deficiency"@en; rdfs:label has that value',
        ),
        (
            'SELECT ?x { ?x skos:exactMatch "HP:0003394" }',
            'nothing has skos:exactMatch "HP:0003394"; an id is written without quotation marks: HP:0003394',
        ),
        ("SELECT ?x { ?x foaf:name ?n }", "no record has foaf:name; kg find and docs/model.md list what records have"),
        (
            "PREFIX nkg: <http://w3id.org/nutrition-kg/> SELECT ?s { nkg:iron-deficiency nkg:promotes ?s }",
            "<http://w3id.org/nutrition-kg/> is not our namespace; write <https://w3id.org/nutrition-kg/>",
        ),
        (
            "PREFIX kg: <https://w3id.org/nutrition-kg#> SELECT ?s { kg:iron-deficiency kg:promotes ?s }",
            "<https://w3id.org/nutrition-kg#> is not our namespace; write <https://w3id.org/nutrition-kg/>",
        ),
        (
            'SELECT ?l { kg:fatigue rdfs:label ?l FILTER(?l = "fatigue") }',
            'labels have a language; write STR(?l) = "fatigue", or "fatigue"@en',
        ),
        (
            'SELECT ?l { kg:fatigue rdfs:label ?l FILTER(LANG(?l) = "EN") }',
            'LANG gives the short tag in small letters; write LANG(...) = "en"',
        ),
        (
            "SELECT ?f { ?c a kg:TreatmentClaim ; kg:deviation ?f }",
            "no record that has a kg:TreatmentClaim has also kg:deviation; such records have ",
        ),
        (
            "SELECT ?s { ?s a kg:Symptom FILTER(false) }",
            "each part of the query matches something, but nothing matches all of it",
        ),
        ("SELECT ?s { ?s kg:promotse ?o }", "kg:promotse is not in the graph; did you mean kg:promotes?"),
    ],
)
def test_an_empty_answer_says_which_part_matches_nothing(real, query, told):
    [said] = real.explain_emptiness(query)
    assert said.startswith(told)


def test_no_question_of_the_library_has_a_part_that_matches_nothing(real):
    from kg.sparql import library
    from kg.sparql.empty_patterns import explain_emptiness

    texts = {name: library.question(name).text for name in library.names()}
    assert {name: found for name, text in texts.items() if (found := explain_emptiness(real.rows, text))} == {}


@pytest.mark.parametrize(
    "query", ["", "this is not a query", 'SELECT * { ?s ?p "', "SELECT * {", "ASK { ?s (kg:promotes|kg:inhibits)+ ?o }", "}{"]
)
def test_what_is_no_query_is_explained_by_nothing(real, query):
    from kg.sparql.empty_patterns import explain_emptiness

    assert explain_emptiness(real.rows, query) == []


EMPTY = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": []}}).encode()


def test_a_graph_of_others_is_not_searched_for_reasons(tmp_path):
    """One query more, which finds that our vocabulary is not there."""
    with answering(Reply(EMPTY)) as endpoint:
        assert called("--source", endpoint.url, "query", "-e", "SELECT ?s { ?s a <http://x/Cat> }", cwd=tmp_path)[:2] == (
            0,
            "s\n",
        )
        assert len(endpoint.asked) == 2


def test_an_engine_that_fails_at_a_hint_takes_nothing_from_the_answer(tmp_path):
    def reply(request):
        return Reply(EMPTY) if "Cat" in request.form["query"][0] else Reply(b"", status=500)

    with answering(reply) as endpoint:
        assert called("--source", endpoint.url, "query", "-e", "SELECT ?s { ?s a <http://x/Cat> }", cwd=tmp_path) == (
            0,
            "s\n",
            "",
        )


def test_a_slow_engine_is_soon_left_alone(real, monkeypatch):
    from kg.sparql import empty_patterns

    monkeypatch.setattr(empty_patterns, "_SECONDS", -1.0)
    assert empty_patterns.explain_emptiness(real.rows, "SELECT ?c { ?c kg:certainty kg:high }") == []
