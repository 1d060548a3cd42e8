"""The order of a map's columns from dot, through the program of the package graphviz-pure; the one place that runs it.

dot is the best there is at letting few arrows cross, but it makes tall maps: so it says what lies above what, and
:mod:`kg.view.layout.coordinates` says where.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence

from kg.view.layout.bezier import Point, points

#: The height dot gives to every state, and to the arrow with a number in a column it crosses.
Heights = tuple[dict[str, float], dict[tuple[int, int], float]]

_SECONDS = 20
_HEAD = """digraph map {
graph [rankdir=LR, ranksep=0.6, nodesep=0.1, splines=true, mclimit=4]
node [shape=box, fixedsize=true, width=1.9, height=0.5, label=""]
edge [arrowhead=none]
"""


def heights(column: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> Heights | None:
    """Where dot would put states and crossing arrows; None where it is not there or does not answer."""
    program = _program()
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, "-Tjson0"], input=_source(column, edges), capture_output=True, timeout=_SECONDS, check=True,
            encoding="utf-8",
        )  # fmt: skip
        return _read(json.loads(answer.stdout), column, edges)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return None  # the map is still drawn, in an order of our own


def _program() -> str | None:
    return shutil.which("graphviz-pure", path=sysconfig.get_path("scripts")) or shutil.which("graphviz-pure")


def _source(column: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> str:
    """Names are numbers, so no label can reach dot. A chain of invisible points keeps the columns where we put them."""
    number = {name: at for at, name in enumerate(column)}
    text = [_HEAD]
    last = max(column.values())
    for place in range(last + 1):
        members = " ".join(f"n{number[name]};" for name in column if column[name] == place)
        text.append(f"{{rank=same; c{place} [style=invis, width=0.01, height=0.01]; {members}}}\n")
    text += [f"c{place} -> c{place + 1} [style=invis, weight=9]\n" for place in range(last)]
    for at, (cause, effect) in enumerate(edges):
        # dot sees every edge run rightwards: one that closes a loop must not pull its columns round.
        left, right = (effect, cause) if column[cause] > column[effect] else (cause, effect)
        text.append(f"n{number[left]} -> n{number[right]} [id=e{at}]\n")
    return "".join([*text, "}\n"])


def _read(answer: dict[str, list[dict[str, str]]], column: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> Heights:
    names = list(column)
    at = {item["name"]: _point(item["pos"]) for item in answer["objects"] if item["name"][0] in "nc"}
    lines = {item["id"]: item["pos"] for item in answer["edges"] if "id" in item}
    crossing: dict[tuple[int, int], float] = {}
    for number, (cause, effect) in enumerate(edges):
        between = range(min(column[cause], column[effect]) + 1, max(column[cause], column[effect]))
        line = points([_point(part) for part in lines[f"e{number}"].split(";")[0].split()]) if between else []
        for place in between:
            crossing[number, place] = _height_at(line, at[f"c{place}"][0])
    return {names[int(name[1:])]: y for name, (_, y) in at.items() if name.startswith("n")}, crossing


def _height_at(line: Sequence[Point], x: float) -> float:
    right = min(max(bisect(line, x, key=lambda point: point[0]), 1), len(line) - 1)
    (x0, y0), (x1, y1) = line[right - 1], line[right]
    return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), -float(y)  # dot counts upwards, a page downwards
