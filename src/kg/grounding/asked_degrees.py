"""How much of what a question names: too little or too much of a nutrient, much or little of a food."""

from __future__ import annotations

from kg.grounding.asked_foods import eaten_so
from kg.grounding.asked_parts import FOODS, NUTRIENTS
from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.asked_parts import Part
    from kg.grounding.name_lookup import Names

#: What a finding is called by the way in which something is raised or lowered.
_DIRECTIONS = {"raises": ("elevated", "high", "raised", "increased"), "lower": ("low", "reduced", "decreased")}
#: So far before a food stands how much of it is eaten.
_NEAR = 3


def with_degree(one: Part, degrees: list[tuple[str, list[int]]], found: Iterable[Part]) -> Part:
    """A nutrient with the word that says it is too little or too much; it stands nearest to it of all nutrients."""
    if one.term is None or one.term.kind not in NUTRIENTS:
        return one
    others = [other for other in found if other.term and other.term.kind in NUTRIENTS and other != one]
    for degree, places in sorted(degrees, key=lambda told: _far(one, told[1])):
        if all(_far(one, places) <= _far(other, places) for other in others):
            return one._replace(degree=degree)
    return one


def with_amount(names: Names, one: Part, amounts: list[tuple[str, list[int]]]) -> Part:
    """A food of which much or little is eaten, as the exposure that this is; the food stands behind it."""
    if one.term is None or one.term.kind not in FOODS:
        return one
    for amount, places in amounts:
        exposure = eaten_so(names, one.said, amount) if 0 < one.start - places[-1] <= _NEAR else None
        if exposure:
            return one._replace(term=exposure, others=(one.term, *one.others))
    return one


def with_direction(names: Names, one: Part, cues: Iterable[str]) -> Part:
    """What is measured, where a question asks what raises or lowers it, as the finding that this is: "elevated homocysteine"."""
    if one.term is None or one.term.kind not in ("Biomarker", "Quantity", "Substance"):
        return one
    measured = one.term.label.removesuffix(" level")
    for cue, words in _DIRECTIONS.items():
        if cue in cues:
            tried = [f"{word} {name}" for word in words for name in (measured, f"serum {measured}", f"blood {measured}")]
            for _ in range(2):
                found = [names.find(fold(key), ("LabFinding", "Condition")) for key in tried]
                names.fetch()
            if finding := next(filter(None, found), None):
                return one._replace(term=finding, others=(one.term, *one.others))
    return one


def both_degrees(one: Part, degrees: list[tuple[str, list[int]]], found: Iterable[Part]) -> list[Part]:
    """A nutrient of which both too much and too little is said stands for two things: "too much and too little iodine"."""
    told = {degree for degree, _ in degrees}
    if one.term is None or one.term.kind not in NUTRIENTS or told < {"lack", "excess"}:
        return [one]
    if any(other.term and other.term.kind in (*NUTRIENTS, "NutrientStatus") for other in found if other != one):
        return [one]
    return [one._replace(degree=degree) for degree in ("excess", "lack")]


def _far(one: Part, places: list[int]) -> int:
    return min(abs(place - edge) for place in places for edge in (one.start, one.end - 1))
