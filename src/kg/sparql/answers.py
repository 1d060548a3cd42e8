"""What endpoints answer, in the forms that they really give: rows in JSON, XML, TSV or CSV, graphs in five forms, a truth value.

The body is first taken whole, unpacked, to a file: a part is never passed off as the answer, and its rows are then read as they are
used. One value that is no valid term is given as text and told; it does not cost the rest.
"""

from __future__ import annotations

import http.client
import re
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import EngineError, LimitReached
from kg.sparql.lenient import csv_rows, json_rows
from kg.sparql.sending import Sender, plain, printable

ACCEPT_ROWS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.4, text/csv;q=0.2"
)
ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5, application/ld+json;q=0.4"
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
        EngineError: the connection broke, or what came is no answer.
    """
    body = _whole(sender, response, deadline)
    state = response.headers.get("X-SQL-State", "")
    if state == "S1TAT":
        said = response.headers.get("X-SQL-Message", "its time was up")
        raise LimitReached(f"{sender.address.shown}: gave a part of the answer alone: {printable(said)}; narrow the query")
    start = body.read(2000)
    body.seek(0)
    media = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    form = _form(media, start)
    if form == "boolean":
        return start.strip().lower() == b"true"
    if isinstance(form, ox.RdfFormat):
        return _triples(sender, body, form, response.geturl(), start)
    if not form:
        raise _no_result(sender, response, media, start)
    return _rows(sender, body, form, response)


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


def _whole(sender: Sender, response: Any, deadline: float) -> IO[bytes]:
    """The body in a file, unpacked, and as long as the endpoint said."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    unpack = zlib.decompressobj(47 if packing != "deflate" else 15) if packing in ("gzip", "x-gzip", "deflate") else None
    kept, count = tempfile.SpooledTemporaryFile(1_000_000), 0  # noqa: SIM115 (it is returned)
    told = response.headers.get("Content-Length", "")
    try:
        while part := _part(sender, response, deadline):
            count += len(part)
            kept.write(unpack.decompress(part) if unpack else part)
        if unpack:
            kept.write(unpack.flush())
    except zlib.error:
        raise sender.failure(f"the answer is packed as {packing}, and damaged; try again") from None
    if (told.isdigit() and count < int(told)) or (unpack and count and not unpack.eof):
        raise sender.failure(f"the answer breaks off after {count:,} of {told or 'more'} bytes; try again")
    kept.seek(0)
    return kept


def _part(sender: Sender, response: Any, deadline: float) -> bytes:
    left = deadline - time.monotonic()
    if left <= 0:
        raise sender.late()
    with suppress(AttributeError, OSError):  # the socket behind urllib's response, where it lets us have it
        response.fp.raw._sock.settimeout(left)
    try:
        found: bytes = response.read1(65536)
    except TimeoutError:
        raise sender.late() from None
    except http.client.HTTPException:
        raise sender.failure("the answer breaks off; try again, or narrow the query") from None
    except (OSError, ValueError) as error:
        raise sender.failure(f"the connection broke: {error}; try again") from None
    return found


def _rows(sender: Sender, body: IO[bytes], form: str, response: Any) -> Any:
    if body.read(3) != b"\xef\xbb\xbf":
        body.seek(0)
    if form == "csv":
        return Rows(sender, *csv_rows(body), body, response)
    try:
        found = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, form.upper()))
    except (SyntaxError, ValueError):
        if form != "json":
            raise _no_result(sender, response, form, b"") from None
        variables, rows = _leniently(sender, body, 0)
        return Rows(sender, variables, rows, body, response)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if [variable.value for variable in found.variables] == [VIRTUOSO_ASK]:
        return next(iter(found))[0].value == "1"
    return Rows(sender, [variable.value for variable in found.variables], found, body, response)


class Rows:
    """Rows that are read as they are used; what breaks off or is a part is told at the end."""

    def __init__(self, sender: Sender, names: list[str], rows: Any, body: IO[bytes], response: Any) -> None:
        self.variables = [ox.Variable(name) for name in names]
        self._rows = self._read(sender, iter(rows), body, response)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __next__(self) -> Any:
        return next(self._rows)

    def _read(self, sender: Sender, rows: Iterator[Any], body: IO[bytes], response: Any) -> Iterator[Any]:
        count = 0
        while True:
            try:
                row = next(rows)
            except StopIteration:
                break
            except (SyntaxError, ValueError):
                rows = iter(_leniently(sender, body, count)[1])
                continue
            count += 1
            yield row
        most = response.headers.get("X-SPARQL-MaxRows", "")
        body.seek(max(0, body.seek(0, 2) - 4000))
        total = re.search(rb'"(?:result-size-total|resultSizeTotal)"\s*:\s*(\d+)', body.read())
        if (most.isdigit() and count >= int(most) > 0) or (total and count < int(total[1])):
            of = f" of {int(total[1]):,}" if total else ""
            raise LimitReached(
                f"{sender.address.shown}: gave the first {count:,} rows{of} alone; ask in parts with ORDER BY, LIMIT and OFFSET"
            )


def _leniently(sender: Sender, body: IO[bytes], done: int) -> tuple[list[str], Iterator[Any]]:
    body.seek(0)
    try:
        names, rows, odd = json_rows(body.read().decode("utf-8", "replace"))
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise _broken(sender, body, done) from None
    if odd:
        more = f" and {len(odd) - 3} more" if len(odd) > 3 else ""
        told = "; ".join(map(printable, odd[:3]))
        print(f"kg: {sender.address.shown}: no valid terms of RDF, given as text: {told}{more}", file=sys.stderr)
    return names, iter(rows[done:])


def _broken(sender: Sender, body: IO[bytes], done: int) -> EngineError:
    body.seek(max(0, body.seek(0, 2) - 20_000))
    tail = body.read()
    after = f" after {done:,} rows" if done else ""
    if b"TimeoutException" in tail or b"timeout" in tail.lower():
        return LimitReached(f"{sender.address.shown}: its own time limit ended the answer{after}; narrow the query")
    return sender.failure(
        f"the answer breaks off or is no SPARQL result{after}; check that this is the address of the endpoint"
    )


def _triples(sender: Sender, body: IO[bytes], form: ox.RdfFormat, base: str, start: bytes) -> Iterator[ox.Triple]:
    if form == ox.RdfFormat.RDF_XML and b"<!ENTITY" in start:
        raise sender.failure("the answer is RDF/XML with entities of its own, which is not read; ask for Turtle")
    count = 0
    try:
        for quad in ox.parse(body, format=form, base_iri=base):
            count += 1
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        words = str(getattr(error, "msg", error)).split(": ", 1)[-1]
        raise sender.failure(
            f"the graph is no valid RDF after {count:,} triples: {words}; try again or ask its keeper"
        ) from None


def _no_result(sender: Sender, response: Any, media: str, start: bytes) -> EngineError:
    came = f" but {media}" if media else ""
    said = plain(start.decode("utf-8", "replace"))
    words = f' ("{said[:60]}")' if said and media in ("text/html", "text/plain") else ""
    where = response.geturl().partition("?")[0]
    led = f", after it led on to {where}" if where and where != sender.address.url.partition("?")[0] else ""
    if not start and not media:
        came = f" but nothing ({response.status})"
    return sender.failure(f"the answer is no SPARQL result{came}{words}{led}; check that this is the address of the endpoint")
