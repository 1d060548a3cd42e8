"""Where every state and every arrow of a map lies, in map units; the same input gives the same map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.causal.model import CausalGraph
from kg.view.layout import graphviz
from kg.view.layout.bezier import Line
from kg.view.layout.coordinates import place
from kg.view.layout.labels import LINE_HEIGHT, wrap
from kg.view.layout.layering import Flow, columns
from kg.view.layout.ordering import lanes

BOX_WIDTH = 132.0
#: A label keeps clear of the corners of every shape, and there is room for fonts wider than the one measured with.
TEXT_WIDTH = 110.0
_PADDING = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """A state's place: its centre, its size and the lines of its label."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A stage's column or columns, from ``left`` to ``right``."""

    name: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of every state and, in the order of the claims, the line of every arrow."""

    boxes: Mapping[str, Box]
    routes: tuple[Line, ...]
    bands: tuple[Band, ...]


def lay_out(graph: CausalGraph, flow: Flow | None = None, marks: Mapping[str, str] | None = None) -> Layout:
    """Places for the whole graph: in the order of dot where graphviz-pure is installed, else in one of our own.

    ``flow`` is that of a map of routes; see :func:`kg.view.layout.layering.columns`. ``marks`` is what stands in the boxes
    of some states in place of their labels.
    """
    if not graph.states:
        return Layout({}, (), ())
    words = {**{iri: state.label for iri, state in graph.states.items()}, **(marks or {})}
    lines = {iri: wrap(words[iri], TEXT_WIDTH) for iri in graph.states}
    heights = {iri: _PADDING + LINE_HEIGHT * len(rows) for iri, rows in lines.items()}
    column, headings = columns(graph, flow)
    edges = [(claim.cause, claim.effect) for claim in graph.claims]
    centres, routes = place(lanes(heights, column, edges, graphviz.heights(column, edges)), BOX_WIDTH)
    boxes = {iri: Box(*centres[iri], BOX_WIDTH, heights[iri], lines[iri]) for iri in graph.states}
    return Layout(boxes, tuple(routes), _bands(boxes, column, headings))


def _bands(boxes: Mapping[str, Box], column: Mapping[str, int], headings: list[str]) -> tuple[Band, ...]:
    found: dict[str, tuple[float, float]] = {}
    for iri, box in boxes.items():
        name = headings[column[iri]]
        if not name:
            continue
        left, right = found.get(name, (box.x, box.x))
        found[name] = (min(left, box.x - box.width / 2), max(right, box.x + box.width / 2))
    return tuple(Band(name, *found[name]) for name in dict.fromkeys(headings) if name)
