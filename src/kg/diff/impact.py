"""What falls if one claim falls: the graph without it, judged anew, beside the graph with it."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, Store

from kg.build.derive import JUDGED, judge_again
from kg.diff.blame import find_changed
from kg.diff.conclusions import Conclusion
from kg.diff.snapshot import describe_claim, in_memory, side
from kg.graph import Graph
from kg.sparql.embedded import Embedded


def impact(graph: Graph, claim: str) -> list[Conclusion]:
    """The answers, routes and verdicts that differ without the claim.

    Parameters:
        graph: is as it was in the end.
        claim: the IRI of a claim of the graph.
    """
    before = side(graph)
    store = in_memory(graph)
    taken = describe_claim(store, claim) | set(store.quads_for_pattern(None, None, NamedNode(claim), None))
    judged = _judge(store)
    try:
        for quad in taken:
            store.remove(quad)
        judge_again(store)
        return find_changed(before, Graph(Embedded(store)), [])
    finally:
        for quad in _judge(store):
            store.remove(quad)
        store.extend(taken | judged)


def _judge(store: Store) -> set[Quad]:
    return {quad for one in JUDGED for quad in store.quads_for_pattern(None, one, None, None)}
