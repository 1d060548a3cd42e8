"""Answers: rows with named columns, or triples.

What an engine in this process hands out may only be read in the thread that asked: read in another one, the engine ends the
whole process. So an answer is read where it is made, and what a program gets is plain Python.
"""

from __future__ import annotations

from itertools import chain, count, islice

from kg.errors import UsageError
from kg.sparql.row_formats import plain
from kg.sparql.row_formats import write as write_rows

__all__ = ["Rows", "Table", "Triples", "plain"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO, Any

    import pandas
    from pyoxigraph import QuerySolution, QuerySolutions, Triple

#: Formats of rows and of graphs, by the names the command line knows.
ROW_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
GRAPH_FORMATS = {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}
#: A graph that takes more bytes waits on disk until it is whole.
_IN_MEMORY = 64 << 20
_PARTS = ("subject", "predicate", "object")


class Rows:
    """The answer to a SELECT: iterate it, count it, or write it in one of the standard formats.

    Each row is a :class:`pyoxigraph.QuerySolution`, read by position or by column name, with RDF terms as values.

    Parameters:
        columns: the names of the columns, in the order of the query.
        rows: the rows; a list, or an iterator, which is read as far as it is needed, in one thread.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[QuerySolution]) -> None:
        self.columns = tuple(columns)
        self._read: list[QuerySolution] = rows if isinstance(rows, list) else []
        self._rest: Iterator[QuerySolution] = iter(()) if isinstance(rows, list) else iter(rows)

    def __iter__(self) -> Iterator[QuerySolution]:
        for place in count():
            if place == len(self._read):
                row = next(self._rest, None)
                if row is None:
                    return
                self._read.append(row)
            yield self._read[place]

    def __len__(self) -> int:
        self._read.extend(self._rest)
        return len(self._read)

    def __getitem__(self, index: int) -> QuerySolution:
        len(self)
        return self._read[index]

    def write(self, output: IO[bytes], form: str) -> int:
        """Write the rows to ``output`` as csv, tsv, json or xml (SPARQL 1.1 results); return how many they were.

        Rows that were not read before pass through and are not kept.
        """
        return write_rows(form, self.columns, chain(self._read, self._rest), output)

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
        from kg.rdf.collector import pause_collector
        from kg.sparql.dataframes import frame

        with pause_collector():
            len(self)
            return frame(self.columns, self._read)

    def _text(self, form: str) -> str:
        from io import BytesIO

        buffer = BytesIO()
        len(self)
        self.write(buffer, form)
        return buffer.getvalue().decode()

    def plain(self) -> list[list[str]]:
        """The rows as plain text: the label part of literals, compact IRIs, an empty string where nothing is bound."""
        return [[plain(value) for value in row] for row in self]

    def __repr__(self) -> str:
        return f"<kg.Rows {_count(len(self), 'row')}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from kg.sparql.html_table import SHOWN, html_table

        return html_table(self.columns, [[plain(value) for value in row] for row in islice(self, SHOWN)], len(self))


class Triples:
    """The answer to a CONSTRUCT or DESCRIBE.

    Parameters:
        triples: a list, or an iterator, which is read once and in one thread.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._hold())

    def __len__(self) -> int:
        return len(self._hold())

    def has_any(self) -> bool:
        """Whether there is a triple at all; the others are not read for it."""
        if not isinstance(self._triples, list):
            rest = iter(self._triples)
            first = list(islice(rest, 1))
            self._triples = chain(first, rest)
            return bool(first)
        return bool(self._triples)

    def cut(self, limit: int) -> tuple[Triples, bool]:
        """The first triples, and whether others follow."""
        found = list(islice(iter(self._triples), limit + 1))
        return Triples(found[:limit]), len(found) > limit

    def _hold(self) -> list[Triple]:
        if not isinstance(self._triples, list):
            self._triples = list(self._triples)
        return self._triples

    def write(self, output: IO[bytes], form: str) -> None:
        """Write the triples to ``output`` as ttl, nt or jsonld, once all of them are there: half a graph reads like a whole one.

        Raises:
            kg.errors.UsageError: JSON-LD of triple terms, which it cannot hold; nothing is written.
        """
        from shutil import copyfileobj

        from pyoxigraph import RdfFormat, Triple, serialize

        from kg.rdf.namespaces import prefixes
        from kg.rdf.scratch import Scratch

        if form == "jsonld" and any(isinstance(triple.object, Triple) for triple in self):
            raise UsageError("JSON-LD has no triple terms (RDF 1.2), and the answer contains some; ask for ttl or nt")
        known = prefixes() if form == "ttl" else None
        with Scratch(_IN_MEMORY) as held:
            serialize(self._triples, held, format=getattr(RdfFormat, GRAPH_FORMATS[form]), prefixes=known)
            held.seek(0)
            copyfileobj(held, output)

    def to_pandas(self) -> pandas.DataFrame:
        """The triples as a :class:`pandas.DataFrame` with the columns subject, predicate and object, as text.

        Raises:
            kg.errors.UsageError: pandas is not installed.
        """
        from kg.sparql.dataframes import frame

        return frame(_PARTS, [[plain(term) for term in triple] for triple in self])

    def __repr__(self) -> str:
        return f"<kg.Triples {_count(len(self), 'triple')}>"

    def _repr_html_(self) -> str:
        from kg.sparql.html_table import SHOWN, html_table

        return html_table(_PARTS, [[plain(term) for term in triple] for triple in self._hold()[:SHOWN]], len(self))


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
        from kg.sparql.dataframes import parse

        return parse(self.to_csv())

    def _repr_html_(self) -> str:
        from kg.sparql.html_table import SHOWN, html_table

        return html_table(self.columns, self.rows[:SHOWN], len(self.rows))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def stream(result: Any) -> Rows | Triples | bool:
    """What an engine answered, read as it is used: once, and in this thread alone."""
    if type(result).__name__ in ("QueryBoolean", "bool"):
        return bool(result)
    if hasattr(result, "variables"):
        return Rows([variable.value for variable in result.variables], result)
    return Triples(result)


def write_csv(rows: QuerySolutions, output: IO[bytes]) -> None:
    """Stream an engine's rows as SPARQL 1.1 CSV."""
    write_rows("csv", [variable.value for variable in rows.variables], rows, output)
