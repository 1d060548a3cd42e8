"""From a question in plain words to the command that answers it, by patterns that a curator can read.

A pattern fits where its words stand in the question and its names are understood as terms of the kinds that the command asks for;
the first that fits is taken. No answer is made here, and no name is guessed.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

from kg import locations
from kg.errors import UnknownName, UsageError
from kg.grounding import phrases
from kg.grounding.resolve import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked, Term

_NAME = re.compile(r"\{([ab])\}")
_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_SLOT = re.compile(r"\{(\w+):([ab])\}")
_CLASSES = {"state": "State", "nutrient": "Nutrient", "biomarker": "Biomarker", "thing": None}
_LEADING = re.compile(r"^(?:the|a|an|my|your|some|any|too little|having|taking) ")
#: A longer text is no question of one line.
_LONGEST = 200


def picked(rows: Asked, question: str) -> list[str] | None:
    """The words of the command that answers a question, or None where none is known.

    Raises:
        UnknownName: a pattern fits but for a name that is not understood; the nearest names are told.
    """
    text = " ".join(re.sub(r"[?!.]+$", "", question.strip().casefold().replace("’", "'")).split())
    if not text or len(text) > _LONGEST:
        return None
    problem: UnknownName | None = None
    for pattern, command in _patterns():
        match = pattern.fullmatch(text)
        if match is None:
            continue
        try:
            return _filled(rows, command, match.groupdict())
        except UnknownName as error:
            problem = problem or error
        except UsageError:
            continue
    if problem:
        raise problem
    return None


def _filled(rows: Asked, command: str, names: dict[str, str]) -> list[str]:
    words = []
    for word in command.split():
        slot = _SLOT.fullmatch(word)
        words.append(_label(rows, names[slot[2]], slot[1], command) if slot else word)
    return words


def _label(rows: Asked, name: str, kind: str, command: str) -> str:
    """The name of a term as the command takes it: a drug or a nutrient starts a route by its use."""
    name = _LEADING.sub("", name.strip())
    if command.startswith("paths") and kind == "state":
        try:
            return resolve(rows, name).label
        except UnknownName:
            pass
    try:
        return resolve(rows, name, _CLASSES[kind]).label
    except UnknownName:
        found = _read(rows, name) if kind in ("state", "thing") else None
        if found is None and kind == "biomarker":
            return resolve(rows, f"serum {name}", "Biomarker").label
        if found is None:
            raise
        return found.label


def _read(rows: Asked, name: str) -> Term | None:
    [reading] = phrases.findings(rows, [name])
    whole = len(reading.terms) == 1 and not (reading.ruled_out or reading.unread) and reading.how != "wider"
    return reading.terms[0] if whole else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    with open(os.path.join(locations.files(), "data", "words", "questions.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line and not line.startswith(("#", "pattern\t"))]
    return tuple((re.compile(_regex(written)), command) for written, command in rows)


def _regex(written: str) -> str:
    named = _CHOICE.sub(lambda match: "(?:" + match[1] + ")", written)
    return _NAME.sub(lambda match: f"(?P<{match[1]}>.+?)", named).replace(" (?: ", "(?: ")
