"""What the page needs to compute strengths as :mod:`kg.causal.strength` does: every claim of the whole graph, and its rules."""

from __future__ import annotations

from kg.causal import best_routes, correct, different, route_search, strength
from kg.causal.model import KIND, CausalGraph, Claim, is_cap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

#: What a state is to a correction: it may end, it may be corrected, it is a hub; whether it is an illness of its own, and a lack or an excess.
ENDING, CORRECTABLE, HUB, ILL, STATUS = 1, 2, 4, 8, 16


def rules() -> dict[str, Any]:
    """The numbers of the rules, as the page knows them."""
    return {
        "hub": strength.HUB,
        "degree": strength.DEGREE,
        "condition": strength.CONDITION,
        "inherited": strength.INHERITED,
        "listed": strength.LISTED,
        "step": strength.STEP,
        "steps": route_search.MAX_STEPS,
        "near": best_routes.LONGEST,
        "least": best_routes.LEAST,
        "respelled": different.RESPELLED,
        "worthTelling": different.WORTH_TELLING,
        "detourFloors": different.DETOUR_FLOORS,
        "pool": different.POOL,
        "floor": different.FLOOR,
        "spellingFloor": different.SPELLING_FLOOR,
        "otherFloor": different.OTHER_FLOOR,
        "exceptionFloor": different.EXCEPTION_FLOOR,
        "faintFloor": different.FAINT_FLOOR,
        "faint": different.FAINT,
        "opposedFloor": different.OPPOSED_FLOOR,
        "leastTold": different.LEAST_TOLD,
        "part": correct.PART,
        "partBeyond": correct.PART_BEYOND,
        "ends": correct.ENDS,
        "improves": correct.IMPROVES,
        "there": correct.THERE,
        "mostThere": correct.MOST_THERE,
        "named": correct.MOST_CAUSES,
    }


class World:
    """The whole graph by number: the states of the map first, in their order, then all others that a claim names."""

    def __init__(self, shown: Mapping[str, int], whole: CausalGraph, own: Iterable[Claim]) -> None:
        self.whole, self.own = whole, {claim.iri: number for number, claim in enumerate(own)}
        walked = [*whole.claims, *whole.kind_steps]
        self.claims = [*walked, *(claim for claim in own if claim.causal and claim.iri not in {one.iri for one in walked})]
        named = {iri for claim in self.claims for iri in _name(whole, claim)} & whole.states.keys()
        self.others = sorted(named - shown.keys())
        self.number = {**shown, **{iri: len(shown) + place for place, iri in enumerate(self.others)}}
        self.quantities: dict[str, int] = {}
        self.weights: dict[float, int] = {}

    def plain(self, short: Any) -> dict[str, Any]:
        """The data of the page: of states what they are to a correction and how they deviate, of claims their worth."""
        known = [iri for iri, number in sorted(self.number.items(), key=lambda item: item[1])]
        return {
            "sorts": [self._sort(iri) for iri in known],
            "deviations": [self._deviation(iri) for iri in known],
            "others": [[short(iri), self.whole.label(iri), *self._language(iri)] for iri in self.others],
            "claims": [self._claim(claim) for claim in self.claims],
            "weights": list(self.weights),
        }

    def _language(self, iri: str) -> list[str]:
        """The language of a label, where it is not English."""
        return [tag] if (tag := self.whole.states[iri].language) else []

    def _sort(self, iri: str) -> int:
        state = self.whole.states.get(iri)
        if state is None:
            return 0
        sort = (ENDING if state.kind in correct.ENDING else 0) | (ILL if state.kind in different.ILL else 0)
        sort |= STATUS if state.kind == correct.STATUS else 0
        return sort | (CORRECTABLE if state.kind in correct.CORRECTABLE else 0) | (HUB if self.whole.is_hub(iri) else 0)

    def _deviation(self, iri: str) -> int:
        """The number of the quantity that a state is the high or the low of, negative for the low; 0 for neither."""
        state = self.whole.states.get(iri)
        if state is None or state.deviation not in ("low", "high"):
            return 0
        number = self.quantities.setdefault(state.of, len(self.quantities) + 1)
        return number if state.deviation == "high" else -number

    def _claim(self, claim: Claim) -> list[Any]:
        weight = self.weights.setdefault(strength.weight(claim), len(self.weights))
        special: dict[str, Any] = {}
        if claim.sign < 0:
            special["against"] = 1
        if claim.relation == KIND:
            special["kind"] = 1
        if is_cap(claim):
            special["cap"] = 1
        if strength.is_merely_listed(claim):
            special["listed"] = 1
        if claim.only_when:
            special["gates"] = [self._gate(claim, gate) for gate in claim.only_when]
        if claim.compensates_for in self.whole.states:
            special["answers"] = self._deviation(claim.compensates_for)
        reversal = self.whole.reversals([claim]).get(claim.iri)
        if reversal and reversal.in_words:
            special["back"] = [reversal.stays, reversal.in_words]
        ends = self.number[claim.cause], self.number[claim.effect]
        return [self.own.get(claim.iri, -1), *ends, weight, *([special] if special else [])]

    def _gate(self, claim: Claim, gate: str) -> list[int]:
        degree = int(gate in self.whole.meeting(claim.cause))
        return [degree, *sorted(self.number[iri] for iri in self.whole.meeting(gate) if iri in self.number)]


def _name(whole: CausalGraph, claim: Claim) -> list[str]:
    return [claim.cause, claim.effect, *(iri for gate in claim.only_when for iri in whole.meeting(gate))]
