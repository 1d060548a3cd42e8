"""Routes: told on the small graph, equal to networkx on random ones, and fast to the first on long ones."""

import itertools

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.causal import CERTAINTIES, CausalGraph, Claim, State
from kg.paths import Route, first, routes

KG = "https://w3id.org/nutrition-kg/"


def graph(*edges: tuple[str, str, str]) -> CausalGraph:
    """A graph of edges (cause, effect, certainty); an effect that starts with - is inhibited."""
    names = {name.removeprefix("-") for edge in edges for name in edge[:2]}
    claims = [
        Claim(f"{a}>{b}", a, "inhibits" if b[0] == "-" else "promotes", b.removeprefix("-"), "probable", certainty)
        for a, b, certainty in edges
    ]
    return CausalGraph({name: State(name, name, "Condition") for name in sorted(names)}, tuple(claims))


def told(found) -> list[str]:
    return [" ".join(route.states) + f" {route.sign} {route.certainty}" for route in found]


def test_the_routes_of_the_small_graph(small):
    found = small.paths("lack of B12", "muscle tightness")
    assert [[state.removeprefix(KG) for state in route.states] for route in found] == [
        ["vitamin-b12-deficiency", "impaired-myelin-maintenance", "nerve-misfiring", "muscle-cramp", "muscle-tightness"]
    ]
    assert (found[0].sign, found[0].certainty) == ("+", "very low")


def test_a_refuted_claim_takes_no_part(small):
    assert len(small.paths("strict vegan diet", "muscle tightness")) == 1


def test_certainty_comes_before_length():
    given_graph = graph(("a", "z", "low"), ("a", "b", "high"), ("b", "c", "high"), ("c", "z", "moderate"), ("b", "z", "low"))
    assert told(routes(given_graph, "a", "z")) == ["a b c z + moderate", "a z + low", "a b z + low"]


def test_two_inhibitions_promote():
    assert told(routes(graph(("a", "-b", "low"), ("b", "-z", "low")), "a", "z")) == ["a b z + low"]
    assert told(routes(graph(("a", "b", "low"), ("b", "-z", "low")), "a", "z")) == ["a b z - low"]


def test_loops_are_walked_once():
    given_graph = graph(("a", "b", "low"), ("b", "a", "low"), ("b", "c", "low"), ("c", "b", "low"), ("c", "z", "low"))
    assert told(routes(given_graph, "a", "z")) == ["a b c z + low"]


@pytest.mark.parametrize(("cause", "effect"), [("z", "a"), ("a", "a"), ("a", "nowhere")])
def test_where_no_route_leads(cause, effect):
    assert told(routes(graph(("a", "z", "low")), cause, effect)) == []


def test_the_limit_is_honest():
    given_graph = graph(("a", "b", "low"), ("a", "c", "low"), ("b", "z", "low"), ("c", "z", "low"))
    assert [len(first(routes(given_graph, "a", "z"), limit)[0]) for limit in (1, 2, 3)] == [1, 2, 2]
    assert [first(routes(given_graph, "a", "z"), limit)[1] for limit in (1, 2, 3)] == [True, False, False]


def test_a_chain_of_five_thousand_does_not_break():
    chain = graph(*[(f"{i:05}", f"{i + 1:05}", "low") for i in range(5000)])
    assert [len(route.claims) for route in routes(chain, "00000", "05000", max_steps=5000)] == [5000]


def test_the_first_route_does_not_wait_for_the_others():
    layers = [[f"{layer}-{place}" for place in range(12)] for layer in range(10)]
    edges = [(a, b, "low") for one, other in itertools.pairwise(layers) for a in one for b in other]
    wide = graph(("a", "z", "low"), *[("a", b, "low") for b in layers[0]], *edges, *[(a, "z", "low") for a in layers[-1]])
    assert told([next(routes(wide, "a", "z"))]) == ["a z + low"]


nodes = st.sampled_from("abcdef")
edges = st.lists(st.tuples(nodes, nodes, st.sampled_from(CERTAINTIES)), max_size=16, unique_by=lambda edge: edge[:2])


@given(edges, st.integers(1, 6))
def test_the_routes_are_those_of_networkx(found_edges, longest):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))
    theirs = networkx.DiGraph([(claim.cause, claim.effect) for claim in given_graph.claims])
    ours = [route.states for route in routes(given_graph, "a", "f", longest)]
    assert sorted(ours) == sorted(map(tuple, networkx.all_simple_paths(theirs, "a", "f", cutoff=longest)))


@given(edges)
def test_the_order_is_certainty_then_length(found_edges):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))

    def key(route: Route) -> tuple[int, int]:
        return CERTAINTIES.index(route.certainty), len(route.claims)

    found = list(routes(given_graph, "a", "f"))
    assert found == sorted(found, key=key)


def test_the_routes_of_the_real_graph_are_those_of_networkx(real):
    causal = real.causal()
    live = networkx.DiGraph((claim.cause, claim.effect) for claim in causal.claims if claim.status != "refuted")
    for cause in ("vitamin-b12-deficiency", "magnesium-deficiency", "vitamin-d-deficiency", "dehydration"):
        for effect in ("muscle-tightness", "muscle-cramp", "myofascial-trigger-point"):
            ours = sorted(route.states for route in routes(causal, KG + cause, KG + effect, max_steps=7))
            theirs = sorted(map(tuple, networkx.all_simple_paths(live, KG + cause, KG + effect, cutoff=7)))
            assert ours == theirs
