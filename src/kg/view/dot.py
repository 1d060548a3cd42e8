"""Positions and splines from dot, through the program of the package graphviz-pure; the one place that runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
Drawing = tuple[dict[str, Point], list[tuple[Point, ...]]]

_SECONDS = 20
_POINTS_PER_INCH = 72
_HEAD = """digraph map {
graph [rankdir=LR, ranksep=0.62, nodesep=0.16, splines=true, mclimit=4]
node [shape=box, fixedsize=true, label=""]
edge [arrowhead=none]
"""


def draw(sizes: Mapping[str, Point], column: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> Drawing | None:
    """Centres by name and a line for each edge; None where dot is not there or does not answer."""
    program = _program()
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, "-Tjson0"], input=_source(sizes, column, edges), capture_output=True, timeout=_SECONDS, check=True,
            encoding="utf-8",
        )  # fmt: skip
        return _read(json.loads(answer.stdout), list(sizes), len(edges))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return None  # the map is still drawn, by our own layout


def _program() -> str | None:
    return shutil.which("graphviz-pure", path=sysconfig.get_path("scripts")) or shutil.which("graphviz-pure")


def _source(sizes: Mapping[str, Point], column: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> str:
    """Names are numbers, so no label can reach dot. A chain of invisible points keeps the columns where we put them."""
    number = {name: at for at, name in enumerate(sizes)}
    text = [_HEAD]
    for name, (width, height) in sizes.items():
        text.append(f"n{number[name]} [width={width / _POINTS_PER_INCH:.4f}, height={height / _POINTS_PER_INCH:.4f}]\n")
    last = max(column.values())
    for place in range(last + 1):
        members = " ".join(f"n{number[name]};" for name in sizes if column[name] == place)
        text.append(f"{{rank=same; c{place} [style=invis, width=0.01, height=0.01]; {members}}}\n")
    text += [f"c{place} -> c{place + 1} [style=invis, weight=9]\n" for place in range(last)]
    text += [f"n{number[cause]} -> n{number[effect]} [id=e{at}]\n" for at, (cause, effect) in enumerate(edges)]
    return "".join([*text, "}\n"])


def _read(answer: dict[str, list[dict[str, str]]], names: Sequence[str], edges: int) -> Drawing:
    centres: dict[str, Point] = {}
    for item in answer["objects"]:
        if item["name"].startswith("n"):
            centres[names[int(item["name"][1:])]] = _point(item["pos"])
    lines = {item["id"]: item["pos"] for item in answer["edges"] if "id" in item}
    return centres, [_line(lines[f"e{at}"]) for at in range(edges)]


def _line(text: str) -> tuple[Point, ...]:
    # dot may join several Bézier lines by ";": for one arrow without heads there is only one.
    return tuple(_point(part) for part in text.split(";")[0].split())


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), -float(y)  # dot counts upwards, a page downwards
