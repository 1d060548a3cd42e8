"""What each finding and circumstance of a person says for each state that may be the answer: by routes to findings and from circumstances."""

from __future__ import annotations

from math import log
from typing import NamedTuple

from kg.causal.best_routes import LONGEST, causes, effects
from kg.causal.model import KIND
from kg.causal.route import Route
from kg.causal.strength import DEGREE, DEGREE_SEEN, EXPLAINING, FREQUENCY, PROMINENCE, STEP, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.causal.model import CausalGraph, Claim

#: Kinds of state that explain something to a person. A step of mechanism does not, and a finding is what is explained.
CANDIDATES = ("NutrientStatus", "Condition", "Exposure")
#: What leads to a wider finding says of a narrower one: weakness of facial weakness.
WIDER = 0.4
#: A circumstance counts by a short route: by a long one everything leads everywhere.
NEAR = 2


class Case(NamedTuple):
    """What is known of a person: findings present and absent, and circumstances, as IRIs of states.

    ``risks`` are claims that a group of people is at risk of a state, for the groups that the person belongs to;
    ``kinds`` are pairs of a narrower state and the wider one that it is a kind of, for the findings; ``people`` are the groups.
    """

    present: tuple[str, ...]
    absent: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    risks: tuple[Claim, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()


def specificity(routes: Mapping[str, Route], rivals: int) -> float:
    """How much a finding says: the logarithm of how many candidates there are for each one that leads to it.

    Each counts as far as its route carries: a finding with two causes next door and a hundred far off is a telling one.
    """
    return log(1 + rivals / sum(route.strength for route in routes.values())) if routes else 0.0


def read(graph: CausalGraph, case: Case) -> None:
    """Read what the clues need, from all findings and circumstances at once: a remote graph is asked a few times only."""
    graph.ahead(())  # what is a kind of what is known from then on
    upstream = {*case.present, *case.absent, *(state for pair in case.kinds for state in pair)}
    downstream = {*case.present, *(iri for state in case.context for iri in graph.meeting(state))}
    downstream |= {claim.effect for claim in case.risks}
    for step in range(LONGEST):
        graph.ahead(upstream | downstream if step < NEAR else upstream)
        graph.onward(downstream if step < NEAR else ())
        upstream = {claim.cause for state in upstream for claim in graph.into.get(state, ())}
        downstream = {claim.effect for state in downstream for claim in graph.out.get(state, ())}


class Clues:
    """What each finding and circumstance says of each candidate, as the best route between the two."""

    def __init__(self, graph: CausalGraph, case: Case, rivals: int) -> None:
        self.graph, self.case = graph, case
        self.told = {*case.present, *case.context, *case.people}
        self.present = {finding: self._of_candidates(self._causes(finding, wider=True)) for finding in case.present}
        self.absent = {finding: self._of_candidates(self._causes(finding, wider=False)) for finding in case.absent}
        self.groups: dict[str, dict[str, Route]] = {}
        self.context = {state: self._of_candidates(self._effects(state)) for state in case.context}
        self.itself = {state: self._of_candidates(effects(graph, state, NEAR, self.told)) for state in case.present}
        for claim in case.risks:
            if claim.status != "refuted":
                self._add_risk(claim)
        for finding, routes in self.present.items():
            if graph.states[finding].kind == "NutrientStatus":
                routes[finding] = Route((), 1.0)  # where the lack itself was measured
        self.specificity = {
            state: specificity(routes, rivals) for state, routes in (*self.present.items(), *self.absent.items())
        }

    def _causes(self, finding: str, wider: bool) -> dict[str, Route]:
        """What leads to a finding: to it, to a kind of it, and, a step further, to what it is a kind of; ``wider`` if it is there."""
        degree = DEGREE_SEEN if wider else DEGREE
        found = causes(self.graph, finding, told=self.told, shares=EXPLAINING, degree=degree)
        for narrow, wide in self.case.kinds:
            if wide == finding:
                _better(found, causes(self.graph, narrow, told=self.told, shares=EXPLAINING, degree=degree), 1.0)
            elif narrow == finding and wider:
                # What brings another kind of the wide one, as swollen joints, says nothing of a swollen muscle.
                routes = causes(self.graph, wide, told=self.told, shares=EXPLAINING, degree=degree)
                _better(found, {iri: route for iri, route in routes.items() if route.claims[-1].relation != KIND}, WIDER)
        return found

    def _effects(self, circumstance: str) -> dict[str, Route]:
        """What a circumstance makes likelier, by itself and by its degrees: who takes vitamin D may take too much."""
        found = effects(self.graph, circumstance, NEAR, self.told)
        for iri, route in found.items():
            [first, *more] = route.claims
            if not more and first.frequency and self._mostly_brings(first):
                found[iri] = Route(route.claims, max(route.strength, STEP * FREQUENCY[""] * PROMINENCE[first.prominence]))
        for narrow in sorted(self.graph.meeting(circumstance) - {circumstance}):
            if self.graph.states[narrow].kind == "Exposure":
                _better(found, effects(self.graph, narrow, NEAR, self.told), DEGREE)
        return found

    def _mostly_brings(self, claim: Claim) -> bool:
        """Whether a cause makes at least half of what surely leads straight to its effect.

        How seldom the effect is then says nothing: few who take statins get the muscle disease of statins, and nobody else.
        """
        own = self.graph.meeting(claim.cause)
        others = [one for one in self.graph.into.get(claim.effect, ()) if one.sign > 0 and one.status != "refuted"]
        # What acts only together with the cause is no other way.
        others = [one for one in others if one.cause not in own and own.isdisjoint(one.only_when)]
        rest = [one for one in others if self.graph.states[one.cause].kind in CANDIDATES]
        return sum(PROMINENCE[one.prominence] for one in rest if one.relation != KIND) <= PROMINENCE[claim.prominence]

    def _of_candidates(self, routes: dict[str, Route]) -> dict[str, Route]:
        return {iri: route for iri, route in routes.items() if self.graph.states[iri].kind in CANDIDATES}

    def _add_risk(self, claim: Claim) -> None:
        routes = self.groups.setdefault(claim.cause, {})
        onward = self._of_candidates({claim.effect: Route((), 1.0), **effects(self.graph, claim.effect, NEAR - 1, self.told)})
        _better(routes, {iri: Route((claim, *route.claims), route.strength) for iri, route in onward.items()}, weight(claim))


def _better(known: dict[str, Route], others: dict[str, Route], kept: float) -> None:
    """Take over those of other ways that are stronger, after they lost what is not kept."""
    for iri, route in others.items():
        if iri not in known or known[iri].strength < kept * route.strength:
            known[iri] = Route(route.claims, kept * route.strength)
