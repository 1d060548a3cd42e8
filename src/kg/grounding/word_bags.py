"""The words of a name without articles, order and endings: "cramping in the calves" and "calf cramps" are one bag of words."""

from __future__ import annotations

import re
from itertools import combinations

from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words that carry no meaning of their own in a name.
_EMPTY = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "my",
        "his",
        "her",
        "their",
        "your",
        "our",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "and",
        "with",
        "have",
        "has",
        "had",
        "i",
        "me",
        "it",
        "when",
        "that",
        "this",
        "from",
        "by",
    )
)
#: Endings that are taken off, the longest first; what is left keeps at least four letters.
_ENDINGS = ("iness", "ness", "ing", "ed", "y", "e")
#: Nouns and verbs whose stems would meet though they mean different things.
_WHOLE = frozenset(("concentration", "concentrating", "ration", "rating", "being", "anxiety", "anemia"))
#: A vitamin and its letter are one word, the letter first: "a" is an article elsewhere, and an e at the end would be taken off.
_VITAMIN = re.compile(r"\bvitamin ([a-k]\d{0,2})\b")
#: Longer phrases are sentences: they are read piece by piece, see :mod:`kg.grounding.free_text`.
MOST_WORDS = 9
_MOST_OF_A_NAME = 5


def stem(word: str) -> str:
    """A folded word without its ending.

    >>> stem("tingling"), stem("tingle"), stem("dizziness"), stem("dizzy")
    ('tingl', 'tingl', 'dizz', 'dizz')
    """
    if word in _WHOLE or not word.isalpha():
        return word
    if word.endswith("ve") and len(word) > 4:  # calves is folded to calve
        word = word[:-2] + "f"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt" else word
    return word


def content(key: str) -> tuple[str, ...]:
    """The stems of the words of a folded phrase that carry meaning, each once."""
    return tuple(dict.fromkeys(stem(word) for word in _VITAMIN.sub(r"\1vitamin", key).split() if word not in _EMPTY))


def word_key(name: str) -> str:
    """The key under which a name is found whatever the order of its words; empty for a name of no words.

    >>> word_key("cracks at the corners of the mouth") == word_key("Cracked mouth corners")
    True
    """
    return " ".join(sorted(content(fold(name))))


def find_contained(key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The word keys of names that a folded phrase may hold, the longest first, each with the stems that it leaves over."""
    stems = content(key)
    if not 1 < len(stems) <= MOST_WORDS:
        return
    for count in range(min(len(stems), _MOST_OF_A_NAME), 1, -1):
        for chosen in combinations(stems, count):
            yield " ".join(sorted(chosen)), tuple(one for one in stems if one not in chosen)
