"""A table as a notebook shows it: bounded in height, text to the left and numbers to the right, what is the same in all rows said once."""

from __future__ import annotations

from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many rows are in the table at most.
SHOWN = 100
#: A column with a text of so many letters is given the room to be read.
_LONG = 40
#: A longer text is cut, and whole on hover.
_MOST = 160
#: From so many rows on, what is the same in all of them is said once, above the table.
_MANY = 5
# Notebooks turn the text of all tables to the right.
_STYLE = (
    "<style>.kg-table{max-height:26em;overflow:auto;margin:.4em 0}.kg-table table{border-collapse:collapse;margin:0}"
    ".kg-table th,.kg-table td{text-align:left!important;vertical-align:top;padding:.25em .8em .25em 0;max-width:26em;"
    "overflow-wrap:break-word;white-space:normal}.kg-table td{min-width:7em}.kg-table .long{min-width:15em}.kg-table .number{text-align:right!important;"
    "min-width:3em;max-width:6em}.kg-table thead th{position:sticky;top:0;background:var(--jp-layout-color0,Canvas)}</style>"
)


def html_table(columns: Sequence[str], rows: list[list[str]], total: int) -> str:
    """Rows of text as HTML.

    Parameters:
        rows: the first rows of the answer, each with a text for each column.
        total: how many rows the answer has.
    """
    said, kept = _say_once(columns, rows)
    numbers = {at for at in kept if any(row[at] for row in rows) and all(_is_number(row[at]) for row in rows if row[at])}

    ways = dict.fromkeys(numbers, " class=number") | {
        at: " class=long" for at in kept if at not in numbers and any(len(row[at]) > _LONG for row in rows)
    }

    def line(cells: Sequence[str], tag: str) -> str:
        parts = (f"<{tag}{ways.get(at, '')}{_whole(cells[at])}>{escape(_shorten(cells[at]))}</{tag}>" for at in kept)
        return f"<tr>{''.join(parts)}</tr>"

    head = line([_title(column) for column in columns], "th")
    body = "".join(line(row, "td") for row in rows)
    more = (
        f"<p>The first {len(rows)} of {total:,} rows; <code>to_pandas()</code> has them all.</p>" if len(rows) < total else ""
    )
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'{said}{_STYLE}<div class="kg-table">{table}</div>{more}'


def _say_once(columns: Sequence[str], rows: list[list[str]]) -> tuple[str, list[int]]:
    """A sentence of the columns whose value is the same in all rows, and the places of the others; the first one always stays.

    An id whose label stands beside it is left out.
    """
    ids = [at for at, column in enumerate(columns) if f"{column}_label" in columns]
    same = [at for at in range(1, len(columns)) if len(rows) >= _MANY and len({row[at] for row in rows}) == 1]
    told = "; ".join(f"{escape(_title(columns[at]))} {escape(rows[0][at])}" for at in same if rows[0][at] and at not in ids)
    kept = [at for at in range(len(columns)) if at not in same and at not in ids]
    return f"<p>The same in every row: {told}.</p>" if told else "", kept


def _shorten(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …"


def _whole(text: str) -> str:
    return "" if len(text) <= _MOST else f' title="{escape(text)}"'


def _title(column: str) -> str:
    return column.removesuffix("_label").replace("_", " ")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
