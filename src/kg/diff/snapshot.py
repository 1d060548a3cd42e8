"""What of one graph is compared, taken out of it, so that two graphs need not be held at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from kg.causal.model import CausalGraph
from kg.diff import record_changes
from kg.diff.conclusions import Answer, answer, questions, verdicts
from kg.diff.other_statements import others
from kg.graph import Graph
from kg.rdf.namespaces import KG, kg
from kg.sparql.embedded import Embedded


@dataclass(frozen=True)
class Side:
    """The earlier graph: its records, its conclusions, and what each claim adds to it (as N-Quads, which take little room)."""

    records: record_changes.Records
    answers: dict[str, Answer]
    causal: CausalGraph
    verdicts: dict[str, str]
    expressed: dict[str, set[str]]
    claims: dict[str, bytes]
    others: IO[bytes]


def side(graph: Graph) -> Side:
    """Take from a graph what a comparison with a later one needs. The graph may be let go afterwards."""
    store = at_hand(graph)
    found = record_changes.read(store)
    return Side(
        found,
        {question.name: answer(graph, question) for question in questions()},
        graph.causal(),
        verdicts(graph),
        find_expressing(store),
        {claim: serialize(describe_claim(store, claim), format=RdfFormat.N_QUADS) or b"" for claim in found.claims},
        others(store, found),
    )


def at_hand(graph: Graph) -> Store:
    """The store of a graph, to read from; in memory where it is elsewhere."""
    if isinstance(graph.engine, Embedded):
        return graph.engine.store
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in graph.triples())
    return store


def in_memory(graph: Graph) -> Store:
    """The store of a graph, copied where it lies on disk or elsewhere: the search for the claim responsible writes to it."""
    store = at_hand(graph)
    try:
        store.extend(())
        return store
    except RuntimeError:  # opened read-only
        copy = Store()
        copy.bulk_extend(store)
        return copy


def find_expressing(store: Store) -> dict[str, set[str]]:
    """The claims that express each statement, by their IRIs."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, kg("expressedBy"), None, None):
        found[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
    return found


def describe_claim(store: Store, claim: str) -> set[Quad]:
    """All that a claim adds to a graph: what is said of it, its evidence lines and its plain triple."""
    node = NamedNode(claim)
    quads = set(store.quads_for_pattern(node, None, None, None))
    for line in [quad.object for quad in quads if quad.predicate == record_changes.EVIDENCE]:
        quads |= set(store.quads_for_pattern(line, None, None, None))  # type: ignore[arg-type]
    one = {quad.predicate.value.removeprefix(KG): quad.object for quad in quads if quad.subject == node}
    if one.get("status") != kg("refuted") and {"subject", "relation", "object"} <= one.keys():
        plain = Quad(one["subject"], one["relation"], one["object"])  # type: ignore[arg-type]
        quads |= {plain} if plain in store else set()
    return quads
