"""Head words: by what name a source calls the end of a claim. They must be names of that term or of a kind of it, and of no other state.

Arrhythmia filed as palpitations is what this catches: the word was a synonym of the wrong term, or the line stood under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pyoxigraph import Store

from kg.checks.passages import words
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.graph import Graph
from kg.grounding.normalize import fold
from kg.sparql import library
from kg.sparql.embedded import Embedded

#: How a note tells the name that its source uses.
_UNDER = re.compile(r"Under the names? ([^.;:(]+)")
_BETWEEN = re.compile(r",? (?:and|or) |, ")


def of_notes(store: Store, places: Places) -> Iterator[Problem]:
    """Direct lines whose note says that the source speaks of what another state is called, and by no name of an end of the claim."""
    graph = Graph(Embedded(store))
    rows = [row for row in graph.rows(library.reading("line_notes")) if _UNDER.match(row["note"].value)]
    rows = [row for row in rows if places.is_reported(row["claim"].value)]
    if not rows:
        return
    names = HeadWords(graph, {row["line"].value: (row["subject"].value, row["object"].value) for row in rows})
    for row in rows:
        told = _UNDER.match(row["note"].value)
        called = _BETWEEN.split(told[1].strip()) if told else []
        ends = [names.of(row["line"].value, end, word) for word in called for end in ("cause", "effect")]
        strange = [word for word in called if names.is_state(word)]
        if called and strange == called and not any(own for own, _ in ends):
            problem = (
                f"a note says that {row['source'].value.rpartition('/')[2]} speaks of {strange[0]}, which is another state"
            )
            fix = "mark the line kg:indirect, or move it to the claim of that state"
            yield places.problem(row["claim"], problem, fix)


class HeadWords:
    """Whether a word is a name of an end of a line's claim or of a kind of it, and of no other state.

    Parameters:
        ends: the two ends of the claim of each line.
    """

    def __init__(self, graph: Graph, ends: dict[str, tuple[str, str]]) -> None:
        self.ends = ends
        self.bearers: dict[str, set[str]] = {}
        self.states: set[str] = set()
        for row in graph.rows(library.reading("all_names")):
            self.bearers.setdefault(key(row["name"].value), set()).add(row["term"].value)
            if row["state"] is not None:
                self.states.add(row["term"].value)
        self.kinds: dict[str, set[str]] = {}
        for row in graph.rows(library.reading("wider_states")):
            self.kinds.setdefault(row["wide"].value, set()).add(row["narrow"].value)

    def of(self, line: str, column: str, word: str) -> tuple[bool, bool]:
        """As :data:`kg.checks.verify.Names`."""
        if line not in self.ends:
            return True, True
        end = self.ends[line][0 if column == "cause" else 1]
        own = {end, *self.kinds.get(end, ())}
        bearers = self.bearers.get(key(word), set())
        return bool(bearers & own), end not in self.states or not (bearers & self.states) - own

    def is_state(self, word: str) -> bool:
        """Whether a state that is not an exposure is called so."""
        return bool(self.bearers.get(key(word), set()) & self.states)


def key(name: str) -> str:
    """A name as it is compared."""
    return " ".join(map(_fold, words(name)))


@cache
def _fold(word: str) -> str:
    """A word as it is folded; names share most of theirs."""
    return fold(word)
