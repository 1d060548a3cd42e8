"""The words of a question that say what is asked: cues of ``data/words/question_cues.tsv``, and intents of ``data/words/question_intents.tsv``.

A command that speaks of the right terms may still not answer what is asked for beside them ("how long", "who should not"): of two
readings the one that says more of it is better, and what the answer does not say is named.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.grounding.normalize import fold
from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def small_words() -> frozenset[str]:
    """Words with which no name begins or ends, folded."""
    return _table()["small"]


def plain_words() -> frozenset[str]:
    """Words that any question may hold and that choose nothing, folded."""
    return _table()["plain"]


def cues_in(words: tuple[str, ...]) -> Iterator[tuple[str, list[int]]]:
    """The cues that stand in the words, with their places."""
    for cue, told in _table().items():
        if cue in ("plain", "small"):
            continue
        for phrase in told:
            sought = phrase.split()
            for at in range(len(words) - len(sought) + 1):
                if all(map(_same, sought, words[at : at + len(sought)])):
                    yield cue, list(range(at, at + len(sought)))


def _same(sought: str, word: str) -> bool:
    return word.startswith(sought[:-1]) if sought.endswith("*") else sought == word


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    """The words of each cue, folded; those of ``plain`` belong to any question."""
    found: dict[str, frozenset[str]] = {}
    for cue, told in word_tables.read("words/question_cues.tsv"):
        keys = (one if one.endswith("*") else fold(one) for one in told.split("|"))
        found[cue] = found.get(cue, frozenset()) | frozenset(keys)
    return found


#: Asked for foods with little of something.
LITTLE = "what holds little of it"


class Intent(NamedTuple):
    """Something that is asked for: how it is worded, its name in an answer, and the commands and questions of the library that say it."""

    asked: re.Pattern[str]
    said: str
    answered_by: frozenset[str]


def find_unanswered(question: str, command: Sequence[str]) -> tuple[str, ...]:
    """What a question asks for and a command does not say.

    >>> find_unanswered("How long does rickets take to heal?", ["query", "causes_of", "--finding", "rickets"])
    ('how long it takes',)
    >>> find_unanswered("How long does rickets take to heal?", ["query", "goes_back", "--state", "rickets"])
    ()
    """
    name = command[1] if command[0] == "query" else command[0]
    return tuple(one.said for one in _asked_for(question) if name not in one.answered_by)


@lru_cache(maxsize=64)
def _asked_for(question: str) -> tuple[Intent, ...]:
    text = re.sub(r"['’]", "", question.casefold()).rstrip(" ?!.")
    return tuple(one for one in _intents() if one.asked.search(text))


@lru_cache(maxsize=1)
def _intents() -> tuple[Intent, ...]:
    table = "words/question_intents.tsv"
    return tuple(
        Intent(word_tables.compile_pattern(table, asked), said, frozenset(names.split()))
        for asked, said, names in word_tables.read(table)
    )
