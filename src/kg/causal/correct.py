"""What becomes of the findings when states are corrected, by what each of them loses.

A finding is led to by the states that are corrected, as strongly as their best routes are, and by a background of all
other causes, each of which is there now and then, but all of them in no more than a part of all people. What it loses
is the share of the states in the whole, as a noisy-or:

    share = s (1 - b) / (1 - (1 - s) (1 - b))        s: strength of the states, b: that of the background

Findings in which the states have no part worth telling are not in the answer.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.answer import Answer, name_state, own_part
from kg.causal.best_routes import effects
from kg.causal.frozen import Frozen
from kg.causal.model import FINDINGS, KIND
from kg.causal.strength import weight
from kg.errors import UsageError
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from kg.causal.model import CausalGraph
    from kg.causal.reversal import Reversal
    from kg.causal.route import Route
    from kg.grounding.resolve import Term

#: Kinds of state that can be corrected: by intake, by leaving an exposure, by treatment. A step of mechanism is corrected
#: through its causes, and a finding is what is to end.
CORRECTABLE = frozenset({"NutrientStatus", "Exposure", "Condition"})
#: The least strength with which the states must lead to a finding to have a part in it.
PART = 0.2
#: The same where the way there passes a further lack or excess, which may come or stay away: what that brings is its own correction.
PART_BEYOND = 0.4
#: What they lose of it at least for the finding to end, and at least to improve.
ENDS, IMPROVES = 0.6, 0.3
#: The kind of state that is a lack or an excess.
STATUS = "NutrientStatus"
#: How often each other cause is there beside them.
THERE = 0.03
#: How often all other causes together are there at most: no finding is there in most people, however many causes it has.
MOST_THERE = 0.4
#: How many causes that keep a finding are named.
MOST_CAUSES = 5
#: What may end: findings, and the conditions and the lacks that the states bring about.
ENDING = FINDINGS | {"Condition", "NutrientStatus"}


class Fate(NamedTuple):
    """What becomes of one finding: its share that goes, the best route of the corrected states, and its other causes."""

    share: float
    route: Route
    others: tuple[str, ...]


class Correction(Answer, Frozen):
    """What becomes of the findings that some states have a part in; the strongest route first in each group.

    Attributes:
        causal: the states and claims of the routes.
        corrected: the states that are corrected.
        lost: findings that end, or all but end.
        improved: findings that get better and have other causes too.
        kept: findings that mostly come from elsewhere, each with its strongest other causes.
        may_not_reverse: what may stay for good once it was brought about, with the words of the source.
        times: how long a finding takes to go back, where a source says.
        strengths: how strongly the states lead to each finding.
    """

    _fields = ("causal", "corrected", "lost", "improved", "kept", "may_not_reverse", "times", "strengths")
    causal: CausalGraph
    corrected: tuple[str, ...]
    lost: tuple[str, ...]
    improved: tuple[str, ...]
    kept: dict[str, tuple[str, ...]]
    may_not_reverse: dict[str, str]
    times: dict[str, str]
    strengths: dict[str, float]

    @classmethod
    def of(cls, causal: CausalGraph, states: Sequence[str]) -> Correction:
        """What becomes of the findings when states (IRIs) are corrected."""
        fates, brought = fates_of(causal, states)
        reversals = causal.reversals([claim for route in brought.values() for claim in route.claims])
        lasting, times = _sort_out(brought, reversals)
        # What does not go back neither ends nor improves; what goes back in part at most improves.
        fates = {iri: fate for iri, fate in fates.items() if iri not in lasting or lasting[iri].stays == 1}
        lost = tuple(iri for iri, fate in fates.items() if fate.share >= ENDS and iri not in lasting)
        kept = {iri: fate.others for iri, fate in fates.items() if fate.share < IMPROVES}
        improved = tuple(iri for iri in fates if iri not in lost and iri not in kept)
        strengths = {iri: round(fate.route.strength, 4) for iri, fate in fates.items()}
        part = [iri for others in kept.values() for iri in others]
        claims = [claim for iri, route in brought.items() if iri in fates or iri in lasting for claim in route.claims]
        own = own_part(causal, claims, [*states, *fates, *part, *lasting])
        why = {iri: last.in_words for iri, last in lasting.items()}
        spans = {iri: times[iri] for iri in fates if iri in times}
        return cls(own, tuple(states), lost, improved, kept, why, spans, strengths)

    def table(self) -> Table:
        """A row for each finding: what becomes of it, in what time, and what else leads to it."""
        label = self.causal.label
        rows = [[label(iri), "ends", self.times.get(iri, ""), ""] for iri in self.lost]
        rows += [[label(iri), "improves", self.times.get(iri, ""), ""] for iri in self.improved]
        rows += [[label(iri), "stays", "", "; ".join(map(label, others))] for iri, others in self.kept.items()]
        rows += [[label(iri), "may not go back", why, ""] for iri, why in self.may_not_reverse.items()]
        return Table(("finding", "what becomes of it", "time", "other causes"), rows)

    def to_dict(self) -> dict[str, Any]:
        return {
            "corrected": [name_state(self.causal, iri) for iri in self.corrected],
            "lost": [self._describe(iri) for iri in self.lost],
            "improved": [self._describe(iri) for iri in self.improved],
            "kept": [{**self._describe(iri), "through": list(others)} for iri, others in self.kept.items()],
            "may_not_reverse": [{**name_state(self.causal, iri), "why": why} for iri, why in self.may_not_reverse.items()],
        }

    def _describe(self, iri: str) -> dict[str, Any]:
        time = {"time": self.times[iri]} if iri in self.times else {}
        return {**name_state(self.causal, iri), "strength": self.strengths[iri], **time}


def to_correct(terms: Sequence[Term]) -> list[Term]:
    """The terms that are given to be corrected, each once.

    Raises:
        UsageError: none is given, or a finding.
    """
    if not terms:
        raise UsageError("no state was given; name what is to be corrected, or give --for FINDING")
    for term in terms:
        if term.kind in FINDINGS:
            raise UsageError(
                f"{term.label!r} is a finding and ends with its causes; kg correct --for {term.label!r} names them"
            )
    return list({term.iri: term for term in terms}.values())


def fates_of(graph: CausalGraph, corrected: Sequence[str]) -> tuple[dict[str, Fate], dict[str, Route]]:
    """What becomes of each finding in which states have a part, the strongest first; and all that the states lead to."""
    brought: dict[str, Route] = {}
    for state in corrected:
        for iri, route in effects(graph, state, told=corrected).items():
            if iri not in corrected and (iri not in brought or brought[iri].strength < route.strength):
                brought[iri] = route
    brought = {iri: route for iri, route in brought.items() if route.strength >= _least(graph, route)}
    findings = sorted(
        (iri for iri, route in brought.items() if graph.states[iri].kind in ENDING),
        key=lambda iri: (-round(brought[iri].strength, 6), graph.label(iri)),
    )
    graph.ahead(findings)
    mechanisms = {claim.cause for iri in findings for claim in graph.into.get(iri, ()) if not _is_cause(graph, claim.cause)}
    graph.ahead(mechanisms)
    return {iri: _fate(graph, iri, corrected, brought) for iri in findings}, brought


def _least(graph: CausalGraph, route: Route) -> float:
    """The strength from which on the states at the start of a route have a part in what it ends at."""
    wider = {claim.effect for claim in route.claims if claim.relation == KIND}
    beyond = any(graph.states[iri].kind == STATUS for iri in route.states[1:-1] if iri not in wider)
    return PART_BEYOND if beyond else PART


def _fate(graph: CausalGraph, finding: str, corrected: Sequence[str], brought: Mapping[str, Route]) -> Fate:
    others = _others(graph, finding, corrected)
    beside = 1.0
    for iri, strength in others.items():
        # What the corrected states bring about is there on its own account only so far as they do not bring it.
        own = 1.0 - brought[iri].strength if iri in brought else 1.0
        beside *= 1.0 - THERE * own * strength
    beside = max(beside, 1.0 - MOST_THERE)
    strength = brought[finding].strength
    whole = 1.0 - (1.0 - strength) * beside
    named = [iri for iri in others if iri not in brought]
    order = sorted(named, key=lambda iri: (-round(others[iri], 6), graph.label(iri)))
    return Fate(strength * beside / whole, brought[finding], tuple(order[:MOST_CAUSES]))


def _others(graph: CausalGraph, finding: str, corrected: Collection[str]) -> dict[str, float]:
    """The causes next door of a finding, steps of mechanism not counted, each with the strength of its way there."""
    found: dict[str, float] = {}
    for claim in (claim for claim in graph.into.get(finding, ()) if claim.relation != KIND):
        nearest = [(claim.cause, weight(claim))]
        if not _is_cause(graph, claim.cause):
            nearest = [(one.cause, weight(claim) * weight(one)) for one in graph.into.get(claim.cause, ()) if one.sign > 0]
        for iri, strength in nearest if claim.sign > 0 else ():
            if iri not in corrected and iri != finding and _is_cause(graph, iri):
                found[iri] = max(strength, found.get(iri, 0.0))
    return found


def _is_cause(graph: CausalGraph, iri: str) -> bool:
    return graph.states[iri].kind in CORRECTABLE


def _sort_out(brought: Mapping[str, Route], reversals: Mapping[str, Reversal]) -> tuple[dict[str, Reversal], dict[str, str]]:
    """Which states may stay for good, and in what time the others go back.

    What stays is said of the state that the claim leads to, and of nothing further down: what follows from it may go another way.
    """
    lasting: dict[str, Reversal] = {}
    times: dict[str, str] = {}
    for iri, route in brought.items():
        # A wider name of what a claim leads to stays as that does.
        final = next((claim for claim in reversed(route.claims) if claim.relation != KIND), route.claims[-1])
        last = reversals.get(final.iri)
        if last is None:
            continue
        if last.stays:
            lasting[iri] = last
        elif last.in_words:
            times[iri] = last.in_words
    return lasting, times
