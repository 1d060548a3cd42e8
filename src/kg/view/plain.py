"""Our own layered layout, for where dot is not installed or the graph is too large for it.

Long arrows get a waypoint in every column they cross, columns are ordered by the mean place of their neighbours, and
then pulled straight. Arrows that go back (loops) run through the same waypoints from right to left.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
Drawing = tuple[dict[str, Point], list[tuple[Point, ...]]]

_COLUMN_GAP = 52.0
_ROW_GAP = 12.0
_SWEEPS = 6


@dataclass(slots=True)
class _Spot:
    """A state or a waypoint: its column, its height, where it stands and what it is joined to."""

    column: int
    height: float
    y: float = 0.0
    left: list[_Spot] = field(default_factory=list)
    right: list[_Spot] = field(default_factory=list)


def draw(sizes: Mapping[str, Point], column: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> Drawing:
    """Centres by name and a Bézier line for each edge."""
    spots = {name: _Spot(column[name], height) for name, (_, height) in sizes.items()}
    columns: list[list[_Spot]] = [[] for _ in range(max(column.values()) + 1)]
    for spot in spots.values():
        columns[spot.column].append(spot)
    chains = [_chain(spots[cause], spots[effect], columns) for cause, effect in edges]
    _order(columns)
    _straighten(columns)
    width = max(width for width, _ in sizes.values())
    centres = {name: (_x(spot, width), spot.y) for name, spot in spots.items()}
    return centres, [_line(chain, width) for chain in chains]


def _chain(cause: _Spot, effect: _Spot, columns: list[list[_Spot]]) -> list[_Spot]:
    """The spots an arrow runs through, from its cause to its effect."""
    step = 1 if effect.column >= cause.column else -1
    chain = [cause]
    for column in range(cause.column + step, effect.column, step):
        chain.append(_Spot(column, 4.0))
        columns[column].append(chain[-1])
    chain.append(effect)
    for before, after in zip(chain[::step], chain[::step][1:], strict=False):
        if before.column != after.column:
            before.right.append(after)
            after.left.append(before)
    return chain


def _order(columns: list[list[_Spot]]) -> None:
    for spots in columns:
        _stack(spots)
    for sweep in range(_SWEEPS):
        rightwards = sweep % 2 == 0
        for spots in columns if rightwards else columns[::-1]:
            spots.sort(key=lambda spot: _mean((spot.left if rightwards else spot.right) or [spot]))
            _stack(spots)


def _stack(spots: Iterable[_Spot]) -> None:
    y = 0.0
    spots = list(spots)
    for spot in spots:
        spot.y = y + spot.height / 2
        y += spot.height + _ROW_GAP
    for spot in spots:
        spot.y -= y / 2


def _mean(spots: Sequence[_Spot]) -> float:
    return sum(spot.y for spot in spots) / len(spots)


def _straighten(columns: list[list[_Spot]]) -> None:
    """Every spot moves towards its neighbours as far as the order and the gaps allow."""
    for sweep in range(_SWEEPS * 2):
        for spots in columns if sweep % 2 else columns[::-1]:
            wanted = [_mean([*spot.left, *spot.right] or [spot]) for spot in spots]
            _place(spots, wanted)


def _place(spots: Sequence[_Spot], wanted: Sequence[float]) -> None:
    """The mean of the tightest packing from above and from below keeps order and gaps, and leans to neither side."""
    down: list[float] = []
    for at, spot in enumerate(spots):
        least = down[-1] + (spots[at - 1].height + spot.height) / 2 + _ROW_GAP if at else wanted[at]
        down.append(max(wanted[at], least))
    up: list[float] = []
    for at in range(len(spots) - 1, -1, -1):
        below = at + 1 < len(spots)
        most = up[-1] - (spots[at + 1].height + spots[at].height) / 2 - _ROW_GAP if below else wanted[at]
        up.append(min(wanted[at], most))
    for spot, low, high in zip(spots, down, up[::-1], strict=True):
        spot.y = (low + high) / 2


def _x(spot: _Spot, width: float) -> float:
    return spot.column * (width + _COLUMN_GAP)


def _line(chain: Sequence[_Spot], width: float) -> tuple[Point, ...]:
    half = width / 2
    if chain[0] is chain[-1]:
        x, y = _x(chain[0], width) + half, chain[0].y
        return ((x, y - 6), (x + 34, y - 24), (x + 34, y + 24), (x, y + 6))
    towards = 1 if chain[-1].column > chain[0].column else -1
    points = [(_x(chain[0], width) + half * towards, chain[0].y)]
    for spot in chain[1:-1]:
        # A waypoint is as wide as the boxes of its column, so that the arrow passes between them level.
        points += [(_x(spot, width) - half * towards, spot.y), (_x(spot, width) + half * towards, spot.y)]
    points.append((_x(chain[-1], width) - half * towards, chain[-1].y))
    line = [points[0]]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        middle = (x0 + x1) / 2
        line += [(middle, y0), (middle, y1), (x1, y1)]
    return tuple(line)
