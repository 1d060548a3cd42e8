"""Which part of the causal graph a view shows: the surroundings of terms, the routes between two, or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from kg.causal import CausalGraph, Claim
from kg.errors import UsageError
from kg.paths import Route, routes
from kg.view import View, render
from kg.view.part import READABLE

#: A picture of routes draws the best of them; beyond this they no longer add states that matter.
MOST_ROUTES = 40


def everything(causal: CausalGraph) -> View:
    """The view of the whole causal graph."""
    return _drawn(causal, causal.claims, "The whole causal graph", None)


def surroundings(causal: CausalGraph, centres: Sequence[str], depth: int) -> View:
    """The view of all that lies within ``depth`` claims of the states ``centres``, up- and downstream."""
    title = "Around " + " and ".join(causal.label(iri) for iri in centres)
    return _drawn(causal, _around(causal, set(centres), depth), title, centres[0], centres)


def between(causal: CausalGraph, cause: str, effect: str) -> View:
    """The view of the best routes from ``cause`` to ``effect``.

    Raises:
        UsageError: no route joins the two.
    """
    found = list(islice(routes(causal, cause, effect), MOST_ROUTES))
    if not found:
        ends = f"{causal.label(cause)} to {causal.label(effect)}"
        raise UsageError(f"no causal route leads from {ends}; try them the other way round")
    return of_routes(causal, found)


def of_routes(causal: CausalGraph, found: list[Route]) -> View:
    """The view of routes that were found already; they share both ends."""
    cause, effect = found[0].states[0], found[0].states[-1]
    claims = {claim.iri: claim for route in found for claim in route.claims}
    title = f"From {causal.label(cause)} to {causal.label(effect)}"
    return _drawn(causal, claims.values(), title, cause, first=_best(found))


def _best(found: Iterable[Route]) -> set[str]:
    """The states of as many of the routes as a reader takes in at a glance."""
    states: set[str] = set()
    for route in found:
        if states and len(states.union(route.states)) > READABLE:
            break
        states.update(route.states)
    return states


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


def _drawn(
    causal: CausalGraph,
    claims: Iterable[Claim],
    title: str,
    start: str | None,
    always: Iterable[str] = (),
    first: Iterable[str] = (),
) -> View:
    kept = sorted(claims, key=lambda claim: claim.iri)
    shown = {state for claim in kept for state in (claim.cause, claim.effect)} | set(always)
    part = CausalGraph({iri: state for iri, state in causal.states.items() if iri in shown}, tuple(kept))
    return View(render(part, title=title, start=start, first=first, whole=causal), title)
