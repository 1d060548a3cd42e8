"""The smoke run: seconds of measurement whose ratios are held against those of bench/baseline.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from bench.measure import Row

BASELINE = Path(__file__).with_name("baseline.json")
#: A ratio that has grown by more than this fails the run.
MOST = 1.5
#: A ratio that has grown is measured anew this often: what has become slower stays so, what else the machine did does not.
AGAIN = 2


def compare(measure: Callable[[], Iterable[Row]], keep: bool, baseline: Path = BASELINE) -> int:
    """Measure; exit status 1 where a ratio stays more than 1.5 times the stored one. ``keep`` stores the ratios instead."""
    stored = {} if keep else json.loads(baseline.read_text())
    measured: dict[str, list[float]] = {}
    for _ in range(1 + AGAIN):
        for name, ratio in _ratios(measure()).items():
            measured.setdefault(name, []).append(ratio)
        best = {name: min(ratios) for name, ratios in measured.items()}
        worse = [name for name, was in stored.items() if best.get(name, 0) > MOST * was]
        if not worse and not keep:
            break
    if keep:
        # The middle one: the best of three is what unrest gave once, and a run that is as good as usual would fail beside it.
        usual = {name: round(median(ratios), 3) for name, ratios in sorted(measured.items())}
        baseline.write_text(json.dumps(usual, indent=1) + "\n")
        return 0
    for name in worse:
        times = best[name] / stored[name]
        print(f"bench: {name}: {best[name]:.2f}, {times:.1f} times the stored {stored[name]:.2f}", file=sys.stderr)
    for name in sorted({*stored} ^ {*best}):
        where = "was not measured" if name in stored else "is not stored"
        print(f"bench: {name} {where}; python -m bench --smoke --keep stores what is measured", file=sys.stderr)
    return int(bool(worse))


def _ratios(rows: Iterable[Row]) -> dict[str, float]:
    return {f"{row.key()} / {name}": row.best(name) for row in rows for name in list(row.series)[1:]}
