"""The embedded engine (pyoxigraph). Its remote twin is :mod:`kg.remote`.

Both answer a query text with results of the same shape, so that nothing behind them needs to know which one it was.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import EngineError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Deeper nesting than any sane query; far above it the engine's parser runs out of stack and the process dies.
DEEPEST = 100


class Embedded:
    """The engine in this process, on a store in memory or on disk."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def run(self, text: str, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query.

        Raises:
            QueryError: the query does not parse, with line and column.
            EngineError: the engine refused to run it.
        """
        _refuse_nesting(text)
        try:
            return self.store.query(text, prefixes=prefixes)
        except SyntaxError as error:
            raise QueryError(told(error)) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(f"the query could not be run: {error}") from None


def told(error: SyntaxError) -> str:
    """One line that says where a query goes wrong and what was expected there."""
    words = " ".join(str(error.msg or error).split())
    place, _, reason = words.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not line.isdigit():
        return words
    if "Prefix not found" in reason:
        reason = "a prefix that is not declared; declare it or use one of ontology/prefixes.ttl"
    elif len(reason) > 120:
        reason = "this cannot stand here"
    return f"line {line}, column {column}: {reason}"


def _refuse_nesting(text: str) -> None:
    if text.count("(") + text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for letter in text:
        if letter in "({[":
            depth += 1
            if depth > DEEPEST:
                raise QueryError(f"the query is nested more than {DEEPEST} deep; write it flatter")
        elif letter in ")}]":
            depth -= 1
