"""The embedded engine (pyoxigraph). Its remote twin is :mod:`kg.sparql.remote`.

Both answer a query text with results of the same shape, so that nothing behind them needs to know which one it was.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import EngineError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
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
            raise QueryError(told(error, text, prefixes or {})) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(f"the query could not be run: {error}") from None


def told(error: SyntaxError, text: str | None = None, known: Container[str] = ()) -> str:
    """One line that says where a query goes wrong and what was expected there.

    With its ``text`` and the prefixes that are ``known``, an empty query, an update and a prefix that is missing are named.
    """
    words = " ".join(str(error.msg or error).split())
    place, _, reason = words.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not line.isdigit():
        return words
    usual = "" if text is None else _usual(text, known)
    if usual:
        reason = usual
    elif "Prefix not found" in reason:
        reason = "a prefix that is not declared; declare it or use one of ontology/prefixes.ttl"
    elif len(reason) > 120:
        reason = "this cannot stand here"
    return f"line {line}, column {column}: {reason}"


def _usual(text: str, known: Container[str]) -> str:
    """The mistakes that the engine's parser reports as something else."""
    import re

    bare = re.sub(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""", " ", text)
    if not bare.strip():
        return "the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE"
    update = re.match(
        r"(?:\s*(?:PREFIX\s+\S*:|BASE))*\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", bare, re.IGNORECASE
    )
    if update:
        return f"{update[1].upper()} would change the graph, which is only read; write SELECT, ASK, CONSTRUCT or DESCRIBE"
    if '"' in bare or "'" in bare:
        return ""  # a string is not closed: what looks like a prefix may stand in it
    declared = re.findall(r"PREFIX\s+([\w.-]*):", bare, re.IGNORECASE)
    for name in re.findall(r"(?<![\w?$.-])([A-Za-z][\w.-]*|):", bare):
        if name not in declared and name not in known:
            return f"the prefix {name}: is not declared; declare it, or use one of ontology/prefixes.ttl"
    return ""


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
