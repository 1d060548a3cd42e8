"""How much of what a question names: too little or too much of a nutrient, much or little of a food; and the nutrient that a term stands for."""

from __future__ import annotations

from kg.grounding.asked_foods import eaten_so
from kg.grounding.asked_parts import FOODS, NUTRIENTS
from kg.grounding.normalize import fold
from kg.grounding.quick_find import find_surely
from kg.grounding.resolve import find
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.asked_parts import Part
    from kg.grounding.name_lookup import Names
    from kg.grounding.resolve import Asked, Term

#: What a nutrient's lack and its excess are called after its name.
DEGREES = {"lack": ("deficiency",), "excess": ("excess", "toxicity", "overload", "poisoning")}


def degree_of(rows: Asked, name: str, degree: str) -> str:
    """The state of a nutrient's lack or excess; a state stands for itself.

    Raises:
        NotFound: there is no such state.
    """
    for tried in (*(f"{name} {word}" for word in DEGREES[degree]), name):
        found = find(rows, tried, "State")
        if found:
            return found.label
    return find_surely(rows, name, "State").label


#: What is put before or after the name of a nutrient where its level, its supplement or its lack is meant.
_BEFORE = ("serum ", "plasma ", "blood ", "25-hydroxy", "low ", "high ")
_AFTER = (
    " supplementation",
    " supplement use",
    " supplement",
    " injection",
    " tablets",
    " tablet",
    " stores",
    " status",
    " level",
    " intake",
    *(f" {word}" for told in DEGREES.values() for word in told),
)


def nutrient_of(rows: Asked, one: Part, term: Term) -> str:
    """The nutrient that a term of a question is, or is a level, a supplement, a lack or a form of; empty where it is none."""
    if term.kind in NUTRIENTS:
        return term.label
    name = term.english
    for before in _BEFORE:
        name = name.removeprefix(before)
    for after in _AFTER:
        name = name.removesuffix(after)
    found = find(rows, name, "Nutrient") if name != term.english else None
    if found is None and (form := find(rows, name.removesuffix(" use"), "Substance") if name.endswith(" use") else None):
        return _counted_as(rows, form)
    if found is None and term.kind == "NutrientStatus":
        found = _said_within(rows, one.said)
    return found.label if found else _counted_as(rows, term)


def _said_within(rows: Asked, said: str) -> Term | None:
    """The nutrient within what was said of its state: "vitamin d too much"."""
    words = said.split()
    spans = [words[start : start + size] for size in range(len(words) - 1, 0, -1) for start in range(len(words) - size + 1)]
    return next(filter(None, (find(rows, " ".join(span), "Nutrient") for span in spans)), None)


def _counted_as(rows: Asked, term: Term) -> str:
    """The nutrient whose needs and foods a form of it counts for, as folic acid does for folate."""
    if term.kind != "Substance":
        return ""
    return next((row["label"].value for row in rows(reading("counts_for", form=term.iri))), "")


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
        if all((_far(one, places), one.end <= places[0]) <= (_far(other, places), other.end <= places[0]) for other in others):
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


def with_shared_degree(one: Part, words: tuple[str, ...], found: Iterable[Part]) -> Part:
    """A nutrient joined to the lack of another one is lacked too: "zinc and copper deficiency"."""
    if one.term is None or one.term.kind not in NUTRIENTS or one.degree:
        return one
    after = sorted(other for other in found if other.start >= one.end and other.term)
    for other in after:
        if not set(words[one.end : other.start]) <= {"and", "or", *(word for each in after for word in each.said.split())}:
            return one
        if other.degree or (other.term and other.term.kind == "NutrientStatus"):
            lacked = other.degree or ("lack" if other.said.endswith(("deficiency", "lack")) else "")
            return one._replace(degree=lacked)
    return one


def _far(one: Part, places: list[int]) -> int:
    return min(abs(place - edge) for place in places for edge in (one.start, one.end - 1))
