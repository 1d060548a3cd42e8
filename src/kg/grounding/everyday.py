"""How people tell a finding in whole clauses: "my fingertips feel full of needles", "legs turn to jelly on the stairs".

The words of :mod:`kg.grounding.everyday_grammar` may stand in any order and with others between them. Nothing is read from what is
denied, gone, feared or said of someone else, and the half of a phrase in which no finding was found is reported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.grounding import qualifiers
from kg.grounding.clauses import clauses
from kg.grounding.everyday_grammar import spoken
from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.clauses import Clause

#: A longer text is no single clause: it is read piece by piece.
_MOST_WORDS = 24
_SEVERAL = re.compile(r"[,;!?]\s*\S|\.\s+\S|\n")
_SHORT = (("'m ", " am "), ("'re ", " are "), ("'ve ", " have "), ("'ll ", " will "), ("cant ", "can't "))
#: A longer word that stands alone beside "and" says something.
_LONG_WORD = 7
_AND = re.compile(r"\s(?:and|plus|&|\+)\s", re.IGNORECASE)
#: What follows "gone" where a thing is over; "gone numb" is not.
_AWAY = ((), ("away",), ("now",), ("completely",), ("since",))


class Said(NamedTuple):
    """What a phrase says: the names of findings, the words that do not belong to them, and halves of it that were not read."""

    names: tuple[str, ...]
    over: tuple[str, ...]
    unread: tuple[str, ...] = ()


def read(phrase: str) -> Said | None:
    """The findings that a phrase tells in everyday words, or None.

    >>> read("my fingertips feel like they're full of needles").names
    ('paresthesia',)
    >>> read("my fingertips no longer feel full of needles")
    """
    text = phrase.strip().rstrip(".!?").replace("’", "'")
    if _SEVERAL.search(text) or len(text.split()) > _MOST_WORDS or is_not_of_the_person(text):
        return None
    for short, long in _SHORT:
        text = text.replace(short, long)
    halves = [half.strip() for half in _AND.split(text) if half.strip()]
    apart = [_clause(half) for half in halves]
    together = [one for one in apart if one]
    if len(together) == len(halves) > 1:
        return Said(*(tuple(dict.fromkeys(word for one in together for word in one[part])) for part in (0, 1)))
    whole = _clause(text)
    if whole is None:
        return None
    parted = {name for one in together for name in one.names} == set(whole.names)
    return whole._replace(
        unread=tuple(
            half
            for half, one in zip(halves, apart, strict=True)
            if one is None and (len(half.split()) > 1 or len(half) > _LONG_WORD)
        )
        if parted
        else ()
    )


def _clause(text: str) -> Said | None:
    """What one clause says."""
    names: list[str] = []
    over: list[str] = []
    for clause in clauses(text):
        found = [] if clause.past else [one for one in spoken(clause) if not _has_passed(clause, one[0])]
        meant = [one for one in found if not any(one[0] < other[0] for other in found)]
        first = dict(reversed(meant))  # of rows for the very same words the first stands
        names += [name for places, _ in meant for name in first[places]]
        used = frozenset().union(*first)
        over += [word for at, word in enumerate(clause.words) if at not in used]
    return Said(tuple(dict.fromkeys(names)), tuple(over)) if names else None


def _has_passed(clause: Clause, places: frozenset[int]) -> bool:
    """Whether a clause says that the thing is over: "no longer", "has stopped"; but "cannot run any longer" is not over."""
    for at, word in enumerate(clause.words):
        over = word in _gone() or (word in ("gone", "went") and clause.words[at + 1 : at + 2] in _AWAY)
        if at not in places and over:
            return not ("cannot" in clause.words and word in ("more", "anymore", "longer"))
    return False


def is_not_of_the_person(text: str) -> bool:
    """Whether a phrase is a figure of speech, or speaks of someone or something else."""
    key = fold(text)
    return qualifiers.is_figure(key) or bool(_others().intersection(key.split()))


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    return frozenset((*qualifiers.words("of others"), *qualifiers.words("of things"))) - frozenset(
        qualifiers.words("may be the person")
    )


@lru_cache(maxsize=1)
def _gone() -> frozenset[str]:
    return frozenset(qualifiers.words("gone"))
