"""A heat map of what the graph knows: nutrients by organ systems, the findings that each reaches."""

from __future__ import annotations

from kg.charts.svg import Drawing, mix, value
from kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_LEFT, _TOP, _WIDE, _HIGH = 220.0, 210.0, 46.0, 25.0
OTHER = "other"


def draw(rows: Iterable[Any]) -> tuple[str, str]:
    """Title and SVG of the answer to ``findings_by_organ_system``; an empty cell is zero.

    Raises:
        UsageError: the graph contains no such finding.
    """
    counts = {(value(row["nutrient_label"]), value(row["system_label"])): int(row["findings"].value) for row in rows}
    if not counts:
        raise UsageError("no nutrient of this graph reaches a finding, so there is nothing to draw")
    nutrients = sorted({one for one, _ in counts})
    systems = sorted({other for _, other in counts}, key=lambda name: (name == OTHER, name))
    most = max(counts.values())
    title = "Symptoms, signs and laboratory findings by nutrient and organ system"
    drawing = Drawing(_LEFT + _WIDE * len(systems) + 130)
    drawing.text(16, 28, title, size=18, bold=True)
    drawing.text(
        16,
        48,
        "Findings that a lack, an excess or a disorder of the nutrient reaches within three claims",
        fill="quiet",
        size=13,
    )
    for at, system in enumerate(systems):
        drawing.text(_LEFT + at * _WIDE + _WIDE / 2 + 2, _TOP - 8, system, turn=-42)
    for row, nutrient in enumerate(nutrients):
        y = _TOP + row * _HIGH
        drawing.text(_LEFT - 8, y + 17, nutrient, anchor="end")
        for at, system in enumerate(systems):
            _cell(drawing, _LEFT + at * _WIDE, y, counts.get((nutrient, system), 0), most, f"{nutrient}, {system}")
    drawing.text(
        16,
        _TOP + len(nutrients) * _HIGH + 24,
        "An empty cell is what the graph does not know, not what is not so.",
        fill="quiet",
    )
    return title, drawing.svg(title, f"Heat map of {len(nutrients)} nutrients and {len(systems)} organ systems.")


def _cell(drawing: Drawing, x: float, y: float, count: int, most: int, about: str) -> None:
    share = (count / most) ** 0.5 if count else 0.0
    drawing.box(x + 1, y + 1, _WIDE - 2, _HIGH - 2, fill=mix(share) if count else "soft", hint=f"{about}: {count}")
    if count:
        drawing.text(x + _WIDE / 2, y + 17, str(count), anchor="middle", fill="paper" if share > 0.62 else "ink")
