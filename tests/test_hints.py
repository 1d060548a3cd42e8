"""A name that is not in the graph finds nothing, in silence: the command line, Python and the pages say so."""

import json
import re
import warnings
from pathlib import Path

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
            ["kg:xyzzy-1 is not in the graph; kg find looks for names, and docs/model.md lists properties"],
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
    ("name", "near"),
    [
        ("kg:symptom", "did you mean kg:Symptom?"),
        ("kg:moderate", "did you mean kg:moderateCertainty?"),
        ("kg:ferritin", "did you mean kg:low-ferritin or kg:high-ferritin or kg:serum-ferritin?"),
        ("food:spinach", "did you mean kg:spinach?"),
        ("kg:name", "write rdfs:label"),
        ("kg:lable", "write rdfs:label"),
        ("kg:synonym", "write skos:altLabel"),
    ],
)
def test_a_name_that_another_graph_would_have_leads_to_ours(real, name, near):
    assert real.hints(f"SELECT ?x {{ ?x ?p {name} }}") == [f"{name} is not in the graph; {near}"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?s kg:promotse kg:fatigue }", "did you mean kg:promotes?"),
        ("SELECT (SUM(?a) AS ?t) { ?c kg:nutrient kg:fatigue ; kg:per100g ?a }", "nothing has kg:nutrient kg:fatigue"),
        ("SELECT ?l { kg:fatigue rdfs:label ?l OPTIONAL { kg:fatigue kg:lable ?m } }", "write rdfs:label"),
        ("SELECT ?l { kg:fatigue rdfs:label ?l MINUS { ?s a kg:Symtom } }", "did you mean kg:Symptom?"),
        ("SELECT (COUNT(*) AS ?n) { ?s kg:promotes kg:fatigue }", ""),
        ("SELECT ?l { kg:fatigue rdfs:label ?l OPTIONAL { kg:fatigue kg:note ?m } }", ""),
        ("DESCRIBE kg:fatigue", ""),
        ("CONSTRUCT { kg:fatigue a kg:Own } { kg:fatigue a kg:Symptom }", ""),
        ("CONSTRUCT { kg:fatigue a kg:Own } { kg:fatigue a kg:Sign }", "kg:Own is not in the graph"),
    ],
)
def test_an_answer_of_nothing_but_a_zero_or_an_empty_column_is_no_answer(query, told, tmp_path):
    err = called("query", "-e", query, cwd=tmp_path)[2]
    assert told in err if told else err == ""


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
    with pytest.warns(UserWarning, match="no match passes"):
        real.query("SELECT ?s { ?s kg:promotes kg:muscle-cramp FILTER(false) }")
    with pytest.warns(UserWarning, match="did you mean kg:promotes"):
        real.query("SELECT (COUNT(*) AS ?n) { ?s kg:promotse kg:muscle-cramp }")
    with pytest.warns(UserWarning, match="larger than the engine can compare"):
        assert not real.query("ASK { FILTER(5 < 9223372036854775808) }")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert real.query("SELECT ?s { kg:magnesium-deficiency kg:promotes ?s }")

        assert real.query("SELECT (COUNT(?s) AS ?n) { ?s kg:promotes kg:muscle-cramp }")


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
        ("SELECT ?x { ?x foaf:name ?n }", "no record has foaf:name; write rdfs:label"),
        ("SELECT ?x { kg:fatigue rdf:label ?n }", "no record has rdf:label; write rdfs:label"),
        ("SELECT ?x { ?x rdfs:comment ?n }", "no record has rdfs:comment; write skos:definition"),
        ("SELECT ?x { ?x foaf:depiction ?n }", "no record has foaf:depiction; docs/model.md lists what records have"),
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
            "the patterns match, but no match passes FILTER(false)",
        ),
        # the other way round
        (
            "SELECT ?c { kg:muscle-cramp kg:promotes ?c . ?c a kg:NutrientStatus }",
            "kg:muscle-cramp kg:promotes ?c has no match here; turned round, ?c kg:promotes kg:muscle-cramp, it has one",
        ),
        (
            "SELECT ?c { kg:fatigue kg:promotes+ kg:iron-deficiency }",
            "kg:fatigue has no kg:promotes+ kg:iron-deficiency; the graph has it the other way round, ",
        ),
        (
            "SELECT ?g { ?p a kg:Portion ; kg:food ?f ; kg:grams ?g }",
            "no record that has a kg:Portion has also kg:food; such records have kg:grams, ",
        ),
        # a value of another record, in another form, or of another vocabulary
        (
            "SELECT ?c { ?c kg:cause kg:magnesium-deficiency ; kg:effect kg:hair-loss }",
            "no record that has kg:cause kg:magnesium-deficiency has also kg:effect kg:hair-loss; such records have kg:effect kg:",
        ),
        ("SELECT ?c { kg:iron-deficiency kg:cause ?c }", "kg:iron-deficiency has no kg:cause; turned round, ?c kg:cause "),
        ("SELECT ?c { kg:magnesium kg:promotes ?s }", "kg:magnesium has no kg:promotes; a state of it has: "),
        (
            'SELECT ?a { ?r kg:nutrient kg:iron ; kg:lifeStage "pregnant" ; kg:amount ?a }',
            'nothing has kg:lifeStage "pregnant"; did you mean "pregnan',
        ),
        (
            "SELECT ?c { ?c kg:nutrient kg:iron ; kg:per100g 5 }",
            "nothing has kg:per100g 5; no value is exactly 5; bind it to a variable and compare that in a FILTER",
        ),
        (
            "SELECT ?s { ?s skos:exactMatch <http://www.wikidata.org/entity/Q660> }",
            "nothing has skos:exactMatch http://www.wikidata.org/entity/Q660; its values are of CDNO:, CHEBI:, ",
        ),
        (
            "SELECT ?k { ?need kg:nutrient kg:iron ; kg:intakeKind/rdfs:label ?k }",
            'what kg:intakeKind leads to has no rdfs:label; it is "AI", ',
        ),
        # filters
        (
            'SELECT ?l { ?s a kg:Symptom ; rdfs:label ?l FILTER(CONTAINS(?l, "Cramp")) }',
            'nothing has "Cramp" in these letters, but some in others; write CONTAINS(LCASE(STR(?l)), "cramp")',
        ),
        (
            'SELECT ?l { kg:fatigue rdfs:label ?l FILTER(?l IN ("fatigue", "tired")) }',
            'labels have a language; write STR(?l) IN ("fatigue", "tired")',
        ),
        (
            'SELECT ?l { kg:iron-deficiency rdfs:label ?l FILTER(LANG(?l) = "fr") }',
            "?l is in en alone; names in fr are some skos:altLabel, skos:definition, skos:prefLabel",
        ),
        (
            'SELECT ?a { ?c kg:nutrient kg:iron ; kg:per100g ?a FILTER(?a > "5") }',
            "a number is written without quotation marks; write ?a > 5",
        ),
        (
            "SELECT ?d { ?s a kg:Source ; dcterms:issued ?d FILTER(?d > 2020) }",
            "the patterns match, but no match passes FILTER(?d > 2020); ?d is such as ",
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


def test_the_model_page_lists_what_records_have(real):
    """Each row of the table: a class, and properties of which some record of it has each."""
    text = (Path(__file__).parent.parent / "docs" / "model.md").read_text()
    rows = [line.split("|")[1:4] for line in text.splitlines() if line.startswith("| `kg:")]
    assert len(rows) > 10
    pairs = [(kind, one) for kinds, _, has in rows for kind in _CODE.findall(kinds) for one in _CODE.findall(has)]
    missing = [pair for pair in pairs if not real.query(f"ASK {{ ?s a {pair[0]} ; {pair[1]} ?o }}")]
    assert missing == []


_CODE = re.compile(r"`([^`]+)`")
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
