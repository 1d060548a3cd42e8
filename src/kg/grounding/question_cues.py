"""The words of a question that say what is asked: ``data/words/question_cues.tsv``."""

from __future__ import annotations

import os
from functools import lru_cache

from kg import locations
from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


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
    with open(os.path.join(locations.files(), "data", "words", "question_cues.tsv"), encoding="utf-8") as file:
        for line in file:
            if "\t" in line and not line.startswith(("#", "cue\t")):
                cue, told = line.rstrip("\n").split("\t")
                keys = (one if one.endswith("*") else fold(one) for one in told.split("|"))
                found[cue] = found.get(cue, frozenset()) | frozenset(keys)
    return found
