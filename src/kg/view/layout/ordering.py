"""States and arrows in columns: a state is a spot, and so is every crossing of an arrow through a column between its ends.

So an arrow never runs behind a state. The order in a column comes from dot, or is found here where dot is missing: each
spot moves to the mean place of its neighbours, sweep after sweep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.view.layout.graphviz import Heights

_SWEEPS = 6
#: Height of the lane of an arrow, in map units.
LANE = 5.0


@dataclass(slots=True, eq=False)
class Spot:
    """A state or a crossing: its column, its height, where it stands, its neighbours in the columns beside it."""

    column: int
    height: float
    name: str = ""
    y: float = 0.0
    left: list[Spot] = field(default_factory=list)
    right: list[Spot] = field(default_factory=list)


@dataclass(slots=True)
class Lanes:
    """The spots of a map by column, from top to bottom; of every state; and of every arrow from its cause to its effect."""

    columns: list[list[Spot]]
    states: dict[str, Spot]
    chains: list[list[Spot]]


def lanes(
    sizes: Mapping[str, float], column: Mapping[str, int], edges: Sequence[tuple[str, str]], order: Heights | None
) -> Lanes:
    """The spots of states with heights ``sizes``, in the ``order`` of dot where there is one."""
    states = {name: Spot(column[name], height, name) for name, height in sizes.items()}
    columns: list[list[Spot]] = [[] for _ in range(max(column.values()) + 1)]
    for spot in states.values():
        columns[spot.column].append(spot)
    chains = [_chain(states[cause], states[effect], columns) for cause, effect in edges]
    if order is None:
        _sort(columns)
    else:
        _take(order, states, chains)
        for spots in columns:
            spots.sort(key=lambda spot: spot.y)
    return Lanes(columns, states, chains)


def _chain(cause: Spot, effect: Spot, columns: list[list[Spot]]) -> list[Spot]:
    step = 1 if effect.column >= cause.column else -1
    chain = [cause]
    for column in range(cause.column + step, effect.column, step):
        chain.append(Spot(column, LANE))
        columns[column].append(chain[-1])
    chain.append(effect)
    for before, after in zip(chain[::step], chain[::step][1:], strict=False):
        if before.column != after.column:
            before.right.append(after)
            after.left.append(before)
    return chain


def _take(order: Heights, states: Mapping[str, Spot], chains: Iterable[Sequence[Spot]]) -> None:
    heights, crossings = order
    for name, spot in states.items():
        spot.y = heights[name]
    for number, chain in enumerate(chains):
        for spot in chain[1:-1]:
            spot.y = crossings[number, spot.column]


def _sort(columns: list[list[Spot]]) -> None:
    for spots in columns:
        _stack(spots)
    for sweep in range(_SWEEPS):
        rightwards = sweep % 2 == 0
        for spots in columns if rightwards else columns[::-1]:
            means = {id(spot): mean((spot.left if rightwards else spot.right) or [spot]) for spot in spots}
            spots.sort(key=lambda spot, means=means: means[id(spot)])  # type: ignore[misc]
            _stack(spots)


def _stack(spots: Sequence[Spot]) -> None:
    for at, spot in enumerate(spots):
        spot.y = at - len(spots) / 2


def mean(spots: Sequence[Spot]) -> float:
    """The mean height of some spots."""
    return sum(spot.y for spot in spots) / len(spots)
