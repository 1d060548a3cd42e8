"""How the names of a question stand to one another: which is the cause, which are listed, which are excepted, absent or suspected."""

from __future__ import annotations

import re

from kg.grounding.asked_parts import NUTRIENTS, STATES
from kg.grounding.asked_roles import Roles
from kg.grounding.normalize import fold
from kg.grounding.question_cues import cues_in, small_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.grounding.asked_parts import Part, Parts
    from kg.grounding.resolve import Asked

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

#: Before what is taken, which acts on what was named before it: "is my copper at risk if I take zinc".
_TAKEN = frozenset(("take", "taking", "took", "drink", "drinking", "use", "using", "swallow"))

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
    before = [word for word in told.words[first.end : second.start] if word not in small_words()][-1:]
    turned = turned or (bool(before) and before[0] in _TAKEN)
    if (words <= {"and", "or"} and not states) or "link" in told.cues:
        turned = _depth(first) > _depth(second)
    if not turned:
        return told.parts
    return (second, first, *(one for one in told.parts if one not in (first, second)))


def _depth(one: Part) -> int:
    return _DOWNSTREAM.get(one.term.kind, 0) if one.term else 0


#: Before what is to be left out of the answer.
EXCEPT = (
    *("besides", "beside", "other than", "apart from", "aside from", "except", "except for", "excepting", "excluding"),
    *("not counting", "in addition to", "on top of"),
)
_EXCEPTED = tuple(tuple(fold(phrase).split()) for phrase in EXCEPT)
_DENIED = frozenset(map(fold, ("no", "not", "never", "without", "nor", "neither", "isnt", "arent", "dont", "doesnt", "wasnt")))
_EATING = frozenset(("eat", "eats", "drink", "like", "tolerate", "have", "want", "touch", "stand", "any", "much"))
_SHUNS = frozenset(map(fold, ("cannot", "cant", "hate", "hates", "dislike", "dislikes")))
_WELL = frozenset(map(fold, ("fine", "normal", "ok", "okay", "alright", "good", "perfect", "negative")))
#: Before "normal X", where that is told and not asked for.
_HAS = frozenset(map(fold, ("but", "with", "despite", "although", "though", "have", "has", "had", "yet", "and", "my", "his", "her", "when")))  # fmt: skip


def mark(words: tuple[str, ...], found: Iterable[Part]) -> list[Part]:
    """The parts, those marked that are named to be left out or said to be absent."""
    marked: list[Part] = []
    for one in found:
        how = "" if one.diet else _how(words, one)
        before = marked[-1] if marked else None
        shuns = before and (before.how == "excepted" or (before.diet and "no" in words[max(0, before.start - 1) : before.end]))
        if not how and before and shuns and set(words[before.end : one.start]) <= {"and", "or", "any"}:
            how = "excepted" if not before.diet or one.is_food else how  # "besides iron and folate"
        marked.append(one._replace(how=how))
    for at in range(len(marked) - 2, -1, -1):  # "if B12 and folate are normal"
        one, after = marked[at], marked[at + 1]
        if (
            after.how == "absent"
            and not one.how
            and one.term
            and not one.degree
            and words[one.end : after.start] in (("and",), ("or",))
        ):
            marked[at] = one._replace(how="absent")
    return marked


def _is_shunned(before: tuple[str, ...]) -> bool:
    """Whether the words before a food say that it is not eaten: "no eggs", "if I don't eat bananas"; "you cannot eat" asks about it."""
    rest = before
    while rest and rest[-1] in _EATING:
        rest = rest[:-1]
    told = rest == before or ("why" not in rest and not {"if", "i", "we", "he", "she"}.isdisjoint(rest))
    return told and bool(rest) and (rest[-1] in _DENIED or rest[-1] in _SHUNS)


def _how(words: tuple[str, ...], one: Part) -> str:
    at = one.start
    while True:
        if any(words[max(0, at - len(phrase)) : at] == phrase for phrase in _EXCEPTED):
            return "excepted"
        if not at or not (words[at - 1] in _BETWEEN or words[at - 1] in _own_words()):
            break
        at -= 1
    if one.is_food:
        return "excepted" if _is_shunned(words[:at]) else ""
    if one.degree or (one.term and one.term.kind == "Exposure"):
        return ""  # "without vitamin C" is its lack, and "no fish" a way of eating
    normal = at > 1 and words[at - 1] == "normal"
    if normal:  # "what is a normal ferritin" asks for it
        return "absent" if words[at - 2] in _HAS else ""
    denied = one.term and one.term.kind in (*STATES, "Biomarker", "Quantity") and at and words[at - 1] in _DENIED
    after = words[one.end : one.end + 3]
    while after and after[0] in ("level", "is", "are", "was", "were", "store", "count"):
        after = after[1:]
    asked = one.start and words[one.start - 1] in ("what", "which", "is", "are", "whose")  # "what ferritin is normal?"
    well = not asked and bool(after) and after != words[one.end : one.end + 3] and after[0] in _WELL
    kinds = (*NUTRIENTS, *STATES, "Biomarker", "Quantity", "Substance")
    return "absent" if denied or (well and one.term and one.term.kind in kinds) else ""


#: After these stands what findings may come from: "could it be Addison disease", "due to iron deficiency".
_SUSPECTED = frozenset(map(fold, ("be", "from", "to", "it", "this", "that", "suspect", "blame", "behind")))


def find_suspects(told: Parts) -> tuple[Part, ...]:
    """The illnesses and lacks that are asked about as the cause of two findings or more that stand beside them."""
    ill = [
        one for one in told.parts
        if one.term and (one.degree or one.term.kind in ("NutrientStatus", "Condition")) and _is_suspected(told.words, one)
    ]  # fmt: skip
    felt = [one for one in told.parts if one not in ill and one.term and one.term.kind in STATES]
    return tuple(ill) if len(felt) > 1 else ()


def _is_suspected(words: tuple[str, ...], one: Part) -> bool:
    at = one.start
    while at and words[at - 1] in ("a", "an", "the", "my", "lack", "low", "being", "of", "too", "little"):
        at -= 1
    return at > 0 and (words[at - 1] in _SUSPECTED or words[max(0, at - 2) : at] == ("because", "of"))


def _own_words() -> frozenset[str]:
    return small_words() - {"and", "or", "but", "if", "than"}


#: Compares with what is needed otherwise.
_USUAL = re.compile(r"\bthan (?:usual|normal|before|other|most|the rest|average|when not)", re.IGNORECASE)
#: So many more answers are given of names that stand beside each other.
_MOST = 3
#: The roles that a parameter of a question of the library may be filled by.
_ROLES = {
    "--nutrient": ("nutrient",), "--state": ("lack", "state"), "--finding": ("state",), "--biomarker": ("biomarker",), "--drug": ("drug",),
    "--life_stage": ("stage",), "--inhibitor": ("inhibitor",), "--object": ("effect",), "--subject": ("cause",),
}  # fmt: skip
_JOINS = frozenset(("and", "or", "than", "vs", "versus"))
#: Between two names of one list, and between a word that leaves out or denies and what it is said of.
_BETWEEN = _JOINS | {
    "also",
    "both",
    "either",
    "low",
    "lack",
    "deficiency",
    "too",
    "little",
    "much",
    "more",
    "rather",
    "from",
}
#: Commands that speak of all the names of a question as they are.
_WHOLE = frozenset(
    ("interactions_of", "shared_mechanisms", "absorption_modifiers", "what_separates", "plate", "compare", "explain")
)


def name_others(
    rows: Asked, question: str, command: Sequence[str], told: Parts
) -> list[tuple[list[str], Part | None, Part | None]]:
    """The command about each name that stands beside one that it uses, with that part and the one in whose place it stands."""
    if not answers_each(command):
        return []
    roles = Roles(rows)
    found: list[tuple[list[str], Part | None, Part | None]] = []
    for at in range(3, len(command), 2) if command[0] == "query" else range(1, len(command)):
        tried = (
            _ROLES.get(command[at - 1], ())
            if command[0] == "query"
            else {"paths": ("cause", "effect")[at - 1 : at]}.get(command[0], ("thing",))
        )
        playing = ((role, one) for role in tried for one in told.parts if roles.play(role, one) == command[at])
        role, used = next(playing, ("", None))
        for other in listed_with(told, used, role) if used else ():
            name = roles.play(role, other)
            if command[0] == "paths" and any(roles.play(end, other) in command for end in ("cause", "effect")):
                continue  # the other end of the way
            if name and name not in command and not any(name in words for words, _, _ in found):
                found.append(([*command[:at], name, *command[at + 1 :]], other, used))
    if "--life_stage" in command and _USUAL.search(question):
        at = command.index("--life_stage")
        stage = next((one for one in told.parts if roles.play("stage", one) == command[at + 1]), None)
        found.append(([*command[:at], *command[at + 2 :]], None, stage))
    return found[:_MOST]


def answers_each(command: Sequence[str]) -> bool:
    """Whether a command is asked of each of several names alone."""
    return bool(command) and command[0] in ("query", "paths", "term") and command[1] not in _WHOLE


def listed_with(told: Parts, one: Part, role: str = "") -> list[Part]:
    """The parts that stand in one list with a part, nothing but "and", "or" and their like between them."""
    return [other for other in told.parts if other != one and _alike(one, other) and _joined(told, one, other, role)]


def _alike(one: Part, other: Part) -> bool:
    if one.term is None or other.term is None:
        return bool(one.stage and other.stage)
    felt = {one.term.kind, other.term.kind} <= {"Symptom", "Sign"}
    same = {one.term.kind, *(term.kind for term in one.others)} & {other.term.kind, *(term.kind for term in other.others)}
    lacked = {one.degree or one.term.kind, other.degree or other.term.kind} <= {"lack", "NutrientStatus"}
    return lacked or felt or ((bool(same) or {one.term.kind, other.term.kind} <= set(NUTRIENTS)) and one.degree == other.degree)


def _joined(told: Parts, one: Part, other: Part, role: str) -> bool:
    if role == "stage":
        return True
    first, last = sorted((one, other))
    alike = [each for each in told.parts if _alike(one, each)]
    within = {place for each in alike for place in range(each.start, each.end)}
    between = [told.words[at] for at in range(first.end, last.start) if at not in within]
    several = len(alike) > 2  # "zinc, iron or copper": the comma is no word
    return bool(_JOINS & set(between) or several) and all(word in _BETWEEN or word in small_words() for word in between)
