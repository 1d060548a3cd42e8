"""What a textbook answers, kind by kind: routes, pictures and corrections that a physician's reading asked for.

``routes.tsv``: what the first route passes (one of the states, ``-`` for the claim itself), and what none of the first
five passes. ``pictures.tsv``: what is among the first three candidates, and what is not the first. ``corrections.tsv``: what ends or improves, and
what has nothing to do with it. The tables hold what is right, not what the graph says today: a gap is a failure with its
reason, and no number is tuned to a line.
"""

import csv
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: What is known to be wrong, with why; a line that comes right makes its test fail, so that it is taken out here.
KNOWN: dict[str, str] = {}


def table(name: str) -> list:
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = []
    for row in rows:
        label = " - ".join(list(row.values())[:2] if name == "routes" else list(row.values())[:1])
        marks = [pytest.mark.xfail(reason=KNOWN[label], strict=True)] if label in KNOWN else []
        found.append(pytest.param(row, id=label, marks=marks))
    return found


def parts(cell: str) -> list[str]:
    return [part for part in (cell or "").split("|") if part]


@pytest.mark.parametrize("row", table("routes"))
def test_routes(real, row):
    found = real.paths(row["cause"], row["effect"], limit=5)
    passed = [[found.causal.label(iri) for iri in route.states[1:-1]] for route in found]
    assert passed
    assert set(passed[0] or ["-"]) & set(parts(row["first_passes"])), passed[0]
    silly = [way for way in passed if set(way) & set(parts(row["none_passes"]))]
    assert silly == []


@pytest.mark.parametrize("row", table("pictures"))
def test_pictures(real, row):
    answer = real.explain(parts(row["findings"]), context=parts(row["context"]), top=3)
    first = [{answer.causal.label(iri) for iri in (one.iri, *one.stages)} for one in answer.candidates]
    assert any(names & set(parts(row["answers"])) for names in first), first
    assert first[0].isdisjoint(parts(row["never_first"])), first


@pytest.mark.parametrize("row", table("corrections"))
def test_corrections(real, row):
    answer = real.correct(row["state"])
    better = {answer.causal.label(iri) for iri in (*answer.lost, *answer.improved)}
    every = better | {answer.causal.label(iri) for iri in answer.kept}
    wanted = set(parts(row["ends_or_improves"]))
    # A general finding such as fatigue may stay for other causes, and is then said to.
    assert len(wanted & every) >= 0.7 * len(wanted), wanted - every
    assert every.isdisjoint(parts(row["never"]))
    assert better
