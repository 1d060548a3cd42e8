"""Endpoints as they are: what they ask for, how they answer, and how they fail; one line for each failure, exit status 3."""

import base64
import gzip
import json
import socket
import threading
import time
import zlib
from email.utils import formatdate
from urllib.parse import quote

import pytest

import kg
from kg.errors import EngineError, KgError, LimitReached, QueryError
from tests import command
from tests.faults.endpoint import JSON, ONE, Reply, answering

SELECT = "SELECT ?s { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head>'
    b'<results><result><binding name="s"><uri>http://x/1</uri></binding></result></results></sparql>'
)
RDF_XML = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    b'<rdf:Description rdf:about="http://x/1"><x:p>a</x:p></rdf:Description></rdf:RDF>'
)
TURTLE = b'@prefix x: <http://x/> .\nx:1 x:p "a" .\n'
TRIPLE = b'<http://x/1> <http://x/p> "a" .\n'

SOUND = {
    "json": Reply(),
    "json in capitals": Reply(kind="Application/SPARQL-Results+JSON; charset=UTF-8"),
    "plain json": Reply(kind="application/json"),
    "json as text": Reply(kind="text/plain"),
    "json of no kind": Reply(kind=""),
    "json after a mark": Reply(b"\xef\xbb\xbf" + ONE),
    "gzip": Reply(gzip.compress(ONE), headers={"Content-Encoding": "gzip"}),
    "deflate": Reply(zlib.compress(ONE), headers={"Content-Encoding": "deflate"}),
    "xml": Reply(XML, "application/sparql-results+xml"),
    "xml as such": Reply(XML, "application/xml"),
    "tsv": Reply(b"?s\n<http://x/1>\n", "text/tab-separated-values"),
    "csv": Reply(b"s\r\nhttp://x/1\r\n", "text/csv"),
    "results before head": Reply(b'{"results":{"bindings":[{"s":{"type":"uri","value":"http://x/1"}}]},"head":{"vars":["s"]}}'),
    "no columns": Reply(b'{"head":{},"results":{"bindings":[{"s":{"type":"uri","value":"http://x/1"}}]}}'),
}


@pytest.mark.parametrize("reply", SOUND.values(), ids=SOUND)
def test_rows_are_read_in_every_form(reply):
    with answering(reply) as endpoint:
        assert kg.open(endpoint.url).query(SELECT).plain() == [["http://x/1"]]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/n-triples", TRIPLE),
        ("application/n-triples;charset=utf-8", TRIPLE),
        ("text/plain", TRIPLE),
        ("text/turtle", TURTLE),
        ("text/plain", TURTLE),
        ("application/rdf+xml", RDF_XML),
        ("application/xml", RDF_XML),
        ("application/ld+json", b'{"@id": "http://x/1", "http://x/p": "a"}'),
    ],
)
def test_graphs_are_read_in_every_form(kind, body):
    with answering(Reply(body, kind)) as endpoint:
        assert [list(map(str, triple)) for triple in kg.open(endpoint.url).query(CONSTRUCT)] == [
            ["<http://x/1>", "<http://x/p>", '"a"']
        ]


@pytest.mark.parametrize("body", [b"true", b'{"head":{},"boolean":true}', b"True\n"])
def test_truth_is_read_in_every_form(body):
    with answering(Reply(body, "text/plain" if body[:1] in b"tT" else JSON)) as endpoint:
        assert kg.open(endpoint.url).query("ASK { ?s ?p ?o }") is True


def test_what_takes_no_post_is_asked_by_get():
    def reply(request):
        return Reply() if request.method == "GET" else Reply(b"no", "text/html", 405, {"Allow": "GET"})

    with answering(reply) as endpoint:
        graph = kg.open(f"{endpoint.url}/sparql?key=1&default-graph-uri=http://x/g")
        assert [graph.query(SELECT).plain(), graph.query(SELECT).plain()] == [[["http://x/1"]]] * 2
        assert [request.method for request in endpoint.asked] == ["POST", "GET", "GET"]
        assert endpoint.asked[1].form == {"query": [SELECT], "key": ["1"], "default-graph-uri": ["http://x/g"]}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("location", ["/there", "{url}/there", "there"])
def test_a_redirect_takes_the_query_along(status, location):
    def reply(request):
        return (
            Reply()
            if request.path == "/there"
            else Reply(b"", "text/html", status, {"Location": location.format(url=endpoint.url)})
        )

    with answering(reply) as endpoint:
        assert kg.open(f"{endpoint.url}/here").query(SELECT).plain() == [["http://x/1"]]
        assert [(request.path, request.form["query"]) for request in endpoint.asked] == [
            ("/here", [SELECT]),
            ("/there", [SELECT]),
        ]


@pytest.mark.parametrize("place", ["/endpoint", "/result", "/result?query=x"])
@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_redirect_to_another_resource_is_asked_unless_it_is_the_answer(place, query):
    """An endpoint that is not asked describes itself, which is no answer; a result takes no query."""
    whole = Reply() if query is SELECT else Reply(TRIPLE, "application/n-triples")

    def reply(request):
        if request.path == "/here":
            return Reply(b"", "", 303, {"Location": place})
        asked = request.form.get("query") == [query]
        if request.path == "/endpoint":
            return whole if asked else Reply(TURTLE.replace(b"a", b"described"), "text/turtle")
        return Reply(b"no query here", "text/plain", 400) if asked else whole

    with answering(reply) as endpoint:
        assert len(list(kg.open(f"{endpoint.url}/here").query(query))) == 1
        assert [request.method for request in endpoint.asked][:2] == ["POST", "GET"]


def test_a_refusal_behind_a_redirect_names_where_it_came_from():
    def reply(request):
        return Reply(b"", "", 302, {"Location": "/there"}) if request.path == "/here" else Reply(b"closed", "text/plain", 403)

    with (
        answering(reply) as endpoint,
        pytest.raises(EngineError, match=r"/here: answered 403 .*\(at .*/there, where it leads on to"),
    ):
        kg.open(f"{endpoint.url}/here").query(SELECT)


def test_redirects_in_a_circle_and_to_other_schemes_end():
    with (
        answering(Reply(b"", "", 302, {"Location": "/again"})) as endpoint,
        pytest.raises(EngineError, match="leads on more than 5 times"),
    ):
        kg.open(endpoint.url).query(SELECT)
    with (
        answering(Reply(b"", "", 302, {"Location": "file:///x"})) as endpoint,
        pytest.raises(EngineError, match="is not followed"),
    ):
        kg.open(endpoint.url).query(SELECT)


def test_credentials_do_not_follow_to_another_server(monkeypatch):
    monkeypatch.setenv("KG_TOKEN", "s3cret")
    with answering(Reply()) as other, answering(Reply(b"", "", 307, {"Location": other.url})) as endpoint:
        assert kg.open(endpoint.url).query(SELECT).plain() == [["http://x/1"]]
        assert endpoint.asked[0].headers["Authorization"] == "Bearer s3cret"
        assert "Authorization" not in other.asked[0].headers


BASIC = "Basic " + base64.b64encode("ann:s3cr et ü".encode()).decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ('Digest realm="a, b", nonce="1"', "and asks for Digest; "),
        ("Negotiate", "and asks for Negotiate; "),
        ('NTLM, Digest realm="x"', "and asks for NTLM, Digest; "),
        ('Negotiate, Basic realm="x"', "; set KG_USER"),
        ("bearer", "; set KG_USER"),
    ],
)
def test_a_way_in_that_is_not_known_is_named(asked, told):
    with (
        answering(Reply(b"no", "text/plain", 401, {"WWW-Authenticate": asked})) as endpoint,
        pytest.raises(EngineError, match=told),
    ):
        kg.open(endpoint.url).query(SELECT)


def test_a_proxy_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://me:s3cret@127.0.0.1:9")
    with pytest.raises(EngineError, match=r"the proxy http://\*\*\*@127.0.0.1:9 that the environment names"):
        kg.open("http://example.invalid/sparql").query(SELECT)


@pytest.mark.parametrize("way", ["address", "environment", "netrc", "token"])
def test_credentials_are_given_and_never_shown(monkeypatch, tmp_path, way):
    wanted = "Bearer s3cr-et" if way == "token" else BASIC

    def reply(request):
        if request.headers.get("Authorization") == wanted:
            return Reply() if "p" in request.form["query"][0] else Reply(b"bad", "text/plain", 400)
        return Reply(b"<h1>auth</h1>", "text/html", 401, {"WWW-Authenticate": 'Basic realm="x"'})

    with answering(reply) as endpoint:
        url = endpoint.url
        with pytest.raises(EngineError, match=r"answered 401 .*; set KG_USER and KG_PASSWORD, or KG_TOKEN"):
            kg.open(url).query(SELECT)
        with pytest.raises(
            EngineError, match=r"answered 401 .* to the user and password, or the token, that were sent; correct them"
        ):
            kg.open(url.replace("//", "//ann:wrong@")).query(SELECT)
        if way == "address":
            url = url.replace("//", "//ann:s3cr%20et%20%C3%BC@")
        elif way == "environment":
            monkeypatch.setenv("KG_USER", "ann")
            monkeypatch.setenv("KG_PASSWORD", "s3cr et ü")
        elif way == "token":
            monkeypatch.setenv("KG_TOKEN", "s3cr-et")
        else:
            (tmp_path / "netrc").write_text('machine 127.0.0.1 login ann password "s3cr et ü"\n', encoding="utf-8")
            monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        graph = kg.open(url)
        assert graph.query(SELECT).plain() == [["http://x/1"]]
        with pytest.raises(EngineError) as caught:
            graph.query("SELECT ?x {}")
        assert "s3cr" not in str(caught.value) + repr(graph)


@pytest.mark.parametrize("status", [400, 500, 403])
@pytest.mark.parametrize("way", ["basic", "bearer"])
def test_credentials_that_a_server_repeats_are_not_shown(monkeypatch, way, status):
    if way == "basic":
        monkeypatch.setenv("KG_USER", "ann")
        monkeypatch.setenv("KG_PASSWORD", "s3cr et&")
    else:
        monkeypatch.setenv("KG_TOKEN", "s3cr-et")

    def reply(request):
        got = request.headers["Authorization"]
        pair = base64.b64decode(got.partition(" ")[2]).decode() if way == "basic" else ""
        said = f"I was sent {got}, that is {pair}, or {quote(pair.partition(':')[2])}"
        return Reply(json.dumps({"detail": said}).encode(), "application/problem+json", status)

    with answering(reply) as endpoint, pytest.raises(KgError) as caught:
        kg.open(endpoint.url).query(SELECT)
    told = str(caught.value)
    assert "I was sent" in told
    assert not any(secret in told for secret in ("s3cr", BASIC.partition(" ")[2][:12], "YW5u"))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:port/s", "http://127.0.0.1:99999/s", "http://127.0.0.1/a b", "http://a..b/s", "http://[::1/s", "http:///s",
     "http://x/\n", "http://x/\x1b[2J", "http://ann:s3cret@x y/s", "http://" + "a" * 70 + ".x/s"],
)  # fmt: skip
def test_a_wrong_address_is_told_in_one_line(tmp_path, url):
    status, out, told = command.kg("--source", url, "--timeout", "5", "query", "-e", SELECT, cwd=tmp_path)
    assert (status, out, told.count("\n")) == (3, "", 1)
    assert "not a valid address" in told
    assert "s3cret" not in told
    assert "\x1b" not in told


def test_letters_beyond_ascii_in_an_address_are_escaped():
    with answering(Reply()) as endpoint:
        assert kg.open(f"{endpoint.url}/ä").query(SELECT).plain() == [["http://x/1"]]
        assert endpoint.asked[0].path == "/%C3%A4"


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: b\r\n" % number for number in range(150)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n"
        % len(ONE)
        + ONE[:-9],
        b"HTTP/1.1 abc\r\n\r\n",
        b"",
    ],
    ids=["ssh", "many headers", "long header", "bad chunk", "cut chunk", "bad status", "nothing"],
)
def test_what_speaks_no_http_is_told_at_once(tmp_path, raw):
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection = listening.accept()[0]
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                connection.recv(65536)
                connection.sendall(raw)

    threading.Thread(target=serve, daemon=True).start()
    start = time.monotonic()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/s"
    status, out, told = command.kg("--source", url, "--timeout", "10", "query", "-e", SELECT, cwd=tmp_path)
    listening.close()
    assert (status, out, told.count("\n")) == (3, "", 1)
    assert told.startswith(f"kg: {url}: ")
    assert "no answer within" not in told
    assert time.monotonic() - start < 8


def rows(*values: dict[str, str]) -> bytes:
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": value} for value in values]}}).encode()


GOOD = {"type": "uri", "value": "http://x/1"}


@pytest.mark.parametrize(
    ("bad", "shown"),
    [
        ({"type": "uri", "value": "http://x/a b"}, "<http://x/a b>"),
        ({"type": "uri", "value": "no scheme"}, "<no scheme>"),
        ({"type": "literal", "value": "x", "xml:lang": "zh_hant"}, "'x' in the language zh_hant"),
        ({"type": "literal", "value": "5", "datatype": "no iri"}, "<5>"),
    ],
)
def test_one_bad_term_does_not_cost_the_rest(tmp_path, bad, shown):
    with answering(Reply(rows(GOOD, bad, GOOD))) as endpoint:
        status, out, told = command.kg("--source", endpoint.url, "query", "-e", SELECT, cwd=tmp_path)
        assert (status, out) == (0, f"s\nhttp://x/1\n{bad['value']}\nhttp://x/1\n")
        assert told == f"kg: {endpoint.url}: not valid RDF terms, returned as text: {shown}\n"


def test_a_control_character_and_a_blank_node_of_virtuoso_are_read():
    body = rows(GOOD, {"type": "literal", "value": "be\x01fore"}, {"type": "bnode", "value": "nodeID://b10"})
    with answering(Reply(body.replace(b"\\u0001", b"\x01"))) as endpoint:
        found = kg.open(endpoint.url).query(SELECT)
        assert [found[0][0].value, found[1]["s"].value, str(found[2]["s"])] == ["http://x/1", "be\x01fore", "_:nodeID___b10"]


PARTS = {
    "Virtuoso's time": Reply(
        headers={"X-SQL-State": "S1TAT", "X-SQL-Message": "Query did not complete due to ANYTIME timeout."}
    ),
    "Virtuoso's rows": Reply(rows(GOOD, GOOD), headers={"X-SPARQL-MaxRows": "2"}),
    "QLever's rows": Reply(ONE[:-1] + b', "meta": {"query-time-ms": 1, "result-size-total": 12}}'),
    "Wikidata's time": Reply(
        ONE[:-3] + b"\nSPARQL-QUERY: queryStr=SELECT\njava.util.concurrent.TimeoutException\n\tat java.util"
    ),
    "Wikidata's time in CSV": Reply(
        b"s\r\nhttp://x/1\r\nSPARQL-QUERY: queryStr=SELECT\njava.util.concurrent.TimeoutException\n\tat java.util"
        + b"\n\tat x" * 3000,
        "text/csv",
    ),
}


@pytest.mark.parametrize("reply", PARTS.values(), ids=PARTS)
def test_a_part_of_an_answer_is_not_passed_off_as_the_whole(tmp_path, reply):
    with answering(reply) as endpoint:
        with pytest.raises(LimitReached):
            kg.open(endpoint.url).query(SELECT)
        assert command.kg("--source", endpoint.url, "query", "-e", SELECT, cwd=tmp_path)[0] == 3


def test_whole_answers_below_the_limit_of_rows_pass():
    for reply in (Reply(headers={"X-SPARQL-MaxRows": "10000"}), Reply(ONE[:-1] + b', "meta": {"result-size-total": 1}}')):
        with answering(reply) as endpoint:
            assert kg.open(endpoint.url).query(SELECT).plain() == [["http://x/1"]]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(ONE[:-20], length=len(ONE) + 50), "the answer breaks off after"),
        (Reply(ONE[:-20]), "breaks off or is not a SPARQL result"),
        (Reply(gzip.compress(ONE)[:-9], headers={"Content-Encoding": "gzip"}), "the answer breaks off after"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "packed as gzip, and damaged"),
        (Reply(b"<html><body>Please log in</body></html>", "text/html"), 'not a SPARQL result but text/html ("Please log in")'),
        (Reply(b"", "", 204), "not a SPARQL result but nothing (204)"),
        (Reply(b"", JSON), "breaks off or is not a SPARQL result"),
        (Reply(b"<title>Forbidden</title>", "text/html", 403), "answered 403"),
        (Reply(b"slow down", "text/plain", 429, {"Retry-After": "3600"}), "answered 429 Too Many Requests, and asks to wait 3,600 s"),
        (Reply("Fehler: verstümmelt".encode("latin-1"), "text/plain", 500), "failed: Fehler: verst"),
        (Reply(b"\x1b]0;PWNED\x07\x1b[2J", "text/plain", 400), "the query was refused: \\u001b]0;PWNED\\u0007"),
        (Reply(b"<title>MALFORMED</title><h1>line 3, column 9</h1>", "text/html", 400), "refused: MALFORMED line 3, column 9"),
    ],
)  # fmt: skip
def test_a_failure_is_one_line_that_says_what_came(reply, told):
    with answering(reply) as endpoint, pytest.raises(KgError) as caught:
        kg.open(endpoint.url, timeout=3).query(SELECT)
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{endpoint.url}: ")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("status", [400, 403, 404, 406, 409, 410, 413, 414, 418, 422, 431, 451, 500, 501, 507, 599])
def test_a_query_that_parses_and_is_refused_is_the_engines_failure(status):
    with answering(Reply(b"no", "text/plain", status)) as endpoint, pytest.raises(EngineError) as caught:
        kg.open(endpoint.url, timeout=0.5).query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert (caught.value.exit_status, str(caught.value).startswith(endpoint.url)) == (3, True)


def test_a_query_that_does_not_parse_and_is_refused_is_ones_own():
    with answering(Reply(b"no", "text/plain", 400)) as endpoint, pytest.raises(QueryError, match="the query was refused: no"):
        kg.open(endpoint.url).query("SELECT ?x { ?x ")


@pytest.mark.parametrize("place", ["http://[::1", "http://a b/", "http://x:port/", "http://a..b/", "http://[zz]/"])
def test_a_redirect_to_no_address_is_told_of_the_endpoint_that_led_there(place):
    with answering(Reply(b"", "", 302, {"Location": place})) as endpoint, pytest.raises(EngineError) as caught:
        kg.open(endpoint.url, timeout=3).query(SELECT)
    assert str(caught.value) == f"{endpoint.url}: leads on to {place}, which is not a valid address; ask its operator"


def test_columns_that_an_answer_does_not_name_are_taken_from_its_rows_and_that_is_told(capsys):
    bare = b'{"results":{"bindings":[{"s":{"type":"uri","value":"http://x/1"}}]}}'
    with answering(Reply(bare)) as endpoint:
        assert kg.open(endpoint.url).query(SELECT).plain() == [["http://x/1"]]
    assert (
        capsys.readouterr().err == f"kg: {endpoint.url}: the answer does not name its columns; they are taken from its rows\n"
    )


def test_what_asks_to_wait_until_a_date_is_asked_again():
    first = [Reply(b"later", "text/plain", 429, {"Retry-After": formatdate(time.time() + 1, usegmt=True)})]
    with answering(lambda _: first.pop() if first else Reply()) as endpoint:
        assert kg.open(endpoint.url).query(SELECT).plain() == [["http://x/1"]]


def test_a_graph_that_breaks_off_is_told_after_the_triples_before():
    cut = Reply(TRIPLE * 3 + b"<http://x/1> <http://x/p> ", "application/n-triples")
    with answering(cut) as endpoint, pytest.raises(EngineError, match="not valid RDF after 3 triples: "):
        kg.open(endpoint.url).query(CONSTRUCT)
