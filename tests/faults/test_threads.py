"""Answers made in one thread and read in another: what the engine would answer by ending the process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

import kg
from kg.errors import EngineError
from tests.faults.endpoint import Reply, answering

ROWS = "SELECT ?s { ?s a kg:Nutrient } ORDER BY ?s"
TRIPLES = "CONSTRUCT { ?s a kg:Nutrient } WHERE { ?s a kg:Nutrient }"


@pytest.fixture(scope="module")
def graph(small, tmp_path_factory):
    """A graph in a store of its own, so that nothing of it is kept by other tests."""
    path = tmp_path_factory.mktemp("threads") / "small.nt"
    with path.open("wb") as file:
        small.query("CONSTRUCT WHERE { ?s ?p ?o }").write(file, "nt")
    return kg.open(str(path))


@pytest.mark.parametrize("text", [ROWS, TRIPLES, "DESCRIBE kg:magnesium"])
def test_answers_of_a_pool_of_threads_are_read_here(graph, text):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: graph.query(text), range(8)))
    assert [len(answer) for answer in found] == [len(graph.query(text))] * 8
    assert sorted(map(str, found[0])) == sorted(map(str, graph.query(text)))


@pytest.mark.parametrize("text", [ROWS, TRIPLES])
def test_an_answer_made_here_is_read_by_other_threads(graph, text):
    answer = graph.query(text)
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(lambda _: [str(one) for one in answer], range(2)))
    assert read[0] == read[1]
    assert len(read[0]) == len(answer) > 0


def test_an_answer_that_was_begun_here_goes_on_in_another_thread(graph):
    rows = iter(graph.query(ROWS))
    first = next(rows)["s"]
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(lambda: [row["s"] for row in rows]).result()
    assert [first, *rest] == [row["s"] for row in graph.query(ROWS)]


def test_answers_go_through_asyncio(graph):
    async def asked():
        rows = await asyncio.to_thread(graph.query, ROWS)
        return rows.to_csv(), await asyncio.to_thread(rows.to_json), await asyncio.to_thread(rows._repr_html_)

    with ThreadPoolExecutor(1) as pool:  # a browser test of the same process keeps a loop of its own in this thread
        found = pool.submit(lambda: asyncio.run(asked())).result()
    assert found == (graph.query(ROWS).to_csv(), graph.query(ROWS).to_json(), graph.query(ROWS)._repr_html_())


def test_an_answer_may_be_let_go_in_another_thread(graph, recwarn):
    held = [graph.query(ROWS), graph.query(TRIPLES)]
    with ThreadPoolExecutor(1) as pool:
        pool.submit(held.clear).result()
    assert held == []
    assert [str(warning.message) for warning in recwarn] == []


def test_remote_answers_cross_threads_too():
    with answering(Reply()) as endpoint, ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: kg.open(endpoint.url).query("SELECT ?s { ?s ?p ?o }"), range(4)))
        assert [answer.plain() for answer in found] == [[["http://x/1"]]] * 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stream_of_triples_is_refused_in_another_thread(graph):
    triples = graph.triples()
    next(triples)
    with ThreadPoolExecutor(1) as pool, pytest.raises(EngineError, match="triples can be read in one thread only; make a list"):
        pool.submit(next, triples).result()


def test_terms_routes_and_explanations_cross_threads(graph):
    with ThreadPoolExecutor(2) as pool:
        routes = pool.submit(graph.paths, "vitamin B12 deficiency", "muscle tightness").result()
        ranking = pool.submit(graph.explain, ["charley horse"]).result()
    assert routes.to_csv() == graph.paths("vitamin B12 deficiency", "muscle tightness").to_csv()
    assert ranking.to_csv() == graph.explain(["charley horse"]).to_csv()
