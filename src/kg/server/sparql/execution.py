"""Runs one query in a worker and writes the answer, within the limits on rows and bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple, cast

import pyoxigraph as ox

from kg.rdf.element_names import refuse_unnameable
from kg.rdf.namespaces import prefixes, prefixes_in
from kg.rdf.serializations import SERIALIZATIONS
from kg.rdf.xml import note_replaced, replace_in_document
from kg.server.http.limits import MEGABYTE, Limits
from kg.server.http.negotiation import GRAPHS, ROWS
from kg.server.http.problem_details import MEDIA_TYPE, Problem
from kg.server.sparql import query_guard
from kg.sparql import self_description
from kg.sparql.embedded import describe_error, in_order
from kg.sparql.query_text import place
from kg.sparql.results import write_csv

ROW_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
# What stands once for each row. In JSON a literal cannot hold it, since its quotes are escaped there.
_ROW_MARKS = {"json": re.compile(rb'[\[,]\{"[^"]*":\{"type"'), "xml": re.compile(b"<result>")}
_SHORTEST_ROW = 3
_NARROW = "narrow the query, or ask in parts with ORDER BY, LIMIT and OFFSET"


class Asked(NamedTuple):
    """A query as the protocol hands it over; ``rows`` and ``graph`` are media types, empty where the client takes none."""

    text: str
    rows: str
    graph: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    base: str


class Answer(NamedTuple):
    """What goes back: HTTP status, media type, whether the same question always gets this answer, the body, and what was replaced in it."""

    status: int
    media: str
    steady: bool
    body: bytes
    replaced: str = ""


class _Bounded(io.RawIOBase):
    """Keeps what is written to it, up to a size."""

    def __init__(self, size: int) -> None:
        self.parts: list[bytes] = []
        self.size = self.left = size

    def write(self, data: Any) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise Problem(422, f"the answer is larger than {self.size // MEGABYTE} MB; {_NARROW}")
        self.parts.append(bytes(data))
        return len(data)

    def join(self) -> bytes:
        """What was written; it is kept no longer."""
        body = b"".join(self.parts)
        self.parts.clear()
        return body


def answer(store: ox.Store, asked: Asked, limits: Limits) -> Answer:
    """The answer to a query, or the problem with it."""
    try:
        steady = query_guard.check(asked.text)
        with note_replaced() as replaced:
            media, body = _answer(_run(store, asked), asked, limits)
        return Answer(200, media, steady, body, str(replaced))
    except Problem as problem:
        return Answer(problem.status, MEDIA_TYPE, False, problem.body())


def _run(store: ox.Store, asked: Asked) -> Any:
    dataset: dict[str, Any] = {}
    if asked.default_graphs is not None or asked.named_graphs is not None:
        # As the protocol says: a dataset that is named at all is named whole, and takes the place of FROM.
        dataset["default_graph"] = _nodes(asked.default_graphs or ())
        dataset["named_graphs"] = _nodes(asked.named_graphs or ())
    elif self_description.wants(asked.text):
        dataset["default_graph"] = self_description.default_graphs()
    try:
        prefixed = {"base_iri": asked.base, "prefixes": prefixes_in(asked.text), **dataset}
        return in_order(asked.text, lambda version: store.query(version, **prefixed))
    except SyntaxError as error:
        raise _syntax(error) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _fail(error) from None


def _nodes(graphs: tuple[str, ...]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(graph) for graph in graphs]
    except ValueError as error:
        raise Problem(400, f"a graph of the dataset has no valid IRI: {error}") from None


def _answer(result: Any, asked: Asked, limits: Limits) -> tuple[str, bytes]:
    output = _Bounded(limits.size)
    try:
        if isinstance(result, ox.QueryTriples):
            media = _choose_format(asked.graph, "a graph", GRAPHS)
            form = GRAPHS[media]
            known = prefixes() if form in ("ttl", "rdf") else None
            triples = no_triple_terms(result) if form == "jsonld" else nameable(result, known) if form == "rdf" else result
            triples = _count(triples, limits.rows)
            ox.serialize(triples, cast(IO[bytes], output), format=SERIALIZATIONS[form], prefixes=known)
            del result, triples  # the engine knows which triples it has given, so that none comes twice
            body = output.join()
            return media, replace_in_document(body) if form == "rdf" else body
        media = _choose_format(asked.rows, "rows", ROWS)
        if ROWS[media] == "csv" and isinstance(result, ox.QuerySolutions):
            write_csv(result, cast(IO[bytes], output))
        else:
            result.serialize(output, format=ROW_FORMATS[ROWS[media]])
    except (OSError, RuntimeError, ValueError) as error:
        raise _fail(error) from None
    body = output.join()
    if ROWS[media] == "xml":
        body = replace_in_document(body)
    if len(body) > limits.rows * _SHORTEST_ROW and _rows(body, ROWS[media]) > limits.rows:
        raise _too_many(limits.rows, "rows")
    return media, body


def _choose_format(media: str, what: str, offers: dict[str, str]) -> str:
    if not media:
        raise Problem(406, f"the answer is {what}, which is available as {', '.join(offers)}; name one of them in Accept")
    return media


def no_triple_terms(triples: Iterable[Any]) -> Iterator[Any]:
    """The triples as they pass by, for JSON-LD.

    Raises:
        Problem: 406 at one that holds a triple term.
    """
    for triple in triples:
        if isinstance(triple.object, ox.Triple):
            raise Problem(406, "JSON-LD has no triple terms, and the answer contains some; ask for text/turtle in Accept")
        yield triple


def nameable(triples: Iterable[Any], known: dict[str, str] | None) -> Iterator[Any]:
    """The triples as they pass by, for RDF/XML.

    Raises:
        Problem: 406 at a property that no element can be called by.
    """
    try:
        yield from refuse_unnameable(triples, known)
    except ValueError as error:
        raise Problem(406, str(error)) from None


def _count(triples: Any, most: int) -> Iterator[Any]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise _too_many(most, "triples")
        yield triple


def _rows(body: bytes, form: str) -> int:
    if form in _ROW_MARKS:
        return sum(1 for _ in _ROW_MARKS[form].finditer(body))
    # Lines within quotes are part of a literal: every second piece between quotes.
    return sum(piece.count(b"\n") for piece in body.split(b'"')[::2]) - 1


def _too_many(most: int, what: str) -> Problem:
    return Problem(422, f"the answer contains more than {most:,} {what}; {_NARROW}")


def _syntax(error: SyntaxError) -> Problem:
    detail = describe_error(error)
    line, column, _ = place(detail)
    if not line:
        return Problem(400, f"the query does not parse: {detail}")
    return Problem(400, f"the query does not parse: {detail}", line=line, column=column)


def _fail(error: Exception) -> Problem:
    if isinstance(error, OSError):
        return Problem(
            403, "the query makes this server fetch something, which it does not do; query the other endpoint yourself"
        )
    return Problem(400, f"the query could not be answered: {' '.join(str(error).split())[:200]}")
