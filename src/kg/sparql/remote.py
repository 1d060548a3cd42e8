"""The remote engine: a SPARQL 1.1 endpoint, asked within one deadline for the whole call."""

from __future__ import annotations

import time
from typing import Any

from kg.errors import EngineError, QueryError
from kg.sparql.answers import answer
from kg.sparql.embedded import parses
from kg.sparql.query_text import BOM, list_selected, refuse_updates
from kg.sparql.sending import Sender

ACCEPT_ROWS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.4, text/csv;q=0.2"
)
ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5, application/ld+json;q=0.4"
#: What each form of query is answered with.
_ANSWERS = {"SELECT": "rows", "ASK": "a truth value", "CONSTRUCT": "a graph", "DESCRIBE": "a graph"}
#: How many queries this process sent to each endpoint; a limit of the whole command says so.
SENT: dict[str, int] = {}


class Remote:
    """A SPARQL 1.1 endpoint.

    Parameters:
        url: its address; a parameter ``default-graph-uri`` of the address names the graph that is asked, for endpoints
            whose default graph is not the one that was loaded (Virtuoso).
        timeout: the whole call's limit in seconds.

    Raises:
        kg.errors.EngineError: the address is none.
    """

    def __init__(self, url: str, timeout: float | None = None) -> None:
        self.timeout = timeout or 60.0
        self._sender = Sender(url, self.timeout)
        #: The address as it may be shown, without a password.
        self.url = self._sender.address.shown

    def run(self, text: str, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query: rows or triples as they are read, or a truth value.

        Raises:
            QueryError: the text is not a query, and was not sent; or the endpoint refused it, and it does not parse.
            LimitReached: no answer within the time, or a part of it alone.
            EngineError: the endpoint could not be reached, failed, refused a query that parses, or answered something else.
        """
        text = text.removeprefix(BOM)
        form = refuse_updates(text)
        head = " ".join(f"PREFIX {name}: <{space}>" for name, space in (prefixes or {}).items() if f"{name}:" in text)
        deadline = time.monotonic() + self.timeout
        SENT[self.url] = SENT.get(self.url, 0) + 1
        accept = ACCEPT_ROWS if form in ("SELECT", "ASK") else ACCEPT_GRAPH
        whole = f"{head} {text}" if head else text
        try:
            response = self._sender.response(whole, accept, deadline)
        except QueryError as error:
            if parses(whole):  # the endpoint fails then, and not who asked
                raise EngineError(str(error)) from None
            raise
        found = answer(self._sender, response, deadline)
        came = "a truth value" if isinstance(found, bool) else "rows" if hasattr(found, "variables") else "a graph"
        if came != _ANSWERS[form]:
            raise self._sender.failure(f"{form} is answered with {came}; check that this is the address of the endpoint")
        if form == "SELECT" and not isinstance(found, bool):
            found.expect(list_selected(text))
        return found
