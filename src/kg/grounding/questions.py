"""From a question in plain words to the command that answers it, by patterns that a curator can read.

The questions of a graph of one's own bring theirs in their headers (``#+ ask: which gene makes {structure}``), and any relation of
the ontology is asked for by its label ("what encodes the transporter").

A pattern fits where its words stand in the question and its names are understood as terms of the kinds that the command asks for;
the first that fits is taken. No answer is made here, and no name is guessed.
"""

from __future__ import annotations

import os
import re
import shlex
from functools import lru_cache, partial

from kg import locations
from kg.errors import UnknownName, UsageError
from kg.grounding import phrases
from kg.grounding.asked_degrees import DEGREES, degree_of
from kg.grounding.diet_names import find_diet
from kg.grounding.food_names import eaten
from kg.grounding.life_stages import life_stage
from kg.grounding.quick_find import NotFound, find_surely
from kg.grounding.related import ask_relation
from kg.grounding.resolve import find, resolve
from kg.grounding.source_names import find_source
from kg.sparql.library import LITERAL_KINDS, own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.grounding.resolve import Asked, Term
    from kg.sparql.library import Question

_NAME = re.compile(r"\{([ab])\}")
_PARAMETER = re.compile(r"\{([a-z_]+)\}")
_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_SLOT = re.compile(r"\{(\w+):([ab])\}")
_CLASSES = {"state": "State", "nutrient": "Nutrient", "biomarker": "Biomarker", "drug": "Drug", "thing": None}
_AND = re.compile(r" or |,? and (?:i (?:feel|have|am|get) |my |also )?|, ?|\+| with ")
_POLITE = re.compile(
    r"^(?:please|hello|hi|hey|ok|so|well|can you tell me|could you tell me|do you know|tell me(?= (?:what|which|how|why|who|if)\b)|i want to know|i would like to know|i wonder)[, ]+"
)
_SHORT = (
    ("what's", "what is"),
    ("who's", "who is"),
    ("don't", "do not"),
    ("dont", "do not"),
    ("doesn't", "does not"),
    ("can't", "cannot"),
    ("i'm", "i am"),
    ("i've", "i have"),
    ("isn't", "is not"),
    ("won't", "will not"),
)
_LEADING = re.compile(
    r"^(?:(?:an? |one )?(?:cup|glass|slice|portion|serving|handful|bowl|piece)s? of|the|a|an|my|your|their|his|her|its|our|low levels of|both|either|always|so|really|some|any|too little|having|taking) "
)
#: What a question adds that every answer has.
_TAIL = re.compile(
    r",? and (?:how (?:sure|certain|strong|good) (?:is|are) (?:it|that|this|the evidence)|what is the evidence|why|how)$"
)
#: Words at the end that choose no other answer.
_ASIDE = re.compile(
    r"(?: (?:best|most reliably|first|early|reliably|quickly|really|usually|often|mainly|normally|typically|generally|actually|exactly|then|anyway|please"
    r"|in (?:a |an |the |young |older |small )?(?:child|children|adults?|women|men|pregnancy|babies|baby|infants?|elderly|older people|people|humans|general|the elderly)))+$"
)
#: A longer text is not a question of one line.
_LONGEST = 200


def pick(rows: Asked, question: str) -> list[str] | None:
    """The words of the command that answers a question, or None where none is known.

    Raises:
        UnknownName: a pattern fits but for a name that is not understood; the error gives the nearest names.
    """
    try:
        return pick_quickly(rows, question)
    except NotFound as problem:
        resolve(rows, problem.name, problem.kind)
        raise


def pick_quickly(rows: Asked, question: str) -> list[str] | None:
    """The same, and no nearest names are looked for.

    Raises:
        UnknownName: a pattern fits but for a name that is not understood.
    """
    text = " ".join(re.sub(r"[?!.]+$", "", question.strip().casefold().replace("’", "'")).split())
    for short, long in _SHORT:
        text = re.sub(rf"\b{short}\b", long, text)
    text = _TAIL.sub("", _POLITE.sub("", text))
    if not text or len(text) > _LONGEST:
        return None
    plainer = _ASIDE.sub("", text)
    if plainer == text:
        return _pick(rows, text)
    try:  # "best", "in children": where the whole is no question, it is one without them
        whole = _pick(rows, text)
    except UnknownName:
        whole = None
    return whole or _pick(rows, plainer)


def _pick(rows: Asked, text: str) -> list[str] | None:
    problem: UnknownName | None = None
    fills: list[tuple[re.Pattern[str], Callable[[dict[str, str]], list[str]]]] = [
        *((re.compile(_regex(form, _PARAMETER)), partial(_fill_question, rows, one)) for one in own() for form in one.asked),
        *((pattern, partial(_fill, rows, command)) for pattern, command in _patterns()),
    ]
    for pattern, fill in fills:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        try:
            return fill(match.groupdict())
        except UnknownName as error:
            if pattern in _final():
                raise
            problem = problem or error
        except UsageError:
            continue
    related = ask_relation(rows, text, lambda name: _label(rows, name, "thing", "query"))
    if related:
        return related
    if problem:
        raise problem
    return None


def _fill_question(rows: Asked, question: Question, names: dict[str, str]) -> list[str]:
    """The command that answers a question of one's own, its parameters resolved as their kinds say."""
    words = ["query", question.name]
    for name, said in names.items():
        kind = question.parameters[name].kind if name in question.parameters else "text"
        value = _LEADING.sub("", said.strip())
        words += [f"--{name.replace('_', '-')}", value if kind in LITERAL_KINDS else find_surely(rows, value, kind).label]
    return words


def _fill(rows: Asked, command: str, names: dict[str, str]) -> list[str]:
    words = []
    for word in shlex.split(command):
        slot = _SLOT.fullmatch(word)
        if slot and slot[1] == "findings":
            words += [_label(rows, one, "state", command) for one in _AND.split(names[slot[2]]) if one.strip()]
        elif slot and slot[1] == "contexts":
            told = [_label(rows, one, "thing", command) for one in _AND.split(names[slot[2]]) if one.strip()]
            words += [word for one in told for word in ("--context", one)]
        elif slot and slot[1] == "portions":
            foods = [_label(rows, one, "one", command) for one in _AND.split(names[slot[2]]) if one.strip()]
            words += [f"{one}=1 portion" for one in dict.fromkeys(foods)]
        else:
            words.append(_label(rows, names[slot[2]], slot[1], command) if slot else word)
    return words


def _label(rows: Asked, name: str, kind: str, command: str) -> str:
    """The name of a term as the command takes it: a drug or a nutrient starts a route by its use."""
    name = _LEADING.sub("", name.strip())
    if kind == "text":
        return name
    if kind in ("food", "one"):
        return eaten(rows, name, kind == "one" or command.startswith("compare"))
    if kind in DEGREES:
        return degree_of(rows, name, kind)
    if kind == "source":
        return find_source(rows, name)
    if kind == "drug":
        used = find(rows, name, "Exposure") if find(rows, name, "Drug") is None else None
        if used and used.label.endswith(" use"):
            return used.label
    if kind == "stage":
        return life_stage(rows, name).name
    if kind == "diet":
        found_diet = find_diet(name)
        if found_diet is None:
            raise UsageError(f"no diet is called {name!r}")
        return found_diet
    if command.startswith("paths") and kind == "state":
        try:
            return find_surely(rows, name).label
        except UnknownName:
            pass
        except UsageError:  # of several things of that name the one that is a state
            return find_surely(rows, name, "State").label
    try:
        return find_surely(rows, name, _CLASSES[kind]).label
    except UnknownName:
        found = _read(rows, name, kind) if kind in ("state", "thing") else None
        if kind == "biomarker" and found is None:
            forms = (f"serum {name}", f"25-hydroxy{name}", f"blood {name}")
            measured = next(filter(None, (find(rows, form, "Biomarker") for form in forms)), None)
            return (measured or find_surely(rows, name, "Biomarker")).label
        if found is None:
            raise
        return found.label


def _read(rows: Asked, name: str, kind: str) -> Term | None:
    [reading] = phrases.findings(rows, [name])
    if not reading.understood and kind == "thing":
        [reading] = phrases.context(rows, [name])
    whole = len(reading.terms) == 1 and not (reading.ruled_out or reading.unread) and reading.how != "wider"
    return reading.terms[0] if whole else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    with open(os.path.join(locations.files(), "data", "words", "questions.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line and not line.startswith(("#", "pattern\t"))]
    return tuple((re.compile(_regex(written)), command) for written, command in rows)


@lru_cache(maxsize=1)
def _final() -> frozenset[re.Pattern[str]]:
    """The patterns that fit no other question: a food that they do not know is said, and no other pattern is tried."""
    return frozenset(pattern for pattern, command in _patterns() if command.startswith("plate"))


def _regex(written: str, name: re.Pattern[str] = _NAME) -> str:
    named = _CHOICE.sub(lambda match: "(?:" + match[1] + ")", written)
    return name.sub(lambda match: f"(?P<{match[1]}>.+?)", named).replace(" (?: ", "(?: ")
