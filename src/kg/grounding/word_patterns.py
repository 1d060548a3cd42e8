"""Patterns of words, as a curator writes them in a table, and whether a clause fits one.

A pattern is a row of words that all have to stand in the clause, in any order::

    face/mouth droop* -eyelid     one of face and mouth, a word that begins with "droop", and no "eyelid"
    left_side                     the words "left side", one after the other
    temperature >37.9             the word, and close after it a number above 37.9 (">=", "<", "<=" likewise)

Words are compared as they are folded (:func:`kg.grounding.normalize.fold`). What is denied does not count, unless the pattern
holds the denying word itself: "not drink*" fits "will not drink".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.clauses import Clause

#: A number belongs to a name that stands at most so many words before it.
_NEAR = 5
_BOUND = re.compile(r"(<=|>=|<|>)(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"(\d+(?:·\d+)?)")
#: Above this a body temperature is read as degrees Fahrenheit.
_FAHRENHEIT = 80.0


class Pattern(NamedTuple):
    """What has to stand in a clause, each as its alternatives, what must not, and the bound of a number."""

    needed: tuple[tuple[tuple[str, ...], ...], ...]
    barred: tuple[tuple[str, ...], ...]
    bound: tuple[str, float] | None


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """A pattern as it is written, read."""
    needed, barred, bound = [], [], None
    for token in text.split():
        if match := _BOUND.fullmatch(token):
            bound = (match[1], float(match[2]))
        elif token.startswith("-"):
            barred.append(_words(token[1:]))
        else:
            needed.append(tuple(_words(choice) for choice in token.split("/") if choice))
    return Pattern(tuple(needed), tuple(barred), bound)


def fits(wanted: Pattern, clause: Clause) -> bool:
    """Whether the clause says what the pattern asks for."""
    if any(_places(words, clause.words) for words in wanted.barred):
        return False
    taken: set[int] = set()
    for choices in wanted.needed:
        places = [span for words in choices for span in _places(words, clause.words)]
        told = [span for span in places if _tell(span, clause, taken)] or places
        if not told:
            return False
        taken.update(told[0])
    if wanted.bound and not _number(wanted.bound, clause.words, taken):
        return False
    return all(clause.denied_by[place] is None or clause.denied_by[place] in taken for place in taken)


def _tell(span: tuple[int, ...], clause: Clause, taken: set[int]) -> bool:
    return all(clause.denied_by[place] is None or clause.denied_by[place] in {*taken, *span} for place in span)


def _words(choice: str) -> tuple[str, ...]:
    return tuple(_fold_stem(word[:-1]) if word.endswith("*") else fold(word) for word in choice.split("_"))


def _fold_stem(stem: str) -> str:
    """A stem as the words that begin with it are folded: British spellings too, but its last letter is no ending of a plural.

    >>> _fold_stem("malnourish"), _fold_stem("collaps")
    ('malnorish*', 'collaps*')
    """
    return fold(f"{stem}x")[:-1] + "*"


def _places(words: tuple[str, ...], clause: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Where the words stand in the clause, one after the other."""
    count = len(words)
    return [
        tuple(range(start, start + count))
        for start in range(len(clause) - count + 1)
        if all(_same(word, clause[start + place]) for place, word in enumerate(words))
    ]


def _same(word: str, other: str) -> bool:
    return other.startswith(word[:-1]) if word.endswith("*") else other == word


def _number(bound: tuple[str, float], clause: tuple[str, ...], taken: set[int]) -> bool:
    sign, limit = bound
    for place in sorted(taken):
        for word in clause[place + 1 : place + 1 + _NEAR]:
            match = _NUMBER.match(word)
            if match:
                value = float(match[1].replace("·", "."))
                if 30 < limit < 45 and value > _FAHRENHEIT:
                    value = (value - 32) / 1.8
                return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[sign]
    return False
