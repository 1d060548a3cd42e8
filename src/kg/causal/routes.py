"""The answer of ``kg paths``: routes as values, as a table, and as JSON."""

from __future__ import annotations

from kg.causal.answer import Answer, named, step
from kg.causal.paths import Route
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.causal.model import CausalGraph, Claim


class Routes(Answer, list[Route]):
    """The first routes from a cause to an effect, best first; ``more`` says whether there are others."""

    def __init__(self, causal: CausalGraph, cause: str, effect: str, found: Iterable[Route], more: bool) -> None:
        super().__init__(found)
        self.causal, self.cause, self.effect, self.more = causal, cause, effect, more

    def table(self) -> Table:
        """A row for each route."""
        rows = [[one.sign, one.certainty, str(len(one.claims)), chain(self.causal, one.claims)] for one in self]
        return Table(("sign", "certainty", "steps", "route"), rows)

    def to_dict(self) -> dict[str, Any]:
        return routes_to_dict(self.causal, self.cause, self.effect, self, self.more)


def route_to_dict(causal: CausalGraph, found: Route) -> dict[str, Any]:
    """One route: its sign, its length, the certainty of its weakest step, and its steps."""
    steps = [step(causal, claim) for claim in found.claims]
    return {"sign": found.sign, "length": len(steps), "certainty": found.certainty, "steps": steps}


def routes_to_dict(causal: CausalGraph, cause: str, effect: str, found: list[Route], more: bool) -> dict[str, Any]:
    """The answer of ``kg paths``; ``more`` says whether there are routes beyond the limit."""
    routes = [route_to_dict(causal, one) for one in found]
    return {"cause": named(causal, cause), "effect": named(causal, effect), "paths": routes, "more": more}


def chain(causal: CausalGraph, claims: tuple[Claim, ...]) -> str:
    """A route in a line: what promotes (``->``) and what inhibits (``-|``) what."""
    steps = [f"{'-|' if claim.sign < 0 else '->'} {causal.label(claim.effect)}" for claim in claims]
    return " ".join([causal.label(claims[0].cause), *steps])
