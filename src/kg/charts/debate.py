"""Where sources disagree: for each disputed claim the sources for it, against it and in between."""

from __future__ import annotations

from kg.charts.svg import Drawing, shorten, value
from kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_LEFT, _UNIT, _ROW, _TOP = 440.0, 26.0, 26.0, 92.0


def draw(rows: Iterable[Any]) -> tuple[str, str]:
    """Title and SVG of the answer to ``claims_with_evidence_on_both_sides``.

    Raises:
        UsageError: no claim is disputed.
    """
    told = [_Debate(row) for row in rows]
    if not told:
        raise UsageError("no claim of this graph has sources on both sides, so there is nothing to draw")
    told.sort(key=lambda one: (-(one.for_it + one.against + one.mixed), one.words))
    title = "Claims on which sources disagree"
    left = max(one.against for one in told) * _UNIT
    right = max(one.mixed + one.for_it for one in told) * _UNIT
    middle = _LEFT + 16 + left
    drawing = Drawing(middle + right + 170)
    drawing.text(16, 28, title, size=18, bold=True)
    drawing.text(
        16, 48, "Outside sources, each counted once; the articles that the graph began with do not count", fill="quiet", size=13
    )
    drawing.text(middle - 6, _TOP - 12, "against", anchor="end", bold=True, fill="against")
    drawing.text(middle + 6, _TOP - 12, "for", bold=True, fill="for")
    drawing.text(middle + 40, _TOP - 12, "mixed, between the two", fill="contested")
    for at, one in enumerate(told):
        one.draw(drawing, _TOP + at * _ROW, middle)
    bottom = _TOP + len(told) * _ROW
    drawing.line(middle, _TOP - 6, middle, bottom, line="ink")
    drawing.text(
        16,
        bottom + 24,
        "What makes a claim contested is the weight of its sources, not their number. Not medical advice.",
        fill="quiet",
    )
    return title, drawing.svg(title, f"Diverging bars of {len(told)} claims.")


class _Debate:
    """One disputed claim: its words and the sources on each side."""

    def __init__(self, row: Any) -> None:
        self.words = f"{value(row['subject_label'])} {value(row['relation_label'])} {value(row['object_label'])}"
        self.for_it, self.against, self.mixed = (int(row[name].value) for name in ("supporting", "disputing", "mixed"))
        self.verdict = f"{value(row['status_label'])}, {value(row['certainty_label'])}"

    def draw(self, drawing: Drawing, y: float, middle: float) -> None:
        """Bars from the middle: against to the left, hatched; mixed, then for, to the right."""
        drawing.text(_LEFT, y + 17, shorten(self.words, _LEFT - 20), anchor="end")
        wide = self.against * _UNIT
        drawing.box(
            middle - wide,
            y + 5,
            wide,
            _ROW - 10,
            fill="url(#against-hatch)",
            line="against",
            hint=f"{self.words}: against {self.against}",
        )
        drawing.box(
            middle,
            y + 5,
            self.mixed * _UNIT,
            _ROW - 10,
            fill="url(#mixed-hatch)",
            line="contested" if self.mixed else "",
            hint=f"mixed {self.mixed}",
        )
        start = middle + self.mixed * _UNIT
        drawing.box(start, y + 5, self.for_it * _UNIT, _ROW - 10, fill="for", hint=f"{self.words}: for {self.for_it}")
        drawing.text(start + self.for_it * _UNIT + 8, y + 17, self.verdict, fill="quiet")
