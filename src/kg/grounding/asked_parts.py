"""What the terms of a question are read into: its parts, and the kinds of term that play the same role."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Term

STATES = ("NutrientStatus", "Condition", "Symptom", "Sign", "LabFinding", "PhysiologicalState", "Exposure")
NUTRIENTS = ("Vitamin", "Mineral", "FattyAcid", "Nutrient")
FOODS = ("FoodGroup", "Food")


class Part(NamedTuple):
    """A part of a question that means something.

    Attributes:
        start, end: where its words stand.
        term: the term that it names; None for a diet and a stage of life.
        others: terms of other kinds that bear the same name: coffee is a food, and to drink it an exposure.
        said: the words themselves, folded.
        degree: "lack" or "excess" of a nutrient, where that is said beside it.
        stage, diet: the name of the life stage or the diet that it is.
    """

    start: int
    end: int
    term: Term | None = None
    others: tuple[Term, ...] = ()
    said: str = ""
    degree: str = ""
    stage: str = ""
    diet: str = ""


class Parts(NamedTuple):
    """A question in parts: its folded words, what they mean, the cues among them, the words that nothing was made of, and values as they were read."""

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    cues: frozenset[str]
    unread: tuple[str, ...]
    values: tuple[str, ...] = ()
