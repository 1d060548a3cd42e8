"""Rows that the engine's reader refuses for the sake of one value, read value by value; and rows in CSV, which says no kinds."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from typing import IO, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+|urn:[^\s<>\"{}|\\^`]+|mailto:\S+")


class Row:
    """A row as the engine's: values by place or by name."""

    __slots__ = ("_names", "_values")

    def __init__(self, names: dict[str, int], values: list[Any]) -> None:
        self._names, self._values = names, values

    def __getitem__(self, key: int | str) -> Any:
        return self._values[self._names[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


#: Columns, rows, and what is not a valid term.
Read = tuple[list[str], list[Row], list[str]]


def json_rows(text: str) -> Read:
    """SPARQL JSON results.

    Raises:
        ValueError: it is not JSON.
        AttributeError, TypeError: it is JSON of another shape.
    """
    found = json.loads(text, strict=False)
    bindings = found["results"]["bindings"] if "results" in found else None
    if bindings is None:
        raise TypeError("no bindings")
    names = found.get("head", {}).get("vars") or list(dict.fromkeys(name for row in bindings for name in row))
    return _read(names, ((row or {}).get for row in bindings))


def xml_rows(text: str) -> Read:
    """SPARQL XML results.

    Raises:
        SyntaxError: it is not XML, or breaks off.
        ValueError: it contains a document type, which may fetch or multiply what it names.
    """
    from xml.etree import ElementTree

    if "<!DOCTYPE" in text:
        raise ValueError("a document type")
    top = ElementTree.fromstring(text.encode())
    names = [found.get("name", "") for found in top.iterfind("{*}head/{*}variable")]
    rows = ({one.get("name"): _of_xml(one[0]) for one in row if len(one)} for row in top.iterfind("{*}results/{*}result"))
    return _read(names, (row.get for row in rows))


def _of_xml(term: Any) -> dict[str, Any]:
    kind = term.tag.rpartition("}")[2]
    if kind == "triple":
        return {"type": kind, "value": {part.tag.rpartition("}")[2]: _of_xml(part[0]) for part in term}}
    language = term.get("{http://www.w3.org/XML/1998/namespace}lang")
    return {"type": kind, "value": term.text or "", "xml:lang": language, "datatype": term.get("datatype")}


def tsv_rows(text: str) -> Read:
    """SPARQL TSV results.

    Raises:
        ValueError: a line has more or fewer values than there are columns.
    """
    first, *lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    names = [name.removeprefix("?") for name in first.split("\t")]
    odd: list[str] = []
    nodes, rows = Nodes(), []
    for line in lines:
        cells = line.split("\t")
        if len(cells) != len(names):
            raise ValueError("a line of another length")
        rows.append(Row(dict(zip(names, range(len(names)), strict=True)), [_of_turtle(cell, odd, nodes) for cell in cells]))
    return names, rows, odd


def _of_turtle(cell: str, odd: list[str], nodes: Nodes) -> Any:
    if not cell:
        return None
    if cell.startswith("_:"):
        return nodes.of(cell[2:])
    try:
        (found,) = parse(f"<x:s> <x:p> {cell} .".encode(), format=RdfFormat.TURTLE)
        return found.object
    except (SyntaxError, ValueError):
        odd.append(cell if cell.startswith("<") else f"<{cell}>")
        return Literal(cell.strip("<>"))


#: The reader of each form.
READERS: dict[str, Callable[[str], Read]] = {"json": json_rows, "xml": xml_rows, "tsv": tsv_rows}


def _read(names: list[str], rows: Iterable[Callable[[str], Any]]) -> Read:
    """Columns, rows, and what is not a valid term; ``rows`` give the value of a column."""
    places = {name: place for place, name in enumerate(names)}
    odd: list[str] = []
    nodes = Nodes()
    return names, [Row(places, [_term(value(name), odd, nodes) for name in names]) for value in rows], odd


def csv_rows(body: IO[bytes]) -> tuple[list[str], Iterator[Row]]:
    """Columns and rows of CSV; what looks like an IRI or a blank node is taken for one, all else for text.

    Raises:
        csv.Error: quotes that are not closed, or another number of values than of columns; also while rows are read.
        ValueError: it is not in UTF-8.
    """
    csv.field_size_limit(sys.maxsize)
    text = TextIOWrapper(body, "utf-8", newline="")
    lines = csv.reader(text, strict=True)
    names = [name.removeprefix("?") for name in next(lines, [])]
    places = {name: place for place, name in enumerate(names)}

    def read() -> Iterator[Row]:
        for line in filter(None, lines):
            if len(line) > len(names):
                line = _join(line, len(names))
            elif len(line) < len(names):
                raise csv.Error("fewer values than columns, as in a line that broke off")
            yield Row(places, [_guess(cell) for cell in line])
        text.detach()  # which would close the body

    return names, read()


def _join(line: list[str], columns: int) -> list[str]:
    """A line of one column that contains a comma, which some engines leave without quotes in an IRI."""
    if columns != 1:
        raise csv.Error("more values than columns")
    return [",".join(line)]


def _guess(cell: str) -> Any:
    try:
        if cell.startswith("_:"):
            return BlankNode(cell[2:])
        if _IRI.fullmatch(cell):
            return NamedNode(cell)
    except ValueError:
        pass
    return Literal(cell) if cell else None


def _term(value: Any, odd: list[str], nodes: Nodes) -> Any:
    if value is None:
        return None
    try:
        return _valid_term(value, odd, nodes)
    except (ValueError, TypeError, LookupError):
        text = value.get("value") if isinstance(value, dict) else value
        shown = (
            ("" if text is None else text if isinstance(text, str) else json.dumps(text)).encode("utf-8", "replace").decode()
        )
        language = value.get("xml:lang") if isinstance(value, dict) else None
        odd.append(f"{shown!r} in the language {language}" if language else f"<{shown}>")
        return Literal(shown)


def _valid_term(value: Any, odd: list[str], nodes: Nodes) -> Any:
    kind, text = value["type"], value["value"]
    if isinstance(text, int | float):
        text = json.dumps(text)
    if kind == "uri":
        return NamedNode(text)
    if kind == "bnode":
        return nodes.of(text)
    if kind == "triple":
        return Triple(*(_valid_term(text[part], odd, nodes) for part in ("subject", "predicate", "object")))
    if value.get("xml:lang"):
        return Literal(text, language=value["xml:lang"])
    return Literal(text, datatype=NamedNode(value["datatype"])) if value.get("datatype") else Literal(text)


class Nodes:
    """The blank nodes of labels, which endpoints write as they like (``nodeID://b1``): one for each, never one for two."""

    def __init__(self) -> None:
        self._nodes: dict[str, BlankNode] = {}
        self._taken: set[str] = set()

    def of(self, label: str) -> BlankNode:
        """The node of a label."""
        if label not in self._nodes:
            name = label if re.fullmatch("[A-Za-z0-9_]+", label) else re.sub(r"[^A-Za-z0-9]", "_", label) or "b"
            while name in self._taken:
                name += "_"
            self._taken.add(name)
            self._nodes[label] = BlankNode(name)
        return self._nodes[label]
