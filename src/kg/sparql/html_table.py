"""A table as a notebook shows it: bounded in height, text to the left and numbers to the right, what is the same in all rows said once."""

from __future__ import annotations

from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many rows are in the table at most.
SHOWN = 100
#: From so many rows on, what is the same in all of them is said once, above the table.
_MANY = 5
# Notebooks turn the text of all tables to the right.
_STYLE = (
    "<style>.kg-table{max-height:26em;overflow:auto;margin:.4em 0}.kg-table table{border-collapse:collapse;margin:0}"
    ".kg-table th,.kg-table td{text-align:left!important;vertical-align:top;padding:.25em .8em .25em 0;max-width:26em;"
    "overflow-wrap:break-word;white-space:normal}.kg-table td{min-width:7em}.kg-table .number{text-align:right!important;"
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

    def line(cells: Sequence[str], tag: str) -> str:
        parts = (f"<{tag}{' class=number' if at in numbers else ''}>{escape(cells[at])}</{tag}>" for at in kept)
        return f"<tr>{''.join(parts)}</tr>"

    head = line([column.replace("_", " ") for column in columns], "th")
    body = "".join(line(row, "td") for row in rows)
    more = (
        f"<p>The first {len(rows)} of {total:,} rows; <code>to_pandas()</code> has them all.</p>" if len(rows) < total else ""
    )
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f'{said}{_STYLE}<div class="kg-table">{table}</div>{more}'


def _say_once(columns: Sequence[str], rows: list[list[str]]) -> tuple[str, list[int]]:
    """A sentence of the columns whose value is the same in all rows, and the places of the others; the first one always stays."""
    same = [at for at in range(1, len(columns)) if len(rows) >= _MANY and len({row[at] for row in rows}) == 1]
    told = "; ".join(f"{escape(columns[at].replace('_', ' '))} {escape(rows[0][at])}" for at in same if rows[0][at])
    return f"<p>The same in every row: {told}.</p>" if told else "", [at for at in range(len(columns)) if at not in same]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
