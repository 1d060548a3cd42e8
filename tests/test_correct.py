"""Corrections: what ends and what stays, loops included, and the smallest sets, equal to trying every set."""

import itertools

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.causal.correct import CORRECTABLE, consequences, sets_for
from kg.causal.model import CausalGraph, Claim, State
from kg.errors import UnknownName, UsageError

KG = "https://w3id.org/nutrition-kg/"
KINDS = {"n": "NutrientStatus", "c": "Condition", "e": "Exposure", "p": "PhysiologicalState", "f": "Symptom"}


def graph(*edges: tuple[str, str]) -> CausalGraph:
    """A graph of edges; the first letter of a name tells the kind, an effect that starts with - is inhibited, with ! refuted."""
    names = {name.strip("-!") for edge in edges for name in edge}
    claims = [
        Claim(
            f"{a}>{b}",
            a,
            "inhibits" if b[0] == "-" else "promotes",
            b.strip("-!"),
            "refuted" if b[0] == "!" else "probable",
            "low",
        )
        for a, b in edges
    ]
    return CausalGraph({name: State(name, name, KINDS[name[0]]) for name in sorted(names)}, tuple(claims))


def sets(found_graph: CausalGraph, finding: str, limit: int = 1000) -> list[tuple[str, ...]]:
    return list(sets_for(found_graph, finding, limit).sets)


def test_a_finding_with_another_cause_is_kept_through_it():
    answer = consequences(graph(("n1", "p1"), ("p1", "f1"), ("n1", "f2"), ("n2", "f2"), ("n2", "f3")), ["n1"])
    assert answer == (("n1",), ("f1",), {"f2": ("n2",)})


def test_what_inhibits_or_is_refuted_keeps_nothing():
    assert consequences(graph(("n1", "f1"), ("n2", "-f1"), ("n3", "!f1")), ["n1"]).lost == ("f1",)


def test_what_the_corrected_state_alone_led_to_keeps_nothing():
    assert consequences(graph(("n1", "n2"), ("n2", "f1")), ["n1"]).lost == ("f1",)


def test_a_loop_that_the_corrected_state_fed_ends_and_one_that_feeds_itself_stays():
    fed = graph(("n1", "p1"), ("p1", "p2"), ("p2", "p1"), ("p2", "f1"))
    assert consequences(fed, ["n1"]).lost == ("f1",)
    vicious = graph(("n2", "c1"), ("c1", "n2"), ("n2", "f1"), ("n1", "f1"))
    assert consequences(vicious, ["n1"]).kept == {"f1": ("n2",)}
    assert consequences(vicious, ["n1", "c1"]).lost == ("f1",)


def test_the_smallest_sets_come_first_and_hold_no_other():
    found_graph = graph(("n1", "p1"), ("n2", "p1"), ("c1", "n1"), ("p1", "f1"), ("e1", "n2"))
    assert sets(found_graph, "f1") == [("c1", "e1"), ("c1", "n2"), ("e1", "n1"), ("n1", "n2")]
    assert sets(graph(("n1", "n2"), ("n1", "f1"), ("n2", "f1")), "f1") == [("n1",)]


def test_a_mechanism_is_not_corrected_and_a_cause_beyond_reach_is_told():
    found_graph = graph(("p1", "f1"), ("n1", "f1"), ("p2", "n1"))
    assert sets_for(found_graph, "f1", 10) == ((("n1",),), False, ("p1",))


def test_the_limit_is_honest():
    found_graph = graph(
        *[(f"n{a}", f"p{a}") for a in range(3)], *[(f"c{a}", f"n{a}") for a in range(3)], *[(f"p{a}", "f1") for a in range(3)]
    )
    assert [(len(answer.sets), answer.more) for limit in (7, 8, 9) if (answer := sets_for(found_graph, "f1", limit))] == [
        (7, True),
        (8, False),
        (8, False),
    ]


def test_nothing_leads_to_it():
    assert sets_for(graph(("f1", "f2")), "f1", 10) == ((), False, ())


names = st.sampled_from(["n1", "n2", "c1", "c2", "e1", "p1", "p2", "f1", "f2"])
edges = st.lists(st.tuples(names, names).filter(lambda edge: edge[0] != edge[1]), max_size=16, unique=True)


@given(edges)
def test_the_sets_are_those_that_trying_all_finds(found_edges):
    found_graph = graph(*found_edges, ("n1", "f1"), ("c1", "f1"))
    answer = sets_for(found_graph, "f1", 10_000)
    upstream = networkx.ancestors(networkx.DiGraph([(claim.cause, claim.effect) for claim in found_graph.claims]), "f1")
    may_go = sorted(state for state in upstream if found_graph.states[state].kind in CORRECTABLE)
    ends = [
        set(some)
        for size in range(len(may_go) + 1)
        for some in itertools.combinations(may_go, size)
        if _ends(found_graph, set(some), set(answer.beyond))
    ]
    smallest = [some for some in ends if not any(other < some for other in ends)]
    assert sorted(map(sorted, answer.sets)) == sorted(map(sorted, smallest))
    assert not answer.more


def _ends(found_graph: CausalGraph, corrected: set[str], beyond: set[str]) -> bool:
    """Whether f1 ends, said once more, in the words of the module's head and by networkx."""
    whole = networkx.DiGraph([(claim.cause, claim.effect) for claim in found_graph.claims])
    roots = {state for state in whole if not whole.in_degree(state)}
    fed = roots | {state for root in roots for state in networkx.descendants(whole, root)}
    ended = corrected | {state for one in corrected & set(whole) for state in networkx.descendants(whole, one)}
    loops = {state for state in set(whole) - fed - ended if found_graph.states[state].kind in ("NutrientStatus", "Exposure")}
    left = whole.subgraph(set(whole) - corrected)
    return not any(networkx.has_path(left, origin, "f1") for origin in (roots - beyond | loops) & set(left))


@pytest.mark.slow
def test_every_set_ends_every_route_on_the_real_graph(real):
    """For each finding of the real graph, the first three sets: all routes are hit, and by none of the set in vain."""
    causal = real.causal()
    whole = networkx.DiGraph((c.cause, c.effect) for c in causal.claims if c.relation == "promotes" and c.status != "refuted")
    roots = {state for state in whole if not whole.in_degree(state)}
    fed = roots | {state for root in roots for state in networkx.descendants(whole, root)}
    for finding in sorted(iri for iri in causal.states if causal.is_finding(iri)):
        answer = sets_for(causal, finding, 3)
        assert answer.sets or answer.beyond or finding not in fed
        for some in map(set, answer.sets):
            assert not _still(whole, roots - set(answer.beyond), some, finding), (finding, some)
            assert all(_still(whole, roots - set(answer.beyond), some - {one}, finding) for one in some) or finding not in fed


def _still(whole: networkx.DiGraph, origins: set[str], corrected: set[str], finding: str) -> bool:
    left = whole.subgraph(set(whole) - corrected)
    return bool(origins & ({finding, *networkx.ancestors(left, finding)} if finding in left else set()))


def test_the_answers_have_the_form_that_others_rely_on(small):
    magnesium, cramp = KG + "magnesium-deficiency", KG + "muscle-cramp"
    told = small.correct("magnesium deficiency").to_dict()
    through = [KG + "nerve-misfiring"]
    assert told["corrected"] == [{"iri": magnesium, "label": "magnesium deficiency"}]
    assert {"iri": cramp, "label": "muscle cramp", "through": through} in told["kept"]
    sets = small.correct_for("charley horse").to_dict()
    assert sets["finding"] == {"iri": cramp, "label": "muscle cramp"}
    assert [[one["label"] for one in some] for some in sets["minimal_sets"]] == [
        ["magnesium deficiency", "strict vegan diet"],
        ["magnesium deficiency", "vitamin B12 deficiency"],
    ]


@pytest.mark.parametrize(
    ("states", "error", "message"),
    [
        ((), UsageError, "no state is given; name what is to be corrected, or give --for FINDING"),
        (("charley horse",), UsageError, "'muscle cramp' is a finding and ends with its causes"),
        (("manganese deficiency",), UnknownName, "no State is called 'manganese deficiency'; nearest: magnesium deficiency"),
    ],
)
def test_a_mistake_gets_one_line(small, states, error, message):
    with pytest.raises(error, match=message):
        small.correct(*states)
