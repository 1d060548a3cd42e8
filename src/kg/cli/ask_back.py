"""Asking back on a terminal what was not understood: the nearest names by number, never a guess, and never in a pipe."""

from __future__ import annotations

import sys

from kg.grounding.spelling import suggest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

#: So many names are offered for each phrase.
_OFFERED = 4


def can_ask() -> bool:
    """Whether a person sits at both ends: standard input, and standard error, where the question is put."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def put_right(graph: Graph, phrases: Sequence[str], unread: Sequence[str]) -> list[str]:
    """The phrases, those that were not understood replaced by what the person picks or writes; left out on a bare Enter."""
    left = set(unread)
    return [right for phrase in phrases if (right := _ask(graph, phrase) if phrase in left else phrase)]


def _ask(graph: Graph, phrase: str) -> str:
    offered = suggest(graph.rows, phrase, "State", _OFFERED)
    listed = "".join(f"  {number} {name}\n" for number, name in enumerate(offered, 1))
    what = "its number, other words" if offered else "other words"
    print(
        f"kg: {phrase!r} is not understood\n{listed}kg: {what}, or Enter to leave it out: ", end="", file=sys.stderr, flush=True
    )
    said = sys.stdin.readline().strip()
    if said.isascii() and said.isdigit() and 0 < int(said) <= len(offered):
        return offered[int(said) - 1]
    return said
