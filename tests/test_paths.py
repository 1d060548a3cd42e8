"""Routes: told on the small graph, equal to networkx on random ones and the real one, and fast to the first on long ones."""

import itertools
import re

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from kg.causal.loader import Upstream
from kg.causal.model import CERTAINTIES, HUB, CausalGraph, Claim, State
from kg.causal.paths import Route, first, routes
from kg.grounding.resolve import Term

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


def test_from_a_state_to_itself_lead_its_loops():
    given_graph = graph(("a", "b", "low"), ("b", "-a", "low"), ("b", "c", "high"), ("c", "a", "low"), ("c", "b", "low"))
    assert told(routes(given_graph, "a", "a")) == ["a b a - low", "a b c a + low"]


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


def read_bit_by_bit(whole: CausalGraph, *ends: str) -> tuple[Upstream, list[set[str]]]:
    """A graph that answers what :class:`Upstream` asks, as an endpoint would, and the states asked for each time."""
    asked: list[set[str]] = []

    def rows(text: str):
        states = set(re.findall(r"<(\w+)>", text.partition("VALUES ?effect")[2]))
        asked.append(states)
        for claim in sorted(whole.claims, reverse=True):
            if claim.effect in states:
                certainty = claim.certainty.replace("very low", "veryLow") + "Certainty"
                words = (claim.iri, claim.cause, claim.relation, claim.effect, claim.status, certainty)
                cause = whole.states[claim.cause]
                yield (*map(Literal, words), None, Literal(cause.label), Literal(cause.kind))

    return Upstream(rows, *(Term(end, end, "Condition") for end in ends)), asked


@given(edges, st.integers(1, 6))
def test_the_routes_are_those_of_networkx(found_edges, longest):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))
    theirs = networkx.DiGraph([(claim.cause, claim.effect) for claim in given_graph.claims])
    ours = [route.states for route in routes(given_graph, "a", "f", longest)]
    assert sorted(ours) == sorted(map(tuple, networkx.all_simple_paths(theirs, "a", "f", cutoff=longest)))


@given(edges, st.integers(1, 6))
def test_the_loops_are_those_of_networkx(found_edges, longest):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "a", "low"))
    theirs = networkx.simple_cycles(networkx.DiGraph([(c.cause, c.effect) for c in given_graph.claims]), length_bound=longest)
    turned = [(*cycle[(at := cycle.index("a")) :], *cycle[:at], "a") for cycle in theirs if "a" in cycle]
    assert sorted(route.states for route in routes(given_graph, "a", "a", longest)) == sorted(turned)


@given(edges)
def test_a_graph_read_bit_by_bit_has_the_same_routes(found_edges):
    whole = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))
    bit_by_bit, asked = read_bit_by_bit(whole, "a", "f")
    assert told(routes(bit_by_bit, "a", "f")) == told(routes(whole, "a", "f"))
    upstream = networkx.ancestors(networkx.DiGraph([(c.cause, c.effect) for c in whole.claims]), "f") | {"f"}
    assert set().union(*asked) <= upstream  # nothing is fetched that does not lead to the effect
    assert sum(map(len, asked)) == len(set().union(*asked))  # and nothing twice


def test_a_route_next_door_is_told_after_one_question():
    layers = [("a", "z", "high"), *((str(n), str(n + 1), "high") for n in range(50)), ("50", "z", "high")]
    bit_by_bit, asked = read_bit_by_bit(graph(*layers), "a", "z")
    assert told([next(routes(bit_by_bit, "a", "z"))]) == ["a z + high"]
    assert asked == [{"z"}]


def test_to_pass_a_hub_costs_a_step_more():
    crowd = [(f"c{n}", "h", "low") for n in range(HUB)]
    edges = [("a", "h", "low"), ("h", "z", "low"), ("a", "b", "low"), ("b", "c", "low"), ("c", "z", "low")]
    assert told(routes(graph(*edges, *crowd[1:]), "a", "z")) == ["a b c z + low", "a h z + low"]
    assert told(routes(graph(*edges, *crowd[2:]), "a", "z")) == ["a h z + low", "a b c z + low"]


def test_a_nutrient_status_is_no_hub():
    crowd = [(f"c{n}", "h", "low") for n in range(HUB)]
    given_graph = graph(("a", "h", "low"), ("h", "z", "low"), ("a", "b", "low"), ("b", "c", "low"), ("c", "z", "low"), *crowd)
    given_graph.states["h"] = State("h", "h", "NutrientStatus")
    assert told(routes(given_graph, "a", "z")) == ["a h z + low", "a b c z + low"]


def test_a_loop_whose_only_way_out_was_taken_does_not_hold_the_walk():
    """From b one may walk for ages among fifteen states that all lead to each other, and must come back to b to go on."""
    crowd = [f"c{n:02}" for n in range(15)]
    loop = [(a, b, "low") for a, b in itertools.permutations(crowd, 2)]
    given_graph = graph(
        ("a", "b", "low"), ("b", "z", "low"), *loop, *[e for c in crowd for e in (("b", c, "low"), (c, "b", "low"))]
    )
    assert told(routes(given_graph, "a", "z")) == ["a b z + low"]


@given(edges)
def test_the_order_is_certainty_then_length(found_edges):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))

    def key(route: Route) -> tuple[int, int]:
        return CERTAINTIES.index(route.certainty), len(route.claims)

    found = list(routes(given_graph, "a", "f"))
    assert found == sorted(found, key=key)


@pytest.mark.slow
def test_the_routes_of_the_real_graph_are_those_of_networkx_for_every_pair(real):
    causal, longest = real.causal(), 5
    # Two claims may join the same two states, one that promotes and one that inhibits: each makes a route of its own.
    live = networkx.MultiDiGraph((claim.cause, claim.effect) for claim in causal.claims if claim.status != "refuted")
    for cause in sorted(live):
        theirs: dict[str, list[tuple[str, ...]]] = {}
        for path in networkx.all_simple_paths(live, cause, set(live) - {cause}, cutoff=longest):
            theirs.setdefault(path[-1], []).append(tuple(path))
        for effect, paths in theirs.items():
            assert sorted(route.states for route in routes(causal, cause, effect, longest)) == sorted(paths)


@pytest.mark.parametrize(
    ("cause", "first_state"),
    [
        ("metformin", "metformin-use"),
        ("tea and coffee polyphenols", "tea-drinking"),
        ("phytate", "phytate"),
        ("PPI", "acid-suppressing-drug-use"),
    ],
)
def test_a_drug_or_food_component_starts_a_route_by_its_use_or_by_what_it_does(real, cause, first_state):
    [route] = real.paths(cause, "fatigue", limit=1)
    assert route.states[0] == KG + first_state
    assert route.claims[0].evidence
