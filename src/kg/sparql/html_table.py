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
#: What stands for a long text that is the same as in the row above; the text itself is there on hover.
_DITTO = "\u2033"
#: The column with the address of a source, which becomes a link on the source.
_ADDRESS = "url"
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

    linked = _linked(columns) if _ADDRESS in columns else None
    address = columns.index(_ADDRESS) if linked is not None else None
    kept = [at for at in kept if at != address]

    def cell(cells: Sequence[str], at: int, above: Sequence[str]) -> str:
        if len(cells[at]) > _LONG and above and all(cells[one] == above[one] for one in (at, address) if one is not None):
            return f'<td{ways.get(at, "")} title="{escape(cells[at])}">{_DITTO}</td>'
        text = escape(_shorten(cells[at]))
        if at == linked and cells[address or 0].startswith(("http://", "https://")):
            text = f'<a href="{escape(cells[address or 0])}" target="_blank" rel="noopener noreferrer">{text}</a>'
        return f"<td{ways.get(at, '')}{_whole(cells[at])}>{text}</td>"

    names = (f"<th{ways.get(at, '')}>{escape(_title(columns[at]))}</th>" for at in kept)
    head = f"<tr>{''.join(names)}</tr>"
    body = "".join(
        f"<tr>{''.join(cell(row, at, above) for at in kept)}</tr>" for row, above in zip(rows, [[], *rows], strict=False)
    )
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


def _linked(columns: Sequence[str]) -> int | None:
    """The place of the column that the addresses of a table belong to; None where there is no source."""
    return next((columns.index(name) for name in ("source_label", "source") if name in columns), None)


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
