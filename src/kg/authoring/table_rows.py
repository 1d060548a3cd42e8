"""Rows put into a table that stays a table: comments and order kept, each key once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.build import cells

Row = dict[str, str]


def lines(path: str, columns: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a table; its columns are those of its header where none are given.

    Raises:
        kg.errors.DataError: it cannot be read, or a row is spoilt.
    """
    if not columns:
        columns = tuple(next((line for line in cells.lines(path) if not line.startswith("#")), "").split("\t"))
    return [one.row for one in cells.rows(path, columns)]


def with_rows(text: str, columns: Sequence[str], made: Iterable[Row], key: Sequence[str]) -> str:
    """The text of a table with rows in the place of those of the same key, and new ones before the first row of a later key."""
    found = text.rstrip("\n").split("\n")
    start = next(number for number, line in enumerate(found) if not line.startswith("#")) + 1
    at = [list(columns).index(name) for name in key]

    def key_of(line: str) -> tuple[str, ...]:
        parts = line.split("\t")
        return tuple(parts[place] for place in at)

    places = {key_of(line): number for number, line in enumerate(found) if number >= start and line}
    new = []
    for row in made:
        line = "\t".join(" ".join(row.get(name, "").split()) for name in columns)
        if key_of(line) in places:
            found[places[key_of(line)]] = line
        else:
            new.append(line)
    body: list[str] = []
    waiting = sorted(new, key=key_of, reverse=True)
    for line in found[start:]:
        while waiting and line and key_of(line) > key_of(waiting[-1]):
            body.append(waiting.pop())
        body.append(line)
    return "\n".join([*found[:start], *body, *reversed(waiting)]) + "\n"


def without_rows(text: str, columns: Sequence[str], column: str, gone: Iterable[str]) -> str:
    """The text of a table without the rows that hold one of some values in a column."""
    at, values = list(columns).index(column), set(gone)
    kept = [line for line in text.split("\n") if line.startswith("#") or (line.split("\t") + [""] * at)[at] not in values]
    return "\n".join(kept)
