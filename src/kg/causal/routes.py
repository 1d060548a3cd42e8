"""The answer of ``kg paths``: routes as values, as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from kg.causal.answer import Answer, named, own_part, step
from kg.causal.different import different
from kg.causal.frozen import Frozen
from kg.causal.loader import told
from kg.causal.paths import MAX_STEPS, Route, routes
from kg.causal.strength import unmet
from kg.causal.upstream import Upstream
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, ClassVar

    from kg.causal.model import CausalGraph, Claim
    from kg.grounding.resolve import Asked, Term


class Routes(Answer, Frozen, Sequence[Route]):
    """The first routes from a cause to an effect, different ways first, each the strongest of its kind.

    Attributes:
        causal: the states and claims of the routes, with their evidence.
        cause, effect: the IRIs of both ends.
        found: the routes.
        more: whether there are others that are as worth telling.
        weaker: whether weaker ones were left out.
    """

    _fields = ("causal", "cause", "effect", "found", "more", "weaker")
    _defaults: ClassVar[dict[str, Any]] = {"weaker": False}
    causal: CausalGraph
    cause: str
    effect: str
    found: tuple[Route, ...]
    more: bool
    weaker: bool

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: Any) -> Any:
        return self.found[place]

    def __iter__(self) -> Iterator[Route]:
        return iter(self.found)

    def table(self) -> Table:
        """A row for each route."""
        rows = [
            [one.sign, f"{one.strength:.3f}", one.certainty, str(len(one.claims)), chain(self.causal, one.claims)]
            for one in self
        ]
        return Table(("sign", "strength", "certainty", "steps", "route"), rows)

    def to_dict(self) -> dict[str, Any]:
        return routes_to_dict(self.causal, self.cause, self.effect, self.found, self.more, self.weaker)


def between(
    rows: Asked, cause: Term, effect: Term, max_steps: int = MAX_STEPS, limit: int = 10, least: float | None = None
) -> Routes:
    """The first routes between two terms, read upstream of the effect; parameters as of :meth:`kg.Graph.paths`."""
    graph = Upstream(rows, cause, effect)
    chosen, more, weaker = different(routes(graph, cause.iri, effect.iri, max_steps), limit, least)
    found = told(rows, chosen)
    own = own_part(graph, [claim for route in found for claim in route.claims], [cause.iri, effect.iri])
    return Routes(own, cause.iri, effect.iri, tuple(found), more, weaker)


def route_to_dict(causal: CausalGraph, found: Route) -> dict[str, Any]:
    """One route: its sign, its length, its strength, the certainty of its weakest step, and its steps."""
    gates = unmet(causal, found.claims)
    steps = [step(causal, claim, open_gates=open_gates) for claim, open_gates in zip(found.claims, gates, strict=True)]
    return {
        "sign": found.sign,
        "length": len(steps),
        "strength": round(found.strength, 4),
        "certainty": found.certainty,
        "steps": steps,
    }


def routes_to_dict(
    causal: CausalGraph, cause: str, effect: str, found: Sequence[Route], more: bool, weaker: bool = False
) -> dict[str, Any]:
    """The answer of ``kg paths``; ``more`` says whether there are routes beyond the limit, ``weaker`` whether some were too weak."""
    paths = [route_to_dict(causal, one) for one in found]
    ends = {"cause": named(causal, cause), "effect": named(causal, effect)}
    return {**ends, "paths": paths, "more": more, "weaker": weaker}


def chain(causal: CausalGraph, claims: tuple[Claim, ...]) -> str:
    """A route in a line: what promotes (``->``) and what inhibits (``-|``) what."""
    steps = [f"{'-|' if claim.sign < 0 else '->'} {causal.label(claim.effect)}" for claim in claims]
    return " ".join([causal.label(claims[0].cause), *steps])
