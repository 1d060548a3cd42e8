"""Rows as a table for people, or cut to a number of rows."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from itertools import islice
from typing import Any

from kg.errors import UsageError
from kg.sparql.results import Rows, plain


def written(rows: Rows, form: str, limit: int | None = None) -> int:
    """Print rows and return how many were printed."""
    if limit is not None and limit < 0:
        raise UsageError(f"--limit {limit}: a number of rows is zero or more")
    columns = list(rows.columns)
    taken = list(islice(rows, limit))
    if form in ("csv", "tsv"):
        writer = csv.writer(
            sys.stdout, delimiter="," if form == "csv" else "\t", lineterminator="\r\n" if form == "csv" else "\n"
        )
        writer.writerow(columns)
        writer.writerows([["" if value is None else value.value for value in row] for row in taken])
    elif form == "json":
        json.dump(_json(columns, taken), sys.stdout)
    elif form == "xml":
        raise UsageError("--limit is not for xml; write LIMIT into the query")
    else:
        table(columns, [[plain(value) for value in row] for row in taken], form)
    return len(taken)


def table(columns: list[str], rows: list[list[str]], form: str = "table") -> None:
    """Print aligned columns, cut to the terminal's width; or a Markdown table."""
    if form == "md":
        print("| " + " | ".join(columns) + " |")
        print("| " + " | ".join("---" for _ in columns) + " |")
        for row in rows:
            print("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
        return
    rows = [[cell.replace("\n", " ") for cell in row] for row in rows]
    widths = _widths(columns, rows)
    for line in (columns, ["-" * width for width in widths], *rows):
        print("  ".join(_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=False)).rstrip())
    left_out = columns[len(widths) :]
    more = f"; too narrow for {', '.join(left_out)}, which --format csv has" if left_out else ""
    print(f"({len(rows)} row{'' if len(rows) == 1 else 's'}{more})", file=sys.stderr)


def _widths(columns: list[str], rows: list[list[str]]) -> list[int]:
    """How wide each column is; on a narrow terminal the last ones get no width and are left out."""
    widths = [max(len(name), *(len(row[i]) for row in rows)) if rows else len(name) for i, name in enumerate(columns)]
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return widths
    wide = shutil.get_terminal_size().columns
    while len(widths) > 1 and sum(min(width, 12) + 2 for width in widths) - 2 > wide:
        widths.pop()
    room = wide - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 12:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"


def _json(columns: list[str], rows: list[Any]) -> dict[str, Any]:
    def one(value: Any) -> dict[str, str]:
        kind = {"NamedNode": "uri", "BlankNode": "bnode"}.get(type(value).__name__, "literal")
        found = {"type": kind, "value": value.value}
        if kind == "literal" and value.language:
            found["xml:lang"] = value.language
        elif kind == "literal" and not value.datatype.value.endswith("#string"):
            found["datatype"] = value.datatype.value
        return found

    bindings = [{name: one(value) for name, value in zip(columns, row, strict=True) if value is not None} for row in rows]
    return {"head": {"vars": columns}, "results": {"bindings": bindings}}
