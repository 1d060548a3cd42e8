"""Rows in every form: the same with and without --limit, triple terms included, and XML that every reader accepts."""

import io
import json
from xml.dom import minidom

import pyoxigraph as ox
import pytest

import kg
from kg.sparql.row_formats import write
from tests import command

DATA = """@prefix x: <http://x/> .
x:a x:p "a,b" , "say \\"so\\""@en , "tab\\tline\\nreturn\\r" , 1 , -1.5 , 2e0 , true , "typed"^^x:dt , <http://x/a,b> , "" , "<&>'" .
x:a x:says <<( x:s x:p "o"@en )>> .
"""
QUERY = "SELECT ?s ?o ?nothing { ?s ?p ?o } ORDER BY ?o"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(DATA)
    return path


@pytest.mark.parametrize("form", ["tsv", "json", "xml"])
def test_our_writers_write_what_the_engine_writes(form):
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    theirs = store.query(QUERY).serialize(format=getattr(ox.QueryResultsFormat, form.upper())).decode()
    rows, ours = store.query(QUERY), io.BytesIO()
    assert write(form, [variable.value for variable in rows.variables], rows, ours) == 12
    assert ours.getvalue().decode() == theirs.replace("&apos;", "'").replace("&#32;", " ")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table", "md"])
@pytest.mark.parametrize("more", [["--limit", "99"], ["--fail"], ["--limit", "99", "--fail"]])
def test_no_option_changes_the_form(source, form, more):
    asked = ["--source", str(source), "query", "-e", QUERY, "--format", form]
    plain = command.kg(*asked, cwd=source.parent)
    assert plain[0] == 0
    assert command.kg(*asked, *more, cwd=source.parent) == plain


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_a_limit_cuts_rows_in_every_form(source, form):
    asked = ["--source", str(source), "query", "-e", "SELECT ?o { ?s <http://x/p> ?o FILTER(isNumeric(?o)) } ORDER BY ?o"]
    uncut, cut = (command.kg(*asked, "--format", form, *limit, cwd=source.parent) for limit in ([], ["--limit", "2"]))
    assert (uncut[0], cut[0], cut[2]) == (0, 0, "")
    assert ["-1.5" in uncut[1], "-1.5" in cut[1]] == [True, True]
    numbers = "SELECT ?o { ?s <http://x/p> ?o FILTER(isNumeric(?o)) } ORDER BY ?o LIMIT 2"
    assert cut == command.kg("--source", str(source), "query", "-e", numbers, "--format", form, cwd=source.parent)


def test_triple_terms_are_shown(source):
    rows = kg.open(str(source)).query("SELECT ?o { ?s <http://x/says> ?o }")
    assert rows.plain() == [['<< http://x/s http://x/p "o" >>']]
    assert "&lt;&lt; http://x/s" in rows._repr_html_()
    assert rows.to_csv() == 'o\r\n"<<( <http://x/s> <http://x/p> ""o""@en )>>"\r\n'
    assert json.loads(rows.to_json())["results"]["bindings"][0]["o"]["value"]["predicate"] == {
        "type": "uri",
        "value": "http://x/p",
    }
    assert rows.to_pandas()["o"].tolist() == ['<< http://x/s http://x/p "o" >>']


@pytest.mark.parametrize("code", [0x01, 0x08, 0x0B, 0x1B, 0x1F, 0xFFFE])
def test_xml_of_control_characters_is_read(tmp_path, code):
    (tmp_path / "c.ttl").write_text(f'<http://x/a> <http://x/p> "be\\u{code:04X}fore"@en , "\\u{code:04X}"^^<http://x/dt> .')
    rows = kg.open(str(tmp_path / "c.ttl")).query("SELECT ?o { ?s ?p ?o }")
    assert len(rows) == 2
    out = io.BytesIO()
    rows.write(out, "xml")
    assert "be\ufffdfore" in minidom.parseString(out.getvalue()).documentElement.toxml()


def test_what_a_notebook_shows_is_bounded(small):
    rows = small.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert repr(rows) == f"<kg.Rows {len(rows):,} rows: s, p, o>"
    assert rows._repr_html_().count("<tr>") == 101
    assert rows._repr_html_().endswith(f"<p>The first 100 of {len(rows):,} rows; <code>to_pandas()</code> has them all.</p>")
    triples = small.query("CONSTRUCT WHERE { ?s a kg:Nutrient }")
    assert repr(triples) == "<kg.Triples 2 triples>"
    assert "<td>kg:magnesium</td><td>rdf:type</td><td>kg:Nutrient</td>" in triples._repr_html_()
    assert sorted(triples.to_pandas()["subject"]) == ["kg:magnesium", "kg:vitamin-b12"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (['"1"^^xsd:integer', '"+2"^^xsd:integer', '"-3.50"^^xsd:decimal', '".5"^^xsd:decimal'], [1.0, 2.0, -3.5, 0.5]),
        (['"INF"^^xsd:double', '"-INF"^^xsd:float', '"1e3"^^xsd:double'], [float("inf"), float("-inf"), 1000.0]),
        (['"abc"^^xsd:integer', '"1"^^xsd:integer'], ["abc", "1"]),
        (['"1.5"^^xsd:integer', '"0x1F"^^xsd:integer'], ["1.5", "0x1F"]),
        (['"1_000"^^xsd:integer', '"١"^^xsd:integer'], ["1_000", "١"]),
        (['"7"^^xsd:unsignedByte', '"8"^^xsd:nonNegativeInteger'], [7, 8]),
        (['"yes"^^xsd:boolean', '"true"^^xsd:boolean'], ["yes", "true"]),
        (['"1"^^xsd:boolean', '"false"^^xsd:boolean'], [True, False]),
    ],
)
def test_every_number_of_xsd_goes_to_pandas_and_what_is_none_stays_text(values, expected):
    graph = kg.Graph(kg.graph.Embedded(ox.Store()))
    assert graph.query(f"SELECT ?n {{ VALUES ?n {{ {' '.join(values)} }} }}").to_pandas()["n"].tolist() == expected


def test_not_a_number_is_missing_in_pandas():
    graph = kg.Graph(kg.graph.Embedded(ox.Store()))
    frame = graph.query('SELECT ?n { VALUES ?n { "NaN"^^xsd:double 1e0 } }').to_pandas()
    assert (frame["n"].dtype, frame["n"].isna().tolist()) == ("float64", [True, False])
