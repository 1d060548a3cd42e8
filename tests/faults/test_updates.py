"""A tool that reads never writes: what is not a query does not leave, and what leaves is sent as a query."""

import pytest

import kg
from kg.errors import EngineError, QueryError, UsageError
from tests import command
from tests.faults.endpoint import Reply, answering

UPDATES = [
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "INSERT DATA { <http://x/a> <http://x/b> 1 }",
    "DROP GRAPH <http://x/g>",
    "LOAD <http://x/y>",
    "WITH <http://x/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "PREFIX select: <http://x/> # SELECT\nDROP ALL",
    "BASE <http://x/select> COPY <a> TO <b>",
    "\\u0044ELETE WHERE { ?s ?p ?o }",
    "DEFINE sql:log-enable 3 DELETE WHERE { ?s ?p ?o }",
    "\ufeffclear default",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "ASK {} # nothing here\n; INSERT DATA { <http://x/a> <http://x/b> 1 }",
]
QUERIES = [
    "PREFIX x: <http://x/>\n# insert coin\n# add, described, delete\nSELECT ?s { ?s ?p ?o }",
    "PREFIX x: <http://x/>\r\n# load of words\r\nSELECT ?s { ?s ?p ?o }",
    "# copy\r# drop\rSELECT ?s { ?s ?p ?o }",
    "SELECT ?s { ?s ?delete 'DROP ALL', \"insert\"@add }",
    "SELECT ?s { ?s <http://x/#delete> ?o ; <http://x/load> ?x }",
    "PREFIX drop: <http://x/> SELECT ?s { ?s drop:all ?o }",
    "SELECT ?s WITH { SELECT ?s { ?s ?p ?o } } AS %kept WHERE { INCLUDE %kept }",  # Blazegraph's own words
    "DEFINE input:inference 'rules' SELECT ?s { ?s ?p ?o }",  # Virtuoso's
    "\ufeffSELECT ?s { ?s ?p ?o }",
]


@pytest.fixture(scope="module")
def endpoint():
    with answering(Reply()) as found:
        yield found


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused_before_anything_is_sent(endpoint, text):
    endpoint.asked.clear()
    with pytest.raises(QueryError, match=r"line \d, column \d+: .*(would change the graph|cannot stand in a query)"):
        kg.open(endpoint.url).query(text)
    assert endpoint.asked == []


@pytest.mark.parametrize("update", ["update=CLEAR%20ALL", "x=1&update=", "query=ASK%20%7B%7D&update=DROP+ALL"])
def test_an_address_that_holds_an_update_is_not_asked(endpoint, update):
    endpoint.asked.clear()
    with pytest.raises(UsageError, match="the address holds an update, and kg only reads; leave out update="):
        kg.open(f"{endpoint.url}/ds?{update}").query("ASK {}")
    assert endpoint.asked == []


def test_an_address_that_holds_a_query_is_not_asked(endpoint):
    endpoint.asked.clear()
    with pytest.raises(UsageError, match="the address holds a query of its own; leave out query="):
        kg.open(f"{endpoint.url}/ds?query=SELECT%201").query("ASK {}")
    assert endpoint.asked == []


@pytest.mark.parametrize("status", [302, 303, 307, 308])
def test_nobody_is_led_on_to_an_update(status):
    def reply(request):
        led = {"Location": "/update?update=DROP%20ALL"}
        return Reply(b"", "", status, led) if request.path == "/sparql" else Reply()

    with answering(reply) as endpoint:
        with pytest.raises(EngineError, match=r"leads on to /update.*, an update, which is not sent"):
            kg.open(f"{endpoint.url}/sparql").query("SELECT ?s { ?s ?p ?o }")
        assert [request.path for request in endpoint.asked] == ["/sparql"]


def test_an_update_is_refused_in_the_same_words_here_and_elsewhere(endpoint, tmp_path):
    endpoint.asked.clear()
    text = "PREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }"
    here, elsewhere = (command.kg(*source, "query", "-e", text, cwd=tmp_path) for source in ([], ["--source", endpoint.url]))
    told = "kg: line 2, column 1: DELETE would change the graph, which is only read; write SELECT, ASK, CONSTRUCT or DESCRIBE\n"
    assert here == elsewhere == (2, "", told)
    assert endpoint.asked == []


@pytest.mark.parametrize("text", ["", " # only words\n", "%%%", "PREFIX x: <http://x/>"])
def test_an_empty_query_is_not_sent(endpoint, text):
    endpoint.asked.clear()
    with pytest.raises(QueryError, match="the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE"):
        kg.open(endpoint.url).query(text)
    assert endpoint.asked == []


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_is_sent_as_a_query_whatever_its_comments_say(endpoint, text):
    endpoint.asked.clear()
    assert kg.open(endpoint.url).query(text).plain() == [["http://x/1"]]
    [request] = endpoint.asked
    assert "update" not in request.form
    assert request.form["query"][0].endswith(text.removeprefix("\ufeff"))
