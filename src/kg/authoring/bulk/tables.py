"""Tables as spreadsheets save them: CSV, TSV and XLSX as rows of words, each cell with its place.

What cannot be meant is refused with row and cell: formulas, dates, errors, letters that nobody sees. Nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.authoring.bulk.workbook import Raw, letters, sheets
from kg.build.cells import UNSEEN
from kg.build.read import contents
from kg.errors import DataError

#: Larger files are no sheets of records.
LARGEST = 200_000_000
KINDS = (".csv", ".tsv", ".xlsx")


@dataclass(slots=True)
class Row:
    """One row: its number as a spreadsheet counts, its words by column, and what is wrong with cells by column."""

    number: int
    cells: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows below a header. ``name`` is shown to people; ``head`` holds comment lines that came before."""

    name: str
    columns: list[str]
    rows: list[Row]
    head: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    def cell(self, row: Row, column: str) -> str:
        """Where a cell is: ``C12``; ``aliases`` gives columns of the file for those that rows were brought to."""
        column = self.aliases.get(column, column)
        return f"{letters(self.columns.index(column))}{row.number}" if column in self.columns else ""


def read(path: str, known: Sequence[Iterable[str]], sheet: str | None = None) -> Table:
    """The table in a file.

    Parameters:
        known: the sets of columns that a table may have; one of each set that fits must be there whole.
        sheet: the sheet of a workbook, where several could be meant.

    Raises:
        DataError: the file cannot be read, is of no such kind, or contains no such table.
    """
    kind = os.path.splitext(path)[1].lower()
    if kind not in KINDS:
        raise DataError(f"{path}: not a table; name a file in {', '.join(KINDS)}")
    try:
        if os.path.getsize(path) > LARGEST:
            raise DataError(f"{path}: larger than {LARGEST:,} bytes; split it")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    wanted = [frozenset(columns) for columns in known]
    if kind == ".xlsx":
        return _choose(path, sheets(path), wanted, sheet)
    if sheet is not None:
        raise DataError(f"{path}: has no sheets; leave out --sheet")
    text = decode_file(path)
    head = [line for line in text.split("\n") if line.startswith("#")]
    return _find(path, _parse(path, text, kind, wanted), wanted, head)


def find_kind(content: bytes) -> str:
    """The ending that a content without a name would have: of a workbook, RDF or a table.

    >>> find_kind(b"subject,relation,object\\n"), find_kind(b"# a note\\nid\\tlabel\\n"), find_kind(b"@prefix x: <http://x/> .\\n")
    ('.csv', '.tsv', '.ttl')
    """
    if content.startswith(b"PK"):
        return ".xlsx"
    start = content[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return ".jsonld"
    if start.startswith((b"<?xml", b"<rdf:")):
        return ".rdf"
    told = next((line for line in start.split(b"\n") if line.strip() and not line.startswith(b"#")), b"")
    if told.lower().startswith((b"@prefix", b"prefix ", b"@base", b"base ", b"<", b"_:")):
        return ".ttl"
    return ".tsv" if told.count(b"\t") > told.count(b",") else ".csv"


def decode_file(path: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 where its first bytes say so.

    Raises:
        DataError: another encoding, with the line.
    """
    raw = contents(path)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise DataError(f"{path}: not valid UTF-16; save it as CSV UTF-8") from None
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DataError(f"{path}: a workbook with the name of a text file; rename it .xlsx, or save it as CSV UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 (byte {raw[error.start]:#04x}); save it as CSV UTF-8") from None
    if "\0" in text:
        raise DataError(
            f"{path}:{text[: text.index(chr(0))].count(chr(10)) + 1}: not a text file (it contains a zero byte); save it as CSV UTF-8"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(path: str, text: str, kind: str, wanted: list[frozenset[str]]) -> list[Raw]:
    lines = text.split("\n")
    first = next((line for line in lines if line.strip() and not line.startswith(("#", '"#'))), "")
    mark = "\t"
    if kind == ".csv":  # a spreadsheet with a decimal comma parts the cells of a CSV file by semicolons
        heads = {sign: {cell.strip().casefold() for cell in next(csv.reader([first], delimiter=sign))} for sign in ",;\t"}
        fitting = {sign: max(len(columns & head) for columns in wanted) for sign, head in heads.items()}
        mark = max(fitting, key=lambda sign: fitting[sign])
    rows: list[Raw] = []
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True) if kind == ".csv" or '"' in text else None
    if reader is None:
        return [(number, _plain(line.split(mark))) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    skipped = 0
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if cells and cells[0].startswith("#") and not rows:
                skipped += 1
                continue
            rows.append((number, _plain(cells)))
    except csv.Error as error:
        if kind == ".tsv":  # quotes that mean nothing, as in tables without quoting
            return [(n, _plain(line.split(mark))) for n, line in enumerate(lines, 1) if not line.startswith("#")]
        raise DataError(
            f"{path}:{reader.line_num}: not valid CSV ({error}); correct the quotes near row {number + 1}"
        ) from None
    return rows


def _plain(cells: list[str]) -> list[tuple[str, str]]:
    return [(cell, "") for cell in cells]


def _choose(path: str, found: Mapping[str, list[Raw]], wanted: list[frozenset[str]], sheet: str | None) -> Table:
    if sheet is not None:
        if sheet not in found:
            raise DataError(f"{path}: no sheet is called {sheet!r}; choose one of {', '.join(found)}")
        return _find(f"{path}: sheet {sheet}", found[sheet], wanted, [])
    fitting = {name: rows for name, rows in found.items() if _header(rows, wanted) is not None}
    if len(fitting) > 1:
        raise DataError(f"{path}: several sheets have these columns; choose one of {', '.join(fitting)} with --sheet")
    if not fitting:
        if len(found) == 1:
            (only,) = found
            return _find(f"{path}: sheet {only}", found[only], wanted, [])
        raise DataError(
            f"{path}: no sheet has the columns {_name_columns(wanted)} (sheets: {', '.join(found)}); "
            "start from kg import --template claims -o sheet.xlsx"
        )
    ((name, rows),) = fitting.items()
    return _find(f"{path}: sheet {name}", rows, wanted, [])


def _header(rows: list[Raw], wanted: list[frozenset[str]]) -> int | None:
    """The place of the header among the first rows, or None."""
    for place, (_, cells) in enumerate(rows[:10]):
        names = {_column(word) for word, _ in cells}
        if any(columns <= names for columns in wanted):
            return place
    return None


def _find(name: str, rows: list[Raw], wanted: list[frozenset[str]], head: list[str]) -> Table:
    rows = [row for row in rows if any(word.strip() or complaint for word, complaint in row[1])]
    if not rows:
        raise DataError(f"{name}: is empty; start from kg import --template claims -o sheet.xlsx")
    place = _header(rows, wanted)
    if place is None:
        first = ", ".join(word.strip() for word, _ in rows[0][1] if word.strip())[:120]
        fix = "start from kg import --template claims -o sheet.xlsx"
        raise DataError(
            f"{name}: row {rows[0][0]}: no header with the columns {_name_columns(wanted)} (it has: {first}); {fix}"
        )
    if place:
        told = f"the column names stand in row {rows[place][0]}, below other rows"
        raise DataError(f"{name}: row {rows[0][0]}: {told}; delete what stands above them")
    number, header = rows[0]
    columns = [_column(word) for word, _ in header]
    while columns and not columns[-1]:
        columns.pop()
    for at, column in enumerate(columns):
        if not column:
            raise DataError(f"{name}: cell {letters(at)}{number}: a column without a name; name it or delete it")
        if column in columns[:at]:
            raise DataError(f"{name}: cell {letters(at)}{number}: a second column {column!r}; delete one of the two")
    return Table(name, columns, [_row(columns, one) for one in rows[1:]], head)


def _column(word: str) -> str:
    """The name of a column as it is known, from one in other letters or with blanks."""
    return "_".join(word.split()).casefold()


def _row(columns: list[str], raw: Raw) -> Row:
    number, cells = raw
    row = Row(number, dict.fromkeys(columns, ""))
    for column, (word, complaint) in zip(columns, cells, strict=False):
        row.cells[column] = " ".join(word.split())
        unseen = UNSEEN.search(row.cells[column])
        if complaint:
            row.wrong[column] = complaint
        elif unseen:
            row.wrong[column] = f"contains U+{ord(unseen[0]):04X}, which cannot be seen; delete it"
    beyond = [at for at, (word, _) in enumerate(cells) if at >= len(columns) and word.strip()]
    if beyond:
        row.wrong[""] = f"cell {letters(beyond[0])}{number} lies beyond the last column; check what parts the cells"
    if sum(bool(column) and _column(word) == column for column, (word, _) in zip(columns, cells, strict=False)) >= 2:
        row.wrong[""] = "a second header row; delete it"
    return row


def _name_columns(wanted: list[frozenset[str]]) -> str:
    return " or ".join(", ".join(sorted(columns)) for columns in wanted[:2])
