"""Head words: by what name a source calls the end of a claim. They must be names of that term or of a kind of it, and of no other state.

Arrhythmia filed as palpitations is what this catches: the word was a synonym of the wrong term, or the line stood under it.
"""

from __future__ import annotations

from kg.checks.passages import words
from kg.graph import Graph
from kg.grounding.normalize import fold
from kg.sparql import library


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


def key(name: str) -> str:
    """A name as it is compared."""
    return " ".join(fold(word) for word in words(name))
