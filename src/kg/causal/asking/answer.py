"""An answer to a question in plain words: the commands that answer its parts, a sentence for each, and what was left out."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

from kg.causal.asking.filters import select_rows
from kg.causal.asking.routes import find_ends
from kg.causal.asking.sentence import say
from kg.causal.asking.several import join_foods
from kg.errors import UsageError
from kg.grounding.asked import read
from kg.grounding.asked_parts import NUTRIENTS, Parts
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_terms import part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Picked


class Answered(NamedTuple):
    """One part of an answer.

    Attributes:
        question: the part of the question, its numbers and pronouns written out.
        command: the words of the command that answers it, without ``kg``; none where nothing answers it.
        left: what stands in the question and plays no part in the answer.
        sentence: the answer in words; empty where the command begins with a sentence of its own, or lists.
    """

    question: str
    command: tuple[str, ...]
    left: tuple[str, ...]
    sentence: str = ""

    @property
    def line(self) -> str:
        """The command as it is typed."""
        return shlex.join(["kg", *self.command]) if self.command else ""


class Answer(tuple[Answered, ...]):
    """The parts of an answer, in the order of the question."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(one.sentence or one.line or f"not answered: {one.question}" for one in self)


#: Asks what becomes of something, and leaves open whether there is more or less of it.
_DONE_TO = re.compile(r"\b(?:do|does|did|happens?) to\b|\baffects?\b|\beffects? on\b", re.IGNORECASE)
#: Asks what joins two things, and not which of them leads to the other.
_EITHER_WAY = re.compile(r"\b(?:link\w*|connect\w*|relat\w*|associat\w*|tied|between)\b", re.IGNORECASE)


def answer_question(graph: AskedGraph, question: str, sentences: bool = True, opens: Collection[str] = ()) -> Answer:
    """The answer to a question in plain words; no answer is made up.

    Parameters:
        sentences: whether the sentences are made; else only the commands are picked.
        opens: commands whose output opens with the sentence; for them only what it does not say is told.

    Raises:
        kg.errors.UsageError: no command answers a question of this form.
        kg.errors.UnknownName: it does but for a name; the error gives the nearest names.

    >>> import kg
    >>> print(answer_question(kg.open(), "how much iron does a pregnant woman need?"))
    Pregnant women of 19 to 30 years need 27 mg of iron a day (RDA); the upper limit is 45 mg.
    """
    parts = read(graph.rows, question)
    if not any(one.command for one in parts):
        raise UsageError(
            f"{question!r}: no command answers a question of this form; kg queries lists the questions, and kg explain reads findings"
        )
    parts = [_with_a_way(graph, one) for one in parts]
    parts = join_foods(graph, parts)
    parts += [way for one in parts if "why" in one.wants and (way := _why(graph, one))]
    said = [
        say(graph, one.command, one.question, one, one.command[0] in opens) if sentences and one.command else ""
        for one in parts
    ]
    return Answer(
        Answered(one.question, tuple(one.command), (*_left(one, sentence), *one.unsaid), sentence)
        for one, sentence in zip(parts, said, strict=True)
    )


def _left(one: Picked, sentence: str) -> tuple[str, ...]:
    """What plays no part in an answer; a third food that the sentence compares does."""
    return tuple(word for word in one.left if one.command[0:1] != ["compare"] or word not in sentence.casefold())


def _why(graph: AskedGraph, one: Picked) -> Picked | None:
    """The way to the first of what an answer lists, where it is asked why and the answer does not say."""
    name, *rest = one.command[1:] if one.command[:1] == ["query"] else ("", "")
    if name not in ("findings_reached_from", "causes_of", "risk_groups") or one.told is None:
        return None
    rows = select_rows(graph, name, rest[-1], one.told, one.question)
    if not rows:
        return None
    ends = (rest[-1], rows[0]) if name == "findings_reached_from" else (rows[0], rest[-1])
    return one._replace(
        question=f"{one.question.rstrip(' ?')}: why?",
        command=["paths", *ends],
        left=(),
        unsaid=(),
        told=Parts((), (), frozenset(), ()),
    )


def _find_change(graph: AskedGraph, one: Picked) -> str:
    """The effect; where it is asked what is done to a nutrient, its lack or its excess, whichever the cause leads to more strongly."""
    cause, effect = one.command[1:]
    parts = (one.told or part(graph.rows, one.question)).parts if _DONE_TO.search(one.question) else ()
    left_open = [each for each in parts if each.term and each.term.kind in NUTRIENTS and not each.degree]
    if len(left_open) != 1:
        return effect
    roles = Roles(graph.rows)
    states = [roles.play("state", left_open[0]._replace(degree=degree)) for degree in ("lack", "excess")]
    strengths = {}
    for state in filter(None, states):
        start, end = find_ends(graph, cause, state)
        try:
            route = next(iter(graph.paths(start, end, limit=1)), None) if start == cause else None
        except UsageError:  # a food of which no route starts
            route = None
        strengths[end] = route.strength if route else 0.0
    return max(strengths, key=lambda end: strengths[end]) if any(strengths.values()) else effect


def _with_a_way(graph: AskedGraph, one: Picked) -> Picked:
    """A question of cause and effect about ends that a way joins, where the words leave open which state is meant."""
    if one.command[:1] != ["paths"] or len(one.command) != 3:
        return one
    ends = find_ends(graph, one.command[1], _find_change(graph, one))
    if ends == (one.command[1], one.command[2]) and _EITHER_WAY.search(one.question) and not graph.paths(*ends, limit=1):
        turned = find_ends(graph, ends[1], ends[0])
        ends = turned if graph.paths(*turned, limit=1) else ends
    return one._replace(command=["paths", *ends])
