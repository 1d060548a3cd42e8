"""The cut-offs of a biomarker side by side: one lane for each body and group, one panel for each unit."""

from __future__ import annotations

from itertools import groupby

from kg.charts.svg import Drawing, shorten, text_width, value
from kg.errors import UsageError
from kg.palette import LIGHT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_LEFT, _WIDE, _ROW = 330.0, 560.0, 46.0
#: Fill, outline and ink of each word for a value; the word itself stands in the lane.
LOOKS = {
    "deficiency": ("#f6d3c2", "against"),
    "insufficiency": ("#fbeadd", "Exposure"),
    "adequate": ("#dcebf6", "promotes"),
    "excess": ("#ead9ec", "contested"),
}


def draw(rows: Iterable[Any], biomarker: str) -> tuple[str, str]:
    """Title and SVG of the answer to ``cutoffs_of``.

    Raises:
        UsageError: the biomarker has no cut-off.
    """
    told = list(rows)
    if not told:
        raise UsageError(f"{biomarker}: no cut-off for it is known, so there is nothing to draw")
    title = f"Cut-offs of {biomarker}, body by body"
    drawing = Drawing(_LEFT + _WIDE + 40)
    drawing.text(16, 28, title, size=18, bold=True)
    y = 62.0
    for unit, panel in groupby(told, key=lambda row: value(row["unit"])):
        y = _panel(drawing, unit, list(panel), y) + 34
    for at, (word, (fill, line)) in enumerate(LOOKS.items()):
        drawing.box(_LEFT + at * 120, y - 12, 18, 14, fill=fill, line=LIGHT[line].split()[-1])
        drawing.text(_LEFT + at * 120 + 24, y, word)
    drawing.text(16, y + 26, "Laboratories and assays differ. Information, not medical advice.", fill="quiet")
    return title, drawing.svg(title, f"{len(told)} ranges of {len({value(row['body']) for row in told})} bodies.")


def _panel(drawing: Drawing, unit: str, ranges: Sequence[Any], y: float) -> float:
    top = _top(ranges)
    scale = _WIDE / top
    drawing.text(_LEFT, y, f"in {unit}", bold=True, size=13)
    lanes = {(value(row["body"]), value(row["group"])): [] for row in ranges}  # type: dict[tuple[str, str], list[Any]]
    for row in ranges:
        lanes[value(row["body"]), value(row["group"])].append(row)
    bottom = y + 26 + _ROW * len(lanes)
    for limit in sorted({float(row[end].value) for row in ranges for end in ("lower", "upper") if row[end] is not None}):
        drawing.line(_LEFT + limit * scale, y + 8, _LEFT + limit * scale, bottom - 8, dash="2 3")
    for at, ((body, group), own) in enumerate(lanes.items()):
        line = y + 14 + at * _ROW
        drawing.text(16, line + 15, shorten(body, _LEFT - 28), bold=True)
        drawing.text(16, line + 31, shorten(group, _LEFT - 28), fill="quiet")
        drawing.line(_LEFT, line + _ROW - 5, _LEFT + _WIDE, line + _ROW - 5)
        for number, row in enumerate(own):
            _range(drawing, row, line, scale, top, stacked=_overlap(row, own[:number], top), alone=len(own) == 1)
    return bottom


def _top(ranges: Sequence[Any]) -> float:
    limits = [float(row[end].value) for row in ranges for end in ("lower", "upper") if row[end] is not None]
    return max(limits, default=1.0) * 1.25


def _ends(row: Any, top: float) -> tuple[float, float]:
    low = float(row["lower"].value) if row["lower"] is not None else 0.0
    return low, float(row["upper"].value) if row["upper"] is not None else top


def _overlap(row: Any, others: Sequence[Any], top: float) -> bool:
    low, high = _ends(row, top)
    return any(low < _ends(other, top)[1] and _ends(other, top)[0] < high for other in others)


def _range(drawing: Drawing, row: Any, y: float, scale: float, top: float, *, stacked: bool, alone: bool) -> None:
    low, high = _ends(row, top)
    word = value(row["interpretation"])
    fill, line = LOOKS.get(word, ("#eeeeee", "quiet"))
    x, wide, high_box = _LEFT + low * scale, (high - low) * scale, 17.0
    y = y + (18 if stacked else 0)
    hint = (
        f"{value(row['body'])}, {value(row['group'])}: {word} {value(row['cutoff'])} {value(row['unit'])}. {value(row['note'])}"
    )
    drawing.box(x, y + 1, wide, high_box, fill=fill, line=LIGHT[line].split()[-1], hint=hint.strip())
    words = f"{word} {value(row['cutoff'])}"
    if text_width(words) <= wide - 8:
        drawing.text(x + 4, y + 14, words)
    elif alone:
        drawing.text(x + wide + 5, y + 14, words)
