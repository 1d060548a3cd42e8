"""Causal routes from one state to another.

A route is a chain of claims without a state twice. The order is that in which a textbook would tell them: first by the
certainty of the weakest step, then by length, then by the labels passed. Refuted claims take no part.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.causal import CERTAINTIES, CausalGraph, Claim

#: Longer chains are formally there and say nothing.
MAX_STEPS = 12


@dataclass(frozen=True, slots=True)
class Route:
    """One causal route: its claims in order."""

    claims: tuple[Claim, ...]

    @property
    def sign(self) -> str:
        """``+`` where the cause promotes the effect over the whole route, ``-`` where it inhibits it."""
        product = 1
        for claim in self.claims:
            product *= claim.sign
        return "+" if product > 0 else "-"

    @property
    def certainty(self) -> str:
        """The certainty of the weakest step."""
        return max((claim.certainty for claim in self.claims), key=CERTAINTIES.index)

    @property
    def states(self) -> tuple[str, ...]:
        """The IRIs of the states passed, both ends included."""
        return (self.claims[0].cause, *(claim.effect for claim in self.claims))


def routes(graph: CausalGraph, cause: str, effect: str, max_steps: int = MAX_STEPS) -> Iterator[Route]:
    """All routes from ``cause`` to ``effect`` (IRIs), best first, found one by one.

    For each certainty, from high to very low, the routes whose weakest step has it are found by growing length: a
    depth-first walk that never enters a state from which the effect is out of reach in the steps that are left.
    """
    for rank in range(len(CERTAINTIES)):

        def allowed(claim: Claim, rank: int = rank) -> bool:
            return claim.status != "refuted" and CERTAINTIES.index(claim.certainty) <= rank

        distance = _distances(graph, effect, allowed)
        if cause not in distance or cause == effect:
            continue
        longest = min(max_steps, len(distance))
        for length in range(distance[cause], longest + 1):
            found = (Route(chain) for chain in _chains(graph, cause, effect, length, distance, allowed))
            weakest = [route for route in found if route.certainty == CERTAINTIES[rank]]
            yield from sorted(weakest, key=lambda route: [graph.label(state) for state in route.states])


def first(found: Iterator[Route], limit: int) -> tuple[list[Route], bool]:
    """The first ``limit`` routes, and whether there are more."""
    taken = list(islice(found, limit + 1))
    return taken[:limit], len(taken) > limit


def _distances(graph: CausalGraph, effect: str, allowed: Callable[[Claim], bool]) -> dict[str, int]:
    distance = {effect: 0}
    queue = deque([effect])
    while queue:
        state = queue.popleft()
        for claim in graph.into.get(state, ()):
            if claim.cause not in distance and allowed(claim):
                distance[claim.cause] = distance[state] + 1
                queue.append(claim.cause)
    return distance


def _chains(
    graph: CausalGraph,
    cause: str,
    effect: str,
    length: int,
    distance: dict[str, int],
    allowed: Callable[[Claim], bool],
) -> Iterator[tuple[Claim, ...]]:
    """Chains of exactly ``length`` claims; an explicit stack, since a chain may be longer than Python's own."""
    chain: list[Claim] = []
    seen = {cause}
    stack = [iter(graph.out.get(cause, ()))]
    while stack:
        claim = next(stack[-1], None)
        if claim is None:
            stack.pop()
            if chain:
                seen.discard(chain.pop().effect)
            continue
        left = length - len(chain) - 1
        if claim.effect in seen or distance.get(claim.effect, length) > left or not allowed(claim):
            continue
        if claim.effect == effect:
            if left == 0:
                yield (*chain, claim)
            continue
        chain.append(claim)
        seen.add(claim.effect)
        stack.append(iter(graph.out.get(claim.effect, ())))
