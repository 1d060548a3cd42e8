"""docs/scale.md, from out/bench/scale.json: what size costs, measured, and what lies beyond, reckoned from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf, log
from typing import Any

from bench.page import DOCS
from kg.sparql import library

Told = dict[str, Any]
#: Sizes that were not measured.
BEYOND = (100_000_000, 10_000_000_000)
#: Less than this beside the start of the process is noise, and no growth is read from it (ms).
NOISE = 15.0
#: What is asked of a laptop at a million triples (ms), and what nobody waits for (ms).
SOON, NEVER = 1000.0, 60_000.0
HEAD = """# Size

Written by `python -m bench --scale` from its results; do not edit. Graphs are synthetic and have the shape of the real one (`bench/synthetic.py`). Every figure
is of a whole command, from the start of the process to its end, as a person would type it; the better of two runs. One machine: {cores} cores,
Python {python}, pyoxigraph {pyoxigraph}; {busy} processes were busy when the measurement began.
"""
ENGINES = """## Which engine for which size

| triples | engine | why |
| --- | --- | --- |
| up to 1 million | embedded | measured above |
| 10 million | embedded; Oxigraph's server or Fuseki where many people ask | measured above |
| 100 million | Oxigraph, Fuseki (TDB2) or QLever on one machine | the cost model above; a [comparison by QLever's authors][q] loads 390 million triples into these and others |
| 10 billion | QLever on one machine | its [README][r] speaks of hundreds of billions of triples on one commodity PC or server |
| | GraphDB | its [sizing table][g] asks for 92 GB of memory and 1,450 GB of disk at 10 billion statements |
| | Virtuoso | UniProt [served][u] 19 billion quads in 2015 with version 7.2, on two machines of 64 cores and 256 GB |
| | Neptune | a [cluster volume][n] grows to 128 TiB, read by up to [15 replicas][p] |

[q]: https://github.com/ad-freiburg/qlever/wiki/QLever-performance-evaluation-and-comparison-to-other-SPARQL-engines
[r]: https://github.com/ad-freiburg/qlever
[g]: https://graphdb.ontotext.com/documentation/10.2/requirements.html
[u]: https://www.slideshare.net/slideshow/ldbc-6th-user-t/48052503
[n]: https://docs.aws.amazon.com/neptune/latest/userguide/feature-overview-storage.html
[p]: https://docs.aws.amazon.com/neptune/latest/userguide/manage-console-performance-scaling.html

Only the embedded engine, Oxigraph, Fuseki and Virtuoso are tested here (`tests/remote`); what is said of the others is theirs.

## What changes for the user

One address. `kg --source https://... query claims_of_source`, or `KG_SOURCE` in the environment, and every command, question and tool goes on as before; rows stream
through the client, whose memory stays what it was. Where the default graph is not the one that was loaded, the address names it: `?default-graph-uri=...`.
`kg paths`, `kg explain` and `kg correct` ask step by step for what lies around their terms, so they cost what the neighbourhood costs, not the graph.
"""
FORMS = """## Questions that need another form

A question about one term goes on as it is, for a term's surroundings do not grow with the graph. What grows is told here by its growth from the last measured size:
the exponent says how time goes with the number of triples (1 is linear). A question about the whole graph gives a list as long as the graph is large: ask it of a
part (`VALUES` on the term or source), page through it, or let the build count it once. A closure over many starts is walked hop by hop, as `kg paths` does;
Virtuoso 7.2 follows paths of any length wrongly on loops, and is asked so at any size.
"""


def write(found: Told) -> None:
    """The page."""
    lines = [
        HEAD.format(**found["machine"]),
        "## What a size costs\n",
        *_sizes(found["embedded"]),
        "",
        "At 100,000 causal claims the first route is meant to be there within 3 s, and an explanation within 10 s.\n",
        "## The questions as the graph grows\n",
        "Processor time embedded, with the start of the process in it; what is beyond the line is reckoned, not measured.\n",
        *_questions(found["embedded"]),
        "",
        *_check_model(found["embedded"]),
        *_servers(found["embedded"][-1], found["servers"]),
        ENGINES,
        FORMS,
        *_forms(found["embedded"]),
    ]
    (DOCS / "scale.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _sizes(sizes: list[Told]) -> Iterator[str]:
    yield (
        "| | " + " | ".join(f"{one['triples']:,}" for one in sizes) + " | " + " | ".join(f"{size:,}" for size in BEYOND) + " |"
    )
    yield "| --- |" + " ---: |" * (len(sizes) + len(BEYOND))
    rows = {
        "causal claims": (lambda one: one["claims"], lambda value: f"{value:,.0f}"),
        "N-Triples": (lambda one: one["file"], _megabytes),
        "made by the generator in": (lambda one: 1000 * one["made"]["seconds"], _time),
        "store on disk": (lambda one: one["store"], _megabytes),
        "store made in": (lambda one: 1000 * one["loaded"]["seconds"], _time),
    }
    last = sizes[-1]
    for name, (value, shown) in rows.items():
        beyond = [shown(value(last) * size / last["triples"]) for size in BEYOND]
        yield f"| {name} | {' | '.join(shown(value(one)) for one in sizes)} | {' | '.join(beyond)} |"
    flat = {
        "memory while the store is made": lambda one: one["loaded"]["memory"],
        "largest memory of a question": lambda one: max(told.get("memory", 0) for told in one["questions"].values()),
        "memory of 1,000,000 rows as CSV": lambda one: one["streamed"]["1000000"]["memory"],
    }
    for name, value in flat.items():
        yield f"| {name} | {' | '.join(_megabytes(value(one)) for one in sizes)} |" + " |" * len(BEYOND)
    for name in last["commands"]:
        yield f"| `kg {name}` | {' | '.join(_cpu(one['commands'][name]) for one in sizes)} |" + " |" * len(BEYOND)


def _questions(sizes: list[Told]) -> Iterator[str]:
    columns = [f"{one['triples']:,}" for one in sizes] + ["growth", *(f"({size:,})" for size in BEYOND)]
    yield f"| question | about | rows | {' | '.join(columns)} |"
    yield "| --- | --- |" + " ---: |" * (len(columns) + 1)
    for name in _names(sizes):
        told = [one["questions"][name] for one in sizes]
        about = "a term" if library.question(name).parameters else "the whole"
        cells = [_cpu(one) + _mark(size, one) for size, one in zip(sizes, told, strict=True)]
        beyond = [_time(_reckoned(name, sizes, size)) for size in BEYOND]
        yield f"| {name} | {about} | {told[-1].get('rows', '')} | {' | '.join(cells)} | {_growth(name, sizes):.1f} | {' | '.join(beyond)} |"
    yield ""
    yield "\\* more than a second at a million triples."


def _check_model(sizes: list[Told]) -> Iterator[str]:
    """What the smaller sizes foretell of the largest, which they do not know, beside what was measured there."""
    *known, last = sizes
    if len(known) < 2:
        return
    asked = {name: last["questions"][name].get("cpu") for name in _names(sizes)}
    ratios = {name: _reckoned(name, known, last["triples"]) / cpu for name, cpu in asked.items() if cpu is not None}
    within = {factor: sum(1 / factor <= ratio <= factor for ratio in ratios.values()) for factor in (1.5, 2, 3)}
    shares = ", ".join(f"{count} within {factor} times" for factor, count in within.items())
    yield "## How far the reckoning holds\n"
    yield f"From the sizes before it alone, the times at {last['triples']:,} triples were reckoned, and then compared with those that were measured:"
    yield f"of {len(ratios)} questions {shares}. Furthest off:\n"
    yield "| question | reckoned | measured | reckoned / measured |"
    yield "| --- | ---: | ---: | ---: |"
    for name in sorted(ratios, key=lambda name: -abs(log(ratios[name])))[:6]:
        yield f"| {name} | {_time(ratios[name] * asked[name])} | {_time(asked[name])} | {ratios[name]:.1f} |"
    yield ""


def _servers(embedded: Told, servers: dict[str, Told]) -> Iterator[str]:
    if not servers:
        return
    yield f"## {embedded['triples']:,} triples on servers\n"
    yield "The same commands by the clock, with `--source` and the server's address. A question that took more than a minute was given up.\n"
    everywhere = {"embedded": embedded, **servers}
    yield f"| | {' | '.join(everywhere)} |"
    yield "| --- |" + " ---: |" * len(everywhere)
    facts = {
        "loaded in": lambda one: _time(1000 * one["loaded"]["seconds"]),
        "memory while loading": lambda one: _megabytes(one["loaded"]["memory"]),
        "on disk": lambda one: _megabytes(one["store"]),
        "largest memory of the server": lambda one: _megabytes(one["memory"]) if "memory" in one else "",
        "largest memory of the client": lambda one: _megabytes(
            max(told.get("memory", 0) for told in one["questions"].values())
        ),
        **{
            f"{int(rows):,} rows as CSV: time, memory of the client": lambda one, rows=rows: _streamed(one["streamed"][rows])
            for rows in embedded["streamed"]
        },
        **{f"`kg {name}`": lambda one, name=name: _wall(one["commands"][name]) for name in embedded["commands"]},
        **{name: lambda one, name=name: _wall(one["questions"][name]) for name in _names([embedded, *servers.values()])},
    }
    for name, shown in facts.items():
        yield f"| {name} | {' | '.join(shown(one) for one in everywhere.values())} |"
    yield ""


def _forms(sizes: list[Told]) -> Iterator[str]:
    yield f"| question | about | growth | reckoned at {BEYOND[0]:,} |"
    yield "| --- | --- | ---: | ---: |"
    for name in _names(sizes):
        reckoned = _reckoned(name, sizes, BEYOND[0])
        if reckoned > NEVER:
            about = "a term" if library.question(name).parameters else "the whole"
            yield f"| {name} | {about} | {_growth(name, sizes):.1f} | {_time(reckoned)} |"


def _names(told: Iterable[Told]) -> list[str]:
    """The questions that were asked everywhere and are in the library still."""
    return [name for name in library.names() if all(name in one["questions"] for one in told)]


def _nets(name: str, sizes: list[Told]) -> list[tuple[int, float]]:
    """Triples, and the time that is not the start of the process."""
    asked = [(one, one["questions"][name]) for one in sizes]
    return [(one["triples"], told["cpu"] - one["start"]["cpu"]) for one, told in asked if "cpu" in told]


def _growth(name: str, sizes: list[Told]) -> float:
    """The exponent of the time in the number of triples, by the last two sizes; 0 where all is noise or unknown."""
    if len(measured := _nets(name, sizes)) < 2:
        return 0.0
    (less, before), (more, after) = measured[-2:]
    return max(0.0, log(after / max(before, NOISE / 3)) / log(more / less)) if after > NOISE else 0.0


def _reckoned(name: str, sizes: list[Told], triples: int) -> float:
    if not (nets := _nets(name, sizes)):
        return inf
    measured, net = nets[-1]
    return sizes[-1]["start"]["cpu"] + max(net, 0.0) * (triples / measured) ** _growth(name, sizes)


def _mark(size: Told, told: Told) -> str:
    return "\\*" if 900_000 < size["triples"] < 1_100_000 and told.get("cpu", NEVER) > SOON else ""


def _cpu(told: Told) -> str:
    return told["failed"] if "failed" in told else _time(told["cpu"])


def _wall(told: Told) -> str:
    return told["failed"] if "failed" in told else _time(told["wall"])


def _streamed(told: Told) -> str:
    return told["failed"] if "failed" in told else f"{_time(told['wall'])}, {_megabytes(told['memory'])}"


def _time(milliseconds: float) -> str:
    if milliseconds == inf:
        return "unknown"
    for unit, length, below in (("ms", 1, 1000), ("s", 1000, 120), ("min", 60_000, 120), ("h", 3_600_000, 48)):
        if milliseconds / length < below:
            return f"{milliseconds / length:.3g} {unit}"
    return f"{milliseconds / 86_400_000:,.0f} days"


def _megabytes(value: float) -> str:
    return (
        f"{value:,.0f} MB" if value < 10_000 else f"{value / 1000:,.0f} GB" if value < 10_000_000 else f"{value / 1e6:,.0f} TB"
    )
