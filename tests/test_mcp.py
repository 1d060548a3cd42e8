"""kg mcp, asked by a real client over standard input and output."""

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from kg.export import exported

CALLS = {
    "questions": {},
    "ask": {"question": "causes_of", "parameters": {"finding": "charley horse"}},
    "term": {"name": "charley horse"},
    "paths": {"cause": "cobalamin deficiency", "effect": "muscle tightness"},
    "explain": {"findings": ["muscle cramp"], "context": ["strict vegan diet"]},
}
WRONG = {
    "ask": ({"question": "SELECT * {}"}, "'SELECT * {}' is no name of a question; the tool questions lists them"),
    "term": ({"name": "charlie hearse"}, "nothing is called 'charlie hearse'; nearest: charley horse"),
    "paths": ({"cause": "x", "effect": "muscle cramp"}, "is called 'x'"),
    "explain": ({"findings": []}, "finding"),
}


@pytest.fixture(scope="module")
def answers(small, tmp_path_factory):
    """What the server answers to every call, in one session."""
    path = tmp_path_factory.mktemp("mcp") / "small.nt"
    path.write_bytes(exported(small, "nt")["nutrition-kg.nt"])

    async def session():
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "kg", "mcp", "--source", str(path)], env=dict(os.environ)
        )
        async with stdio_client(server) as streams, ClientSession(*streams) as client:
            await client.initialize()
            tools = [tool.name for tool in (await client.list_tools()).tools]
            good = {name: await client.call_tool(name, arguments) for name, arguments in CALLS.items()}
            bad = {name: await client.call_tool(name, arguments) for name, (arguments, _) in WRONG.items()}
            return tools, good, bad

    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(asyncio.wait_for(session(), 60))).result()


def value(result):
    texts = [json.loads(part.text) for part in result.content]
    return texts[0] if len(texts) == 1 else texts


def test_the_tools_are_those_of_the_command_line(answers):
    assert answers[0] == list(CALLS)


def test_each_tool_answers_as_the_graph_does(small, answers):
    good = {name: value(result) for name, result in answers[1].items()}
    assert "foods_richest_in" in json.dumps(good["questions"])
    assert good["ask"]["rows"] == small.query("causes_of").plain()
    assert good["term"]["label"] == "muscle cramp"
    first = small.paths("vitamin B12 deficiency", "muscle tightness")[0]
    assert [step["claim"] for step in good["paths"]["paths"][0]["steps"]] == [claim.iri for claim in first.claims]
    assert good["explain"]["candidates"][0]["label"]
    assert {answer["notice"] for name, answer in good.items() if name != "questions"} == {
        "Information from sources that were read, not medical advice."
    }


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_comes_back_as_one_line(answers, name):
    told = value(answers[2][name])["error"]
    assert WRONG[name][1] in told
    assert "\n" not in told
