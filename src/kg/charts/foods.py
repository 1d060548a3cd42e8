"""Foods by a nutrient: what a usual portion holds, as a share of the recommended intake."""

from __future__ import annotations

from kg.charts.svg import Drawing, shorten, value
from kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MOST = 20
_LEFT, _BARS, _BESIDE, _ROW, _TOP = 250.0, 470.0, 170.0, 24.0, 84.0


def draw(rows: Iterable[Any], nutrient: str) -> tuple[str, str]:
    """Title and SVG of the answer to ``foods_richest_in``: the 20 foods whose portion holds most, of those eaten in that form.

    Raises:
        UsageError: no food of the nutrient has a portion, or there is no recommended intake in its unit.
    """
    told = [row for row in rows if row["portion_percent_of_intake"] is not None and row["eaten_in_this_form"] is None]
    if not told:
        raise UsageError(f"{nutrient}: no food has a portion and a recommended intake in one unit, so there is nothing to draw")
    told = sorted(told, key=lambda row: (-_share(row), value(row["food_label"])))[:MOST]
    title = f"Foods by {nutrient}: what a usual portion holds"
    drawing = Drawing(_LEFT + _BARS + _BESIDE)
    drawing.text(16, 28, title, size=18, bold=True)
    kind, _, amount = value(told[0]["intake"]).partition(" ")
    drawing.text(16, 48, f"Share of the {kind} ({amount} a day, women of 31 to 50 years)", fill="quiet", size=13)
    scale = _BARS / max(100.0, *map(_share, told))
    _axis(drawing, scale, len(told))
    for at, row in enumerate(told):
        _bar(drawing, row, _TOP + at * _ROW, scale)
    below = _TOP + len(told) * _ROW + 26
    drawing.text(16, below, f"Source: {value(told[0]['table'])}. Information, not medical advice.", fill="quiet")
    return title, drawing.svg(title, f"Bar chart of {len(told)} foods; the longest bar is {value(told[0]['food_label'])}.")


def _share(row: Any) -> float:
    return float(row["portion_percent_of_intake"].value)


def _axis(drawing: Drawing, scale: float, rows: int) -> None:
    bottom = _TOP + rows * _ROW
    step = 25 if _BARS / scale < 250 else 100 if _BARS / scale < 900 else 500
    for share in range(0, int(_BARS / scale) + 1, step):
        x = _LEFT + share * scale
        whole = share == 100
        drawing.line(
            x, _TOP - 4, x, bottom, line="ink" if whole else "line", width=1.5 if whole else 1, dash="4 3" if whole else ""
        )
        drawing.text(x, _TOP - 9, f"{share} %", anchor="middle", fill="ink" if whole else "quiet", bold=whole)


def _bar(drawing: Drawing, row: Any, y: float, scale: float) -> None:
    share, label, portion = _share(row), value(row["food_label"]), value(row["portion"])
    held = float(row["per_portion"].value)
    amount = f"{held:.0f} {value(row['unit'])}" if held >= 100 else f"{held:.3g} {value(row['unit'])}"
    room = _BARS + _BESIDE - share * scale - 12
    drawing.text(_LEFT - 8, y + 15, shorten(label, _LEFT - 24), anchor="end")
    drawing.box(_LEFT, y + 4, share * scale, _ROW - 8, fill="promotes", hint=f"{label}, {portion}: {amount}, {share:g} %")
    drawing.text(
        _LEFT + share * scale + 6, y + 15, shorten(f"{share:g} %  ({portion}, {amount})", room), fill="quiet", halo=True
    )
