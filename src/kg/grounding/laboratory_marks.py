"""What a laboratory prints behind a value: its own reference range, and a mark such as H or "low".

The cut-offs of the graph come first; for a test that the graph has no cut-off for, the range or the mark that was copied with the
value says on which side it lies.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FIGURE = r"\d+(?:[.,]\d+)?"
_RANGE = re.compile(
    rf"\s*[(\[]\s*(?:(?:normal|reference|ref|range|interval|nr|rr|n)\b[\s:.=]*)*"
    rf"(?:(?P<low>{_FIGURE})\s*(?:-|–|to)\s*(?P<high>{_FIGURE})|(?P<sign>[<>])\s*(?P<limit>{_FIGURE}))[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
#: A letter alone is a mark where it is a capital or stands in brackets: "mmol l" ends with a litre.
_MARK = re.compile(r"(?<=[\w%)\]])\s*(?:\s([LH]|[Ll]ow|[Hh]igh|LOW|HIGH|\([LlHh]\)|\[[LlHh]\]|[LH]\*)|([↓↑]))\s*\.?$")
_VALUE = re.compile(rf"^(?P<name>[^\d<>]*[A-Za-z][^<>]*?)[\s:=<>]+(?P<value>{_FIGURE})(?![\w.,-]*\d)", re.ASCII)
#: A value with its name and range is never longer; the patterns take the square of the length.
_LONGEST = 500
_WAYS = {"l": "low", "low": "low", "↓": "low", "h": "high", "high": "high", "↑": "high"}


class Marked(NamedTuple):
    """A phrase without the marks of a laboratory, and on which side of its own range the value lies; empty where nothing says so."""

    phrase: str
    way: str


def without_marks(phrase: str) -> Marked:
    """The phrase without its range and its mark, and what these say.

    >>> without_marks("PTH 145 pg/mL (15-65)")
    Marked(phrase='PTH 145 pg/mL', way='high')
    >>> without_marks("AST 180 U/L H").way, without_marks("RDW 13 (11.5-14.5)").way
    ('high', 'normal')
    """
    text = phrase.strip()
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return Marked(phrase, "")
    bounds = _RANGE.search(text)
    bare = (text[: bounds.start()] + text[bounds.end() :]).strip() if bounds else text
    value = _VALUE.match(bare)
    if value is None:
        return Marked(phrase, "")
    mark = _MARK.search(bare)
    bare = bare[: mark.start()].strip() if mark else bare
    way = (
        _WAYS[(mark[1] or mark[2]).strip("()[]*").casefold()]
        if mark
        else _side(bounds, _number(value["value"]))
        if bounds
        else ""
    )
    return Marked(bare, way)


def write_outcome(phrase: str) -> str:
    """A value with the mark of its laboratory as a test and its outcome: "PTH: high"; any other phrase as it is."""
    bare, way = without_marks(phrase)
    value = _VALUE.match(bare) if way else None
    return f"{value['name'].strip()}: {way}" if value else phrase


def _side(bounds: re.Match[str], value: float) -> str:
    if bounds["limit"]:
        beyond = value >= _number(bounds["limit"]) if bounds["sign"] == "<" else value <= _number(bounds["limit"])
        return ("high" if bounds["sign"] == "<" else "low") if beyond else "normal"
    return "low" if value < _number(bounds["low"]) else "high" if value > _number(bounds["high"]) else "normal"


def _number(text: str) -> float:
    return float(text.replace(",", "."))
