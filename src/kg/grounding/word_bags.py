"""The words of a name without articles, order and endings: "cramping in the calves" and "calf cramps" are one bag of words.

Also the short and everyday forms of ``data/words/abbreviations.tsv``, written out.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from itertools import combinations

from kg import locations
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
#: A vitamin and its letter are one word: "a" is an article elsewhere.
_VITAMIN = re.compile(r"\bvitamin ([a-k]\d{0,2})\b")
#: "Won't", "haven't" and the like, folded.
_NOT = re.compile(r"\b(wo|have|has|do|doe|does|did|is|are|was|were|would|should)nt\b")
_VERBS = {"wo": "will", "doe": "does"}
#: A clinician's "-ve", and "3/7" for three days, "2/52" for two weeks, "6/12" for six months.
_MINUS = re.compile(r"(?<=\s)-ve\b")
_SPANS = re.compile(r"(?:\b[xX] ?|\b)(\d{1,2})/(7|52|12)\b")
_SPAN_UNITS = {"7": "days", "52": "weeks", "12": "months"}
#: So many kilograms or pounds are weight.
_WEIGHT = re.compile(
    r"\b(lost|gained|dropped|put on|losing|gaining|shed)(?: about| over| nearly| almost| around| some)? [\d.]+ ?(?:kg|kgs|kilos?|kilograms?|lbs?|pounds?|stones?|st)\b",
    re.IGNORECASE,
)
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


#: The ways to say that one cannot, folded.
_CANNOT = re.compile(r"\b(?:cant|can not|could not|couldnt|unable to|not able to)\b")


def content(key: str) -> tuple[str, ...]:
    """The stems of the words of a folded phrase that carry meaning, each once."""
    return tuple(dict.fromkeys(stem(word) for word in _VITAMIN.sub(r"vitamin\1", key).split() if word not in _EMPTY))


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


def write_out(phrase: str) -> str | None:
    """The phrase with its short forms written out, or None where it has none.

    >>> write_out("N/V x 3 days, SOB")
    'nausea and vomiting for 3 day, shortness of breath'
    """
    spelled = _SPANS.sub(
        lambda match: f"for {match[1]} {_SPAN_UNITS[match[2]]}", _WEIGHT.sub(r"\1 weight", _MINUS.sub(" negative", phrase))
    )
    text = ", ".join(fold(piece.replace("/", "slash")) for piece in spelled.split(","))
    plain = _NOT.sub(lambda match: f"{_VERBS.get(match[1], match[1])} not", _CANNOT.sub("cannot", text))
    changed = _pattern().sub(lambda match: _long_forms()[match[0]], plain).replace("slash", " ")
    return changed if changed != text or spelled != phrase else None


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, str]:
    with open(os.path.join(locations.files(), "data", "words", "abbreviations.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line and not line.startswith(("#", "short\t"))]
    return {fold(short.replace("/", "slash")): ", ".join(map(fold, long.split(","))) for short, long in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_long_forms(), key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\S|$(?<=\bx))")
