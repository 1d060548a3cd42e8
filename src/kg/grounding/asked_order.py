"""Which of two terms of a question is the cause: as they were said, unless a word between them turns it."""

from __future__ import annotations

from kg.grounding.question_cues import cues_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.asked_parts import Part, Parts

#: From what acts to what is felt: which of two terms is the cause where no word says it.
_DOWNSTREAM = {
    "Exposure": 0,
    "Population": 0,
    "NutrientStatus": 1,
    "Condition": 2,
    "PhysiologicalState": 3,
    "LabFinding": 4,
    "Sign": 5,
    "Symptom": 5,
}

#: Between two terms these make the second the one from which the first comes: "the dementia of pellagra".
_OF = frozenset(("of", "in", "with", "on"))

#: A name that begins so tells what the one before it does.
_STATES = frozenset(("lack", "lose", "miss", "need", "have", "get"))


def in_causal_order(told: Parts) -> tuple[Part, ...]:
    """The terms with the cause before its effect: as they were said, unless a word between them turns it ("cramps from furosemide").

    Where no word between them says anything, what acts comes before what is felt.
    """
    named = [one for one in told.parts if one.term]
    if len(named) < 2:
        return told.parts
    first, second = named[0], named[1]
    between = {cue for cue, _ in cues_in(told.words[first.end : second.start])}
    words = set(told.words[first.end : second.start])
    turned = "backwards" in between or (bool(words & _OF) and len(words) <= 2 and _depth(first) >= _depth(second))
    states = not words and second.said.partition(" ")[0] in _STATES  # "people with Crohn's disease lack vitamin B12"
    if (words <= {"and", "or"} and not states) or "link" in told.cues:
        turned = _depth(first) > _depth(second)
    if not turned:
        return told.parts
    return (second, first, *(one for one in told.parts if one not in (first, second)))


def _depth(one: Part) -> int:
    return _DOWNSTREAM.get(one.term.kind, 0) if one.term else 0
