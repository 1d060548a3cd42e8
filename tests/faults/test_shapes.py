"""Data and answers of another shape than ours: one line that says where and what, and never a wrong answer."""

import json
import re

import pytest

import kg
from kg import cli
from kg.cli import version
from kg.cli.complaint import describe_fault, write_line
from kg.errors import EngineError
from kg.sparql.query_text import list_selected

from .endpoint import Reply, answering

HEAD = """@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix claim: <https://w3id.org/nutrition-kg/claim/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:a a kg:Symptom ; rdfs:label "alpha"@en . kg:b a kg:Symptom ; rdfs:label "beta"@en .
"""
CLAIM = "a kg:CausalClaim, kg:Claim, kg:Statement ; kg:cause kg:a ; kg:relation kg:promotes ; kg:effect kg:b ; kg:status kg:established"


def rows(column: str, term: dict[str, str]) -> Reply:
    return Reply(json.dumps({"head": {"vars": [column]}, "results": {"bindings": [{column: term}]}}).encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f'claim:c {CLAIM} ; kg:certainty "high" .', ["view", "alpha", "-o", "-"]),
        (f"[] {CLAIM} .", ["export", "nanopub"]),
    ],
)
def test_data_that_a_command_cannot_read_is_one_line(tmp_path, capsys, data, words):
    path = tmp_path / "theirs.ttl"
    path.write_text(HEAD + data)
    assert cli.main(["--source", str(path), *words]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"kg: {path}: its data does not have the shape that this command reads (")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["term", "iron"], ["find", "iron"], ["paths", "a", "b"], ["export", "csv"]])
def test_an_answer_without_the_columns_of_the_query_is_one_line(capsys, words):
    with answering(rows("x", {"type": "literal", "value": "1"})) as endpoint:
        assert cli.main(["--source", endpoint.url, *words]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"kg: {endpoint.url}: the answer has no column ?")
    assert err.endswith(", which the query asks for; check that this is the address of the endpoint\n")


@pytest.mark.parametrize(
    ("value", "words"),
    [({"type": "literal", "value": "1"}, ["view", "--all", "-o", "-"]), ({"type": "bnode", "value": "b"}, ["export", "csv"])],
)
def test_an_answer_with_other_kinds_of_terms_is_one_line(capsys, value, words):
    def found(request):
        names = list_selected(request.form["query"][0])
        row = dict.fromkeys(names, value)
        return Reply(json.dumps({"head": {"vars": names}, "results": {"bindings": [row]}}).encode())

    with answering(found) as endpoint:
        assert cli.main(["--source", endpoint.url, *words]) == 3
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"kg: {endpoint.url}")


def test_nothing_is_printed_before_a_missing_column_is_told(capsys):
    with answering(rows("x", {"type": "literal", "value": "1"})) as endpoint:
        assert cli.main(["--source", endpoint.url, "query", "-e", "SELECT ?s { ?s ?p ?o }", "--format", "csv"]) == 3
    assert capsys.readouterr().out == ""


def test_columns_besides_and_an_answer_without_rows_are_taken():
    with answering(
        Reply(b'{"head":{"vars":["s","more"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://x/1"}}]}}')
    ) as endpoint:
        assert len(kg.open(endpoint.url).query("SELECT ?s { ?s ?p ?o }")) == 1
    with answering(Reply(b'{"head":{"vars":[]},"results":{"bindings":[]}}')) as endpoint:
        assert len(kg.open(endpoint.url).query("SELECT ?s { ?s ?p ?o }")) == 0
    with (
        answering(rows("x", {"type": "literal", "value": "1"})) as endpoint,
        pytest.raises(EngineError, match=r"no column \?s"),
    ):
        kg.open(endpoint.url).query("SELECT ?s { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT ?a $b { ?a ?c ?b }", ["a", "b"]),
        ("SELECT DISTINCT ?a (COUNT(*) AS ?n) (MAX(?b) AS ?m) WHERE { ?a ?c ?b }", ["a", "n", "m"]),
        ("SELECT * { ?a ?b ?c }", []),
        ("# SELECT ?x\nPREFIX select: <http://x/> SELECT ?a FROM <http://g> { { SELECT ?z { ?z ?y ?x } } }", ["a"]),
        ("SELECT (CONCAT('?no', STR(?x)) AS ?yes) { ?x ?y ?z }", ["yes"]),
        ("ASK { ?a ?b ?c }", []),
    ],
)
def test_the_columns_that_a_query_names(query, names):
    assert list_selected(query) == names


def test_a_fault_of_ours_is_one_line_with_its_place(monkeypatch, capsys):
    monkeypatch.delenv("KG_DEBUG", raising=False)
    monkeypatch.setattr(version, "is_all", lambda _: {}["gone"])
    assert cli.main(["--version"]) == 3
    told = r"kg: this is a fault of kg \(KeyError: 'gone', at cli/__init__\.py:\d+\); report it, with what KG_DEBUG=1 shows\n"
    assert re.fullmatch(told, capsys.readouterr().err)
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.main(["--version"])


def test_a_name_that_does_not_exist_is_never_blamed_on_the_data():
    assert describe_fault(NameError("x"), ["--source", "a.ttl", "term"]).startswith("this is a fault of kg (NameError: x")
    assert describe_fault(KeyError("x"), ["--source=a.ttl", "term"]).startswith("a.ttl: its data does not have the shape")


def test_a_message_is_one_line_of_bounded_length():
    told = write_line("nothing is called '" + "a\n" * 5000 + "'; see kg term")
    assert len(told) < 1200
    assert told.startswith("nothing is called 'a a ")
    assert told.endswith("'; see kg term")
