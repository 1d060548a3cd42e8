"""Where the spots of a map stand: as straight as their order allows, and no higher than the fullest column needs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.view.layout.bezier import Line, Point, through
from kg.view.layout.ordering import LANE, Lanes, Spot, mean

#: A map as wide and as high as this is read without zooming on a screen of 1440 x 900.
SCREEN = (1340.0, 830.0)
_GAPS = {"column": (42.0, 150.0), "row": (9.0, 38.0)}
_SWEEPS = 24
_PORT = 9.0
_LOOP = 34.0


def place(lanes: Lanes, width: float) -> tuple[dict[str, Point], list[Line]]:
    """The centre of every state and the line of every arrow; boxes are ``width`` wide."""
    step = width + _column_gap(len(lanes.columns), width)
    gap = _row_gap(lanes.columns)
    tallest = max(_need(spots, gap) for spots in lanes.columns)
    for spots in lanes.columns:
        _settle(spots, [0.0] * len(spots), gap, tallest)
    for sweep in range(_SWEEPS):
        for spots in lanes.columns if sweep % 2 == 0 else lanes.columns[::-1]:
            _settle(spots, [_wish(spot) for spot in spots], gap, tallest)
    centres = {name: (spot.column * step, spot.y) for name, spot in lanes.states.items()}
    ports = _ports(lanes)
    lines = [_line(chain, ports[number], step, width / 2) for number, chain in enumerate(lanes.chains)]
    return centres, lines


def _column_gap(columns: int, width: float) -> float:
    least, most = _GAPS["column"]
    return min(most, max(least, (SCREEN[0] - width * columns) / max(1, columns - 1)))


def _row_gap(columns: Sequence[Sequence[Spot]]) -> float:
    """Rows stand as loosely as fits the screen; a lane takes half a gap on either side."""
    least, most = _GAPS["row"]
    return min(most, max(least, min((SCREEN[1] - _need(spots, 0)) / max(1.0, _gaps(spots)) for spots in columns)))


def _gaps(spots: Sequence[Spot]) -> float:
    return sum(_share(one, other) for one, other in pairwise(spots))


def _share(one: Spot, other: Spot) -> float:
    return 1.0 if one.name and other.name else 0.75 if one.name or other.name else 0.5


def _need(spots: Sequence[Spot], gap: float) -> float:
    return sum(spot.height for spot in spots) + gap * _gaps(spots)


def _wish(spot: Spot) -> float:
    """The mean of the neighbours; a lane follows its own arrow, which has one neighbour on each side."""
    return mean([*spot.left, *spot.right] or [spot])


def _settle(spots: Sequence[Spot], wishes: Sequence[float], gap: float, tallest: float) -> None:
    """The places nearest to the wishes (least squares) that keep the order, the gaps and the height of the map.

    Pool adjacent violators: less the room that the spots above need, the places must not fall.
    """
    if not spots:
        return
    room = [0.0]
    for one, other in pairwise(spots):
        room.append(room[-1] + (one.height + other.height) / 2 + gap * _share(one, other))
    pools: list[tuple[float, float, int]] = []  # sum of wishes, weight, spots
    for spot, wish, above in zip(spots, wishes, room, strict=True):
        weight = 1.0 if spot.name else 2.0  # a bend in a long arrow is worse than one at its end
        total, count = (wish - above) * weight, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / weight:
            more, heavier, members = pools.pop()
            total, weight, count = total + more, weight + heavier, count + members
        pools.append((total, weight, count))
    low, high = -tallest / 2 + spots[0].height / 2, tallest / 2 - spots[-1].height / 2 - room[-1]
    level = [min(max(total / weight, low), high) for total, weight, count in pools for _ in range(count)]
    for spot, y, above in zip(spots, level, room, strict=True):
        spot.y = y + above


def _ports(lanes: Lanes) -> list[tuple[float, float]]:
    """How far from the middle of its cause and of its effect each arrow ends, so that a hub's arrows fan out."""
    ends: dict[tuple[int, str], list[tuple[float, int, int]]] = {}
    spots: dict[int, Spot] = {}
    for number, chain in enumerate(lanes.chains):
        for end, spot, beside in ((0, chain[0], chain[1]), (1, chain[-1], chain[-2])):
            side = "left" if beside.column < spot.column else "right"
            spots[id(spot)] = spot
            ends.setdefault((id(spot), side), []).append((beside.y, number, end))
    ports = [[0.0, 0.0] for _ in lanes.chains]
    for (owner, _), found in ends.items():
        step = min(_PORT, (spots[owner].height - LANE * 2) / max(1, len(found) - 1))
        for at, (_, number, end) in enumerate(sorted(found)):
            ports[number][end] = (at - (len(found) - 1) / 2) * step
    return [(start, end) for start, end in ports]


def _line(chain: Sequence[Spot], ports: tuple[float, float], step: float, half: float) -> Line:
    cause, effect = chain[0], chain[-1]
    start, end = cause.y + ports[0], effect.y + ports[1]
    if cause.column == effect.column:
        x = cause.column * step + half
        out = x + _LOOP + min(30.0, abs(end - start) / 8)
        if cause is effect:
            start, end = cause.y - 8, cause.y + 8
        return ((x, start), (out, start), (out, end), (x, end))
    towards = half if effect.column > cause.column else -half
    stops = [((cause.column * step + towards, start),) * 2]
    # A lane is as long as the boxes of its column are wide, so that the arrow passes between them level.
    stops += [((spot.column * step - towards, spot.y), (spot.column * step + towards, spot.y)) for spot in chain[1:-1]]
    return through([*stops, ((effect.column * step - towards, end),) * 2])
