"""Two doors to SPARQL: the embedded engine (pyoxigraph) and a remote endpoint (SPARQLWrapper).

Both answer a query text with pyoxigraph's result objects, so that nothing behind them needs to know which one it was.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import EngineError, LimitReached, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Deeper nesting than any sane query; far above it the engine's parser runs out of stack and the process dies.
DEEPEST = 100

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"


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


class Remote:
    """A SPARQL 1.1 endpoint. ``timeout`` is the whole call's limit in seconds."""

    def __init__(self, url: str, timeout: float | None = None) -> None:
        self.url, self.timeout = url, timeout or 60.0

    def run(self, text: str, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query; see :meth:`Embedded.run`.

        Raises:
            LimitReached: no answer within the time.
            EngineError: the endpoint could not be reached, refused the query or answered something else.
        """
        # SPARQLWrapper takes some words of a comment ("copy", "load") for an update.
        while text.lstrip().startswith("#"):
            text = text.partition("\n")[2]
        head = " ".join(f"PREFIX {name}: <{space}>" for name, space in (prefixes or {}).items() if f"{name}:" in text)
        body, kind = self._asked(f"{head} {text}" if head else text)
        try:
            if kind.startswith(TRIPLES):
                return iter([quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)])
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise EngineError(
                f"{self.url}: the answer is no SPARQL result; check that this is the address of the endpoint"
            ) from None

    def _asked(self, text: str) -> tuple[bytes, str]:
        from urllib.error import HTTPError, URLError

        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

        wrapper = SPARQLWrapper(self.url)
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, round(self.timeout)))
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(text)
        wrapper.addCustomHttpHeader("Accept", f"{ROWS}, {TRIPLES};q=0.9")
        try:
            response = wrapper.query().response
            return response.read(), response.headers.get_content_type()
        except QueryBadFormed as error:
            raise QueryError(f"{self.url}: the query was refused: {' '.join(str(error).split())[:200]}") from None
        except SPARQLWrapperException as error:
            reason = " ".join(str(error.msg).split())[:120]
            raise EngineError(f"{self.url}: {reason}; check the address or ask its keeper") from None
        except HTTPError as error:
            raise EngineError(f"{self.url}: answered {error.code} {error.reason}; try again later or ask its keeper") from None
        except TimeoutError:
            raise LimitReached(
                f"{self.url}: no answer within {self.timeout:g} s; raise --timeout or narrow the query"
            ) from None
        except (URLError, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise LimitReached(
                    f"{self.url}: no answer within {self.timeout:g} s; raise --timeout or narrow the query"
                ) from None
            raise EngineError(
                f"{self.url}: {getattr(error, 'reason', error)}; check the address and that the server runs"
            ) from None


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
