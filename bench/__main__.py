"""``python -m bench``: measure, print the summary and then each row, write out/bench/results.json.

python -m bench                       all parts on the real graph and at 10k, 100k and 1M triples
python -m bench --smoke               seconds; fails where a ratio has grown by half against bench/baseline.json
python -m bench --only cold questions some parts
python -m bench --sizes 10000 50000   other sizes
python -m bench --make 1000000 a.nt   only write a synthetic graph
python -m bench --page                docs/performance.md and docs/scale.md from what was measured
python -m bench --scale               what size costs, up to 10M triples, embedded and on servers: half an hour, 10 GB of disk
python -m bench --servers             the servers of --scale once more, beside what it measured embedded: a quarter of an hour
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bench import data as graphs
from bench import scale, smoke
from bench.measure import Row, machine

PARTS = ("cold", "questions", "endpoint", "building", "reasoning", "views")
RESULTS = graphs.FOLDER / "results.json"
SIZES = [10_000, 50_000, 100_000, 1_000_000]
_NO_WRK = "bench: wrk is missing, which measures the endpoint; install it (apt install wrk), or choose parts with --only"
SCALES = [10_000, 100_000, 1_000_000, 10_000_000]


def main() -> int:
    """Run and print; exit status 1 where the smoke run finds a ratio that has grown by half."""
    options = _options()
    if options.make:
        from bench.synthetic import write

        write(Path(options.make[1]), int(options.make[0]), options.seed)
        return 0
    os.environ.setdefault("KG_CACHE", str(graphs.FOLDER / "cache"))
    os.environ.setdefault("MPLBACKEND", "Agg")
    if options.scale:
        compileall.compile_dir(graphs.synthetic.ROOT / "src" / "kg", quiet=1)
        scale.measure(options.sizes or SCALES, lambda line: print(line, flush=True))
    elif options.servers:
        scale.measure_servers(max(options.sizes or SCALES), lambda line: print(line, flush=True))
    elif not options.page:
        # As an installed kg is: without bytecode a command spends ten milliseconds on compiling itself.
        compileall.compile_dir(graphs.synthetic.ROOT / "src" / "kg", quiet=1)
        if options.smoke:
            return smoke.compare(lambda: _shown(_smoke()), options.keep)
        if "endpoint" in (options.only or PARTS) and not shutil.which("wrk"):
            print(
                "bench: wrk is missing, which measures the endpoint; install it (apt install wrk), or choose parts with --only"
            )
            return 2
        found = []
        for row in _shown(_rows(options), sys.stderr):  # the results come first, one screen of them, below
            found.append(row)
            _keep(found)  # after each: a run that is ended keeps what it has measured
    from bench import page, scale_page

    for write, results in ((page.write, RESULTS), (scale_page.write, scale.RESULTS)):
        if results.exists():
            write(json.loads(results.read_text()))
    if RESULTS.exists() and not (options.scale or options.servers):
        print("\n".join(page.summary(json.loads(RESULTS.read_text())["rows"])))
        if not options.page:
            print("", *map(_line, found), sep="\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--keep", action="store_true", help="with --smoke: store the ratios as the new baseline")
    parser.add_argument("--only", nargs="*", choices=PARTS)
    parser.add_argument("--sizes", nargs="*", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--make", nargs=2, metavar=("TRIPLES", "FILE"))
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--servers", action="store_true")
    return parser.parse_args()


def _rows(options: argparse.Namespace) -> Iterator[Row]:
    from bench import building, cold, endpoint, questions, reasoning, views

    real = graphs.real()
    wanted = options.only or PARTS
    made = [graphs.made(size) for size in options.sizes or SIZES] if {"cold", "questions", "reasoning"} & set(wanted) else []
    if "cold" in wanted:
        yield from cold.rows([real, *made], options.rounds)
    if "questions" in wanted:
        yield from questions.rows([real, *made], options.rounds)
    if "building" in wanted:
        yield from building.rows(options.rounds)
    if "reasoning" in wanted:
        yield from reasoning.rows([real, *made], options.rounds)
    if "views" in wanted:
        yield from views.rows(options.rounds)
    if "endpoint" in wanted:
        for one in (graphs.made(10_000), real):
            yield from endpoint.rows(one, min(options.rounds, 3))


def _smoke() -> Iterator[Row]:
    """What the smoke run measures."""
    from bench import cold, questions, reasoning

    small = graphs.made(10_000)
    yield from cold.rows([graphs.real()], 5)
    yield from questions.rows([small], 9, alone=True)
    yield from reasoning.rows([small], 3)


def _shown(rows: Iterable[Row], stream: TextIO | None = None) -> Iterator[Row]:
    """The rows, each printed as it comes."""
    for row in rows:
        print(_line(row), file=stream, flush=True)
        yield row


def _line(row: Row) -> str:
    """A row of the table; where a target is missed, the reason stands under it."""
    ratios = ", ".join(f"{row.ratio(name):.2f} x {name}" for name in list(row.series)[1:])
    missed = [aim for aim in row.aims if row.reached(aim) > aim.at_most]
    verdicts = ["met" if aim not in missed else f"MISSED (at most {aim.at_most:.3g} {aim.beside})" for aim in row.aims]
    line = f"{row.part:10} {row.case:46} {row.of():10.1f} {row.unit:12} {ratios}  {'; '.join(verdicts)}".rstrip()
    return f"{line}\n{'':11}{row.why or 'no reason is known'}" if missed else line


def _keep(found: list[Row]) -> None:
    """The results with those of other parts that an earlier run measured."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    earlier = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    new = {(row.part, row.case) for row in found}
    kept = [row for row in earlier if (row["part"], row["case"]) not in new]
    rows = sorted([*kept, *(row.json() for row in found)], key=lambda row: [*PARTS, "memory"].index(row["part"]))
    RESULTS.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
