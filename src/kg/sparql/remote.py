"""The remote engine: a SPARQL 1.1 endpoint behind SPARQLWrapper, with one deadline for the whole call.

SPARQLWrapper knows no deadline but one for each read, which a server that drips holds for ever; it tries nothing again, and
its errors are many. Here the request runs in a thread that is left behind at the deadline, and the body is read against
what is left of the time. Results stream: a row is parsed when it is asked for.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import EngineError, KgError, LimitReached, QueryError
from kg.sparql.query_text import BOM, refuse_updates

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
#: Answers that another try may mend, and how long to wait before each (seconds); a server's own Retry-After goes before.
PASSING = (429, 500, 502, 503, 504)
PAUSES = (0.2, 1.0)
#: Answers that tell of a wrong address, whatever words come with them.
NOT_THERE = (404, 405)
#: The column in which Virtuoso 7.2 tells the truth value of an ASK.
VIRTUOSO_ASK = "__ASK_RETVAL"


class Remote:
    """A SPARQL 1.1 endpoint.

    Parameters:
        url: its address; a parameter ``default-graph-uri`` of the address names the graph that is asked, for endpoints
            whose default graph is not the one that was loaded (Virtuoso).
        timeout: the whole call's limit in seconds.
    """

    def __init__(self, url: str, timeout: float | None = None) -> None:
        self.url, self.timeout = url, timeout or 60.0

    def run(self, text: str, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query: rows or triples as they arrive, or a truth value.

        Raises:
            QueryError: the text is no query, and was not sent; or the endpoint refused it.
            LimitReached: no answer within the time.
            EngineError: the endpoint could not be reached, failed or answered something else.
        """
        text = text.removeprefix(BOM)
        refuse_updates(text)
        head = " ".join(f"PREFIX {name}: <{space}>" for name, space in (prefixes or {}).items() if f"{name}:" in text)
        deadline = time.monotonic() + self.timeout
        response = self._answered(f"{head} {text}" if head else text, deadline)
        body = _Body(response, deadline, self._late)
        if response.headers.get_content_type() == TRIPLES:
            return self._triples(body, response)
        try:
            answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
        except (SyntaxError, ValueError):
            raise self._no_result(response) from None
        if isinstance(answer, ox.QueryBoolean):
            return answer
        if [variable.value for variable in answer.variables] == [VIRTUOSO_ASK]:
            return next(iter(answer))[0].value == "1"
        return _Rows(answer, lambda: self._no_result(response))

    def _triples(self, body: _Body, response: Any) -> Iterator[ox.Triple]:
        try:
            for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES):  # type: ignore[arg-type]
                yield quad.triple
        except (SyntaxError, ValueError):
            raise self._no_result(response) from None

    def _answered(self, text: str, deadline: float) -> Any:
        """The response, after some more tries where the trouble may pass."""
        for pause in (*PAUSES, None):
            try:
                return self._asked(text, deadline)
            except _Passing as trouble:
                wait = pause if trouble.wait is None else trouble.wait
                if pause is None or wait is None or time.monotonic() + wait >= deadline:
                    raise EngineError(f"{self.url}: {trouble}; try again later or ask its keeper") from None
                time.sleep(wait)
        raise AssertionError

    def _asked(self, text: str, deadline: float) -> Any:
        """One try, left behind at the deadline."""
        outcome: list[Any] = []

        def ask() -> None:
            try:
                outcome.append(self._sent(text, deadline))
            except (KgError, _Passing) as error:
                outcome.append(error)

        thread = Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(0.0, deadline - time.monotonic()))
        if not outcome:
            raise self._late()
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return outcome[0]

    def _sent(self, text: str, deadline: float) -> Any:
        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

        class Query(SPARQLWrapper):
            def isSparqlUpdateRequest(self) -> bool:  # guessed from the words of the text, those of its comments included
                return False

        address, graphs = with_graphs(self.url)
        wrapper = Query(address)
        for graph in graphs:
            wrapper.addDefaultGraph(graph)
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, round(deadline - time.monotonic())))
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(text)
        wrapper.addCustomHttpHeader("Accept", f"{ROWS}, {TRIPLES};q=0.9")
        try:
            return wrapper.query().response
        except QueryBadFormed as error:
            raise QueryError(f"{self.url}: the query was refused: {_short(error)}") from None
        except EndPointInternalError as error:
            raise _Passing(f"failed: {_short(error)}") from None
        except SPARQLWrapperException as error:
            raise EngineError(f"{self.url}: {_short(error)}; check the address or ask its keeper") from None
        except HTTPError as error:
            words = f"answered {error.code} {error.reason}"
            if error.code in PASSING:
                raise _Passing(words, _seconds(error.headers.get("Retry-After"))) from None
            detail = "" if error.code in NOT_THERE else _detail(error.read(4000).decode("utf-8", "replace"))
            raise EngineError(f"{self.url}: {words}; {detail or 'check the address or ask its keeper'}") from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise self._late() from None
            words = getattr(reason, "strerror", None) or str(reason)
            raise EngineError(f"{self.url}: {words}; check the address and that the server runs") from None

    def _late(self) -> LimitReached:
        return LimitReached(f"{self.url}: no answer within {self.timeout:g} s; raise --timeout or narrow the query")

    def _no_result(self, response: Any) -> EngineError:
        where = response.geturl()
        if where and urlsplit(where).path != urlsplit(self.url).path:
            return EngineError(f"{self.url}: leads on to {where}, where the query is lost; name that address")
        return EngineError(f"{self.url}: the answer is no SPARQL result; check that this is the address of the endpoint")


class _Rows:
    """Rows that are parsed as they are read; what breaks off is told as every other trouble is."""

    def __init__(self, answer: Any, broken: Any) -> None:
        self._answer, self._broken = answer, broken
        self.variables = answer.variables

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        try:
            return next(self._answer)
        except (SyntaxError, ValueError):
            raise self._broken() from None

    def serialize(self, output: Any, *, format: ox.QueryResultsFormat) -> None:
        """Write the rows in one of the standard formats."""
        try:
            self._answer.serialize(output, format=format)
        except (SyntaxError, ValueError):
            raise self._broken() from None


class _Body:
    """The body of a response, read against the deadline."""

    def __init__(self, response: Any, deadline: float, late: Any) -> None:
        self._response, self._deadline, self._late = response, deadline, late

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, as soon as there are any."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self._late()
        with suppress(AttributeError, OSError):  # the socket behind urllib's response, where it lets us have it
            self._response.fp.raw._sock.settimeout(left)
        try:
            found: bytes = self._response.read1(size)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise self._late() from None
            raise EngineError(f"{self._response.geturl()}: the connection broke: {error}; try again") from None
        return found


class _Passing(Exception):
    """A trouble that may pass; ``wait`` is how many seconds the server asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def with_graphs(url: str) -> tuple[str, list[str]]:
    """The address without its ``default-graph-uri`` parameters, and these: they belong into the request's body."""
    parts = urlsplit(url)
    given = parse_qsl(parts.query)
    graphs = [value for name, value in given if name == "default-graph-uri"]
    rest = urlencode([(name, value) for name, value in given if name != "default-graph-uri"])
    return urlunsplit(parts._replace(query=rest)), graphs


def _seconds(words: str | None) -> float | None:
    return float(words) if words and words.isdigit() else None


def _short(error: Exception) -> str:
    """SPARQLWrapper's words without the name of its class, and the server's own words after them."""
    words = " ".join(str(error).split())
    return _detail(words) or words.partition(": ")[2].replace(" Response: b", " ").replace("\\n", " ")[:200]


def _detail(words: str) -> str:
    """What a refusal by RFC 9457 (``application/problem+json``) says in its ``detail``; nothing where it is none."""
    found = re.search(r'"detail": ?"((?:[^"\\]|\\.)*)"', words)
    return " ".join(found[1].replace("\\", "").split()) if found else ""
