"""Rows as a table for people."""

from __future__ import annotations

import os
import shutil
import sys
from unicodedata import category

from kg.cli.terminal import print_styled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def table(columns: list[str], rows: list[list[str]], form: str = "table") -> None:
    """Print aligned columns, cut to the terminal's width; or a Markdown table."""
    if form == "md":
        print("| " + " | ".join(columns) + " |")
        print("| " + " | ".join("---" for _ in columns) + " |")
        for row in rows:
            print("| " + " | ".join(show_cell(cell).replace("|", "\\|") for cell in row) + " |")
        return
    rows = [[show_cell(cell) for cell in row] for row in rows]
    if not is_narrow():
        _print(columns, rows, _widths(columns, rows), [])
        return
    columns, rows, said = _for_a_screen(columns, rows)
    _print(columns, rows, _fit(columns, rows), said)


def is_narrow() -> bool:
    """Whether a table is made for the width of a screen."""
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def _print(columns: list[str], rows: list[list[str]], widths: list[int], said: list[str]) -> None:
    numbers = [is_narrow() and _numbers(row[at] for row in rows) for at in range(len(widths))]

    def line(cells: list[str]) -> str:
        parts = zip(cells, widths, numbers, strict=False)
        return "  ".join(
            _cut(cell, width).rjust(width) if number else _cut(cell, width).ljust(width) for cell, width, number in parts
        )

    heads = [_broken(name, width) for name, width in zip(columns, widths, strict=False)]
    deep = max(map(len, heads), default=1)
    padded = [[""] * (deep - len(head)) + head for head in heads]
    for at in range(deep):
        print_styled(line([head[at] for head in padded]).rstrip(), "bold")
    print(line(["-" * width for width in widths]).rstrip())
    for row in rows:
        for cells in _fold(row, widths) if is_narrow() else [row]:
            print(line(cells).rstrip())
    left_out = columns[len(widths) :]
    more = [f"too narrow for {', '.join(left_out)}, which --format csv has"] if left_out else []
    print(f"({'; '.join([f'{len(rows)} row' + ('' if len(rows) == 1 else 's'), *said, *more])})", file=sys.stderr)


#: In so many lines a text is folded; what is longer is cut.
_LINES = 3


def _fold(row: list[str], widths: list[int]) -> list[list[str]]:
    """A row in as many lines as its longest text takes, so that no name is cut that has room below."""
    from textwrap import wrap

    folded = []
    for cell, width in zip(row, widths, strict=False):
        lines = wrap(cell, width, break_on_hyphens=False) if len(cell) > width else [cell]
        rest = [" ".join(lines[_LINES - 1 :])] if len(lines) >= _LINES else []
        folded.append(lines[: _LINES - 1] + rest)
    deep = max(map(len, folded), default=1)
    return [[lines[at] if at < len(lines) else "" for lines in folded] for at in range(deep)]


def _for_a_screen(columns: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]], list[str]]:
    """Without the names whose labels stand beside them, and without columns that say nothing or the same in every row."""
    ids = [name for name in columns if f"{name}_label" in columns]
    alike = [
        at
        for at, name in enumerate(columns)
        if at and name not in ids and len(rows) > _FEW and len({row[at] for row in rows}) == 1
    ]
    kept = [at for at, name in enumerate(columns) if name not in ids and at not in alike]
    same = [f"{columns[at].removesuffix('_label')} {rows[0][at]}" for at in alike if rows[0][at]]
    said = [f"the same in all: {', '.join(same)}"] if same else []
    said += [f"--format csv has the ids ({', '.join(ids)})"] if ids else []
    names = [columns[at].removesuffix("_label") for at in kept]
    return names, [[row[at] for at in kept] for row in rows], said


#: Of fewer rows nothing is said about all.
_FEW = 2


def _numbers(cells: Iterable[str]) -> bool:
    found = [cell for cell in cells if cell]
    try:
        return bool(found) and all(float(cell) == float(cell) for cell in found)
    except ValueError:
        return False


def _broken(name: str, width: int) -> list[str]:
    """A heading in lines that fit its column, broken at its underscores."""
    lines: list[str] = []
    for word in name.split("_"):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f"_{word}"
        else:
            lines.append(word)
    return [_cut(line, width) for line in lines] if max(map(len, name.split("_"))) <= width else [_cut(name, width)]


def _fit(columns: list[str], rows: list[list[str]]) -> list[int]:
    """Widths by content: a column of numbers is as wide as they are, long texts share what is left; the last ones may get none."""
    wide = shutil.get_terminal_size().columns
    least = [max(map(len, name.split("_"))) for name in columns]
    content = [max([len(row[at]) for row in rows], default=0) for at in range(len(columns))]
    number = [_numbers(row[at] for row in rows) for at in range(len(columns))]
    widths = [max(low, long) for low, long in zip(least, content, strict=True)]
    floor = [width if number[at] else max(least[at], min(width, _LEAST)) for at, width in enumerate(widths)]
    while len(widths) > 1 and sum(floor[: len(widths)]) + 2 * (len(widths) - 1) > wide:
        widths.pop()
    room = wide - 2 * (len(widths) - 1)
    while sum(widths) > room and any(width > floor[at] for at, width in enumerate(widths)):
        at = max((at for at, width in enumerate(widths) if width > floor[at]), key=lambda at: widths[at])
        widths[at] -= 1
    if len(widths) == 1:
        widths[0] = min(widths[0], max(room, _LEAST))
    return widths


#: So narrow a column of texts may become.
_LEAST = 14


def show_cell(cell: str) -> str:
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
    return [max(len(name), *(len(row[i]) for row in rows)) if rows else len(name) for i, name in enumerate(columns)]


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: width - 1] + "…"
