"""What endpoints answer, in the forms that they really give: rows in JSON, XML, TSV or CSV, graphs in five forms, a truth value.

The body is first taken whole (:mod:`kg.sparql.bodies`): a part is never passed off as the answer, and its rows are then read as they
are used. One value that is not a valid term is given as text and told; it does not cost the rest.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Generator, Iterator
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import DataError, EngineError, LimitReached
from kg.rdf.nesting import SIGNS, refuse_broken_off, refuse_deep_rows, refuse_what_kills
from kg.sparql.bodies import whole
from kg.sparql.lenient import READERS, csv_rows
from kg.sparql.refusals import plain, printable
from kg.sparql.sending import Sender

#: The column in which Virtuoso 7.2 tells the truth value of an ASK.
VIRTUOSO_ASK = "__ASK_RETVAL"
ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/json": "json",
    "application/sparql-results+xml": "xml",
    "text/tab-separated-values": "tsv",
    "text/csv": "csv",
}
GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/n3": ox.RdfFormat.N3,
    "text/rdf+n3": ox.RdfFormat.N3,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


def answer(sender: Sender, response: Any, deadline: float) -> Any:
    """Rows, triples or a truth value.

    Raises:
        LimitReached: time ran out, or the endpoint gave a part of the answer alone.
        EngineError: the connection broke, or what came is not an answer.
    """
    body = whole(sender, response, deadline)
    said = _partial(response)
    if said:
        raise LimitReached(f"{sender.address.shown}: returned only a part of the answer: {printable(said)}; narrow the query")
    start = body.read(2000)
    body.seek(0)
    media = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    form = _form(media, start)
    if form == "boolean":
        return start.strip().lower() == b"true"
    if not form:
        raise _no_result(sender, response, media, start)
    try:
        if body.holds(*SIGNS.get(form, (b"<<",))):
            _refuse_deadly(sender.address.shown, body.text(), form)
        body.seek(0)
        return _triples(sender, body, form, response) if isinstance(form, ox.RdfFormat) else _rows(sender, body, form, response)
    except DataError as error:
        raise EngineError(f"{str(error).rpartition('; ')[0]}; ask its operator") from None


def _refuse_deadly(where: str, text: Any, form: Any) -> None:
    if isinstance(form, ox.RdfFormat):
        refuse_what_kills(where, text, form)
        refuse_broken_off(where, text, form)
    else:
        refuse_deep_rows(where, text, form)


def _partial(response: Any) -> str:
    """What an endpoint says where it gives a part of an answer alone: the whole will not come by reading on."""
    if response.headers.get("X-SQL-State", "") == "S1TAT":
        return str(response.headers.get("X-SQL-Message", "its time was up"))
    if response.status == 206:
        return f"206 {response.reason}"
    following = re.search(r"""<[^>]*>[^,]*;\s*rel\s*=\s*["']?next\b""", response.headers.get("Link", ""))
    return "it leads on to a next page" if following else ""


def _form(media: str, start: bytes) -> Any:
    """The form of an answer: by its media type, or where that says little, by its first letters."""
    if media in ROWS or media in GRAPHS:
        return ROWS.get(media) or GRAPHS[media]
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.strip().lower() in (b"true", b"false"):
        return "boolean"
    if media == "text/html" or not text:
        return ""
    if re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<sparql", text, re.DOTALL):
        return "xml"
    if re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<rdf:RDF", text, re.DOTALL):
        return ox.RdfFormat.RDF_XML
    if text[:1] == b"{" and b'"head"' in text:
        return "json"
    return (
        ox.RdfFormat.TURTLE if media in ("text/plain", "") and re.match(rb"@prefix|prefix|<|_:|#", text, re.IGNORECASE) else ""
    )


def _rows(sender: Sender, body: IO[bytes], form: str, response: Any) -> Any:
    if body.read(3) != b"\xef\xbb\xbf":
        body.seek(0)
    try:
        if form == "csv":
            return Rows(sender, *csv_rows(body), body, response)
        found = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, form.upper()))
    except (SyntaxError, ValueError, csv.Error):
        variables, rows = _leniently(sender, body, form, 0)
        return Rows(sender, variables, rows, body, response, form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if [variable.value for variable in found.variables] == [VIRTUOSO_ASK]:
        return any(row[0].value == "1" for row in found)
    return Rows(sender, [variable.value for variable in found.variables], found, body, response, form)


class Rows:
    """Rows that are read as they are used; what breaks off or is a part is told at the end."""

    def __init__(self, sender: Sender, names: list[str], rows: Any, body: IO[bytes], response: Any, form: str = "") -> None:
        self.variables = [_variable(sender, name) for name in names]
        self._sender = sender
        self._rows = self._read(sender, iter(rows), body, response, form)

    def expect(self, names: list[str]) -> None:
        """Refuse rows without a column that the query names; an answer without rows may leave columns out.

        Raises:
            EngineError: before any row is used.
        """
        came = {variable.value for variable in self.variables}
        missing = next((name for name in names if name not in came), None)
        if missing is not None and next(self._rows, None) is not None:
            self._rows.close()  # in this thread, which read it
            raise self._sender.failure(
                f"the answer has no column ?{missing}, which the query asks for; check that this is the address of the endpoint"
            )

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __next__(self) -> Any:
        return next(self._rows)

    def _read(
        self, sender: Sender, rows: Iterator[Any], body: IO[bytes], response: Any, form: str
    ) -> Generator[Any, None, None]:
        count = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                break
            except (SyntaxError, ValueError, csv.Error):
                rows, form = iter(_leniently(sender, body, form, count)[1]), ""
                continue
            count += 1
            yield row
        body.seek(max(0, body.seek(0, 2) - 4000))
        total = re.search(rb'"(?:result-size-total|resultSizeTotal)"\s*:\s*(\d+)', body.read())
        _refuse_first(sender, response, count, "rows", int(total[1]) if total else 0)


def _refuse_first(sender: Sender, response: Any, count: int, what: str, total: int = 0) -> None:
    """Refuse the first rows or triples of an answer where the endpoint says that it gives no more."""
    most = response.headers.get("X-SPARQL-MaxRows", "")
    if (most.isdecimal() and count >= int(most) > 0) or count < total:
        of = f" of {total:,}" if total else ""
        raise LimitReached(
            f"{sender.address.shown}: returned only the first {count:,} {what}{of}; query in parts with ORDER BY, LIMIT and OFFSET"
        )


def _variable(sender: Sender, name: str) -> ox.Variable:
    try:
        return ox.Variable(name)
    except (TypeError, ValueError):
        raise sender.failure(f"the answer has a column called {name!r}, which is not a name; ask its operator") from None


def _leniently(sender: Sender, body: IO[bytes], form: str, done: int) -> tuple[list[str], Iterator[Any]]:
    """The rows from the one that is next, read value by value; once more broken, the answer is."""
    body.seek(0)
    try:
        text = body.read().removeprefix(b"\xef\xbb\xbf").decode()
        names, rows, odd = READERS[form](text)
    except UnicodeDecodeError:
        raise sender.failure("the answer is not in UTF-8, and does not say in what; ask its operator") from None
    except (ValueError, AttributeError, TypeError, LookupError, RecursionError, SyntaxError):
        raise _fail_broken(sender, body, done) from None
    if form == "json" and '"vars"' not in text and rows and not done:
        print(
            f"kg: {sender.address.shown}: the answer does not name its columns; they are taken from its rows", file=sys.stderr
        )
    if odd:
        told = "; ".join(map(printable, odd[:3])) + (f" and {len(odd) - 3} more" if len(odd) > 3 else "")
        print(f"kg: {sender.address.shown}: not valid RDF terms, returned as text: {told}", file=sys.stderr)
    return names, iter(rows[done:])


def _fail_broken(sender: Sender, body: IO[bytes], done: int) -> EngineError:
    body.seek(max(0, body.seek(0, 2) - 20_000))
    tail = body.read()
    after = f" after {done:,} rows" if done else ""
    if b"TimeoutException" in tail or b"timeout" in tail.lower():
        return LimitReached(f"{sender.address.shown}: its own time limit ended the answer{after}; narrow the query")
    return sender.failure(
        f"the answer breaks off or is not a SPARQL result{after}; check that this is the address of the endpoint"
    )


def _triples(sender: Sender, body: IO[bytes], form: ox.RdfFormat, response: Any) -> Iterator[ox.Triple]:
    count = 0
    try:
        for quad in ox.parse(body, format=form, base_iri=response.geturl()):
            if quad.graph_name != ox.DefaultGraph():
                raise sender.failure("the answer holds named graphs or formulas, which are no triples; ask for Turtle")
            count += 1
            yield quad.triple
        _refuse_first(sender, response, count, "triples")
    except (SyntaxError, ValueError) as error:
        words = str(getattr(error, "msg", error)).split(": ", 1)[-1]
        raise sender.failure(
            f"the graph is not valid RDF after {count:,} triples: {words}; try again or ask its keeper"
        ) from None


def _no_result(sender: Sender, response: Any, media: str, start: bytes) -> EngineError:
    came = f" but {media}" if media else "" if start else f" but nothing ({response.status})"
    said = plain(start.decode("utf-8", "replace")) if media in ("text/html", "text/plain") else ""
    words = f' ("{said[:60]}")' if said else ""
    where = response.geturl().partition("?")[0]
    led = f", after it led on to {where}" if where and where != sender.address.url.partition("?")[0] else ""
    return sender.failure(
        f"the answer is not a SPARQL result{came}{words}{led}; check that this is the address of the endpoint"
    )
