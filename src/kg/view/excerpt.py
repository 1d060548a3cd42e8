"""The part of a map that is drawn first: the states joined to its start by the most prominent claims."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush

from kg.causal.model import CausalGraph
from kg.rdf.vocabulary import MOST_PROMINENT

#: So many states are read at a glance; of more the most prominent part is shown first.
READABLE = 45
#: Beyond this nobody reads the whole map: the page shows neighbourhoods, and the table holds all claims.
DRAWN = 200


def most_prominent(graph: CausalGraph, starts: Iterable[str] = (), limit: int = READABLE) -> set[str]:
    """At most ``limit`` states: those nearest to ``starts`` by the least prominent claim on the way, then by the number of claims.

    Without a start the state with the most claims is one. What is joined to no start comes last.
    """
    found: set[str] = set()
    ways = [(0, 0, graph.label(iri), iri) for iri in starts] or [(0, 0, "", busiest(graph))]
    rest = iter(sorted(graph.states, key=graph.label))
    while len(found) < min(limit, len(graph.states)):
        if not ways:
            iri = next(iri for iri in rest if iri not in found)
            ways.append((0, 0, graph.label(iri), iri))
        weakest, steps, _, state = heappop(ways)
        if state in found:
            continue
        found.add(state)
        for side, end in ((graph.out, "effect"), (graph.into, "cause")):
            for claim in side.get(state, ()):
                other = getattr(claim, end)
                if other not in found:
                    heappush(ways, (max(weakest, MOST_PROMINENT - claim.prominence), steps + 1, graph.label(other), other))
    return found


def busiest(graph: CausalGraph) -> str:
    """The state with the most claims, the first of several."""
    return max(graph.states, key=lambda iri: len(graph.out.get(iri, ())) + len(graph.into.get(iri, ())))
