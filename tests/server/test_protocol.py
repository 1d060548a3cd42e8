"""The SPARQL 1.1 Protocol, after W3C's list of protocol and service description tests, and what it leaves to HTTP."""

import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from .conftest import GRAPHS

pytestmark = pytest.mark.slow

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
IS = "<http://example.org/is>"


def media(response) -> str:
    return response.headers["content-type"].partition(";")[0]


def problem(response) -> dict:
    assert media(response) == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == response.status_code
    assert "\n" not in told["detail"]
    return told


# ---------------------------------------------------------------- the three ways to ask


def test_a_query_comes_by_get_by_form_or_direct(server):
    answers = [
        server.get("ASK {}"),
        server.client.post("/sparql", data={"query": "ASK {}"}),
        server.client.post("/sparql", content="ASK {}", headers=DIRECT),
        server.client.post("/sparql/", content="ASK {}", headers={"Content-Type": "application/sparql-query; charset=UTF-8"}),
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"head": {}, "boolean": True})] * 4


def test_letters_beyond_ascii_arrive_whole(server):
    text = 'SELECT ("Müsli – 食" AS ?x) {}'
    for answer in (
        server.get(text, "text/csv"),
        server.client.post("/sparql", content=text.encode(), headers={**DIRECT, "Accept": "text/csv"}),
    ):
        assert answer.text == "x\r\nMüsli – 食\r\n"


@pytest.mark.parametrize(
    ("parameters", "query", "expected"),
    [
        ({}, "ASK { ?s ?p 'plain' }", True),
        ({}, f"ASK {{ ?s {IS} ?o }}", False),
        ({}, f"ASK {{ GRAPH <{GRAPHS}1> {{ ?s {IS} ?o }} GRAPH <{GRAPHS}3> {{ ?t {IS} ?o }} }}", True),
        ({"default-graph-uri": GRAPHS + "0"}, "ASK { ?s ?p ?o }", False),
        ({"default-graph-uri": [GRAPHS + "1", GRAPHS + "2"]}, f"ASK {{ <{GRAPHS}1> ?p ?o . <{GRAPHS}2> ?p ?o }}", True),
        ({"default-graph-uri": GRAPHS + "1"}, "ASK { GRAPH ?g { ?s ?p ?o } }", False),
        ({"named-graph-uri": [GRAPHS + "1", GRAPHS + "2"]}, f"ASK {{ GRAPH ?g {{ <{GRAPHS}1> ?p ?o }} GRAPH ?h {{ <{GRAPHS}2> ?q ?o }} }}", True),
        ({"named-graph-uri": GRAPHS + "1"}, "ASK { ?s ?p ?o }", False),
        ({"named-graph-uri": GRAPHS + "1"}, f"ASK {{ GRAPH ?g {{ <{GRAPHS}2> ?p ?o }} }}", False),
        (
            {"default-graph-uri": GRAPHS + "3", "named-graph-uri": [GRAPHS + "1", GRAPHS + "2"]},
            f"ASK {{ <{GRAPHS}3> ?p ?o GRAPH ?g {{ <{GRAPHS}1> ?q ?o }} GRAPH ?h {{ <{GRAPHS}2> ?r ?o }} }}",
            True,
        ),
        # What the protocol names wins over FROM.
        ({"default-graph-uri": GRAPHS + "1"}, f"ASK FROM <{GRAPHS}2> {{ <{GRAPHS}1> ?p ?o }}", True),
        ({"named-graph-uri": GRAPHS + "1"}, f"ASK FROM <{GRAPHS}3> {{ GRAPH ?g {{ <{GRAPHS}1> ?p ?o }} }}", True),
        ({}, f"ASK FROM <{GRAPHS}2> {{ <{GRAPHS}2> ?p ?o }}", True),
    ],
)  # fmt: skip
def test_the_dataset_is_chosen_by_the_protocol(server, parameters, query, expected):
    by_get = server.get(query, **parameters)
    by_form = server.client.post("/sparql", data={"query": query, **parameters})
    direct = server.client.post("/sparql", params=parameters, content=query, headers=DIRECT)
    assert [answer.json()["boolean"] for answer in (by_get, by_form, direct)] == [expected] * 3


# ---------------------------------------------------------------- content negotiation


@pytest.mark.parametrize("accept", ROWS)
def test_rows_come_in_each_format_with_the_same_content(server, accept):
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    answer = server.get(query, accept)
    assert media(answer) == accept
    rows = ox.parse_query_results(io.BytesIO(answer.content), format=ROWS[accept])
    assert [row["g"].value for row in rows] == [f"{GRAPHS}{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("accept", RDF)
@pytest.mark.parametrize("query", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <http://example.org/s>"])
def test_graphs_come_in_each_format_with_the_same_content(server, accept, query):
    answer = server.get(query, accept)
    assert media(answer) == accept
    assert [str(quad.triple) for quad in ox.parse(answer.content, format=RDF[accept])] == [
        '<http://example.org/s> <http://example.org/p> "plain"'
    ]


SELECT, CONSTRUCT = "SELECT ?x {}", "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "text/*", "text/csv"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv;q=0.3, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;q=0, */*;q=0.5", "application/sparql-results+xml"),
        (SELECT, "TEXT/CSV", "text/csv"),
        (SELECT, "text/csv; charset=utf-8 ; q=1.0", "text/csv"),
        (SELECT, "text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/*", "application/n-triples"),
        (CONSTRUCT, "application/sparql-results+json, application/ld+json;q=0.9", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml;q=0.9, text/turtle;q=0.8", "application/rdf+xml"),
    ],
)
def test_the_format_liked_best_is_sent(server, query, accept, expected):
    answer = server.get(query, accept)
    assert (answer.status_code, media(answer)) == (200, expected)
    assert answer.headers["vary"] == "accept"


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "*/*;q=0")]
)
def test_what_cannot_be_sent_is_406_and_the_formats_are_named(server, query, accept):
    told = problem(server.get(query, accept))
    assert told["status"] == 406
    assert ("text/turtle" if query == CONSTRUCT else "text/csv") in told["detail"]


def test_relative_iris_are_relative_to_the_endpoint(server):
    answer = server.get("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples")
    assert answer.text.startswith(f"<{server.url}/s> <{server.url}/p> ")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("ASK {", 1, 6), ("SELECT ?x\n{ ?x foo:a ?y }", 2, 11), ("", 1, 1), ("SELECT ?x\nWHERE ?x ?y ?z }", 2, 7)],
)
def test_a_query_that_does_not_parse_is_400_with_its_place(server, query, line, column):
    told = problem(server.get(query))
    assert (told["status"], told["line"], told["column"]) == (400, line, column)
    assert f"line {line}, column {column}" in told["detail"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "content", "status"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", FORM, "", 405),
        ("DELETE", "/sparql", {}, "", 405),
        ("PATCH", "/sparql", DIRECT, "ASK {}", 405),
        ("GET", "/sparql?query=ASK%7B%7D&query=SELECT%20*%7B%7D", {}, "", 400),
        ("POST", "/sparql", FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("POST", "/sparql", FORM, "", 400),
        ("POST", "/sparql", FORM, "q=ASK%7B%7D", 400),
        ("POST", "/sparql?query=ASK%7B%7D", DIRECT, "ASK {}", 400),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, "ASK {}", 415),
        ("POST", "/sparql", {}, "query=ASK%7B%7D", 415),
        ("POST", "/sparql", {}, "ASK {}", 415),
        ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=UTF-16"}, "ASK {}".encode("utf-16"), 415),
        ("POST", "/sparql", {**DIRECT, "Content-Encoding": "gzip"}, b"\x1f\x8b", 415),
        ("POST", "/sparql", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
        ("GET", "/sparql?query=%FF", {}, "", 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", {}, "", 400),
    ],
)
def test_a_wrong_request_is_refused(server, method, path, headers, content, status):
    answer = server.client.request(method, path, headers=headers, content=content)
    assert problem(answer)["status"] == status
    assert answer.headers.get("allow") == ("GET, HEAD, POST, QUERY, OPTIONS" if status == 405 else None)


@pytest.mark.parametrize(
    ("method", "path", "headers", "content"),
    [
        ("GET", "/sparql?update=CLEAR%20ALL", {}, ""),
        ("POST", "/sparql", FORM, "update=CLEAR%20ALL"),
        ("POST", "/sparql", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
        ("POST", "/sparql", FORM, "update=CLEAR%20XYZ"),
        (
            "POST",
            "/sparql?using-graph-uri=http%3A%2F%2Fexample.org%2F",
            {"Content-Type": "application/sparql-update"},
            "CLEAR ALL",
        ),
        ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, "INSERT DATA { <a> <b> <c> }"),
        ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, "LOAD <http://example.org/>"),
    ],
)
def test_an_update_is_refused_and_nothing_changes(server, method, path, headers, content):
    assert "read-only" in problem(server.client.request(method, path, headers=headers, content=content))["detail"]
    assert server.get("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv").text.split() == [
        "n",
        "4",
    ]


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a> <b> <c> }", "CLEAR ALL", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://example.org/>"]
)
def test_an_update_sent_as_a_query_does_not_parse(server, update):
    assert problem(server.get(update))["status"] == 400


# ---------------------------------------------------------------- the rest of HTTP


def test_head_answers_like_get_without_the_body(server):
    get, head = server.get("ASK {}"), server.client.head("/sparql", params={"query": "ASK {}"})
    assert head.content == b""
    assert {name: head.headers[name] for name in ("content-type", "content-length", "etag")} == {
        name: get.headers[name] for name in ("content-type", "content-length", "etag")
    }


def test_a_large_answer_to_a_get_arrives_whole_and_the_connection_stays(server):
    grown = " ".join(f"BIND(CONCAT({', '.join([f'?a{n}'] * 10)}) AS ?a{n + 1})" for n in range(5))
    query = f"SELECT ?a5 {{ BIND('0123456789' AS ?a0) {grown} }}"
    for _ in range(2):  # from a worker, then from the cache
        answer = server.get(query, "text/csv")
        assert (answer.status_code, answer.text) == (200, "a5\r\n" + "0123456789" * 100_000 + "\r\n")
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert server.get("ASK {}").json()["boolean"] is True


def test_options_tells_the_methods(server):
    answer = server.client.options("/sparql")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD, POST, QUERY, OPTIONS", b"")


def test_other_origins_may_read_the_public_graph_but_not_ones_own_data(server, site):
    preflight = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert site.client.options("/sparql", headers=preflight).headers["access-control-allow-origin"] == "*"
    assert site.get("ASK {}").headers["access-control-allow-origin"] == "*"
    assert site.get("ASK {").headers["access-control-allow-origin"] == "*"
    for answer in (server.get("ASK {}"), server.client.options("/sparql", headers=preflight)):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_an_answer_has_a_tag_and_is_not_sent_twice(server):
    first = server.get("ASK {}", "text/csv")
    again = server.client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert server.get("ASK {}", "application/sparql-results+xml").headers["etag"] != first.headers["etag"]
    assert server.get("ASK { }", "text/csv").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("expression", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_changes_each_time_is_not_kept(server, expression):
    first, second = (server.get(f"SELECT ({expression} AS ?x) {{}}", "text/csv") for _ in range(2))
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert first.text != second.text


def test_the_words_of_the_prefix_table_need_not_be_declared(server):
    assert server.get("ASK { ?s rdfs:label ?l }").json()["boolean"] is False


# ---------------------------------------------------------------- the service description

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("accept", [*RDF, "*/*"])
def test_a_bare_get_describes_the_service_at_the_address_asked(server, accept):
    answer = server.client.get("/sparql/", headers={"Accept": accept})
    triples = list(ox.parse(answer.content, format=RDF.get(accept, ox.RdfFormat.TURTLE)))
    endpoints = [quad.object.value for quad in triples if quad.predicate.value == SD + "endpoint"]
    assert endpoints == [f"{server.url}/sparql/"]
    named = sorted(quad.object.value for quad in triples if quad.predicate.value == SD + "name")
    assert named == [f"{GRAPHS}{n}" for n in (1, 2, 3)]
    (service,) = [quad.subject for quad in triples if quad.object.value == SD + "Service"]
    assert service.value == f"{server.url}/sparql/"


def test_the_limits_are_said_in_the_description(server):
    assert "A query may run for 10 seconds" in server.client.get("/sparql").text


def test_a_person_is_sent_to_the_editor(server):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    bare = server.client.get("/sparql", headers={"Accept": browser})
    asked = server.get("ASK {}", browser)
    assert (bare.status_code, bare.headers["location"]) == (303, "/query")
    assert (asked.status_code, asked.headers["location"]) == (303, "/query?query=ASK%20%7B%7D")


def test_health_tells_how_it_is(server):
    told = server.client.get("/health").json()
    assert {key: told[key] for key in ("status", "triples", "workers")} == {"status": "ok", "triples": 4, "workers": 4}


def test_a_comma_in_an_iri_does_not_part_a_cell_in_csv(server):
    text = "SELECT * { VALUES (?a ?b) { (<https://example.org/a,b> 'says \"c\", d') } }"
    assert server.get(text, "text/csv").text == 'a,b\r\n"https://example.org/a,b","says ""c"", d"\r\n'


CONTROLS = 'CONSTRUCT { <x:s> <x:p> ?o } { BIND("a\\u0001\\u001B\\r\\uFFFE\\tb" AS ?o) }'


@pytest.mark.parametrize(
    ("query", "accept", "element"),
    [
        (CONTROLS, "application/rdf+xml", ".//{x:}p"),
        (CONTROLS.replace("CONSTRUCT { <x:s> <x:p> ?o }", "SELECT ?o"), "application/sparql-results+xml", ".//{*}literal"),
    ],
)
def test_xml_of_control_characters_is_xml(server, query, accept, element):
    response = server.get(query, accept)
    assert response.status_code == 200
    assert ElementTree.fromstring(response.content).find(element).text == "a\ufffd\ufffd\r\ufffd\tb"
    assert response.headers["kg-replaced"].startswith("3 letters that XML cannot hold were replaced by U+FFFD (U+0001, ")


def test_json_ld_of_triple_terms_is_refused_by_its_name(server):
    query = "CONSTRUCT { <x:s> <x:p> <<( <x:a> <x:b> <x:c> )>> } {}"
    assert server.get(query, "text/turtle").status_code == 200
    refused = server.get(query, "application/ld+json")
    assert (refused.status_code, problem(refused)["detail"][:28]) == (406, "JSON-LD has no triple terms,")


def test_rdf_xml_of_a_property_that_no_element_can_be_called_by_is_refused(server):
    query = "CONSTRUCT { <x:s> <http://x/1> 2 ; <http://x/a1> 3 } {}"
    refused = server.get(query, "application/rdf+xml")
    assert (refused.status_code, problem(refused)["detail"]) == (
        406,
        "RDF/XML has no name for the property <http://x/1>; ask for Turtle",
    )
    assert server.get(query, "text/turtle").status_code == 200
    assert server.get(query.replace("/1>", "/b>"), "application/rdf+xml").status_code == 200
