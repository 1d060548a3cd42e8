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
        how: "excepted" for what is named to be left out of the answer ("besides iron"), "absent" for what is said not to be there,
            "purpose" for what drugs are taken for.
    """

    start: int
    end: int
    term: Term | None = None
    others: tuple[Term, ...] = ()
    said: str = ""
    degree: str = ""
    stage: str = ""
    diet: str = ""
    how: str = ""

    @property
    def is_food(self) -> bool:
        """Whether any of its meanings is a food: dairy is also what is eaten of lactose."""
        return any(term.kind in FOODS for term in (self.term, *self.others) if term)


class Parts(NamedTuple):
    """A question in parts.

    Attributes:
        words: its words, folded.
        parts: what they mean.
        cues: the cues among them.
        unread: the words that nothing was made of.
        values: values as they were read.
        set_aside: what is named to be left out of the answer, or said not to be there.
    """

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    cues: frozenset[str]
    unread: tuple[str, ...]
    values: tuple[str, ...] = ()
    set_aside: tuple[Part, ...] = ()

    def of_kinds(self, *kinds: str) -> tuple[Part, ...]:
        """The parts with a term of some kinds, by whichever of its meanings."""
        return tuple(
            one for one in self.parts if one.term and {one.term.kind, *(term.kind for term in one.others)} & set(kinds)
        )


class Picked(NamedTuple):
    """A part of a question with the words of the command that answers it (none where nothing does), and what that leaves out.

    Attributes:
        question: the part, its numbers and pronouns written out.
        command: the words of the command, without ``kg``.
        left: the words that play no part in the answer.
        unsaid: what is asked for and the answer does not say, such as "how long it takes".
        told: the terms and cues of the part, where they were looked for.
        wants: "why" and "how sure", where these are asked as second parts.
        lead: what is told before the answer; said: the answer, where it is told of several commands at once.
    """

    question: str
    command: list[str]
    left: tuple[str, ...]
    unsaid: tuple[str, ...] = ()
    told: Parts | None = None
    wants: frozenset[str] = frozenset()
    lead: str = ""
    said: str = ""
