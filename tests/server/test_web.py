"""The web as it is: pages elsewhere that read ours, formats by parameter, the method QUERY, links for machines, a proxy with a path."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

from kg.server.http.cache import Cache
from kg.server.http.limits import Limits
from kg.server.http.problem_details import Problem
from kg.server.pages.asgi import Visits
from kg.server.pages.responses import Reply, Visit, write_reply
from kg.server.sparql.service_description import Service
from kg.sparql import library
from kg.sparql.self_description import DESCRIPTION, EXAMPLES, SelfDescribed

from .test_hostile import raw

PATHS = ("/", "/about", "/term/magnesium", "/.well-known/void", "/questions", "/question/contents.csv", "/explain", "/health", "/examples",
         "/download", "/assets/site.css", "/nowhere", "/chart/foods.svg?nutrient=iron", "/suggest?q=mag")  # fmt: skip
WHERE = "https://elsewhere.example"


@pytest.mark.parametrize("path", PATHS)
def test_pages_elsewhere_may_read_the_public_graph(site, path):
    answer = site.client.get(path, headers={"Origin": WHERE})
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]


@pytest.mark.parametrize("path", PATHS[:2] + PATHS[3:4])
def test_pages_elsewhere_may_not_read_ones_own_data(server, path):
    answer = server.client.get(path, headers={"Origin": WHERE})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("wanted", ["authorization", "x-requested-with", "accept", "*"])
@pytest.mark.parametrize("path", ["/sparql", "/term/magnesium", "/.well-known/void", "/health"])
def test_a_preflight_is_answered_everywhere(site, path, wanted):
    asked = {"Origin": WHERE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": wanted}
    answer = site.client.options(path, headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert wanted in answer.headers["access-control-allow-headers"]


ROWS, GRAPH = "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "format", "media"),
    [
        (ROWS, "csv", "text/csv; charset=utf-8"),
        (ROWS, "CSV", "text/csv; charset=utf-8"),
        (ROWS, "tsv", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "json", "application/sparql-results+json"),
        (ROWS, "xml", "application/sparql-results+xml"),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "json", "application/sparql-results+json"),
        (GRAPH, "ttl", "text/turtle; charset=utf-8"),
        (GRAPH, "nt", "application/n-triples"),
        (GRAPH, "json", "application/ld+json"),
        (GRAPH, "xml", "application/rdf+xml"),
    ],
)
@pytest.mark.parametrize("name", ["format", "output", "results"])
def test_a_parameter_names_the_format_for_those_who_cannot_set_a_header(server, query, format, media, name):
    for accept in ("*/*", "text/html,*/*;q=0.8"):
        answer = server.get(query, accept, **{name: format})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    posted = server.client.post("/sparql", data={"query": query, name: format})
    assert posted.headers["content-type"] == media


@pytest.mark.parametrize(
    ("query", "parameters", "status", "told"),
    [
        (ROWS, {"format": "xlsx"}, 400, "format 'xlsx': choose one of json, xml, csv"),
        (ROWS, {"format": "csv", "output": "json"}, 400, "names more than one format: csv, json"),
        (ROWS, {"format": "text/plain"}, 406, "answers are available as"),
        (ROWS, {"format": "ttl"}, 406, "the answer is rows"),
        (GRAPH, {"format": "csv"}, 406, "the answer is a graph"),
        (ROWS, {"format": "csv\r\nX: y/z"}, 400, "choose one of"),
    ],
)
def test_a_format_that_cannot_be_is_refused(server, query, parameters, status, told):
    answer = server.get(query, **parameters)
    assert (answer.status_code, told in answer.json()["detail"]) == (status, True), answer.text


def test_the_method_query_asks_as_post_does(server):
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    answer = server.client.request("QUERY", "/sparql", content=ROWS, headers=headers)
    assert (answer.status_code, answer.text) == (200, server.client.post("/sparql", content=ROWS, headers=headers).text)
    wrong = server.client.request(
        "QUERY", "/sparql", content="INSERT DATA {}", headers={"Content-Type": "application/sparql-update"}
    )
    assert wrong.status_code == 403
    assert server.client.request("QUERY", "/sparql", content=ROWS).status_code == 415
    assert "QUERY" in server.client.options("/sparql").headers["allow"]


def test_a_page_points_machines_to_its_forms_its_licence_and_its_name(site):
    links = site.client.get("/term/magnesium-deficiency", headers={"Accept": "text/html"}).headers["link"]
    found = {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="([a-z-]*)"', links)}
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["cite-as"] == "https://w3id.org/nutrition-kg/magnesium-deficiency"
    for target, media in re.findall(r'<([^>]*)>; rel="[a-z]*"; type="([^"]*)"', links):
        answer = site.client.get(target)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)


@pytest.mark.parametrize("path", ["/", "/download"])
def test_a_page_describes_the_data_to_search_engines(site, path):
    html = site.client.get(path, headers={"Accept": "text/html"}).text
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.DOTALL)[1])
    assert (told["@type"], told["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")
    assert {one["encodingFormat"] for one in told["distribution"]} >= {"text/turtle", "application/n-triples"}


def test_the_whole_graph_can_be_had_from_the_download_page(site):
    html = site.client.get("/download", headers={"Accept": "text/html"}).text
    (address,) = re.findall(r'href="([^"]*format=nt[^"]*)"', html)
    answer = site.client.get(address.replace("&amp;", "&"))
    assert answer.text.count("\n") == site.client.get("/health").json()["triples"]


def test_examples_and_prefixes_are_at_an_address_that_the_service_names(site):
    store = ox.Store()
    described = site.client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert f"{site.url}/examples" in described
    answer = site.client.get("/examples")
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    rows = list(
        store.query(
            "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/> "
            "SELECT ?query { ?e a sh:SPARQLExecutable ; schema:target ?t ; sh:select ?query FILTER(CONTAINS(STR(?t), '/sparql')) }"
        )
    )
    assert len(rows) > 30
    for row in rows[:3]:
        assert site.get(row[0].value).status_code == 200


#: What editors and catalogues ask for, as they send it.
VOCABULARIES = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX void: <http://rdfs.org/ns/void#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
EXAMPLE = "?e a sh:SPARQLExecutable ; rdfs:comment ?about ; sh:select|sh:ask|sh:construct|sh:describe ?query"


def counted(site, query: str) -> int:
    return int(site.get(VOCABULARIES + query, "text/csv").text.split()[1])


def test_an_editor_finds_examples_and_prefixes_by_asking_the_default_graph(site):
    answer = site.get(f"{VOCABULARIES} SELECT ?e ?query {{ {EXAMPLE} }} ORDER BY ?e", "application/sparql-results+json").json()
    rows = answer["results"]["bindings"]
    assert {row["e"]["value"].rpartition("/")[2] for row in rows} == set(library.names())
    assert site.get(rows[0]["query"]["value"]).status_code == 200
    prefix = "SELECT ?n { ?table sh:declare [ sh:prefix 'kg' ; sh:namespace ?n ] }"
    assert site.get(VOCABULARIES + prefix, "text/csv").text.split() == ["n", "https://w3id.org/nutrition-kg/"]


def test_a_catalogue_finds_the_numbers_by_asking_the_default_graph(site):
    asked = "SELECT ?n { ?d a void:Dataset ; void:triples ?n ; void:sparqlEndpoint ?e FILTER(STRENDS(STR(?e), '/sparql')) }"
    assert counted(site, asked) == site.client.get("/health").json()["triples"]
    assert counted(site, "SELECT (COUNT(*) AS ?n) { ?d void:classPartition/void:propertyPartition/void:triples ?t }") > 500


def test_the_descriptions_join_data_and_are_counted_by_no_other_query(site):
    every = site.client.get("/health").json()["triples"]
    assert site.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split() == ["n", str(every)]
    graphs = site.get("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", "text/csv").text.split()[1:]
    assert graphs == [EXAMPLES, DESCRIPTION]
    described = site.client.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert all(f"<{graph}>" in described for graph in graphs)
    joined = "SELECT (COUNT(*) AS ?n) { ?part void:class ?class . ?class rdfs:label ?label }"
    assert counted(site, joined) > 20
    elsewhere = site.get("ASK { ?s a <http://rdfs.org/ns/void#Dataset> }", **{"default-graph-uri": "http://none.example/"})
    assert elsewhere.json()["boolean"] is False


def test_ones_own_data_is_served_as_it_is(server):
    assert server.get("ASK { ?s a <http://rdfs.org/ns/void#Dataset> }").json()["boolean"] is False


def test_the_built_in_graph_answers_the_same_without_a_server(small):
    engine = SelfDescribed(small.engine.store)
    known = {"sh": "http://www.w3.org/ns/shacl#"}
    assert len(list(engine.run("SELECT DISTINCT ?e { ?e a sh:SPARQLExecutable }", known))) == len(library.names())
    assert len(list(engine.run("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == 0


def test_the_description_nests_properties_in_classes_and_names_its_dumps(site):
    store = ox.Store()
    store.load(site.client.get("/.well-known/void").content, format=ox.RdfFormat.TURTLE)
    (row,) = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
        "SELECT (COUNT(DISTINCT ?p) AS ?listed) (SAMPLE(?n) AS ?said) (COUNT(DISTINCT ?d) AS ?dumps) "
        "{ ?v void:properties ?n ; void:propertyPartition/void:property ?p ; void:dataDump ?d }"
    )
    assert row["listed"].value == row["said"].value
    assert int(row["dumps"].value) >= 4
    inner = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX kg: <https://w3id.org/nutrition-kg/> "
        "SELECT ?n { ?v void:classPartition [ void:class kg:CausalClaim ; void:entities ?e ; "
        "void:propertyPartition [ void:property kg:subject ; void:triples ?n ] ] FILTER(?e = ?n) }"
    )
    assert len(list(inner)) == 1


@pytest.fixture(scope="module")
def behind(start):
    """A server that a proxy shows below a path."""
    return start("--public-url", "https://kg.example/graph/", "--timeout", "60")


@pytest.mark.parametrize("path", ["/", "/graph/", "/graph", "/graph/term/magnesium", "/term/magnesium", "/questions", "/about"])
def test_below_a_path_every_link_keeps_it(behind, path):
    answer = behind.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
    assert links
    assert [link for link in links if not link.startswith("/graph/")] == []
    for link in sorted(set(links))[:12]:
        assert behind.client.get(link.replace("&amp;", "&")).status_code in (200, 303), link
    assert 'data-base="/graph"' in answer.text


def test_below_a_path_a_refusal_that_no_worker_makes_keeps_it_too(behind):
    answer = behind.client.post("/about", headers={"Accept": "text/html"})
    assert answer.status_code == 405
    assert set(re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)) == {"/graph/assets/site.css", "/graph/"}


def test_below_a_path_redirects_and_addresses_keep_it(behind):
    moved = behind.client.get("/search?q=magnesium", headers={"Accept": "text/html"})
    assert moved.headers["location"].startswith("/graph/term/")
    asked = behind.client.get("/graph/sparql", params={"query": "ASK {}"}, headers={"Accept": "*/*"})
    assert asked.json()["boolean"] is True
    person = behind.client.get("/graph/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/html"})
    assert person.headers["location"].startswith("/graph/query?query=")
    described = behind.client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "https://kg.example/graph/sparql" in described
    assert behind.client.get("/graphs", headers={"Accept": "text/html"}).status_code == 404


def test_many_who_ask_for_one_page_at_once_wait_for_the_same():
    class Slow:
        asked = 0

        async def reply(self, message: bytes) -> bytes:
            self.asked += 1
            await asyncio.sleep(0.05)
            if b"broken" in message:
                raise Problem(503, "busy")
            return write_reply(Reply(200, "text/plain", b"page"))

    async def session():
        pool = Slow()
        visits = Visits(
            pool, Cache(10_000), Service({"version": "1", "all": 1, "triples": 1, "graphs": {}}, Limits(), "", built_in=False)
        )
        impatient = asyncio.ensure_future(visits.make(Visit("/a", [], "html", "")))
        waiting = [visits.make(Visit(path, [], "html", "")) for path in ["/a"] * 50 + ["/b"] * 3 + ["/broken"] * 3]
        asyncio.get_running_loop().call_later(0.01, impatient.cancel)
        found = await asyncio.gather(*waiting, return_exceptions=True)
        again = await visits.make(Visit("/a", [], "html", ""))
        return pool.asked, [getattr(one, "status", 0) for one in found], again.body

    with ThreadPoolExecutor(1) as pool:  # a browser of an earlier test leaves its loop in this thread
        asked, statuses, body = pool.submit(lambda: asyncio.run(session())).result()
    assert (asked, statuses, body) == (3, [200] * 53 + [503] * 3, b"page")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET /sparql?query=ASK%20%7B%7D HTTP/1.0", b"200 OK"),
        ("GET /about HTTP/1.0", b"200 OK"),
        ("GET /sparql?query=ASK%20%7B%7D HTTP/1.1", b"400 Bad Request"),
        ("GET /about HTTP/1.0\r\nHost: evil.example", b"421 Misdirected Request"),
        ("GET /about HTTP/1.0\r\nHost:", b"421 Misdirected Request"),
    ],
)
def test_only_the_old_protocol_may_leave_out_the_host(server, head, status):
    answer = raw(server, f"{head}\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b"\r\n")[0].split(b" ", 1)[1] == status
