"""Rows of a table, read so that every wrong cell is reported with its file, line and column.

Files are UTF-8, tab-separated, with one header line and no quoting. A cell that is empty is unknown, never zero.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.build.formats import BOM, wide_encoding
from kg.errors import DataError
from kg.rdf.namespaces import XSD

Row = dict[str, str]
#: Units of amounts in food and of daily intakes.
AMOUNTS = {"g", "mg", "ug", "kcal", "L", "g/kg", "mg/MJ", "% of energy"}
#: Units of what is measured in blood and urine; ``ratio`` is the quotient of two activities.
MEASURES = {
    *("pmol/L", "nmol/L", "umol/L", "mmol/L", "ng/mL", "ug/L", "ug/dL", "mg/dL", "g/dL"),
    *("umol/day", "%", "ratio", "fL", "mIU/L", "U/L", "mg/L", "g/L", "10*9/L"),
    *("pg", "mmol/mol", "mm/h", "mosm/kg", "mL/min/1.73m2", "ng/L"),
}
DECIMAL = NamedNode(XSD + "decimal")


#: Lines of tables that are not read, by path and number: those whose faults are known while others are looked for.
PASSED_OVER: set[tuple[str, int]] = set()
#: The one spelling of a number: digits, and more after a point.
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
#: The one spelling of a day; ISO 8601 has others, such as a day of a week.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Cells:
    """One row of a table, with readers that name file, line and column when a cell is wrong."""

    def __init__(self, path: str, line: int, row: Row) -> None:
        self.path, self.line, self.row = path, line, row

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self.row[column]:
            raise self.wrong(column, "is empty", "fill it in or delete the row")
        return self.row[column]

    def number(self, column: str) -> Literal:
        """The cell as a decimal, zero or more."""
        return self.decimal(column, self.text(column))

    def decimal(self, column: str, text: str) -> Literal:
        """A part of a cell as a decimal, zero or more."""
        if not _NUMBER.fullmatch(text):
            if text[:1] == "-" and _NUMBER.fullmatch(text[1:]):
                raise self.wrong(column, f"holds {self.row[column]!r}", "amounts are zero or more")
            if text[:1] == "0" and _NUMBER.fullmatch(text.lstrip("0") or "0"):
                raise self.wrong(column, f"holds {self.row[column]!r}", "leave out the zeros before the number")
            raise self.wrong(column, f"holds {self.row[column]!r}", "write a decimal number with a point")
        return Literal(format(Decimal(text), "f"), datatype=DECIMAL)

    def one_of(self, column: str, known: Collection[str]) -> str:
        """The cell, which must be one of ``known``."""
        if self.row[column] not in known:
            raise self.wrong(column, f"holds {self.row[column]!r}", f"use one of {', '.join(sorted(known))}")
        return self.row[column]

    def id(self, column: str, form: re.Pattern[str], meant: str) -> str:
        """The cell, which is empty or an id; a spreadsheet takes the zeros from the front of one, or writes it as 1.68E+05.

        Parameters:
            form: what fits the whole of each such id.
            meant: what to write instead, such as "the six digits of FoodData Central".
        """
        if self.row[column] and not form.fullmatch(self.row[column]):
            raise self.wrong(column, f"holds {self.row[column]!r}", f"write {meant}, as text where a spreadsheet saves it")
        return self.row[column]

    def day(self, column: str) -> date:
        """The cell as a day of the calendar."""
        found = day_of(self.row[column])
        if found is None:
            raise self.wrong(column, f"holds {self.row[column]!r}", "write the day as year-month-day")
        return found

    def many(self, column: str) -> list[str]:
        """The parts of a cell that holds several, parted by ``|``; none when it is empty."""
        return [part for part in self.row[column].split("|") if part]

    def wrong(self, column: str, problem: str, fix: str) -> DataError:
        """The error for one cell."""
        return DataError(f"{self.path}:{self.line}: {column} {problem}; {fix}")


def day_of(text: str) -> date | None:
    """The day that a text names as year-month-day; None where it names none of the calendar.

    >>> day_of("2026-11-29"), day_of("2026-02-31"), day_of("2026-W48")
    (datetime.date(2026, 11, 29), None, None)
    """
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def tables_of(root: str, folder: str) -> list[str]:
    """The tables in a folder of a repository (its parts joined by ``/``), in order of name; none where the folder is not there."""
    place = os.path.join(root, *folder.split("/"))
    names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    return [os.path.join(place, name) for name in names if name.endswith(".tsv") and not name.startswith(".")]


def rows(path: str, columns: tuple[str, ...]) -> Iterator[Cells]:
    """The rows of a table whose header must be ``columns``.

    Raises:
        DataError: not UTF-8, another header, a row with too few or too many cells, or one that a spreadsheet has spoilt.
    """
    found = lines(path)
    spoilt = may_be_spoilt(found)
    start = next((number for number, line in enumerate(found) if not line.startswith("#")), 0)
    if tuple(found[start].split("\t")) != columns:
        refuse_spoilt(path, start + 1, found[start], columns)
        raise DataError(f"{path}:{start + 1}: the header is not {' '.join(columns)}; restore the header line")
    for number, line in enumerate(found[start + 1 :], start + 2):
        if not line or (path, number) in PASSED_OVER:
            continue
        if spoilt:
            refuse_spoilt(path, number, line, columns)
        cells = line.split("\t")
        if tuple(cells) == columns:
            raise DataError(f"{path}:{number}: the header stands here again; delete the line")
        if len(cells) != len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells instead of {len(columns)}; check the tabs")
        yield Cells(path, number, dict(zip(columns, cells, strict=True)))


def lines(path: str) -> list[str]:
    """The lines of a table, its header among them.

    Raises:
        DataError: it cannot be read, or is not UTF-8.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
        wide = wide_encoding(content)
        if wide:
            raise DataError(f"{path}:1: {wide}, not UTF-8; save the file as UTF-8")
        return content.removeprefix(BOM).decode().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].split(b"\n")
        column = content.removeprefix(BOM).split(b"\n", 1)[0].split(b"\t")[before[-1].count(b"\t") :][:1]
        named = column[0].decode("ascii", "replace").strip() if column and len(before) > 1 else "the line"
        letter = f"{named} holds the byte {content[error.start]:02X}, which is not UTF-8"
        raise DataError(f"{path}:{len(before)}: {letter}; save the file as UTF-8") from None
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; check the path and its permissions") from None


#: Letters that nobody sees: controls, blanks of no or another width, marks of direction and of byte order, fillers, selectors of
#: a variant, tags, and code points that are no letters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: What a spreadsheet writes where it could not reckon.
_FAILED = re.compile(r"#(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!)|Err:[0-9]{3}")
_SPOILT = re.compile(rf'(?:^|\t)(?:"[^\t]*"(?=\t|$)| |(?:{_FAILED.pattern})(?=\t|$))| (?=\t|$)|{UNSEEN.pattern}')


#: What a spoilt line that is not a comment must hold, the lines joined with an end before the first and after the last.
_TRACES = ("\n ", " \n", "\t ", " \t", '\n"', '\t"', "\t#", "\nErr:", "\tErr:")


def may_be_spoilt(found: Sequence[str]) -> bool:
    """Whether any line may be what :func:`refuse_spoilt` refuses; a table as it should be is looked through once and not line by line."""
    text = "\n" + "\n".join(found) + "\n"
    return any(trace in text for trace in _TRACES) or UNSEEN.search(text) is not None


def refuse_spoilt(path: str, number: int, line: str, columns: Sequence[str]) -> None:
    """Refuse a line with what spreadsheets leave in cells and nobody sees: quotes around one, blanks at its ends, odd letters.

    Raises:
        DataError: with the column, what is there, and what belongs there.
    """
    if not _SPOILT.search(line):
        return
    for place, cell in enumerate(line.split("\t")):
        column = columns[place] if place < len(columns) else f"cell {place + 1}"
        unseen = UNSEEN.search(cell)
        if unseen:
            raise DataError(
                f"{path}:{number}: {column} contains U+{ord(unseen[0]):04X}, which cannot be seen; delete it, or write a blank"
            )
        if _FAILED.fullmatch(cell):
            raise DataError(
                f"{path}:{number}: {column} holds {cell}, with which a spreadsheet says that it failed; write the value"
            )
        if len(cell) > 1 and cell[0] == cell[-1] == '"':
            bare = cell[1:-1].replace('""', '"')
            raise DataError(f"{path}:{number}: {column} is in quotes, as a spreadsheet saves it; write {bare}")
        if cell != cell.strip(" "):
            raise DataError(f"{path}:{number}: {column} holds {cell!r}, with a blank at an end; write {cell.strip(' ')!r}")


@cache
def slug(text: str) -> str:
    """Lower-case words joined by hyphens, for an IRI."""
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())
