"""Answers: rows with named columns, or triples; thin wrappers around what the engine gives."""

from __future__ import annotations

from itertools import count

from pyoxigraph import BlankNode, Triple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO, Any

    import pandas
    from pyoxigraph import QuerySolution, QuerySolutions, QueryTriples

#: Formats of rows and of graphs, by the names the command line knows.
ROW_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
GRAPH_FORMATS = {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}


class Rows:
    """The answer to a SELECT: iterate it, count it, or write it in one of the standard formats.

    Each row is a :class:`pyoxigraph.QuerySolution`, read by position or by column name, with RDF terms as values.
    """

    def __init__(self, run: Callable[[], QuerySolutions]) -> None:
        self._run = run
        self._answer: QuerySolutions | None = None
        self._read: list[QuerySolution] = []

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the query."""
        return tuple(variable.value for variable in self._asked().variables)

    def __iter__(self) -> Iterator[QuerySolution]:
        # Rows that were read are kept, so the engine is asked once; a reader who stops early has not waited for the rest.
        for place in count():
            if place == len(self._read):
                row = next(self._asked(), None)
                if row is None:
                    return
                self._read.append(row)
            yield self._read[place]

    def __len__(self) -> int:
        self._read.extend(self._asked())
        return len(self._read)

    def __getitem__(self, index: int) -> QuerySolution:
        len(self)
        return self._read[index]

    def _asked(self) -> QuerySolutions:
        if self._answer is None:
            self._answer = self._run()
        return self._answer

    def write(self, output: IO[bytes], form: str) -> None:
        """Stream the rows to ``output`` as csv, tsv, json or xml (SPARQL 1.1 results)."""
        if form == "csv":
            write_csv(self._run(), output)
            return
        from pyoxigraph import QueryResultsFormat

        self._run().serialize(output, format=getattr(QueryResultsFormat, ROW_FORMATS[form]))

    def to_csv(self) -> str:
        """The rows as SPARQL 1.1 CSV."""
        return self._text("csv")

    def to_json(self) -> str:
        """The rows as SPARQL 1.1 JSON."""
        return self._text("json")

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a :class:`pandas.DataFrame`; numbers and truth values are such, an unbound value is missing.

        Raises:
            kg.errors.UsageError: pandas is not installed.
        """
        from kg.sparql.dataframes import frame

        return frame(self.columns, list(self._run()))

    def _text(self, form: str) -> str:
        from io import BytesIO

        buffer = BytesIO()
        self.write(buffer, form)
        return buffer.getvalue().decode()

    def plain(self) -> list[list[str]]:
        """The rows as plain text: the label part of literals, compact IRIs, an empty string where nothing is bound."""
        return [[plain(value) for value in row] for row in self]

    def _repr_html_(self) -> str:
        return _html(self.columns, self.plain())


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE."""

    def __init__(self, run: Callable[[], QueryTriples]) -> None:
        self._run = run
        self._list: list[Triple] | None = None

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._held())

    def __len__(self) -> int:
        return len(self._held())

    def _held(self) -> list[Triple]:
        if self._list is None:
            self._list = list(self._run())
        return self._list

    def write(self, output: IO[bytes], form: str) -> None:
        """Stream the triples to ``output`` as ttl, nt or jsonld."""
        from pyoxigraph import RdfFormat, serialize

        from kg.rdf.namespaces import prefixes

        known = prefixes() if form == "ttl" else None
        serialize(self._run(), output, format=getattr(RdfFormat, GRAPH_FORMATS[form]), prefixes=known)


class Table:
    """Rows of plain text under named columns, for answers that no single query gives."""

    def __init__(self, columns: tuple[str, ...], rows: list[list[str]]) -> None:
        self.columns, self.rows = columns, rows

    def __str__(self) -> str:
        lines = [list(self.columns), *self.rows]
        wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join("  ".join(map(str.ljust, line, wide)).rstrip() for line in lines)

    def to_csv(self) -> str:
        """The table as CSV with a header."""
        import csv
        from io import StringIO

        out = StringIO()
        csv.writer(out).writerows([self.columns, *self.rows])
        return out.getvalue()

    def to_pandas(self) -> pandas.DataFrame:
        """As :meth:`Rows.to_pandas`; a column that looks like numbers holds numbers."""
        from kg.sparql.dataframes import parsed

        return parsed(self.to_csv())

    def _repr_html_(self) -> str:
        return _html(self.columns, self.rows)


def _html(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    from html import escape

    def line(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(cells, "td") for cells in rows)
    return f"<table><thead>{line(columns, 'th')}</thead><tbody>{body}</tbody></table>"


def once(first: Any, again: Callable[[], Any]) -> Callable[[], Any]:
    """What gives an answer: for the first reading the one that is already there, later one that is asked anew."""
    waiting = [first]
    return lambda: waiting.pop() if waiting else again()


def write_csv(rows: QuerySolutions, output: IO[bytes]) -> None:
    """Stream rows as SPARQL 1.1 CSV; the engine's own writer leaves commas in IRIs unquoted, which RFC 4180 does not allow."""
    output.write((",".join(variable.value for variable in rows.variables) + "\r\n").encode())
    for row in rows:
        output.write((",".join([_field(value) for value in row]) + "\r\n").encode())


def _field(value: Any) -> str:
    if value is None:
        return ""
    text: str = str(value) if type(value) in (BlankNode, Triple) else value.value
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def plain(value: Any) -> str:
    """A term as a person reads it: the text of a literal, the CURIE of an IRI, nothing for an unbound value."""
    if value is None:
        return ""
    text: str = value.value
    if type(value).__name__ == "NamedNode":
        from kg.rdf.namespaces import iri_to_compact

        return iri_to_compact(text)
    return text
