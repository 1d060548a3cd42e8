"""The synthetic graphs are like the real one and answer its questions; every way to serve starts; no ratio has grown by half."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bench import endpoint, measure, smoke, synthetic
from bench.data import Data
from bench.measure import Row, running
from pyoxigraph import RdfFormat, Store

from kg.graph import Graph
from kg.sparql import library
from kg.sparql.embedded import Embedded
from tests.seed import plant

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CAUSAL = "SELECT ?cause (COUNT(DISTINCT ?claim) AS ?n) { ?claim a kg:CausalClaim ; kg:cause ?cause } GROUP BY ?cause"


def bench(*words: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bench", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module", autouse=True)
def forgotten():
    """What the generator keeps of the real graph is large."""
    yield
    for kept in (synthetic._shape, synthetic._joins, synthetic._whole):
        kept.cache_clear()


def made(triples: int, path: Path) -> Graph:
    synthetic.write(path, triples)
    store = Store()
    store.load(path=str(path), format=RdfFormat.N_TRIPLES)
    return Graph(Embedded(store))


def degrees(graph: Graph) -> Counter:
    """How many states lead to how many claims each."""
    return Counter(int(row["n"].value) for row in graph.query(CAUSAL))


def test_a_large_graph_has_the_shape_of_the_real_one(real, tmp_path):
    large = made(2 * len(real.engine.store) + 5_000, tmp_path / "large.nt")
    once, twice = degrees(real), degrees(large)
    assert all(twice[degree] >= count for degree, count in once.items())
    assert 1.9 < sum(twice.values()) / sum(once.values()) < 2.1
    crossing = "ASK { ?cause kg:promotes ?effect FILTER(STRENDS(STR(?effect), '-copy-1') && !STRENDS(STR(?cause), '-copy-1')) }"
    assert large.query(crossing)


def test_a_small_graph_is_of_the_size_asked_for_answers_and_is_the_same_again(tmp_path):
    small = made(12_000, tmp_path / "one.nt")
    done = bench("--make", "12000", str(tmp_path / "two.nt"), "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert abs(len(small.engine.store) - 12_000) < 600
    assert (tmp_path / "one.nt").read_bytes() == (tmp_path / "two.nt").read_bytes()
    answered = [name for name in library.names() if len(small.query(name))]
    assert {"causes_of", "foods_richest_in", "evidence_of"} <= set(answered)


@pytest.mark.parametrize("name", ["kg serve", "fixed string", "kg serve without isolation"])
def test_each_way_to_serve_that_is_ours_starts_and_answers(name, tmp_path):
    file = tmp_path / "one.nt"
    file.write_text("<https://e.example/a> <https://e.example/b> <https://e.example/c> .\n")
    server = endpoint.candidates(Data("one", file, tmp_path / "none", 1), str(tmp_path))[name]
    with endpoint.started(name, server):
        assert server.asked("ASK {}") == 200


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("raise SystemExit('no data here')", "a server of ours ended with 1; its last output:\nno data here"),
        ("raise SystemExit(3)", "a server of ours ended with 3; its last output:\nnothing"),
        ("import time; time.sleep(60)", "a server of ours did not answer within 0.5 s (refused); its last output:\nnothing"),
    ],
)
def test_a_server_that_does_not_come_up_is_named_with_its_last_output(code, problem):
    def ask() -> None:
        raise ConnectionRefusedError("refused")

    with pytest.raises(RuntimeError) as error, running([sys.executable, "-c", code], ask, name="a server of ours", seconds=0.5):
        pass
    assert str(error.value) == problem


@pytest.mark.parametrize(
    ("ours", "theirs", "rounds"),
    [
        ([1.0, 1.04, 1.0], [2.0, 2.0, 2.0], 2),  # both agree
        ([1.0, 1.04, 1.0], [2.0, 2.3, 2.0], 3),  # one does not
        ([1.0, 1.2, 1.21], [2.0, 2.0, 2.0], 3),
        ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], 2),
    ],
)
def test_long_rounds_end_once_two_agree(ours, theirs, rounds, monkeypatch):
    monkeypatch.setattr(measure, "LONG_ROUND", -1)
    left = {"ours": iter(ours), "theirs": iter(theirs)}
    found = measure.in_turns({name: lambda one=one: next(one) for name, one in left.items()}, 3)
    assert found == {"ours": ours[:rounds], "theirs": theirs[:rounds]}


def test_short_rounds_are_all_measured():
    assert measure.in_turns({"ours": lambda: 1.0}, 4) == {"ours": [1.0] * 4}


def rows(*found: float) -> list[Row]:
    return [Row("part", "case", 1, "ms", {"ours": [one], "theirs": [1.0]}) for one in found]


@pytest.mark.parametrize(
    ("turns", "status", "said"),
    [
        ([1.4], 0, ""),
        ([1.6, 1.6, 1.6], 1, "bench: part: case / theirs: 1.60, 1.6 times the stored 1.00\n"),
        ([1.6, 1.6, 1.4], 0, ""),
    ],
)
def test_a_ratio_that_has_grown_by_half_fails_unless_it_is_better_when_measured_anew(turns, status, said, tmp_path, capsys):
    baseline, left = tmp_path / "baseline.json", iter(turns)
    assert smoke.compare(lambda: rows(1.0), True, baseline) == 0
    assert smoke.compare(lambda: rows(next(left)), False, baseline) == status
    assert (list(left), capsys.readouterr().err) == ([], said)


def test_a_ratio_that_is_not_stored_is_named(tmp_path, capsys):
    baseline = tmp_path / "baseline.json"
    smoke.compare(list, True, baseline)
    assert smoke.compare(lambda: rows(1.0), False, baseline) == 0
    told = "bench: part: case / theirs is not stored; python -m bench --smoke --keep stores what is measured\n"
    assert capsys.readouterr().err == told


@pytest.mark.alone
def test_no_ratio_is_half_again_as_large(tmp_path):
    done = bench("--smoke", KG_CACHE=str(plant(tmp_path)))
    assert done.returncode == 0, done.stderr
