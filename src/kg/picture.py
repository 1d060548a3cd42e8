"""Which part of the causal graph a view shows: the surroundings of terms, the routes between two, or all of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from kg.causal import CausalGraph, Claim
from kg.errors import UsageError
from kg.paths import Route, routes
from kg.view import View, render

if TYPE_CHECKING:
    from kg.graph import Graph

#: A picture of routes draws the best of them; beyond this they no longer add states that matter.
MOST_ROUTES = 40


def picture(
    graph: Graph, terms: Iterable[str] = (), depth: int = 2, cause: str | None = None, effect: str | None = None
) -> View:
    """The view of what was asked for; see :meth:`kg.graph.Graph.view`.

    Raises:
        UsageError: one end of a route without the other, or ends that no route joins.
    """
    causal = graph.causal()
    if cause or effect:
        if not (cause and effect):
            raise UsageError("a route has two ends; give both --from and --to")
        return _of_routes(causal, graph.term(cause, "State").iri, graph.term(effect, "State").iri)
    centres = [graph.term(name, "State") for name in terms]
    if not centres:
        return _drawn(causal, causal.claims, "The whole causal graph", None)
    claims = _around(causal, {term.iri for term in centres}, depth)
    title = "Around " + " and ".join(term.label for term in centres)
    return _drawn(causal, claims, title, centres[0].iri, {term.iri for term in centres})


def routes_picture(causal: CausalGraph, found: list[Route]) -> View:
    """The view of routes that were found already; they share both ends."""
    cause, effect = found[0].states[0], found[0].states[-1]
    claims = {claim.iri: claim for route in found for claim in route.claims}
    title = f"From {causal.label(cause)} to {causal.label(effect)}"
    return _drawn(causal, claims.values(), title, cause)


def _of_routes(causal: CausalGraph, cause: str, effect: str) -> View:
    found = list(islice(routes(causal, cause, effect), MOST_ROUTES))
    if not found:
        raise UsageError(
            f"no causal route leads from {causal.label(cause)} to {causal.label(effect)}; try them the other way round"
        )
    return routes_picture(causal, found)


def _around(causal: CausalGraph, centres: set[str], depth: int) -> list[Claim]:
    chosen: dict[str, Claim] = {}
    for side, end in ((causal.out, "effect"), (causal.into, "cause")):
        reached = edge = set(centres)
        for _ in range(depth):
            claims = [claim for state in sorted(edge) for claim in side.get(state, ())]
            chosen.update((claim.iri, claim) for claim in claims)
            edge = {getattr(claim, end) for claim in claims} - reached
            reached = reached | edge
    return list(chosen.values())


def _drawn(causal: CausalGraph, claims: Iterable[Claim], title: str, start: str | None, always: Iterable[str] = ()) -> View:
    kept = sorted(claims, key=lambda claim: claim.iri)
    shown = {state for claim in kept for state in (claim.cause, claim.effect)} | set(always)
    part = CausalGraph({iri: state for iri, state in causal.states.items() if iri in shown}, tuple(kept))
    return View(render(part, title=title, start=start), title)
