"""The same data is the same graph: blank nodes keep their identity wherever they stand, whatever the size, kind and name of the file."""

import gzip
from pathlib import Path

import pytest

import kg
from kg import stores
from kg.errors import DataError
from tests import command

GRAPH_NAME = "SELECT ?who { GRAPH ?g { ?s <http://x/p> ?o } ?g <http://x/source> ?who }"
INSIDE = "SELECT ?who { ?r rdf:reifies <<( ?a <http://x/p> ?b )>> . ?b <http://x/source> ?who }"
CASES = {
    "g.trig": ('_:g { <http://x/a> <http://x/p> 1 } _:g <http://x/source> "who" .', GRAPH_NAME),
    "g.nq": ('<http://x/a> <http://x/p> "1" _:g .\n_:g <http://x/source> "who" .\n', GRAPH_NAME),
    "nested.trig": ('_:g { <http://x/a> <http://x/p> [] . _:g <http://x/q> 1 } _:g <http://x/source> "who" .', GRAPH_NAME),
    "t.ttl": (
        (
            "<http://x/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://x/a> <http://x/p> _:b )>> ."
            ' _:b <http://x/source> "who" .'
        ),
        INSIDE,
    ),
    "t.nt": (
        (
            "<http://x/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( _:b <http://x/p> _:b )>> .\n"
            '_:b <http://x/source> "who" .\n'
        ),
        INSIDE,
    ),
    "deep.ttl": (
        (
            "<http://x/r> <http://x/says> <<( <http://x/a> <http://x/p> <<( <http://x/a> <http://x/p> _:b )>> )>> ."
            ' _:b <http://x/source> "who" .'
        ),
        "SELECT ?who { ?r ?says <<( ?a ?p <<( ?c ?q ?b )>> )>> . ?b <http://x/source> ?who }",
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("large", [False, True])
def test_a_blank_node_is_one_node_wherever_it_stands(tmp_path, monkeypatch, name, large):
    text, query = CASES[name]
    monkeypatch.setattr(stores, "LARGE", 10 if large else 10**9)
    (tmp_path / name).write_text(text)
    assert kg.open(tmp_path / name).query(query).plain() == [["who"]]


@pytest.mark.parametrize(
    "names", [("a-b.ttl", "a_b.ttl"), ("a.ttl", "sub/a.ttl"), ("a1.ttl", "a.ttl"), ("a.ttl", "a.turtle"), ("ä.ttl", "ö.ttl")]
)
def test_blank_nodes_of_two_files_are_two(tmp_path, names):
    (tmp_path / "sub").mkdir()
    for number, name in enumerate(names):
        nodes = "".join(f'_:n{place} <http://x/p{number}> "{place}" . ' for place in range(12))
        (tmp_path / name).write_text(nodes)
    graph = kg.open(tmp_path)
    assert graph.query("SELECT ?n { ?n <http://x/p0> ?a ; <http://x/p1> ?b }").plain() == []
    assert len(graph.query("SELECT ?n { ?n ?p ?o }")) == 24


@pytest.mark.parametrize("name", ["B²_½.ttl", "①.ttl", "ª.ttl", "日本.ttl", "a b.ttl", "a:b.ttl", "#x.y.ttl", "ᵃ.nt"])
def test_a_file_may_have_any_name(tmp_path, name):
    (tmp_path / name).write_text('_:one <http://x/p> "x" .')
    assert kg.open(str(tmp_path / name)).query("SELECT ?o { ?s ?p ?o }").plain() == [["x"]]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", ["o.ttl", "o.trig", "o.ttl.gz", "ö o.ttl"])
def test_a_relative_iri_is_read_against_the_address_of_the_file(tmp_path, monkeypatch, name, large):
    monkeypatch.setattr(stores, "LARGE", 10 if large else 10**9)
    text = b"@prefix : <#> . <> a <http://x/Ontology> . :a <http://x/p> </top> ."
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    address = (tmp_path / name).as_uri()
    assert sorted(kg.open(tmp_path / name).query("SELECT ?s ?o { ?s ?p ?o }").plain()) == [
        [address, "http://x/Ontology"],
        [f"{address}#a", "file:///top"],
    ]


def test_a_repository_has_no_base_and_says_what_to_add(repository):
    (repository / "data" / "x.ttl").write_text("<> a <http://x/Ontology> .\n")
    with pytest.raises(
        DataError, match=r"x\.ttl:1:1: a relative IRI, and no base .*; write it whole, or begin the file with @base"
    ):
        kg.open(repository)


def test_what_the_parser_would_not_survive_is_refused(tmp_path, monkeypatch):
    nested = "<http://s> <http://p> " + "<<( <http://s> <http://p> " * 20_000 + "1" + " )>>" * 20_000 + " ."
    (tmp_path / "q.ttl").write_text(nested)
    (tmp_path / "j.jsonld").write_text('{"@id":"http://a",' + '"http://p":{' * 5000 + '"http://q":1' + "}" * 5001)
    (tmp_path / "e.rdf").write_text('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rdf:RDF/>')
    for name, reason in {
        "q.ttl": "nested more than 100",
        "j.jsonld": "nested more than 100",
        "e.rdf": "built from entities",
    }.items():
        for large in (10, 10**9):
            monkeypatch.setattr(stores, "LARGE", large)
            with pytest.raises(DataError, match=reason):
                kg.open(tmp_path / name)


def test_words_that_look_nested_are_read(tmp_path):
    (tmp_path / "s.ttl").write_text(f'<http://s> <http://p> "{"<<" * 200}" . # {"<<" * 200}\n')
    assert len(kg.open(tmp_path / "s.ttl").query("SELECT ?o { ?s ?p ?o }")) == 1


def test_numbers_are_stored_in_the_canonical_form_of_their_value(tmp_path):
    """As docs/engines.md says; the text of a literal is not kept where its value is the same."""
    (tmp_path / "l.ttl").write_text("<http://x/s> <http://x/p> 1.50, 007, 91.40 .")
    assert sorted(
        Path(line[0]).name for line in kg.open(tmp_path / "l.ttl").query("SELECT (STR(?o) AS ?t) { ?s ?p ?o }").plain()
    ) == [
        "1.5",
        "7",
        "91.4",
    ]


def test_rdflib_says_that_it_knows_no_triple_terms(tmp_path):
    (tmp_path / "t.ttl").write_text(CASES["t.ttl"][0])
    with pytest.raises(kg.errors.UsageError, match=r"rdflib has no triple terms, .*; use query\(\) instead"):
        kg.open(tmp_path / "t.ttl").rdflib()


def test_triple_terms_are_formatted(tmp_path):
    (tmp_path / "t.ttl").write_text(
        "@prefix x: <http://x/> .\n<< x:a x:p x:b >>   x:c 1 .\nx:a x:p x:b {| x:by x:c |};x:q <<( x:s x:p 'o' )>> .\n"
    )
    assert command.kg("format", "t.ttl", cwd=tmp_path) == (0, "t.ttl\n", "1 file changed\n")
    assert (
        (tmp_path / "t.ttl").read_text()
        == """@prefix x: <http://x/> .
<< x:a x:p x:b >> x:c 1 .
x:a x:p x:b {| x:by x:c |} ;
    x:q <<( x:s x:p 'o' )>> .
"""
    )


def test_line_ends_within_a_string_are_kept_when_formatted(tmp_path):
    (tmp_path / "t.ttl").write_bytes(b'<http://x/a>\r\n  <http://x/p> """one\r\ntwo""" . # end\r\n')
    assert command.kg("format", "t.ttl", cwd=tmp_path)[0] == 0
    assert (tmp_path / "t.ttl").read_bytes() == b'<http://x/a> <http://x/p> """one\r\ntwo""" .  # end\n'


def test_a_path_with_two_dots_gives_the_addresses_of_the_file(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    (tmp_path / "f.ttl").write_text("@prefix : <#> .\n<> :in <../up> .\n")
    plain = kg.open(str(tmp_path / "f.ttl")).query("SELECT * { ?s ?p ?o }").plain()
    monkeypatch.chdir(tmp_path / "sub")
    assert kg.open("../f.ttl").query("SELECT * { ?s ?p ?o }").plain() == plain
