"""Rows as a table for people."""

from __future__ import annotations

import os
import shutil
import sys
from unicodedata import category


def table(columns: list[str], rows: list[list[str]], form: str = "table") -> None:
    """Print aligned columns, cut to the terminal's width; or a Markdown table."""
    if form == "md":
        print("| " + " | ".join(columns) + " |")
        print("| " + " | ".join("---" for _ in columns) + " |")
        for row in rows:
            print("| " + " | ".join(shown(cell).replace("|", "\\|") for cell in row) + " |")
        return
    rows = [[shown(cell) for cell in row] for row in rows]
    widths = _widths(columns, rows)
    for line in (columns, ["-" * width for width in widths], *rows):
        print("  ".join(_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=False)).rstrip())
    left_out = columns[len(widths) :]
    more = f"; too narrow for {', '.join(left_out)}, which --format csv has" if left_out else ""
    print(f"({len(rows)} row{'' if len(rows) == 1 else 's'}{more})", file=sys.stderr)


def shown(cell: str) -> str:
    """A cell on one line, with what would steer a terminal shown by its code point: the words may be anyone's."""
    if cell.isprintable():
        return cell
    return "".join(
        letter
        if letter.isprintable() or category(letter) in ("Zs", "Cn", "Co")
        else " "
        if letter in "\t\r\n"
        else f"\\u{ord(letter):04x}"
        for letter in cell
    )


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
