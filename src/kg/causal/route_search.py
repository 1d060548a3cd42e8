"""Causal routes from one state to another, the strongest first.

A route is a chain of claims without a state twice; from a state back to itself it is a loop. What a route is worth is
:func:`kg.causal.strength.worth`; of equals the shorter comes first, then the order of the labels passed. Refuted claims
take no part.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count, islice

from kg.causal.model import KIND
from kg.causal.route import Route
from kg.causal.strength import HUB, STEP, weight, worth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.causal.model import CausalGraph, Claim

#: Longer chains are formally there and say nothing.
MAX_STEPS = 6
#: Strengths are products of decimal numbers: what differs by less is alike.
_GRAIN = 1e-9


def routes(
    graph: CausalGraph, cause: str | Sequence[str], effect: str, max_steps: int = MAX_STEPS, told: Collection[str] = ()
) -> Iterator[Route]:
    """All routes from ``cause`` to ``effect`` (IRIs) that are worth anything, the strongest first, found one by one.

    Of several causes each starts its own routes, and none passes another one.

    The graph is read upstream from the effect, a step at a time, and a route is reported as soon as nothing that is still
    unread could be stronger. Where both ends are the same state, the routes are the feedback loops through it.

    Parameters:
        told: states, exposures and groups of people that are known to be there; they meet the gates of claims.
    """
    search = _Search(graph, (cause,) if isinstance(cause, str) else tuple(cause), effect, told)
    reported: set[tuple[Claim, ...]] = set()
    for steps in range(1, max_steps + 1):
        unread = search.look_back() if steps < max_steps else search.look_back() * 0.0
        for route in search.find(steps, unread):
            if route.claims not in reported:
                reported.add(route.claims)
                yield route
        if not search.layers[-1]:
            return


def first(found: Iterator[Route], limit: int) -> tuple[list[Route], bool]:
    """The first ``limit`` routes, and whether there are more."""
    taken = list(islice(found, limit + 1))
    return taken[:limit], len(taken) > limit


class _Search:
    """The walk from the cause onward, led by what is at most to be had from each state to the effect."""

    def __init__(self, graph: CausalGraph, causes: tuple[str, ...], effect: str, told: Collection[str]) -> None:
        self.graph, self.causes, self.effect, self.told = graph, causes, effect, told
        #: For each number of steps, what a chain of exactly so many is worth at most from a state to the effect.
        self.layers: list[dict[str, float]] = [{effect: 1.0}]
        #: The same for so many steps or fewer.
        self.within: list[dict[str, float]] = [{effect: 1.0}]
        self.ordered: dict[str, list[Claim]] = {}

    def look_back(self) -> float:
        """Go one step further back from the effect; what a route that starts further off is worth at most."""
        self.graph.ahead(self.layers[-1])
        self.ordered.clear()
        layer: dict[str, float] = {}
        for state, kept in self.layers[-1].items():
            # Nothing comes before a cause; in a loop it is the effect as well.
            if state in self.causes and len(self.layers) > 1:
                continue
            passed = kept * (HUB if state != self.effect and self.graph.is_hub(state) else 1.0)
            for claim in self.graph.into.get(state, ()):
                # A hub costs nothing where a wider name of it comes next, and whether the cause is one is not known yet.
                value = passed * weight(claim) / (HUB if claim.relation == KIND else 1.0)
                if value > layer.get(claim.cause, 0.0) and (claim.cause != self.effect or self.effect in self.causes):
                    layer[claim.cause] = value
        self.layers.append(layer)
        known = dict(self.within[-1])
        for state, value in layer.items():
            known[state] = max(value, known.get(state, 0.0))
        self.within.append(known)
        return STEP * max((value for state, value in layer.items() if state not in self.causes), default=0.0)

    def find(self, steps: int, at_least: float) -> Iterator[Route]:
        """The routes of at most so many steps that are worth at least so much, best first."""
        label, number = self.graph.label, count()
        # An entry: what the route may still be worth, its length and labels if it is whole, and the chain so far.
        heap: list[tuple[float, int, tuple[str, ...], int, tuple[Claim, ...], float]] = [(-1.0, 0, (), 0, (), 1.0)]
        while heap:
            _hope, length, labels, _, chain, strength = heappop(heap)
            if length:
                yield Route(chain, strength)
                continue
            seen = {*self.causes, *(claim.effect for claim in chain)}
            within = self.within[steps - len(chain) - 1]
            for claim in (
                self._onward(chain[-1].effect) if chain else [one for cause in self.causes for one in self._onward(cause)]
            ):
                whole = claim.effect == self.effect
                if (claim.effect in seen and not whole) or claim.effect not in within:
                    continue
                longer = (*chain, claim)
                value = worth(self.graph, longer, self.told).strength
                left = value
                if not whole:
                    left *= within[claim.effect] * (HUB if self.graph.is_hub(claim.effect) else 1.0)
                if left <= 0 or left < at_least - _GRAIN:
                    continue
                told = (*labels, label(claim.effect))
                entry = (-round(left, 9), len(longer) if whole else 0, told, next(number), longer, value)
                heappush(heap, entry)

    def _onward(self, state: str) -> list[Claim]:
        if state not in self.ordered:
            label = self.graph.label
            found = sorted(self.graph.out.get(state, ()), key=lambda claim: (label(claim.effect), claim.effect, claim.iri))
            self.ordered[state] = [claim for claim in found if weight(claim) > 0]
        return self.ordered[state]
