"""kg mcp, asked by the official client over standard input and output and over HTTP."""

import asyncio
import json
import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from mcp import Client, ClientSession, StdioServerParameters, stdio_client

from kg.errors import EngineError, UsageError
from kg.export import export_graph
from kg.integrations import own_query
from kg.integrations.mcp import _collect_notes, _telling
from kg.integrations.mcp_lines import Sifted, refuse_line
from kg.integrations.mcp_size import fit
from kg.integrations.mcp_tools import Tools

NOTICE = "Information from sources that were read, not medical advice."
CLAIM = "claim:magnesium-deficiency_promotes_muscle-cramp"
CALLS = {
    "questions": {},
    "ask": {"question": "causes_of", "parameters": {"finding": "charley horse"}},
    "term": {"name": "charley horse"},
    "paths": {"cause": "cobalamin deficiency", "effect": "muscle tightness"},
    "explain": {"findings": ["muscle cramp"], "context": ["strict vegan diet"]},
    "correct": {"states": ["magnesium deficiency"]},
    "sparql": {"query": "SELECT ?label { kg:muscle-cramp rdfs:label ?label }"},
}
#: Calls that must fail: the tool, what it is given, and what the error says.
WRONG = [
    ("ask", {"question": "SELECT * {}"}, "'SELECT * {}' is not the name of a question; the tool questions lists them"),
    ("ask", {"question": "causes_off"}, "did you mean causes_of"),
    ("ask", {"question": "causes_of", "parameters": {"query": "x"}}, "no parameter query"),
    ("ask", {"question": "causes_of", "parameters": {"self": "x"}}, "no parameter self"),
    ("ask", {"question": "a" * 3000}, "100 characters"),
    ("ask", {"question": "causes_of", "limit": -1}, "greater than or equal to 1"),
    ("ask", {"question": "causes_of", "limit": 100000}, "less than or equal to 200"),
    ("ask", {"question": "causes_of", "limit": True}, "a number is wanted, not true or false"),
    ("term", {"name": "charlie hearse"}, "nothing is called 'charlie hearse'; nearest: charley horse"),
    ("term", {"name": ""}, "at least 1 character"),
    ("paths", {"cause": "x", "effect": "muscle cramp"}, "is called 'x'"),
    ("paths", {"cause": "vitamin B12 deficiency", "effect": "muscle cramp", "limit": 100000}, "less than or equal to 25"),
    ("paths", {"cause": "vitamin B12 deficiency", "effect": "muscle cramp", "limit": -3}, "greater than or equal to 1"),
    ("explain", {"findings": []}, "at least 1 item"),
    ("explain", {"findings": ["muscle cramp"] * 21}, "at most 20 items"),
    ("explain", {"findings": ["muscle cramp"], "top": 0}, "greater than or equal to 1"),
    ("correct", {}, "give either states or a finding"),
    ("correct", {"states": ["magnesium deficiency"], "finding": "muscle cramp"}, "give either states or a finding"),
    ("evidence", {"claim": "claim:nothing"}, "is not a claim with evidence"),
    ("evidence", {"claim": "a b> } { ?s ?p ?o"}, "is not a valid IRI"),
    ("sparql", {"query": "SELECT * {"}, "line 1, column 11"),
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "DELETE"),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is refused"),
    ("sparql", {"query": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE is refused"),
    ("sparql", {"query": "SELECT * { FILTER(" + "!" * 9000 + "true) }"}, "more than 1000 times"),
    ("sparql", {"query": "ASK {}", "limit": 5000}, "less than or equal to 200"),
    ("paths", {}, "paths: cause: field required; effect: field required"),
    ("paths", {"cause": None, "effect": "fatigue"}, "cause: input should be a valid string"),
    ("paths", {"cause": 1, "effect": {}}, "cause: input should be a valid string; effect: input should be a valid string"),
    (
        "paths",
        {"cause": "a", "effect": "b", "limits": 3},
        "paths has no argument 'limits'; it takes cause, effect, limit, context",
    ),
    ("questions", {"word": "food"}, "questions has no argument 'word'; it takes none"),
    ("explain", {"findings": "fatigue"}, "findings: input should be a valid list"),
    ("explain", {"findings": [1, 2, 3, 4, 5]}, "findings.2: input should be a valid string; and 2 more"),
    ("ask", {"question": "causes_of", "parameters": {"finding": ["a"]}}, "parameters.finding: input should be a valid string"),
    ("nothing", {}, "'nothing' is not a tool; the tools are questions, ask, term"),
]


@pytest.fixture(scope="module")
def source(small, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("mcp") / "small.nt"
    path.write_bytes(export_graph(small, "nt")["nutrition-kg.nt"])
    return str(path)


def played(session):
    """What a session of a client gives. In a thread of its own: the browser tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(asyncio.wait_for(session(), 120))).result()


@pytest.fixture(scope="module")
def answers(source):
    """What the server answers to every call, in one session."""

    async def session():
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "kg", "mcp", "--source", source], env=dict(os.environ)
        )
        async with stdio_client(server) as streams, ClientSession(*streams) as client:
            await client.initialize()
            told = {"tools": (await client.list_tools()).tools, "prompts": (await client.list_prompts()).prompts}
            told["resources"] = (await client.list_resources()).resources
            told["about"] = (await client.read_resource("kg://about")).contents[0].text
            told["good"] = {name: await client.call_tool(name, arguments) for name, arguments in CALLS.items()}
            steps = value(told["good"]["paths"])["paths"][0]["steps"]
            told["good"]["evidence"] = await client.call_tool("evidence", {"claim": steps[0]["claim"]})
            told["bad"] = [await client.call_tool(name, arguments) for name, arguments, _ in WRONG]
            told["prompt"] = await client.get_prompt("how_does_it_lead", {"cause": "x", "effect": "y"})
            numbers = {"question": "causes_of", "parameters": {"finding": "muscle cramp"}, "limit": 1}
            told["number"] = await client.call_tool("ask", numbers)
            told["spelled"] = await client.call_tool("ask", {**numbers, "question": " Causes-of "})
            told["null"] = await client.call_tool("ask", {**numbers, "limit": None})
            told["all"] = await client.call_tool("sparql", {"query": "SELECT * { ?s ?p ?o }", "limit": 2})
            return told

    return played(session)


def value(result):
    if result.structured_content is not None:
        inner = result.structured_content
        return inner["result"] if set(inner) == {"result"} else inner
    return json.loads(result.content[0].text)


def test_every_tool_is_described_to_the_last_parameter_and_reads_only(answers):
    assert {tool.name for tool in answers["tools"]} == {*CALLS, "evidence"}
    for tool in answers["tools"]:
        assert tool.title
        assert tool.description
        assert tool.annotations.read_only_hint is True
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), (tool.name, name)
            numbers = [one for one in (schema, *schema.get("anyOf", ())) if one.get("type") == "integer"]
            assert all({"minimum", "maximum"} <= one.keys() for one in numbers)


def test_a_line_that_is_no_message_is_refused_and_the_next_one_read():
    from mcp.types import jsonrpc_message_adapter

    async def read():
        for line in ("no json", "", "[]", '{"jsonrpc": "2.0", "id": 7, "method": "ping"}'):
            try:
                yield jsonrpc_message_adapter.validate_json(line, by_name=False)
            except ValueError as fault:
                yield fault

    refused = []

    async def refuse(fault):
        refused.append(refuse_line(fault)[0])

    async def session():
        return [message.id async for message in Sifted(read(), refuse)]

    assert (played(session), refused) == ([7], [-32700, -32600])


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p ?o }"])
def test_no_more_of_an_answer_is_written_than_is_read(monkeypatch, query):
    def run(command, **_):
        raise EngineError(" ".join(command))

    monkeypatch.setattr(own_query.subprocess, "run", run)
    with pytest.raises(EngineError, match=r"--limit 6 "):
        own_query.answer(None, query, 5, 1)


def test_what_is_to_be_known_of_a_name_stands_in_the_answer(real):
    term = _telling(Tools(real).term)
    with warnings.catch_warnings():
        _collect_notes()
        found = term("CHEBI:17439")
    assert found["name_notes"] == ["CHEBI:17439 means nearly the same as vitamin B12 (kg:vitamin-b12), which is taken"]
    assert "name_notes" not in term("vitamin B12")


def test_each_tool_answers_as_the_graph_does(small, answers):
    good = {name: value(result) for name, result in answers["good"].items()}
    assert [name for name, result in answers["good"].items() if result.is_error] == []
    assert "foods_richest_in" in json.dumps(good["questions"])
    assert good["ask"]["rows"] == small.query("causes_of").plain()
    assert good["term"]["label"] == "muscle cramp"
    first = small.paths("vitamin B12 deficiency", "muscle tightness")[0]
    assert [step["claim"] for step in good["paths"]["paths"][0]["steps"]] == [claim.iri for claim in first.claims]
    assert good["explain"]["candidates"][0]["label"]
    assert good["correct"]["corrected"]
    assert good["sparql"] == {"columns": ["label"], "rows": [["muscle cramp"]], "more": False, "notice": NOTICE}
    assert {answer["notice"] for name, answer in good.items() if name != "questions"} == {NOTICE}
    assert len(value(answers["number"])["rows"]) == 1
    assert value(answers["spelled"])["rows"] == value(answers["number"])["rows"]
    assert len(value(answers["null"])["rows"]) > 1
    assert value(answers["all"])["more"] is True  # a query of everything is answered as far as its limit


def test_every_source_that_is_named_can_be_cited(answers):
    for name in ("paths", "explain", "evidence"):
        told = value(answers["good"][name])
        named = set(json.dumps({key: part for key, part in told.items() if key != "sources"}).split('"'))
        assert {one for one in named if "/source/" in one} <= told["sources"].keys()
        assert told["sources"]
        assert all(source["title"] for source in told["sources"].values())
    assert {line["stance"] for line in value(answers["good"]["evidence"])["evidence"]} <= {"supports", "disputes", "mixed"}


@pytest.mark.parametrize("at", range(len(WRONG)), ids=[f"{name}-{told[:20]}" for name, _, told in WRONG])
def test_a_mistake_is_an_error_by_the_protocol_that_says_what_to_do(answers, at):
    result = answers["bad"][at]
    assert result.is_error
    told = result.content[0].text
    assert WRONG[at][2] in told, told
    assert len(told.splitlines()) == 1
    assert len(told) < 700
    assert "pydantic" not in told
    assert "kg term" not in told


def test_resources_and_prompts_say_how_to_begin(answers):
    assert {str(one.uri) for one in answers["resources"]} == {"kg://about", "kg://questions", "kg://prefixes"}
    assert "Begin with `term`" in answers["about"]
    assert {one.name for one in answers["prompts"]} == {"explain_findings", "how_does_it_lead"}
    assert "How does x lead to y?" in answers["prompt"].messages[0].content.text


@pytest.fixture(scope="module")
def over_http(source):
    command = [sys.executable, "-m", "kg", "mcp", "--http", "--port", "0", "--source", source]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(timeout=30)
    process.stdout.close()
    process.stderr.close()


def test_the_same_answers_come_over_http(over_http, answers):
    async def session():
        async with Client(over_http) as client:
            return await client.call_tool("term", CALLS["term"]), (await client.list_tools()).tools

    for _ in range(50):  # it says its address before it listens
        try:
            httpx.get(over_http, timeout=5)
            break
        except httpx.ConnectError:
            import time

            time.sleep(0.1)
    found, tools = played(session)
    assert value(found) == value(answers["good"]["term"])
    assert {tool.name for tool in tools} == {*CALLS, "evidence"}


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "127.0.0.1.evil.example"}],
)
def test_over_http_no_other_name_and_no_page_elsewhere_is_let_in(over_http, headers):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    sent = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json", **headers}
    for _ in range(50):
        try:
            answer = httpx.post(over_http, json=body, headers=sent, timeout=10)
            break
        except httpx.ConnectError:
            import time

            time.sleep(0.1)
    assert answer.status_code in (400, 403, 421)


@pytest.mark.parametrize(
    ("words", "told", "status"),
    [
        (["--http", "--port", "70000"], "--port 70000: a port is between 0 and 65535", 2),
        (["--http", "--host", "no.such.host.invalid"], "choose another --port or --host", 3),
    ],
)
def test_a_wrong_option_is_one_line(source, words, told, status):
    command = [sys.executable, "-m", "kg", "mcp", *words, "--source", source]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, told in done.stderr, done.stderr.count("\n")) == (status, True, 1)


def test_a_long_answer_is_cut_and_says_what_it_left_out():
    long = ["word " * 2000] * 20
    told = fit({"rows": long, "more": False}, "rows", finish=lambda rest: {**rest, "sources": len(rest["rows"])})
    assert (len(told["rows"]), told["left_out"], told["sources"]) == (5, {"rows": 15}, 5)
    assert fit({"rows": long[:2]}, "rows") == {"rows": long[:2]}
    with pytest.raises(UsageError, match="400,014 letters, more than a client can read; ask for less"):
        fit({"rows": ["x" * 400_000]}, "rows")
