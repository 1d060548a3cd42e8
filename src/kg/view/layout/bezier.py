"""Bézier lines: what the layout makes and the page draws."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
#: Start, control, control, end, control, control, end ...
Line = tuple[Point, ...]


def points(line: Sequence[Point], pieces: int = 8) -> list[Point]:
    """Points along a line, both ends included.

    >>> points([(0, 0), (1, 0), (2, 3), (3, 3)], pieces=2)
    [(0.0, 0.0), (1.5, 1.5), (3.0, 3.0)]
    """
    found = [(float(line[0][0]), float(line[0][1]))]
    for at in range(0, len(line) - 3, 3):
        corners = line[at : at + 4]
        for piece in range(1, pieces + 1):
            t = piece / pieces
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
            x, y = (sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
            found.append((x, y))
    return found


def through(stops: Sequence[tuple[Point, Point]]) -> Line:
    """A smooth line over level stretches: each stop is a stretch from its first point to its second, bends lie between.

    >>> through([((0, 0), (0, 0)), ((4, 2), (4, 2))])
    ((0, 0), (2.0, 0), (2.0, 2), (4, 2))
    """
    line: list[Point] = [stops[0][1]]
    for (_, (x0, y0)), ((x1, y1), (x2, y2)) in pairwise(stops):
        middle = (x0 + x1) / 2
        line += [(middle, y0), (middle, y1), (x1, y1)]
        if (x1, y1) != (x2, y2):
            line += [(x1, y1), (x2, y2), (x2, y2)]
    return tuple(line)
