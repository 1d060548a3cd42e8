"""Answers of endpoints as they come: packed and written in other ways, in part, of another kind, or with what no reader survives."""

import gzip
import json
import zlib

import pytest

import kg
from kg import cli
from kg.errors import EngineError, LimitReached
from tests import command

from .endpoint import JSON, ONE, Reply, answering

SELECT, CONSTRUCT = "SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
XML = "application/sparql-results+xml"
#: Rows in XML with what stands in the place of the one value.
XML_ROW = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head><results><result>\
<binding name="s">{}</binding></result></results></sparql>'


def of(*values: object) -> bytes:
    """Rows of one column in JSON."""
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": value} for value in values]}}).encode()


def bare_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


ACCENT = of({"type": "literal", "value": "é"}).replace(b"\\u00e9", "é".encode())


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        (Reply(gzip.compress(ONE[:9]) + gzip.compress(ONE[9:]), headers={"Content-Encoding": "gzip"}), "http://x/1"),
        (Reply(bare_deflate(ONE), headers={"Content-Encoding": "deflate"}), "http://x/1"),
        (Reply(ONE, headers={"Content-Encoding": "identity"}), "http://x/1"),
        (Reply(ACCENT.decode().encode("latin-1"), f"{JSON}; charset=ISO-8859-1"), "é"),
        (Reply(ACCENT.decode().encode("utf-16"), JSON), "é"),
        (
            Reply(
                b'<?xml version="1.0" encoding="ISO-8859-1"?>' + XML_ROW.format("<literal>é</literal>").encode("latin-1"), XML
            ),
            "é",
        ),
        (Reply(b's\r\n"' + b"a" * 200_000 + b'"\r\n', "text/csv"), "a" * 200_000),
    ],
)
def test_an_answer_is_read_however_it_is_packed_and_written(reply, value):
    with answering(reply) as endpoint:
        assert [row["s"].value for row in kg.open(endpoint.url).query(SELECT)] == [value]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(ONE, headers={"Content-Encoding": "br"}), "packed as br, which is not read"),
        (Reply(gzip.compress(gzip.compress(ONE)), headers={"Content-Encoding": "gzip, gzip"}), "packed as gzip, gzip"),
        (Reply(gzip.compress(ONE)[:-9], headers={"Content-Encoding": "gzip"}), "breaks off"),
        (Reply(ACCENT.decode().encode("latin-1")), "not in UTF-8, and does not say in what"),
        (Reply(ONE, f"{JSON}; charset=klingon"), "said to be in klingon, and is not"),
        (Reply(b's\r\n"abc', "text/csv"), "breaks off"),
        (Reply(b"s,t\r\n1,2,3\r\n", "text/csv"), "breaks off or is not a SPARQL result"),
        (Reply(b"?s\n<http://x/1>\t<http://x/2>\n", "text/tab-separated-values"), "breaks off or is not a SPARQL result"),
        (Reply(b'{"head":{"vars":["a b"]},"results":{"bindings":[]}}'), "a column called 'a b'"),
        (Reply(b'{"head":{"vars":[1]},"results":{"bindings":[]}}'), "a column called 1"),
        (
            Reply(f'<!DOCTYPE s [<!ENTITY a "b">]>{XML_ROW.format("<uri>&a;</uri>")}'.encode(), XML),
            "breaks off or is not a SPARQL result",
        ),
        (Reply(b"<http://x/1> <http://x/2> 1 .", "text/turtle"), "SELECT is answered with a graph"),
        (Reply(b'{"head":{},"boolean":true}'), "SELECT is answered with a truth value"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, reply, told):
    with answering(reply) as endpoint:
        status, _, said = command.kg("--source", endpoint.url, "query", "-e", SELECT, cwd=tmp_path)
    assert (status, said.count("\n"), said.startswith(f"kg: {endpoint.url}: ")) == (3, 1, True)
    assert told in said


@pytest.mark.parametrize(
    "headers", [{"Content-Range": "bytes 0-98/500"}, {"Link": '<http://x/?page=2>; rel="next"'}, {"X-SQL-State": "S1TAT"}]
)
def test_a_part_is_refused_by_whatever_sign(headers):
    status = 206 if "Content-Range" in headers else 200
    with (
        answering(Reply(status=status, headers=headers)) as endpoint,
        pytest.raises(LimitReached, match="a part of the answer"),
    ):
        kg.open(endpoint.url).query(SELECT)


def test_the_first_triples_alone_are_refused():
    reply = Reply(b"<http://x/1> <http://x/2> <http://x/3> .\n", "application/n-triples", headers={"X-SPARQL-MaxRows": "1"})
    with answering(reply) as endpoint, pytest.raises(LimitReached, match="returned only the first 1 triples"):
        kg.open(endpoint.url).query(CONSTRUCT)


ODD = [
    (of({"type": "literal", "value": "a\ud800b"}), JSON, "a?b"),
    (of({"type": "triple", "value": "a"}), JSON, "a"),
    (of({"type": "uri"}), JSON, ""),
    (XML_ROW.format("<uri>http://x/a b</uri>").encode(), XML, "http://x/a b"),
    (XML_ROW.format('<literal xml:lang="zh_hant">q</literal>').encode(), XML, "q"),
    (b"?s\n<http://x/a b>\n", "text/tab-separated-values", "http://x/a b"),
    (b"?s\nbare\n", "text/tab-separated-values", "bare"),
]


@pytest.mark.parametrize(("body", "kind", "value"), ODD)
def test_one_bad_term_is_given_as_text_in_every_form(body, kind, value, capsys):
    with answering(Reply(body, kind)) as endpoint:
        rows = kg.open(endpoint.url).query(SELECT)
    assert [row["s"].value for row in rows] == [value]
    assert "not valid RDF terms, returned as text" in capsys.readouterr().err


def test_blank_nodes_of_odd_labels_stay_apart():
    labels = ["nodeID://b1", "nodeID___b1", "nodeID://b1"]
    with answering(Reply(of(*({"type": "bnode", "value": label} for label in labels)))) as endpoint:
        first, second, again = (row["s"] for row in kg.open(endpoint.url).query(SELECT))
    assert first == again != second


DEEP = 20_000
TRIPLE = {
    JSON: of("x").replace(
        b'"x"',
        b'{"type":"triple","value":{"subject":{"type":"uri","value":"x:s"},"predicate":{"type":"uri","value":"x:p"},"object":'
        * DEEP
        + b'{"type":"uri","value":"x:o"}'
        + b"}}" * DEEP,
    ),
    XML: XML_ROW.format(
        "<triple><subject><uri>x:s</uri></subject><predicate><uri>x:p</uri></predicate><object>" * DEEP
        + "<uri>x:o</uri>"
        + "</object></triple>" * DEEP
    ).encode(),
    "text/tab-separated-values": b"?s\n" + b"<<( <x:s> <x:p> " * DEEP + b"<x:o>" + b" )>>" * DEEP + b"\n",
    "text/turtle": b"<x:s> <x:p> " + b"<<( <x:s> <x:p> " * DEEP + b"<x:o>" + b" )>>" * DEEP + b" .",
    "application/ld+json": b'{"@id":"x:s","x:p":' + b'{"x:p":' * DEEP + b"1" + b"}" * DEEP + b"}",
}


@pytest.mark.parametrize("kind", TRIPLE)
def test_what_the_parser_would_not_survive_is_refused(tmp_path, kind):
    query = SELECT if kind in (JSON, XML, "text/tab-separated-values") else CONSTRUCT
    with answering(Reply(TRIPLE[kind], kind)) as endpoint:
        status, _, said = command.kg("--source", endpoint.url, "query", "-e", query, cwd=tmp_path)
    assert (status, said.count("\n")) == (3, 1)
    assert "nested more than 100 deep; ask its operator" in said


@pytest.mark.parametrize(("query", "reply"), [(CONSTRUCT, Reply()), ("ASK {}", Reply()), ("DESCRIBE <x:a>", Reply())])
def test_an_answer_of_another_kind_is_refused(query, reply):
    with answering(reply) as endpoint, pytest.raises(EngineError, match="is answered with rows"):
        kg.open(endpoint.url).query(query)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_nothing_of_an_answer_that_breaks_off_is_printed(capfdbinary, form):
    rows = XML_ROW.format("<uri>http://x/a</uri>").replace("</results></sparql>", "<result><binding")
    with answering(Reply(rows.encode(), XML)) as endpoint:
        assert cli.main(["--source", endpoint.url, "query", "-e", SELECT, "--format", form]) == 3
    printed = capfdbinary.readouterr()
    assert printed.out == b""
    assert b"breaks off or is not a SPARQL result after 1 rows" in printed.err
