"""A question in plain words, part by part: the commands that answer it, and what they leave out.

A question is read by its cues and roles (:mod:`kg.grounding.asked_forms`), unless the header of a question of the library says that
it is asked so (:mod:`kg.grounding.questions`). One with several parts ("what causes rickets and how is it treated?") is answered part by part.
"""

from __future__ import annotations

import re

from kg.errors import UnknownName
from kg.grounding.amounts import write_numbers
from kg.grounding.asked_forms import choose
from kg.grounding.asked_nearest import find_nearest
from kg.grounding.asked_order import name_others
from kg.grounding.asked_parts import NUTRIENTS, Parts, Picked
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_tables import spread
from kg.grounding.asked_terms import part
from kg.grounding.asked_words import turn
from kg.grounding.normalize import fold
from kg.grounding.question_cues import LITTLE, find_unanswered
from kg.grounding.questions import ask_by_header, ask_by_label
from kg.grounding.quick_find import NotFound
from kg.grounding.resolve import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.grounding.resolve import Asked

_OPENS = r"(?:how|what|which|who|whom|why|where|when|is|are|am|does|do|did|can|could|should|shall|will|would|may|might|must|has|have)"
#: A question within a question: "and at what dose".
_AT = r"(?:at|from|in|for|by|after|to|on|with) (?:what|which|how|whom)\b"
_JOINT = re.compile(
    rf"[?;.]\s+(?:and\s+)?(?={_OPENS}\b)|,?\s+and\s+(?={_AT})|,?\s+and\s+(?:also\s+)?(?={_OPENS}\b)|,\s+(?={_OPENS}\b)",
    re.IGNORECASE,
)
#: A second part that is about the answer to the first: "and how sure is it?", "and why?".
_OF_ALL = re.compile(
    r"(?:how (?:sure|certain|strong|good) (?:is|are) (?:it|that|this|you|the evidence)(?: of (?:it|that|this))?|what is the evidence"
    r"|why(?: is (?:it|that|this)(?: so)?)?|how(?: so)?|how does that work|by what (?:route|way|steps|mechanism))\??",
    re.IGNORECASE,
)
#: Of what is taken, where the part before names it, an amount is asked.
_AMOUNT = re.compile(r"(?:and )?(?:(?:at|in) )?(?:how much|what (?:dose|amount))\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|they|them|this|that|these|those)\b", re.IGNORECASE)


def read(rows: Asked, question: str) -> list[Picked]:
    """The commands that answer a question, part by part.

    >>> import kg
    >>> [one.command for one in read(kg.open().rows, "What causes rickets and how is it treated?")]
    [['query', 'causes_of', '--finding', 'rickets'], ['query', 'treatments_of', '--state', 'rickets']]

    Raises:
        UnknownName: nothing answers it, for want of a name; the error gives the nearest names.
    """
    text = turn(write_numbers(" ".join(question.split())))
    pieces = [piece.strip() for piece in _JOINT.split(text) if piece.strip()]
    asked = [piece for piece in pieces if not _OF_ALL.fullmatch(piece)]
    wants = frozenset(
        "why" if re.match("why|how(?! )|by ", piece, re.IGNORECASE) else "how sure" for piece in pieces if piece not in asked
    )
    found: list[Picked] = []
    opens = re.search(rf"(?:^|: ){_OPENS}\b", asked[0], re.IGNORECASE) if asked else None
    if opens and len(asked) > 1:
        about = taken = ""
        for piece in asked:
            said = _complete(rows, piece, (taken if _AMOUNT.match(piece) else "") or about) if about else piece
            try:
                one = _read(rows, said)
            except UnknownName:
                one = Picked(said, [], ())
            if not any(one.command and one.command == other.command for other in found):
                found.append(one)
            about = about or _subject(one.command)
            taken = taken or next(
                (each.term.label for each in (one.told.of_kinds(*NUTRIENTS) if one.told else ()) if each.term), ""
            )
        answered = [one for one in found if one.command]
        if not answered:
            found = []
    found = found or [_read(rows, " ".join(asked) if wants else text)]
    first = found[0]._replace(wants=wants)
    return [each for one in (*_with_others(rows, first), *found[1:]) for each in spread(rows, one)]


def _with_others(rows: Asked, one: Picked) -> list[Picked]:
    """The part, and the same question about what stands beside a name that it makes use of; each is told of its own names."""
    others = name_others(rows, one.question, one.command, one.told) if one.told else []
    if not others or one.told is None:
        return [one]
    alone = {other for _, other, _ in others if other}
    left = tuple(
        word for word in one.left if not any(word == " ".join(one.told.words[each.start : each.end]) for each in alone)
    )
    said = [one._replace(told=one.told._replace(parts=tuple(each for each in one.told.parts if each not in alone)), left=left)]
    for command, other, used in others:
        parts = tuple(each for each in one.told.parts if each not in {*alone, used} or each == other)
        said.append(one._replace(command=command, told=one.told._replace(parts=parts), left=left))
    return said


def _subject(command: Sequence[str]) -> str:
    """What a command is about: the cause of a route, else its last name."""
    if command[:1] == ["paths"]:
        return command[1]
    return command[-1] if command and not command[-1].startswith("-") else ""


def _complete(rows: Asked, piece: str, about: str) -> str:
    """A part of a question that names nothing, with what the part before was about: in the place of a pronoun, else at its end."""
    told = part(rows, piece)
    if told.parts:
        return piece
    if _POINTS_BACK.search(piece):
        return _POINTS_BACK.sub(about, piece, count=1)
    return piece if told.unread else f"{piece.rstrip('?! ')} of {about}"


def _read(rows: Asked, question: str) -> Picked:
    problem: UnknownName | None = None
    try:
        if headed := ask_by_header(rows, question):
            return Picked(question, headed, ())
    except UnknownName as error:
        problem = error
    if len(question) > _LONGEST:
        return Picked(question, [], ())
    told = part(rows, question)
    chosen = choose(rows, question, told)
    if chosen is None or chosen.command[0] == "term":  # what a thing is comes last
        try:
            related = ask_by_label(rows, question)
        except UnknownName as error:
            related, problem = None, problem or error
        if related:
            return Picked(question, related, ())
    if chosen is None and problem and not isinstance(problem, NotFound):
        raise problem  # a name that several bear
    if chosen is None:
        for name in (problem.name,) if isinstance(problem, NotFound) else _unknown_names(question, told):
            resolve(rows, name)  # says which names come near
        if problem:
            raise problem
        return Picked(question, [], ())
    command = find_nearest(rows, _richest(rows, question, chosen.command, told), told)
    if command[0] == "explain":
        roles = Roles(rows)
        absent = [roles.play("state", one) or roles.play("lack", one) for one in told.set_aside if one.how == "absent"]
        command += [word for name in absent if name for word in ("--absent", name)]
    return Picked(question, command, chosen.left, find_unanswered(question, command), told)


def _richest(rows: Asked, question: str, command: list[str], told: Parts) -> list[str]:
    """The foods of a nutrient, where it is asked what holds little of it: that is no lack of it."""
    nutrient = next((name for one in told.parts if (name := Roles(rows).play("nutrient", one))), "")
    low = nutrient and command[0] == "query" and LITTLE in find_unanswered(question, command)
    return ["query", "foods_richest_in", "--nutrient", nutrient] if low else command


#: Cues that a question about anything may hold.
_OF_ANYTHING = frozenset(("many", "risk", "most", "not", "todo", "time", "work", "why", "anything", "safe_together"))


def _unknown_names(question: str, told: Parts) -> tuple[str, ...]:
    """The first words of which nothing was made, in a question whose other words are those of a known one."""
    if not told.unread or not re.match(rf"{_OPENS}\b", question, re.IGNORECASE) or told.cues <= _OF_ANYTHING:
        return ()
    words = [word for word in re.findall(r"[\w'-]+", question) if fold(word) in told.unread]
    return tuple(words[:1])


#: A longer text is not a question of one line.
_LONGEST = 200
