"""What ``kg query`` says on standard error of a query of one's own: which part matches nothing, and what is near."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.graph import Graph

#: The query that was asked, and whether it is a check; looking for hints costs as much as a small query.
_asked: list[tuple[Graph, str, bool]] = []


def remember(graph: Graph, text: str, check: bool) -> None:
    """Keep a query until its answer is printed."""
    _asked.append((graph, text, check))


def is_own() -> bool:
    """Whether a query was kept."""
    return bool(_asked)


def say_hints(found: bool, only: Any = None) -> None:
    """Say what of the query is not in the graph: where nothing was found, and where a part that matches nothing does not show.

    Parameters:
        found: whether there was a row, or a triple, or a yes.
        only: the only row of the answer, which may say nothing but zero.
    """
    for graph, text, check in _asked:
        from kg.sparql.hints import is_nothing, may_hide

        found = found and not (only is not None and is_nothing(text, only))
        seek = graph.hints if found or check else graph.explain_emptiness  # no row of a check is what is wanted
        for hint in seek(text) if not found or may_hide(text) else graph.warn_of_large(text):
            print(f"kg: {hint}", file=sys.stderr)
    _asked.clear()
