"""The page of the documentation with what was measured, from out/bench/results.json: nothing on it is typed by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from bench.synthetic import ROOT

DOCS = ROOT / "docs"
Told = dict[str, Any]

TITLES = {
    "cold": "From the command line",
    "questions": "The questions of the library, in this process",
    "endpoint": "The endpoint",
    "building": "Build and check",
    "memory": "Largest memory of each command",
    "reasoning": "Reachability, routes and explanations",
    "views": "Pages of pathways",
}
HEAD = """# Performance

Written by `make bench` from its results; do not edit. Each figure is a median of several rounds in which the ways that are compared took
turns on one machine ({cores} cores, Python {python}, pyoxigraph {pyoxigraph}); in brackets the quartiles. Processor time where a process can be measured, since
it holds on a busy machine. The ratios matter, not the absolute figures. Synthetic graphs (10,000 triples and more) have the shape of the real
one; see `bench/synthetic.py`. Every figure: [performance-tables.md](performance-tables.md).
"""
TABLES = """# Performance: every figure

Written by `make bench` with [performance.md](performance.md), which says how the figures were taken.
"""


def write(results: Told) -> None:
    """The page and its pictures."""
    parts: defaultdict[str, list[Told]] = defaultdict(list)
    for row in results["rows"]:
        parts[row["part"]].append(row)
    _save("performance.md", [HEAD.format(**results["machine"]), *summary(results["rows"])])
    lines = [TABLES, *_missed(results["rows"]), ""]
    for part, title in TITLES.items():
        if parts[part]:
            lines += [f"## {title}\n", *_pictures(part, parts[part]), *_table(parts[part]), ""]
    _save("performance-tables.md", lines)


def _save(name: str, lines: list[str]) -> None:
    (DOCS / name).write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _table(rows: list[Told]) -> Iterable[str]:
    yield "| case | unit | ours | beside | target |"
    yield "| --- | --- | ---: | --- | --- |"
    for row in rows:
        names = list(row["series"])
        beside = "; ".join(f"{name} {_told(row['series'][name])}: ratio {row['ratios'][name]:.2f}" for name in names[1:])
        aims = "; ".join(_aim(aim) for aim in row["aims"])
        case = row["case"] + (f" ({row['note']})" if row["note"] else "")
        yield f"| {case} | {row['unit']} | {_told(row['series'][names[0]])} | {beside} | {aims} |"


def _told(series: Told) -> str:
    low, high = series["quartiles"]
    return f"{series['median']:,.3g} [{low:,.3g}, {high:,.3g}]" if low != high else f"{series['median']:,.3g}"


def _aim(aim: Told) -> str:
    limit = f"at most {aim['at_most']:g}" + (f" x {aim['beside']}" if aim["beside"] else "")
    return limit + (": met" if aim["met"] else ": **missed**")


def summary(rows: list[Told]) -> Iterable[str]:
    """The targets on one screen: how many are met, and for what reason others are not."""
    yield "## Targets\n"
    yield "| part | met | missed |"
    yield "| --- | ---: | ---: |"
    for part, title in TITLES.items():
        met = [aim["met"] for row in rows if row["part"] == part for aim in row["aims"]]
        if met:
            yield f"| {title} | {sum(met)} | {len(met) - sum(met)} |"
    missed = _reasons(rows)
    yield "\nNo target is missed." if not missed else "\nWhy targets are missed:\n"
    for why, told in missed.items():
        yield f"- {why[0].upper()}{why[1:]}. ({len(told)})"


def _missed(rows: list[Told]) -> Iterable[str]:
    """Each target that is missed, under the reason."""
    yield "## Missed targets"
    for why, told in _reasons(rows).items():
        yield f"\n- {why[0].upper()}{why[1:]}.\n"
        yield from (f"  - {line}" for line in told)


def _reasons(rows: list[Told]) -> dict[str, list[str]]:
    missed: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for aim in row["aims"]:
            if not aim["met"]:
                missed[row.get("why") or "no reason is known"].append(_reach(row, aim))
    return missed


def _reach(row: Told, aim: Told) -> str:
    limit = f"{aim['at_most']:.3g} times {aim['beside']}" if aim["beside"] else f"{aim['at_most']:g} {row['unit']}"
    return f"{row['case']}: {aim['reached']:.3g} where {limit} is the target"


def _pictures(part: str, rows: list[Told]) -> Iterable[str]:
    """How a case grows with the graph, where it was measured at three sizes or more."""
    growth: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        first = next(iter(row["series"].values()))
        if row["triples"]:
            growth[row["case"].rpartition(", ")[0]].append((row["triples"], first["median"]))
    shown = {case: sorted(points) for case, points in growth.items() if len(points) > 2}
    if shown:
        name = f"performance-{part}.svg"
        _draw(shown, rows[0]["unit"], DOCS / name)
        yield f"![{TITLES[part]}: growth with the graph]({name})\n"


def _draw(cases: dict[str, list[tuple[int, float]]], unit: str, path: Any) -> None:
    import matplotlib

    matplotlib.use("svg")
    # A fixed salt and no date: the same results give the same bytes.
    matplotlib.rcParams.update({"svg.hashsalt": "kg", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 8})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    largest = sorted(cases, key=lambda case: -cases[case][-1][1])
    for case in largest:
        sizes, times = zip(*cases[case], strict=True)
        named = case in largest[:8]
        axes.plot(
            sizes,
            times,
            marker="o",
            markersize=3,
            linewidth=1,
            label=case if named else None,
            color=None if named else "#bbbbbb",
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("triples")
    axes.set_ylabel(unit)
    axes.legend(loc="upper left", fontsize=7, frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE), encoding="utf-8")
