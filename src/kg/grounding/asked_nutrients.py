"""The nutrient that a term of a question stands for, and the states of its being too little or too much."""

from __future__ import annotations

from kg.grounding.asked_parts import NUTRIENTS
from kg.grounding.quick_find import find_surely
from kg.grounding.resolve import find
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.asked_parts import Part
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
