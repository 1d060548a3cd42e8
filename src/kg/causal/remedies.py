"""The few states whose correction would end a finding: its strongest causes, and the smallest sets that hit all of them."""

from __future__ import annotations

from kg.causal.answer import Answer, name_state, own_part
from kg.causal.best_routes import causes
from kg.causal.correct import CORRECTABLE
from kg.causal.cut_sets import Net, smallest_sets
from kg.causal.frozen import Frozen
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.causal.model import CausalGraph
    from kg.causal.route import Route

#: What is weaker than this share of the strongest cause is not among the few that matter.
MATTERS = 0.3
#: A set with more states than this helps nobody.
MOST_STATES = 6


class Remedies(Answer, Frozen):
    """What to correct so that a finding ends.

    Attributes:
        causal: the states and claims of the routes.
        finding: the finding.
        causes: the states that can be corrected and lead there most strongly, each with its strength, the strongest first.
        sets: the smallest sets of these without which none of their routes is left; none of them holds another.
        more: whether there are more causes or sets than were asked for.
    """

    _fields = ("causal", "finding", "causes", "sets", "more")
    causal: CausalGraph
    finding: str
    causes: dict[str, float]
    sets: tuple[tuple[str, ...], ...]
    more: bool

    @classmethod
    def of(cls, causal: CausalGraph, finding: str, limit: int) -> Remedies:
        """The strongest causes of a finding (IRI), and the first ``limit`` smallest sets to correct."""
        routes = {iri: route for iri, route in causes(causal, finding).items() if causal.states[iri].kind in CORRECTABLE}
        order = sorted(routes, key=lambda iri: (-round(routes[iri].strength, 6), causal.label(iri)))
        few = [iri for iri in order if routes[iri].strength >= MATTERS * routes[order[0]].strength]
        sets, more = _sets(causal, finding, {iri: routes[iri] for iri in few}, limit)
        own = own_part(causal, [claim for iri in few for claim in routes[iri].claims], [finding])
        strengths = {iri: round(routes[iri].strength, 4) for iri in few[:limit]}
        return cls(own, finding, strengths, sets, more or len(few) > limit)

    def table(self) -> Table:
        """A row for each cause and for each set of states."""
        rows = [["cause", f"{strength:.3f}", self.causal.label(iri)] for iri, strength in self.causes.items()]
        rows += [["set", str(len(one)), "; ".join(map(self.causal.label, one))] for one in self.sets]
        return Table(("what", "strength or states", "to correct"), rows)

    def to_dict(self) -> dict[str, Any]:
        return {
            "finding": name_state(self.causal, self.finding),
            "causes": [{**name_state(self.causal, iri), "strength": strength} for iri, strength in self.causes.items()],
            "minimal_sets": [[name_state(self.causal, iri) for iri in one] for one in self.sets],
            "more": self.more,
        }


def _sets(graph: CausalGraph, finding: str, routes: dict[str, Route], limit: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The smallest sets that hit the best route of every cause that matters; none where each would hold too many states."""
    into: dict[str, set[str]] = {finding: set()}
    for route in routes.values():
        for claim in route.claims:
            into.setdefault(claim.effect, set()).add(claim.cause)
            into.setdefault(claim.cause, set())
    net = Net({state: sorted(before) for state, before in sorted(into.items())}, frozenset(routes))
    found, more = smallest_sets(net, finding, frozenset(routes), limit)

    def order(one: tuple[str, ...]) -> tuple[int, float, list[str]]:
        return len(one), -round(sum(routes[iri].strength for iri in one), 6), [graph.label(iri) for iri in one]

    small = [tuple(sorted(one, key=graph.label)) for one in found if len(one) <= MOST_STATES]
    return tuple(sorted(small, key=order)), more and bool(small)
