"""The two engines: the same answers, and one clear line for each way an endpoint can fail."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from urllib.parse import parse_qs

import pytest
from bench.measure import ended
from bench.measure import kg as kg_command
from pyoxigraph import QueryResultsFormat, RdfFormat

import kg
from kg.errors import EngineError, LimitReached, QueryError
from kg.graph import Graph
from kg.sparql.embedded import Embedded
from kg.sparql.remote import Remote
from kg.sparql.results import Rows

FAILURES = {
    "page": (
        200,
        "text/html",
        b"<html>Welcome</html>",
        "is not a SPARQL result but text/html .* check that this is the address",
    ),
    "half": (
        200,
        "application/sparql-results+json",
        b'{"head": {"vars": ["s"]}, "results": {"bindi',
        "breaks off or is not a SPARQL result",
    ),
    "gone": (404, "text/plain", b"not here", "check the address or ask its keeper"),
    "broken": (500, "text/plain", b"sorry", "try again later or ask its keeper"),
    "busy": (503, "text/plain", b"later", "answered 503"),
}


#: What was asked of the endpoint: path and form.
asked: list[tuple[str, dict[str, list[str]]]] = []
stopped = threading.Event()


@pytest.fixture(scope="module")
def endpoint(small):
    """A SPARQL endpoint on loopback that serves the small graph, and fails on purpose under other paths."""

    asked.clear()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            return self.reply(200, "text/html", b"<html>Welcome</html>")

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            text, name = form["query"][0], self.path.strip("/")
            asked.append((name, form))
            if name == "tired" and sum(before == "tired" for before, _ in asked) < 3:
                return self.reply(503, "text/plain", b"later")
            if name == "moved":
                self.send_response(302)
                self.send_header("Location", "/page")
                self.end_headers()
                return None
            if name == "drip":
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                while not stopped.wait(0.1):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                return None
            if name == "breaks":
                head = b'{"head": {"vars": ["s"]}, "results": {"bindings": ['
                rows = b'{"s": {"type": "literal", "value": "x"}},' * 2000
                return self.reply(200, "application/sparql-results+json", head + rows)
            if name == "slow":
                time.sleep(5)
            if name in FAILURES:
                return self.reply(*FAILURES[name][:3])
            try:
                found = small.engine.store.query(text)
            except SyntaxError as error:
                return self.reply(400, "text/plain", str(error).encode())
            if hasattr(found, "variables") or type(found).__name__ == "QueryBoolean":
                return self.reply(200, "application/sparql-results+json", found.serialize(format=QueryResultsFormat.JSON))
            return self.reply(200, "application/n-triples", found.serialize(format=RdfFormat.N_TRIPLES))

        def reply(self, status, kind, body):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    stopped.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["causes_of", "foods_richest_in", "statements"])
def test_a_remote_endpoint_gives_the_same_rows(small, endpoint, name):
    assert kg.open(endpoint).query(name).plain() == small.query(name).plain()


def test_terms_routes_and_own_queries_work_on_a_remote_endpoint(small, endpoint):
    remote = kg.open(endpoint)
    assert remote.term("charley horse").iri == small.term("charley horse").iri
    assert remote.paths("lack of B12", "muscle tightness") == small.paths("lack of B12", "muscle tightness")
    told = remote.explain(["charley horse"], context=["strict vegan diet"]).to_dict()
    assert told == small.explain(["charley horse"], context=["strict vegan diet"]).to_dict()
    assert {one["label"] for one in told["candidates"]} >= {
        "vitamin B12 deficiency",
        "hypomagnesemia",
    }  # magnesium lack is its stage
    assert remote.correct("magnesium deficiency") == small.correct("magnesium deficiency")
    assert remote.correct_for("charley horse") == small.correct_for("charley horse")
    assert remote.query("ASK { kg:nerve-misfiring kg:promotes kg:muscle-cramp }") is True
    assert len(remote.query("pathway")) == len(small.query("pathway"))


@pytest.mark.parametrize("name", FAILURES)
def test_a_failing_endpoint_is_told_in_one_line(endpoint, name):
    with pytest.raises((EngineError, QueryError), match=FAILURES[name][3]) as caught:
        kg.open(f"{endpoint}/{name}").query("ASK {}")
    assert str(caught.value).startswith(endpoint)
    assert "\n" not in str(caught.value)


def test_a_slow_endpoint_is_left_after_the_time(endpoint):
    with pytest.raises(LimitReached, match="no answer within 1 s; raise --timeout"):
        kg.open(f"{endpoint}/slow", timeout=1).query("ASK {}")


def test_a_server_that_drips_is_left_after_the_time(endpoint):
    start = time.monotonic()
    with pytest.raises(LimitReached, match=r"no answer within 0.5 s; raise --timeout"):
        list(kg.open(f"{endpoint}/drip", timeout=0.5).query("SELECT ?s {}"))
    assert time.monotonic() - start < 2


def test_trouble_that_passes_is_tried_again(endpoint):
    assert kg.open(f"{endpoint}/tired").query("ASK { kg:nerve-misfiring kg:promotes kg:muscle-cramp }") is True
    assert [name for name, _ in asked].count("tired") == 3


def test_an_address_that_leads_on_takes_the_query_along_and_is_told_where_nothing_answers(endpoint):
    with pytest.raises(
        EngineError, match=r'but text/html \("Welcome"\), after it led on to http://127.0.0.1:\d+/page; check that'
    ):
        kg.open(f"{endpoint}/moved").query("ASK {}")


def test_an_answer_that_breaks_off_is_told_where_it_is_asked_for(endpoint):
    with pytest.raises(EngineError, match="the answer breaks off or is not a SPARQL result after 2,000 rows"):
        kg.open(f"{endpoint}/breaks").query("SELECT ?s {}")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_rows_that_are_written_pass_through_without_being_held(form, tmp_path):
    """The memory of the client: as much for 200,000 rows as for a few."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            count = 200_000 if b"many" in self.rfile.read(int(self.headers["Content-Length"])) else 10
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            row = b'{"s": {"type": "uri", "value": "http://example.org/a-name-of-some-length-like-triple-in-each-row"}}'
            self.wfile.write(b'{"head": {"vars": ["s"]}, "results": {"bindings": [' + b",".join([row] * count) + b"]}}")

        def log_message(self, *_):
            pass

    def peak(words: str) -> tuple[int, float]:
        """The lines of the answer, and the largest memory of the client in megabytes."""
        address = f"http://127.0.0.1:{server.server_port}/"
        command = kg_command("--source", address, "query", "-e", f"SELECT ?s {{ }} # {words}", "--format", form)
        with (tmp_path / words).open("wb") as output:
            memory = ended(command, output=output).memory
        return (tmp_path / words).read_bytes().count(b"a-name-of"), memory

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        (few, least), (many, most) = peak("few"), peak("many")
    finally:
        server.shutdown()
        server.server_close()
    assert (few, many) == (10, 200_000)
    assert most < least + 4


def test_the_graph_named_in_the_address_is_asked(endpoint):
    assert kg.open(f"{endpoint}/?default-graph-uri=http://a/graph").query("ASK { kg:muscle-cramp a kg:Symptom }") is True
    assert asked[-1][1]["default-graph-uri"] == ["http://a/graph"]


def test_an_endpoint_that_is_not_there_is_told():
    with pytest.raises(EngineError, match="check the address and that the server runs"):
        Graph(Remote("http://127.0.0.1:9/sparql")).query("ASK {}")


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT ?x {", "line 1, column 12: "),
        ("SELECT ?x\n{ ?x foo:a ?y }", "line 2, column 11: the prefix foo: is not declared"),
        ("", "line 1, column 1: the query is empty"),
        ("SELECT * { " + "{" * 20000 + "}" * 20000 + "}", "nested more than 100 deep"),
        ("SELECT (" + "(" * 5000 + "1" + ")" * 5000 + " AS ?x) {}", "nested more than 100 deep"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1: DELETE would change the graph"),
    ],
)
def test_a_query_that_does_not_parse_is_told(small, query, complaint):
    with pytest.raises(QueryError) as caught:
        small.query(query)
    assert complaint in str(caught.value)
    assert len(str(caught.value)) < 250


def test_own_queries_may_leave_out_the_prefixes_of_the_table(small):
    assert small.query("ASK { kg:muscle-cramp skos:closeMatch HP:0003394 }") is True


def test_rows_are_read_by_name_counted_and_written(small):
    rows = small.query("SELECT ?s ?l { ?s a kg:Nutrient ; rdfs:label ?l } ORDER BY ?l")
    assert rows.columns == ("s", "l")
    assert [row["l"].value for row in rows] == ["magnesium", "vitamin B12"]
    assert len(rows) == 2
    assert rows[1]["l"].value == "vitamin B12"
    assert rows.to_csv().splitlines()[1] == "https://w3id.org/nutrition-kg/magnesium,magnesium"
    assert '"vars":["s","l"]' in rows.to_json()
    assert "<td>vitamin B12</td>" in rows._repr_html_()


def test_an_iterator_of_rows_is_read_once_and_only_as_far_as_it_is_needed():
    given: list[int] = []
    rows = Rows(("n",), (given.append(number) or number for number in range(5)))
    assert list(islice(rows, 2)) == [0, 1]
    assert given == [0, 1]
    assert (rows.columns, list(rows), len(rows), rows[3], list(rows)) == (("n",), [0, 1, 2, 3, 4], 5, 3, [0, 1, 2, 3, 4])
    assert given == [0, 1, 2, 3, 4]


def test_pandas_gets_numbers_as_numbers_and_keeps_NA_as_a_word(small):
    frame = small.query("SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (1.5 'NA' UNDEF) (2.5 'x' 'y') } }").to_pandas()
    assert frame["a"].tolist() == [1.5, 2.5]
    assert frame["b"].tolist() == ["NA", "x"]
    assert frame["c"].isna().tolist() == [True, False]


def test_pandas_types_a_column_by_its_literals(small):
    rows = "(1 true '007' <http://e/a,b>) (UNDEF false '12' 3)"
    frame = small.query(f"SELECT ?a ?b ?c ?d {{ VALUES (?a ?b ?c ?d) {{ {rows} }} }}").to_pandas()
    assert frame["a"].fillna(-1).tolist() == [1, -1]
    assert frame["b"].tolist() == [True, False]
    assert frame["c"].tolist() == ["007", "12"]
    assert frame["d"].tolist() == ["http://e/a,b", "3"]


def test_csv_quotes_what_holds_a_comma_a_quote_or_a_line_break(small):
    rows = small.query("""SELECT * { VALUES (?a ?b ?c) { (<http://e/a,b> 'say "x"' UNDEF) ('one\\ntwo' 1.5 'plain') } }""")
    assert rows.to_csv() == 'a,b,c\r\n"http://e/a,b","say ""x""",\r\n"one\ntwo",1.5,plain\r\n'
    blank = small.query("SELECT (BNODE('b') AS ?x) {}").to_csv()
    assert blank.splitlines()[1].startswith("_:")


def test_hostile_text_in_a_notebook_table_is_harmless(small):
    rows = small.query("SELECT ('<script>alert(1)</script>' AS ?x) {}")
    assert "<script>" not in rows._repr_html_()


def test_the_graph_goes_to_rdflib_and_networkx(small):
    assert len(small.rdflib()) == len(small.engine.store)
    graph = small.networkx()
    edge = graph.edges["https://w3id.org/nutrition-kg/muscle-cramp", "https://w3id.org/nutrition-kg/muscle-tightness"]
    assert (edge["relation"], edge["status"]) == ("promotes", "unverified")


def test_a_graph_opens_from_a_file_and_a_folder(tmp_path, small):
    (tmp_path / "one.ttl").write_text("@prefix kg: <https://w3id.org/nutrition-kg/> . kg:a kg:promotes kg:b .")
    (tmp_path / "two.nq").write_text("<http://a> <http://b> <http://c> <http://graph> .")
    assert kg.open(str(tmp_path / "one.ttl")).query("ASK { kg:a kg:promotes kg:b }") is True
    assert isinstance(kg.open(str(tmp_path)).engine, Embedded)
    assert len(kg.open(str(tmp_path)).engine.store) == 2
