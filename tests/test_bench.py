"""The synthetic graphs are like the real one and answer its questions; no ratio of the benchmarks has doubled."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.graph import Graph
from kg.sparql import library
from kg.sparql.embedded import Embedded

pytestmark = [pytest.mark.slow, pytest.mark.alone]

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


def made(triples: int, path: Path, seed: int = 1) -> Graph:
    done = bench("--make", str(triples), str(path), "--seed", str(seed))
    assert done.returncode == 0, done.stderr
    store = Store()
    store.load(path=str(path), format=RdfFormat.N_TRIPLES)
    return Graph(Embedded(store))


def degrees(graph: Graph) -> Counter:
    """How many states lead to how many claims each."""
    return Counter(int(row["n"].value) for row in graph.query(CAUSAL))


@pytest.mark.slow
def test_a_large_graph_has_the_shape_of_the_real_one(real, tmp_path):
    large = made(2 * len(real.engine.store) + 5_000, tmp_path / "large.nt")
    once, twice = degrees(real), degrees(large)
    assert all(twice[degree] >= count for degree, count in once.items())
    assert 1.9 < sum(twice.values()) / sum(once.values()) < 2.1
    crossing = "ASK { ?cause kg:promotes ?effect FILTER(STRENDS(STR(?effect), '-copy-1') && !STRENDS(STR(?cause), '-copy-1')) }"
    assert large.query(crossing)


@pytest.mark.slow
def test_a_small_graph_is_of_the_size_asked_for_answers_and_is_the_same_again(tmp_path):
    small = made(12_000, tmp_path / "one.nt")
    made(12_000, tmp_path / "two.nt")
    assert abs(len(small.engine.store) - 12_000) < 600
    assert (tmp_path / "one.nt").read_bytes() == (tmp_path / "two.nt").read_bytes()
    answered = [name for name in library.names() if len(small.query(name))]
    assert {"causes_of", "foods_richest_in", "evidence_of"} <= set(answered)


@pytest.mark.slow
def test_no_ratio_has_doubled(tmp_path):
    done = bench("--smoke", KG_CACHE=str(tmp_path))
    assert done.returncode == 0, done.stderr
