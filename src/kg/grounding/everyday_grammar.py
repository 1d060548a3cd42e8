"""The small grammar of ``data/words/everyday.tsv``: groups of words, and rows of groups that mean a finding.

A group is a list of words; a row asks for one word of each of its groups, in any order and close together::

    leg      leg* calf calve* thigh*                 the words of a group; "leg*" also fits "legs"
    {leg} {weak}           muscle weakness           one word of each
    {hair} fall*/shed* -asleep                       "falls" or "shedding", and no "asleep"
    bring*_up food                                   "bringing up", one after the other

Words are compared as they are folded. A word that is denied does not count, unless the row holds the denial: "no hunger".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from kg.grounding.normalize import fold
from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.grounding.clauses import Clause

#: The words of one finding stand within so many words of each other.
_NEAR = 9
#: Of a word that is said more often only so many places are tried.
_MOST_PLACES = 3
_GROUP = re.compile(r"\{(\w+)\}")

Span = tuple[int, ...]
Spans = dict[str, list[Span]]


class Row(NamedTuple):
    """What has to be said, what must not be, and the names of what it means."""

    needed: tuple[str, ...]
    barred: tuple[str, ...]
    names: tuple[str, ...]


class Grammar(NamedTuple):
    """The rows, and by each first word (or beginning of one) the choices that it may open."""

    rows: tuple[Row, ...]
    opened_by: dict[str, list[tuple[str, tuple[str, ...]]]]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The table, read."""
    groups: dict[str, str] = {}
    rows: list[Row] = []
    for group, words, names in word_tables.read("words/everyday.tsv"):
        if group:
            groups[group] = "/".join(_GROUP.sub(lambda match: groups[match[1]], words).split())
            continue
        tokens = [_GROUP.sub(lambda match: groups[match[1]], token) for token in words.split()]
        needed = tuple(token for token in tokens if not token.startswith("-"))
        barred = tuple(token[1:] for token in tokens if token.startswith("-"))
        rows.append(Row(needed, barred, tuple(names.split("|"))))
    opened: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for token in dict.fromkeys(token for row in rows for token in (*row.needed, *row.barred)):
        for choice in filter(None, token.split("/")):
            words_of = tuple(one if one.endswith("*") else fold(one) for one in choice.split("_"))
            opened.setdefault(words_of[0], []).append((token, words_of))
    return Grammar(tuple(rows), opened)


def spoken(clause: Clause) -> Iterator[tuple[frozenset[int], tuple[str, ...]]]:
    """The rows that a clause fits: the places of their words in it, and the names that they mean."""
    known = grammar()
    spans = _find_spans(known, clause.words)
    for row in known.rows:
        if all(token in spans for token in row.needed) and not any(token in spans for token in row.barred):
            places = _closest(row, spans, clause)
            if places is not None:
                yield places, row.names


def _find_spans(known: Grammar, words: tuple[str, ...]) -> Spans:
    found: Spans = {}
    for start, word in enumerate(words):
        openings = (word, *(word[:size] + "*" for size in range(2, len(word) + 1)))
        for token, choice in (one for opening in openings for one in known.opened_by.get(opening, ())):
            end = start + len(choice)
            if end <= len(words) and all(map(_same, choice[1:], words[start + 1 : end])):
                span = tuple(range(start, end))
                if span not in found.setdefault(token, []):
                    found[token].append(span)
    return found


def _closest(row: Row, spans: Spans, clause: Clause) -> frozenset[int] | None:
    """The places of a row's words that stand closest together, each word used once, none of them denied from outside."""
    best: frozenset[int] | None = None
    for chosen in product(*(spans[token][:_MOST_PLACES] for token in row.needed)):
        places = frozenset(place for span in chosen for place in span)
        width = max(places) - min(places)
        if len(places) < sum(map(len, chosen)) or width > _NEAR or (best and width >= max(best) - min(best)):
            continue
        denied = {by for place in places if (by := clause.denied_by[place]) is not None}
        if denied <= places:
            best = places
    return best


def _same(word: str, other: str) -> bool:
    return other.startswith(word[:-1]) if word.endswith("*") else other == word


def vocabulary() -> frozenset[str]:
    """All whole words of the table."""
    opened = (words for choices in grammar().opened_by.values() for _, words in choices)
    return frozenset(word for words in opened for word in words if not word.endswith("*"))
