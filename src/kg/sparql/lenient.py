"""Rows that the engine's reader refuses for the sake of one value, read value by value; and rows in CSV, which says no kinds."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

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


def json_rows(text: str) -> tuple[list[str], list[Row], list[str]]:
    """Columns, rows, and what is no valid term, from SPARQL JSON results.

    Raises:
        ValueError: it is no JSON.
        AttributeError, TypeError: it is JSON of another shape.
    """
    found = json.loads(text, strict=False)
    bindings = found["results"]["bindings"] if "results" in found else None
    if bindings is None:
        raise TypeError("no bindings")
    names = found.get("head", {}).get("vars") or list(dict.fromkeys(name for row in bindings for name in row))
    places = {name: place for place, name in enumerate(names)}
    odd: list[str] = []
    return names, [Row(places, [_term(row.get(name), odd) for name in names]) for row in bindings], odd


def csv_rows(body: IO[bytes]) -> tuple[list[str], Iterator[Row]]:
    """Columns and rows of CSV; what looks like an IRI or a blank node is taken for one, all else for text."""
    text = TextIOWrapper(body, "utf-8", "replace", newline="")
    lines = csv.reader(text)
    names = [name.removeprefix("?") for name in next(lines, [])]
    places = {name: place for place, name in enumerate(names)}

    def read() -> Iterator[Row]:
        for line in filter(None, lines):
            yield Row(places, [_guessed(cell) for cell in line] + [None] * (len(names) - len(line)))
        text.detach()  # which would close the body

    return names, read()


def _guessed(cell: str) -> Any:
    try:
        if cell.startswith("_:"):
            return BlankNode(cell[2:])
        if _IRI.fullmatch(cell):
            return NamedNode(cell)
    except ValueError:
        pass
    return Literal(cell) if cell else None


def _term(value: Any, odd: list[str]) -> Any:
    if value is None:
        return None
    kind, text = value["type"], value["value"]
    try:
        if kind == "uri":
            return NamedNode(text)
        if kind == "bnode":
            return BlankNode(re.sub(r"[^A-Za-z0-9]", "_", text) or "b")
        if kind == "triple":
            return Triple(*(_term(text[part], odd) for part in ("subject", "predicate", "object")))
        if value.get("xml:lang"):
            return Literal(text, language=value["xml:lang"])
        return Literal(text, datatype=NamedNode(value["datatype"])) if value.get("datatype") else Literal(text)
    except ValueError:
        odd.append(f"{text!r} in the language {value['xml:lang']}" if value.get("xml:lang") else f"<{text}>")
        return Literal(str(text))
