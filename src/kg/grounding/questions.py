"""Questions in plain words that need no word of ours: forms in the headers of questions, and relations asked for by their labels.

A question of the library or of a graph of one's own says in its header how people ask it (``#+ ask: which gene makes {structure}``),
and any relation of the ontology is asked for by its label ("what encodes the transporter"). No name is guessed.
"""

from __future__ import annotations

import re

from kg.errors import UnknownName, UsageError
from kg.grounding import phrases
from kg.grounding.quick_find import find_surely
from kg.grounding.related import ask_relation
from kg.grounding.source_names import find_source
from kg.sparql.library import LITERAL_KINDS, asked_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked
    from kg.sparql.library import Question

_PARAMETER = re.compile(r"\{([a-z_]+)\}")
_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_LEADING = re.compile(r"^(?:the|a|an|my|your|their|his|her|its|our|both|either|some|any) ", re.IGNORECASE)
#: A longer text is not a question of one line.
_LONGEST = 200


def ask_by_header(rows: Asked, question: str) -> list[str] | None:
    """The command of the question in whose header a form stands that fits; None where there is none.

    Raises:
        UnknownName: a form fits but for a name that is not understood.
    """
    text = _plain(question)
    problem: UnknownName | None = None
    for one in asked_in_words():
        for form in one.asked:
            match = re.fullmatch(_regex(form), text, re.IGNORECASE) if len(text) <= _LONGEST else None
            if match is None:
                continue
            try:
                return _fill(rows, one, match.groupdict())
            except UnknownName as error:
                problem = problem or error
            except UsageError:
                continue
    if problem:
        raise problem
    return None


def ask_by_label(rows: Asked, question: str) -> list[str] | None:
    """The command that lists what a relation joins a term to, where a question names the relation by its label.

    Raises:
        UnknownName: it does, and nothing is called like the term.
    """
    text = _plain(question).casefold()
    return ask_relation(rows, text, lambda name: _label(rows, name)) if text and len(text) <= _LONGEST else None


def _plain(question: str) -> str:
    return " ".join(re.sub(r"[?!.]+$", "", question.strip().replace("’", "'")).split())


def _fill(rows: Asked, question: Question, names: dict[str, str]) -> list[str]:
    words = ["query", question.name]
    for name, said in names.items():
        kind = question.parameters[name].kind if name in question.parameters else "text"
        value = _LEADING.sub("", said.strip())
        if kind == "Source":
            value = find_source(rows, value)
        elif kind not in LITERAL_KINDS:
            value = find_surely(rows, value, kind).label
        words += [f"--{name.replace('_', '-')}", value]
    return words


def _label(rows: Asked, said: str) -> str:
    """The label of the term that words name, by its name or as a phrase."""
    name = _LEADING.sub("", said.strip())
    try:
        return find_surely(rows, name).label
    except UnknownName:
        for read in (phrases.findings, phrases.context):
            [reading] = read(rows, [name])
            if reading.understood:
                break
        if len(reading.terms) == 1 and not (reading.ruled_out or reading.unread) and reading.how != "wider":
            return reading.terms[0].label
        raise


def _regex(written: str) -> str:
    named = _CHOICE.sub(lambda match: "(?:" + match[1] + ")", written)
    return _PARAMETER.sub(lambda match: f"(?P<{match[1]}>.+?)", named).replace(" (?: ", "(?: ")
