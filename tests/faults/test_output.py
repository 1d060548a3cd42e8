"""What is written says what it is and holds all of it, or the command says in one line why not."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

import kg
from kg.errors import UsageError
from kg.export import export_graph
from tests import command

NAMED = b"<x:a> <x:p> <x:b> <x:g> .\n<x:c> <x:p> <x:d> .\n"
TRIPLE_TERM = "<x:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <x:a> <x:p> <x:b> )>> ."
#: One record of the vocabulary and one of data, with every control character that Turtle can hold.
CONTROLS = "".join(f"\\u{code:04X}" for code in (*range(32), 0x7F, 0xFFFE, 0xFFFF))
STEERED = f'<x:C> a <http://www.w3.org/2002/07/owl#Class> ; <http://www.w3.org/2000/01/rdf-schema#label> "a{CONTROLS}b" .'


@pytest.fixture
def at(tmp_path: Path):
    """A file of this name and content."""

    def made(name: str, content: str | bytes) -> str:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(tmp_path / name)

    return made


@pytest.mark.parametrize(
    ("words", "name", "right"),
    [
        ("csv", "claims.xlsx", "claims.csv"),
        ("csv", "claims.tsv", "claims.csv"),
        ("ttl", "graph.html", "graph.ttl"),
        ("nt", "graph.NQ", "graph.nt"),
        ("jsonld", "graph.xml", "graph.jsonld"),
        ("graphml", "graph.gz", "graph.graphml"),
        ("ontology --as owl", "kg.ttl", "kg.owl"),
        ("ontology", "kg.obo", "kg.ttl"),
    ],
)
def test_a_name_that_promises_another_form_is_refused(tmp_path, words, name, right):
    status, out, told = command.kg("export", *words.split(), "-o", name, cwd=tmp_path)
    assert (status, out, told.count("\n")) == (2, "", 1)
    assert told.endswith(f"name it {right}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["claims.csv", "CLAIMS.CSV", "claims", "claims.txt", "claims.csv.2026"])
def test_any_other_name_is_taken(tmp_path, name):
    assert command.kg("export", "csv", "-o", name, cwd=tmp_path)[:2] == (0, f"{name}\n")


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_named_graphs_are_exported(at, form):
    written = next(iter(export_graph(kg.open(at("g.nq", NAMED)), form).values()))
    kind = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}[form]
    assert set(ox.parse(written, format=kind)) == set(ox.parse(NAMED, format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf12", "jsonld"])
def test_a_form_without_named_graphs_says_what_it_leaves_out(at, tmp_path, form):
    status, _, told = command.kg("--source", at("g.nq", NAMED), "export", form, cwd=tmp_path)
    assert (status, told) == (0, "kg: 1 statements of named graphs are left out; kg export nq or trig includes them\n")


def test_rdflib_warns_of_named_graphs(at):
    with pytest.warns(UserWarning, match="named graphs"):
        assert len(kg.open(at("g.nq", NAMED)).rdflib()) == 1


def test_json_ld_of_triple_terms_is_refused_before_anything_is_written(at, tmp_path):
    source = at("star.ttl", TRIPLE_TERM)
    with pytest.raises(UsageError, match="JSON-LD has no triple terms"):
        export_graph(kg.open(source), "jsonld")
    query = "CONSTRUCT { ?s ?p ?o . <x:1> <x:2> <x:3> } { ?s ?p ?o }"
    status, out, told = command.kg("--source", source, "query", "-e", query, "--format", "jsonld", cwd=tmp_path)
    assert (status, out, told.count("\n")) == (2, "", 1)


def test_owl_of_control_characters_is_xml(at):
    (written,) = export_graph(kg.open(at("c.ttl", STEERED)), "ontology", style="owl").values()
    label = ElementTree.fromstring(written).find(".//{http://www.w3.org/2000/01/rdf-schema#}label")
    bad = "\ufffd"
    assert label.text == f"a{bad * 9}\t\n{bad * 2}\r{bad * 18}\x7f{bad * 2}b"


@pytest.mark.parametrize("form", ["csv", "graphml", "kgx", "sssom"])
def test_an_export_of_nothing_is_refused(at, form):
    with pytest.raises(UsageError, match=r"the graph contains no (claims|mappings)"):
        export_graph(kg.open(at("a.ttl", "<x:a> <x:p> 1 .")), form)


def test_a_picture_of_nothing_is_refused(at):
    with pytest.raises(UsageError, match="contains no causal claims"):
        kg.open(at("a.ttl", "<x:a> <x:p> 1 .")).view()


@pytest.mark.parametrize(
    ("old", "new", "added", "removed"),
    [
        ("<x:a> <x:p> 1 .", "<x:a> <x:p> 2 .", 1, 1),
        ("[] <x:p> 1 .", "[] <x:p> 1 . [] <x:p> 1 .", 1, 0),
        ("<x:g> { <x:a> <x:p> 1 }", "<x:h> { <x:a> <x:p> 1 }", 1, 1),
        (TRIPLE_TERM, TRIPLE_TERM.replace("x:b", "x:c"), 1, 1),
        ('<x:a> <x:p> "l"@en .', '<x:a> <x:p> "l"@de .', 1, 1),
    ],
)
def test_a_difference_of_any_graphs_is_told(at, tmp_path, old, new, added, removed):
    paths = at("old.trig", old), at("new.trig", new)
    status, out, _ = command.kg("diff", *paths, "--format", "json", cwd=tmp_path)
    found = json.loads(out)["other_statements"]
    assert (status, len(found["added"]), len(found["removed"])) == (0, added, removed)
    assert command.kg("diff", *paths, cwd=tmp_path)[1].startswith(f"Other statements: {added} added, {removed} removed\n")


def test_two_sources_are_refused(at, tmp_path):
    one = at("a.ttl", "<x:a> <x:p> 1 .")
    for words in (["--source", one, "query", f"--source={one}"], ["query", "--source", one, "--source", one]):
        status, out, told = command.kg(*words, "-e", "ASK {}", cwd=tmp_path)
        assert (status, out, told.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", "s p o"),
        ("select distinct*{?z ?b ?a OPTIONAL {?z ?y ?x}}", "z b a y x"),
        ("SELECT * { ?s <x:p>* ?o . VALUES (?n ?m) { (1 2) } }", "s o n m"),
        ('SELECT * { ?s ?p "?hidden * " # ?hidden *\n . ?a ?s ?o }', "s p a o"),
        ("SELECT * { { SELECT (COUNT(*) AS ?n) ?b { ?b ?c ?d } GROUP BY ?b } }", "n b"),
        ("SELECT (COUNT(*) AS ?n) (1 AS ?a) {}", "n a"),
    ],
)
def test_columns_come_in_the_order_of_the_query(at, query, columns):
    assert kg.open(at("a.ttl", "<x:a> <x:p> 1 .")).query(query).columns == tuple(columns.split())


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "neither groups by nor aggregates"),
        (
            "SELECT ?l { kg:claim/a_promotes_b kg:evidence ?l }",
            "a short name has no slash; write claim:a_promotes_b, or the whole",
        ),
        ("SELECT ?s { ?s kg:promotes ?o FILTER ?o = kg:fatigue }", "a FILTER has brackets: FILTER(?o ...)"),
        ("SELECT ?s { ?s kg:source/rdfs:label ?t", "the query ends with 1 { not closed"),
        ("SELECT (COUNT(?s AS ?n) { ?s a kg:Claim }", "the query ends with 1 ( not closed"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * and GROUP BY do not go together"),
        ("SELECT ?s ?s { ?s ?p ?o }", "a variable twice"),
        ("SELECT * { <magnesium> ?p ?o }", "line 1, column 12: <magnesium> is not a whole IRI"),
        ("SELECT * { # <c>\n ?s <#p> ?o }", "line 2, column 5: <#p> is not a whole IRI"),
        ("SELECT * { ?s ?p '<b>' FILTER }", "line 1, column 32: expected one of OPTIONAL"),
        ("SELECT ?s {\n ?s ?p ?o .\n FILTR(?s) }", "line 3, column 2: FILTR is no word of SPARQL; did you mean FILTER?"),
        (
            "SELECT ?s { ?s ?p magnesium }",
            'line 1, column 19: magnesium stands bare; write kg:magnesium, ?magnesium or "magnesium"',
        ),
        ('SELECT ?s { ?s ?p "x"@en_GB }', "a language is written with a hyphen: @en-GB"),
    ],
)
def test_a_usual_mistake_is_told_in_words_that_help(at, query, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        kg.open(at("a.ttl", "<x:a> <x:p> 1 .")).query(query)


def test_a_pipe_in_a_folder_is_no_source(at, tmp_path):
    at("a.ttl", "<x:a> <x:p> 1 .")
    os.mkfifo(tmp_path / "pipe.ttl")  # which nobody writes to: to open it would never end
    assert kg.open(tmp_path).query("ASK { ?s ?p 1 }") is True


def test_a_graph_that_is_cut_says_so(at, tmp_path):
    source = at("three.nt", "<x:a> <x:p> <x:b> .\n<x:a> <x:p> <x:c> .\n<x:a> <x:p> <x:d> .\n")
    words = ("--source", source, "query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "nt", "--limit")
    status, out, told = command.kg(*words, "2", cwd=tmp_path)
    assert (status, out.count("\n"), told) == (0, 2, "kg: the first 2 triples; the query has more\n")
    assert command.kg(*words, "3", cwd=tmp_path)[2] == ""
    status, out, told = command.kg(*words, "-1", cwd=tmp_path)
    assert (status, out, told) == (2, "", "kg: --limit -1: a number of rows is zero or more\n")
