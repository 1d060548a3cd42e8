"""Charts for those who would rather look than read: static SVG, drawn from the answers of the library.

    kg.open().chart("foods", nutrient="iron").save("iron.svg")

Every chart is the picture of one question; what it shows can be asked for in rows by the question's name.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import UnknownName, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Each chart with the question it draws and, where it takes one, the parameter and its default.
CHARTS = {
    "foods": ("foods by a nutrient, in their usual portion, against the RDA", "foods_richest_in", ("nutrient", "magnesium")),
    "cutoffs": ("the cut-offs of a biomarker, body by body", "cutoffs_of", ("biomarker", "serum ferritin")),
    "systems": ("the findings of each nutrient by organ system", "findings_by_organ_system", None),
    "debate": ("the claims on which sources disagree", "claims_with_evidence_on_both_sides", None),
}


class Chart:
    """A drawn chart. It shows itself in a notebook; ``svg`` is its text."""

    def __init__(self, svg: str, title: str) -> None:
        self.svg = svg
        self.title = title

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the SVG as UTF-8 and return where.

        Raises:
            UsageError: ``path`` is a folder, or its folder is missing or not writable.
        """
        from kg.atomic import save

        return save(path, self.svg.encode("utf-8"), "chart.svg")


def chart(answer: Callable[..., Any], label: Callable[[str], str], name: str, **parameters: str) -> Chart:
    """The chart called ``name``; see :data:`CHARTS`.

    Parameters:
        answer: what answers a question of the library, as ``Graph.query`` does.
        label: the label of a term, however it is named; titles show it.

    Raises:
        UnknownName: no chart is called so, or a term is not known.
        UsageError: the chart takes no such parameter, or there is nothing to draw.
    """
    from importlib import import_module

    if name not in CHARTS:
        raise UnknownName(f"no chart is called {name!r}; there are {', '.join(CHARTS)}")
    _, question, parameter = CHARTS[name]
    unknown = [word for word in parameters if parameter is None or word != parameter[0]]
    if unknown:
        takes = f"it takes {parameter[0]}" if parameter else "it takes none"
        raise UsageError(f"the chart {name} has no parameter {unknown[0]}; {takes}")
    values = {} if parameter is None else {parameter[0]: parameters.get(*parameter)}
    rows = answer(question, **values)
    title, svg = import_module(f"kg.charts.{name}").draw(rows, *map(label, values.values()))
    return Chart(svg, title)
