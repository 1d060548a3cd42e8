"""Where every state and every arrow of a map lies, in map units; the same input gives the same map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.causal import CausalGraph
from kg.view import dot, plain
from kg.view.layers import columns
from kg.view.wrap import LINE_HEIGHT, wrap

BOX_WIDTH = 136.0
_TEXT_WIDTH = 120.0
_PADDING = 14.0
#: Beyond this dot takes seconds, and nobody reads the whole map at once.
DOT_LIMIT = 260

Point = tuple[float, float]


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
    """``routes`` holds, for the claims in their order, the points of a Bézier line: start, control, control, end ..."""

    boxes: Mapping[str, Box]
    routes: tuple[tuple[Point, ...], ...]
    bands: tuple[Band, ...]


def lay_out(graph: CausalGraph) -> Layout:
    """Places for the whole graph: by dot where graphviz-pure is installed and the graph is not too large, else our own."""
    if not graph.states:
        return Layout({}, (), ())
    lines = {iri: wrap(state.label, _TEXT_WIDTH) for iri, state in graph.states.items()}
    sizes = {iri: (BOX_WIDTH, _PADDING + LINE_HEIGHT * len(rows)) for iri, rows in lines.items()}
    column, headings = columns(graph)
    edges = [(claim.cause, claim.effect) for claim in graph.claims]
    drawing = dot.draw(sizes, column, edges) if len(sizes) <= DOT_LIMIT else None
    centres, routes = drawing or plain.draw(sizes, column, edges)
    boxes = {iri: Box(*centres[iri], *sizes[iri], lines[iri]) for iri in graph.states}
    return Layout(boxes, tuple(routes), _bands(boxes, column, headings))


def _bands(boxes: Mapping[str, Box], column: Mapping[str, int], headings: list[str]) -> tuple[Band, ...]:
    found: dict[str, tuple[float, float]] = {}
    for iri, box in boxes.items():
        name = headings[column[iri]]
        left, right = found.get(name, (box.x, box.x))
        found[name] = (min(left, box.x - box.width / 2), max(right, box.x + box.width / 2))
    return tuple(Band(name, *found[name]) for name in dict.fromkeys(headings))
