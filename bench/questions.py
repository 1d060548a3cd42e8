"""(b) The questions of the library in this process: our results beside the engine's own, rdflib and oxrdflib."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pyoxigraph import QueryResultsFormat, Store

from bench.data import Data
from bench.measure import Aim, Row, cpu, in_turns
from kg.graph import Graph
from kg.sparql import library
from kg.sparql.embedded import Embedded
from kg.sparql.results import Rows

EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000"
#: Questions on which rdflib ends within a minute at ten thousand triples, one of each shape.
SMALL = ("foods_richest_in", "claims_of_source", "causes_of", "evidence_of", "signs_of")
#: As many names as an answer holds, handed over by the plainest query there is: no engine that reads them from disk is quicker.
NAMES = "SELECT ?s ?name {{ ?s <http://www.w3.org/2000/01/rdf-schema#label>|<http://www.w3.org/2004/02/skos/core#altLabel> ?name }} LIMIT {}"
#: Why a question takes longer than its target.
ALL_LINES = (
    "all evidence lines are joined with their sources before a claim can be judged; "
    "then the names of a long answer are fetched, which beside it stand alone"
)
WHY = {
    **dict.fromkeys(("steps_on_one_source", "claims_on_weak_sources"), ALL_LINES),
    "statements": "each statement tells its claims, with status and certainty, and all their sources: names, each fetched from disk",
    "deficiencies_that_mimic": "every deficiency beside every other, by all findings of both, each named once for each pair",
    "coverage": "thirteen counts for each of 31 nutrients, three steps deep",
}
BRIEF = "what is added is finding the question and its file's time, which shows beside so short a run"
SAME = "the same text runs on the same engine; what is added shows beside a short run only, so the rest is the machine's unrest between two turns"
ENGINE = "the engine alone takes as long for the same text, in joins and look-ups that grow with the claims"
FRAME = "the engine hands each term over as an object, which alone takes longer than its CSV; then each value is looked at, since a column may hold numbers"
#: Below this a question is brief (ms).
SHORT = 3.0
#: From here on (ms) a question on the real graph is shown beside its names alone.
NEAR = 40.0
#: Above this one round is enough: it is the engine that is measured.
LONG = 500.0


def rows(data: list[Data], rounds: int, alone: bool = False) -> Iterator[Row]:
    """Measure; ``alone`` beside the bare engine and nothing else."""
    for one in data:
        store = one.opened()
        graph = Graph(Embedded(store))
        others = _others(one) if one.triples <= 20_000 and not alone else {}
        for name in library.names():
            yield _row(one, name, graph, store, others if name in SMALL else {}, rounds)
        if one.triples >= 100_000 and rounds > 3:
            yield _frame(one, graph, store, rounds)


def _row(data: Data, name: str, graph: Graph, store: Store, others: dict[str, object], rounds: int) -> Row:
    text = library.question(name).text
    measures = {"kg": cpu(lambda: list(graph.query(name))), "pyoxigraph": cpu(lambda: list(store.query(text)))}
    answer = graph.query(name)
    count, once = len(list(answer)), measures["kg"]()
    if data.name == "real" and once > NEAR and isinstance(answer, Rows):
        named = NAMES.format(count * len(answer.columns) // 2)
        measures["its names alone"] = cpu(lambda: list(store.query(named)))
    found = in_turns(measures, rounds if once < LONG else 1)
    for other, theirs in others.items():
        found[other] = [cpu(lambda theirs=theirs: list(theirs.query(text)))()]
    limits = ([Aim(50.0)] if data.name == "real" else []) + ([Aim(1000.0)] if data.triples > 900_000 else [])
    row = Row("questions", f"{name}, {data.name}", data.triples, "ms of CPU", found, [Aim(1.15, "pyoxigraph"), *limits])
    row.note = f"{count} rows"
    slow = any(row.reached(aim) > aim.at_most for aim in limits)
    row.why = BRIEF if once < SHORT else WHY.get(name, ENGINE if slow else SAME)
    return row


def _frame(data: Data, graph: Graph, store: Store, rounds: int) -> Row:
    measures = {
        "to_pandas": cpu(lambda: graph.query(EVERYTHING).to_pandas()),
        "the rows alone": cpu(lambda: list(store.query(EVERYTHING))),
        "CSV of the engine": cpu(lambda: store.query(EVERYTHING).serialize(io.BytesIO(), format=QueryResultsFormat.CSV)),
    }
    measures["to_pandas"]()
    found = in_turns(measures, rounds)
    return Row(
        "questions",
        f"to_pandas of 100,000 rows, {data.name}",
        data.triples,
        "ms of CPU",
        found,
        [Aim(2.0, "CSV of the engine")],
        why=FRAME,
    )


def _others(data: Data) -> dict[str, object]:
    import rdflib

    return {
        "rdflib": rdflib.Graph().parse(str(data.file), format="nt"),
        "oxrdflib": rdflib.Graph(store="Oxigraph").parse(str(data.file), format="nt"),
    }
