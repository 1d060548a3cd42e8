"""Causal routes from one state to another.

A route is a chain of claims without a state twice; from a state back to itself it is a loop. The order is that in which a textbook would tell them: first by the
certainty of the weakest step; then by length, where passing a hub counts as a step more; then by the labels passed.
Refuted claims take no part, and a finding is passed only where a claim says what it leads to.
"""

from __future__ import annotations

from itertools import islice

from kg.causal.model import CERTAINTIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.causal.model import CausalGraph, Claim

#: Longer chains are formally there and say nothing.
MAX_STEPS = 12

# What may still be reached from a state: the effect at all, and the effect over a step of the certainty looked for.
_ANY, _RANKED = 1, 2

# After so many dead ends in a row the walk looks before each step whether the effect is still open: a look costs more
# than most dead ends, but a loop whose only way out was taken has more dead ends than anyone can wait for.
_PATIENCE = 200


class Route:
    """One causal route: its claims in order."""

    __slots__ = ("claims",)

    def __init__(self, claims: tuple[Claim, ...]) -> None:
        self.claims = claims

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Route) and self.claims == other.claims

    def __hash__(self) -> int:
        return hash(self.claims)

    def __repr__(self) -> str:
        return f"Route({' > '.join(claim.iri for claim in self.claims)})"

    @property
    def sign(self) -> str:
        """``+`` where the cause promotes the effect over the whole route, ``-`` where it inhibits it."""
        return "-" if sum(claim.sign < 0 for claim in self.claims) % 2 else "+"

    @property
    def certainty(self) -> str:
        """The certainty of the weakest step."""
        return CERTAINTIES[max(claim.rank for claim in self.claims)]

    @property
    def states(self) -> tuple[str, ...]:
        """The IRIs of the states passed, both ends included."""
        return (self.claims[0].cause, *(claim.effect for claim in self.claims))


def routes(graph: CausalGraph, cause: str, effect: str, max_steps: int = MAX_STEPS) -> Iterator[Route]:
    """All routes from ``cause`` to ``effect`` (IRIs), best first, found one by one.

    For each certainty, from high to very low, and for each length, a depth-first walk in the order of the labels that
    enters a state only where the effect is in reach with exactly what is left. So each route is told as it is found,
    nothing is sorted afterwards, and only claims upstream of the effect are looked at. Where both are the same state, the
    routes are the feedback loops through it.
    """
    for rank in range(len(CERTAINTIES)):
        search = _Search(graph, cause, effect, rank, max_steps)
        cost = 1
        while search.reachable(cost):
            yield from map(Route, search.chains(cost))
            cost += 1


def first(found: Iterator[Route], limit: int) -> tuple[list[Route], bool]:
    """The first ``limit`` routes, and whether there are more."""
    taken = list(islice(found, limit + 1))
    return taken[:limit], len(taken) > limit


class _Search:
    """The routes whose weakest step has the certainty ``rank``, by growing cost: a step each, and one more for a hub."""

    def __init__(self, graph: CausalGraph, cause: str, effect: str, rank: int, max_steps: int) -> None:
        self.graph, self.cause, self.effect, self.rank, self.max_steps = graph, cause, effect, rank, max_steps
        self.loop = cause == effect
        self.layers: list[dict[str, int]] = [{effect: _ANY}]
        self.upstream = {effect}
        self.last_new = 0
        self.ordered: dict[str, list[Claim]] = {}
        self.prices = {effect: 1}

    def reachable(self, cost: int) -> bool:
        """Work out from where the effect can be reached at exactly ``cost``; false where no route can cost so much."""
        self.graph.ahead(self.layers[-1])
        self.ordered.clear()
        layer: dict[str, int] = {}
        for back in (1, 2):
            for state, ways in self.layers[cost - back].items() if cost >= back else ():
                # Nothing comes before the start; in a loop it is the end as well, and that lies in the innermost layer alone.
                if (state != self.cause or cost == back) and self._price(state) == back:
                    self._step_back(state, ways, layer)
        self.layers.append(layer)
        if not self.upstream.issuperset(layer):
            self.upstream.update(layer)
            self.last_new = cost
        # Over a hub two units of cost are one step: only after two units without a new state is nothing left upstream.
        complete = cost - self.last_new > 1
        longest = min(self.max_steps, len(self.upstream) if complete else cost)
        return cost < 2 * longest and not (complete and self.cause not in self.upstream)

    def _step_back(self, state: str, ways: int, layer: dict[str, int]) -> None:
        for claim in self.graph.into.get(state, ()):
            if (claim.cause != self.effect or self.loop) and self._allowed(claim):
                ranked = _RANKED if claim.rank == self.rank or ways & _RANKED else 0
                layer[claim.cause] = layer.get(claim.cause, 0) | _ANY | ranked

    def chains(self, cost: int) -> Iterator[tuple[Claim, ...]]:
        """Chains of exactly ``cost``; an explicit stack, since a chain may be longer than Python's own."""
        if not self.layers[cost].get(self.cause, 0) & _RANKED:
            return
        chain: list[Claim] = []
        seen = {self.cause}
        spent, ranked = [0], [False]
        stack = [iter(self._onward(self.cause))]
        dead_ends = 0
        while stack:
            claim = next(stack[-1], None)
            if claim is None:
                dead_ends += 1
                stack.pop()
                spent.pop()
                ranked.pop()
                if chain:
                    seen.discard(chain.pop().effect)
                continue
            left = cost - spent[-1] - self._price(claim.effect)
            met = ranked[-1] or claim.rank == self.rank
            if claim.effect == self.effect:
                if left == 0 and met:
                    dead_ends = 0
                    yield (*chain, claim)
            elif self._leads_on(claim.effect, left, met) and claim.effect not in seen and len(chain) + 1 < self.max_steps:
                if dead_ends > _PATIENCE and not self._open(claim.effect, left, seen):
                    continue
                chain.append(claim)
                seen.add(claim.effect)
                spent.append(cost - left)
                ranked.append(met)
                stack.append(iter(self._onward(claim.effect)))

    def _leads_on(self, state: str, left: int, met: bool) -> bool:
        return left > 0 and bool(self.layers[left].get(state, 0) & (_ANY if met else _RANKED))

    def _open(self, state: str, left: int, seen: set[str]) -> bool:
        """Whether the effect is within ``left`` steps of a state without passing what was passed already."""
        edge, known = {state}, (seen | {state}) - {self.effect}
        for _ in range(left):
            edge = {claim.effect for one in edge for claim in self._onward(one)} - known
            if self.effect in edge:
                return True
            known |= edge
        return False

    def _onward(self, state: str) -> list[Claim]:
        if state not in self.ordered:
            label = self.graph.label
            allowed = [claim for claim in self.graph.out.get(state, ()) if self._allowed(claim)]
            self.ordered[state] = sorted(allowed, key=lambda claim: (label(claim.effect), claim.effect, claim.iri))
        return self.ordered[state]

    def _allowed(self, claim: Claim) -> bool:
        return claim.rank <= self.rank and claim.status != "refuted"

    def _price(self, state: str) -> int:
        if state not in self.prices:
            self.prices[state] = 2 if self.graph.is_hub(state) else 1
        return self.prices[state]
