"""The best routes between one state and all others within a few steps: what leads to it, and what it leads to."""

from __future__ import annotations

from kg.causal.route import Route
from kg.causal.strength import DEGREE, FREQUENCY, worth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.causal.model import CausalGraph, Claim

#: Longer routes keep next to nothing.
LONGEST = 3
#: Weaker chains are not followed.
LEAST = 0.01


def causes(
    graph: CausalGraph,
    effect: str,
    longest: int = LONGEST,
    told: Collection[str] = (),
    shares: Mapping[str, float] = FREQUENCY,
    degree: float = DEGREE,
) -> dict[str, Route]:
    """The states that promote ``effect`` on the whole, each with its best route there; parameters as of :func:`~kg.causal.strength.worth`."""
    return _Walk(graph, effect, True, told, LEAST, shares, degree).routes(longest)


def effects(
    graph: CausalGraph, cause: str, longest: int = LONGEST, told: Collection[str] = (), least: float = LEAST
) -> dict[str, Route]:
    """The states that ``cause`` promotes on the whole, each with its best route there.

    Parameters:
        least: chains of several steps that are worth less are not followed; a chain is never worth more than its beginning.
    """
    return _Walk(graph, cause, False, told, least).routes(longest)


class _Walk:
    """A walk by layers that keeps the best chain to each state, apart for each sign: two inhibitions promote.

    Where claims have gates a chain may be worth more once what meets them comes before it; such a chain is followed as
    long as it may come to more than the best of its state.
    """

    def __init__(
        self,
        graph: CausalGraph,
        start: str,
        back: bool,
        told: Collection[str],
        least: float = LEAST,
        shares: Mapping[str, float] = FREQUENCY,
        degree: float = DEGREE,
    ) -> None:
        self.graph, self.start, self.back, self.told, self.least = graph, start, back, told, least
        self.shares, self.degree = shares, degree
        self.best: dict[tuple[str, int], Route] = {}
        self.hope: dict[tuple[str, int], float] = {}

    def routes(self, longest: int) -> dict[str, Route]:
        edge: list[tuple[str, int, tuple[Claim, ...]]] = [(self.start, 1, ())]
        for _ in range(longest):
            states = {state for state, _, _ in edge}
            if self.back or states != {self.start}:
                self.graph.ahead(states)  # what leads to a state says whether it is a hub
            if not self.back:
                self.graph.onward(states)
            reached: dict[tuple[tuple[str, int], bool], tuple[Claim, ...]] = {}
            for state, sign, chain in edge:
                for claim in (self.graph.into if self.back else self.graph.out).get(state, ()):
                    self._step(claim, sign, chain, reached)
            edge = [(state, sign, chain) for ((state, sign), _), chain in reached.items()]
        return {state: route for (state, sign), route in self.best.items() if sign > 0}

    def _step(
        self,
        claim: Claim,
        sign: int,
        chain: tuple[Claim, ...],
        reached: dict[tuple[tuple[str, int], bool], tuple[Claim, ...]],
    ) -> None:
        far = claim.cause if self.back else claim.effect
        if far == self.start or any(far in (one.cause, one.effect) for one in chain):
            return
        key, longer = (far, sign * claim.sign), (claim, *chain) if self.back else (*chain, claim)
        value = worth(self.graph, longer, self.told, self.shares, self.degree)
        known = self.best.get(key)
        if value.strength >= (self.least if chain else LEAST) and (known is None or value.strength > known.strength):
            self.best[key] = Route(longer, value.strength)
            if value.strength >= self.least:
                reached[key, False] = longer
        if self.back and value.hopeful > max(value.strength, self.hope.get(key, LEAST)):
            self.hope[key] = value.hopeful
            reached[key, True] = longer
