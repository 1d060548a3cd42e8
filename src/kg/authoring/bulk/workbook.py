"""Workbooks (XLSX): the one door to openpyxl, which reads and writes them."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from kg.errors import DataError
from kg.rdf.xml import replace_forbidden

#: The number of a row, and its cells as pairs of words and complaint.
Raw = tuple[int, list[tuple[str, str]]]
#: A sheet whose text is larger once unpacked is not a sheet of records.
LARGEST = 400_000_000
_FORMULA, _ERROR = "contains a formula; paste its value", "contains an error of the spreadsheet; write what is meant"
_DATE = "is a date of the spreadsheet; write it as text, with the cell's format set to text"


def sheets(path: str) -> dict[str, list[Raw]]:
    """The sheets of a workbook by name, but for hidden ones.

    Raises:
        DataError: no workbook, or one with merged cells.
    """
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST:
                raise DataError(f"{path}: more than {LARGEST:,} bytes once unpacked; split it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that hold no cells, such as pictures
            book = load_workbook(path, read_only=True, data_only=False)
            with zipfile.ZipFile(path) as packed:
                for sheet in book.worksheets:
                    _refuse_merged(path, packed, sheet)
            found = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"}
            book.close()
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001
        # openpyxl raises errors of many kinds on files that others have damaged or locked with a password.
        reason = type(error).__name__ if not str(error) else " ".join(str(error).split())[:100]
        raise DataError(f"{path}: cannot be read as a workbook ({reason}); save it again as .xlsx, or as CSV UTF-8") from None
    if not found:
        raise DataError(f"{path}: contains no visible sheet; start from kg import --template claims -o sheet.xlsx")
    return found


def _refuse_merged(path: str, packed: zipfile.ZipFile, sheet: Any) -> None:
    name = str(sheet._worksheet_path).lstrip("/")
    merged = re.findall(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z0-9:]+)"', packed.read(name))
    if merged:
        more = f" (and {len(merged) - 1} more)" if len(merged) > 1 else ""
        raise DataError(
            f"{path}: sheet {sheet.title}: cells {merged[0].decode()} are merged{more}; unmerge them, and fill in each row"
        )


def _rows(sheet: Any) -> Any:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> tuple[str, str]:
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str):
        if cell.data_type == "f":
            return value, _FORMULA
        return (value, _ERROR) if cell.data_type == "e" else (value, "")
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value), _DATE
    if isinstance(value, float):
        return (str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)), ""
    return (str(value), "") if isinstance(value, int) else (str(value), _FORMULA)


def write_workbook(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    choices: Mapping[str, Sequence[str]],
    notes: Mapping[str, str],
) -> bytes:
    """A workbook: a sheet with a frozen header, a note on each column, and pick-lists for the columns of ``choices``."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(list(columns))
    for at, column in enumerate(columns):
        cell = sheet.cell(1, at + 1)
        cell.font = Font(bold=True)
        if notes.get(column):
            cell.comment = Comment(notes[column], "nutrition-kg")
        sheet.column_dimensions[letters(at)].width = 40 if column in ("note", "definition", "claim") else 18
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([replace_forbidden(cell) if cell else None for cell in row])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if cell.data_type == "f":  # words that begin with an equals sign are words
                cell.data_type = "s"
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    for place, (column, values) in enumerate(choices.items()):
        if column not in columns or not values:
            continue
        for number, value in enumerate((f"choices of {column}", *values), 1):
            lists.cell(number, place + 1, replace_forbidden(value))
        where = letters(place)
        told = DataValidation(
            type="list", formula1=f"lists!${where}$2:${where}${len(values) + 1}", allow_blank=True, showErrorMessage=False
        )
        sheet.add_data_validation(told)
        told.add(f"{letters(columns.index(column))}2:{letters(columns.index(column))}{max(len(rows) + 1, 1) + 1000}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def letters(place: int) -> str:
    """The letters by which spreadsheets name a column.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
