"""What leads how strongly to what within a few steps: records that let any SPARQL engine answer a question that reaches.

One record for each pair of a state and another one that it promotes on the whole by a route of
:data:`kg.causal.best_routes.LONGEST` steps or fewer, worth :data:`LEAST` or more by the rules of :mod:`kg.causal.strength`; a
single step always has one, however weak. It holds the strength, the length and the weakest certainty of the best route, and its
first claim. Weaker influence is not an answer to a question; ``kg paths A B --strength 0`` shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.causal.best_routes import LONGEST, effects
from kg.causal.model import HUB, KIND, CausalGraph
from kg.causal.route import Route
from kg.rdf.namespaces import KG, RDF_TYPE, kg
from kg.rdf.vocabulary import CERTAINTIES, CERTAINTY_NAMES

#: The least strength of an influence that is written down.
LEAST = 0.12

_DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
_CERTAINTY = {label: name for name, label in CERTAINTY_NAMES.items()}


def influences(graph: CausalGraph) -> Iterator[Quad]:
    """The records of a graph whose claims are judged."""
    yield from _records_of(graph, graph.states)


def find_changed(store: Store, graph: CausalGraph, steps: Collection[tuple[str, str]]) -> tuple[set[Triple], set[Triple]]:
    """The records that a store has to lose and to gain where some causal steps, by their ends, were changed in it.

    A walk from a cause goes as before unless it comes to a state of which a step was changed, or which became a hub or is one
    no longer.

    Parameters:
        graph: the causal part of the store.
    """
    touched = {cause for cause, _ in steps}
    for _, effect in steps:
        causes = {claim.cause for claim in graph.into.get(effect, ()) if claim.relation != KIND}
        if abs(len(causes) - HUB) <= len(steps):
            touched.add(effect)
    for _ in range(LONGEST - 1):
        touched |= {claim.cause for state in touched for claim in graph.into.get(state, ())}
    names = [quad.subject for cause in touched for quad in store.quads_for_pattern(None, kg("from"), NamedNode(cause), None)]
    known = {quad.triple for name in names for quad in store.quads_for_pattern(name, None, None, None)}
    found = {quad.triple for quad in _records_of(graph, touched & graph.states.keys())}
    return known - found, found - known


def _records_of(graph: CausalGraph, causes: Collection[str]) -> Iterator[Quad]:
    """The records of what some states lead to."""
    for cause in sorted(causes):
        for effect, route in sorted(effects(graph, cause, least=LEAST).items()):
            # That a state is a kind of another one is not influence; what the wider one brings it about too is told of the wider one.
            if route.claims[0].relation != KIND and (route.strength >= LEAST or len(route.claims) == 1):
                yield from _record(graph, cause, effect, route)


def influences_of(store: Store) -> set[Quad]:
    """The records that a store holds."""
    names = [quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, kg("Influence"))]
    return {quad for name in names for quad in store.quads_for_pattern(name, None, None)}


def _record(graph: CausalGraph, cause: str, effect: str, route: Route) -> Iterator[Quad]:
    name = NamedNode(f"{KG}influence/{_local(cause)}_{_local(effect)}")
    weakest = CERTAINTIES[max(claim.rank for claim in route.claims)]
    yield Quad(name, RDF_TYPE, kg("Influence"))
    yield Quad(name, kg("from"), NamedNode(cause))
    yield Quad(name, kg("to"), NamedNode(effect))
    yield Quad(name, kg("strength"), Literal(f"{route.strength:.3f}", datatype=_DECIMAL))
    yield Quad(name, kg("weakestCertainty"), kg(_CERTAINTY[weakest]))
    yield Quad(name, kg("length"), Literal(len(route.claims)))
    yield Quad(name, kg("firstStep"), NamedNode(route.claims[0].iri))


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]
