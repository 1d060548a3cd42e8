"""Corrections: what ends, improves and stays, by what a finding loses; and the few causes of a finding with their smallest sets."""

import copy
import itertools
import pickle

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.causal.correct import Correction, fates_of
from kg.causal.cut_sets import Net, smallest_sets
from kg.causal.model import CausalGraph, Claim, State
from kg.causal.remedies import Remedies
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
            "high",
        )
        for a, b in edges
    ]
    return CausalGraph({name: State(name, name, KINDS[name[0]]) for name in sorted(names)}, tuple(claims))


STEP = 0.9 * 0.65


def becomes(given_graph: CausalGraph, *states: str) -> tuple:
    answer = Correction.of(given_graph, states)
    return answer.lost, answer.improved, answer.kept


def test_what_nothing_else_leads_to_ends_and_what_much_leads_to_stays():
    crowd = [(f"c{number}", "f2") for number in range(40)]
    alone, among_many = becomes(graph(("n1", "f1"), ("n1", "p1"), ("p1", "p2"), ("p2", "f2"), *crowd), "n1")[0::2]
    assert alone == ("f1",)
    assert among_many == {"f2": ("c0", "c1", "c10", "c11", "c12")}  # alike in strength, told by their names


def test_with_some_other_causes_it_improves():
    few = [(f"c{number}", "f1") for number in range(12)]
    assert becomes(graph(("n1", "p1"), ("p1", "f1"), *few), "n1") == ((), ("f1",), {})


def test_the_share_that_goes_is_that_of_a_noisy_or():
    fates, _ = fates_of(graph(("n1", "f1"), ("c1", "f1"), ("p1", "f1"), ("c2", "p1")), ["n1"])
    beside = (1 - 0.03 * STEP) * (1 - 0.03 * STEP**2)  # a step of mechanism counts by what leads to it
    assert fates["f1"].share == pytest.approx(STEP * beside / (1 - (1 - STEP) * beside))
    assert fates["f1"].others == ("c1", "c2")


def test_what_inhibits_or_is_refuted_keeps_nothing():
    assert becomes(graph(("n1", "f1"), ("n2", "-f1"), ("n3", "!f1")), "n1") == (("f1",), (), {})


def test_a_condition_that_the_state_brings_about_ends_with_it_and_keeps_nothing():
    assert becomes(graph(("n1", "c1"), ("c1", "f1")), "n1") == (("c1", "f1"), (), {})


def test_a_loop_that_the_corrected_state_feeds_ends():
    assert becomes(graph(("n1", "p1"), ("p1", "p2"), ("p2", "p1"), ("p1", "f1")), "n1") == (("f1",), (), {})


def test_what_a_state_has_no_part_worth_telling_in_is_not_in_the_answer():
    far = graph(*itertools.pairwise(["n1", "p1", "p2", "p3", "f1"]), ("n1", "f2"))
    assert becomes(far, "n1") == (("f2",), (), {})


def test_what_a_further_lack_brings_is_that_lacks_own_correction():
    """Zinc in excess ends with the lack of copper that it brings; what only that lack brings is not told of zinc."""
    assert becomes(graph(("n1", "n2"), ("n2", "f1"), ("n1", "c1"), ("c1", "f2")), "n1") == (("c1", "n2", "f2"), (), {})


def test_two_states_together_end_what_each_alone_leaves_to_the_other():
    given_graph = graph(("n1", "f1"), ("n2", "f1"))
    assert {"f1"} == set(becomes(given_graph, "n1", "n2")[0])


def test_what_may_not_go_back_and_in_what_time_the_rest_does():
    facts = {"f1": {"reverses": "irreversible"}, "f2": {"reversibility": "ends in days"}, "f3": {"reversibility": "may stay"}}
    claims = tuple(Claim(f"n1>{f}", "n1", "promotes", f, "probable", "high", **more) for f, more in facts.items())
    states = {name: State(name, name, KINDS[name[0]]) for name in ("n1", *facts)}
    answer = Correction.of(CausalGraph(states, claims), ["n1"])
    assert (answer.lost, answer.improved) == (("f2",), ("f3",))
    assert answer.may_not_reverse == {"f1": "does not go back", "f3": "may stay"}
    assert answer.times == {"f2": "ends in days"}


@pytest.mark.slow
def test_events_scars_and_growths_neither_end_nor_improve(real):
    lasting = {row["s"].value for row in real.query("SELECT ?s { ?s kg:lasting true }")}
    found = [real.correct(state) for state in ("hypertension", "tobacco smoking", "vitamin D deficiency")]
    assert [lasting.intersection((*one.lost, *one.improved, *one.kept)) for one in found] == [set()] * 3
    assert found[0].may_not_reverse[f"{KG}stroke"] == "what is there stays, or is treated by itself; less of it comes"
    # A wider name stays as what it names does, and what a claim itself says goes before it.
    assert f"{KG}bone-fracture" in found[2].may_not_reverse
    assert f"{KG}lung-cancer" in found[1].may_not_reverse


def test_the_few_causes_come_strongest_first_and_then_the_sets_of_them():
    given_graph = graph(("n1", "f1"), ("n2", "p1"), ("p1", "f1"), ("c1", "n1"), ("e1", "p2"), ("p2", "p3"), ("p3", "f1"))
    found = Remedies.of(given_graph, "f1", 10)
    assert found.causes == {
        "n1": pytest.approx(STEP, abs=1e-4),
        "c1": pytest.approx(STEP**2, abs=1e-4),
        "n2": pytest.approx(STEP**2, abs=1e-4),
        "e1": pytest.approx(STEP**3, abs=1e-4),
    }
    assert found.sets == (("e1", "n1", "n2"), ("c1", "e1", "n2"))


def test_of_many_causes_no_set_is_given():
    found = Remedies.of(graph(*[(f"c{number}", "f1") for number in range(30)]), "f1", 5)
    assert (len(found.causes), found.sets, found.more) == (5, (), True)


def test_nothing_leads_to_it():
    found = Remedies.of(graph(("f1", "f2")), "f1", 10)
    assert (found.causes, found.sets, found.more) == ({}, (), False)


names = st.sampled_from(["n1", "n2", "c1", "c2", "e1", "p1", "p2", "f1", "f2"])
edges = st.lists(st.tuples(names, names).filter(lambda edge: edge[0] != edge[1]), max_size=16, unique=True)


@given(edges)
def test_the_smallest_sets_are_those_that_trying_all_finds(found_edges):
    pairs = [*found_edges, ("n1", "f1"), ("c1", "f1")]
    into: dict[str, set[str]] = {name: set() for pair in pairs for name in pair}
    for cause, effect in pairs:
        into[effect].add(cause)
    whole = networkx.DiGraph(pairs)
    upstream = {"f1", *networkx.ancestors(whole, "f1")}
    correctable = {state for state in upstream if state[0] in "nce"}
    kept = frozenset(state for state in upstream if state[0] in "ne")
    net = Net({state: sorted(into[state] & upstream) for state in sorted(upstream)}, kept)
    beyond = net.beyond("f1", frozenset(correctable))
    found, more = smallest_sets(Net(net.into, kept, beyond), "f1", frozenset(correctable), 10_000)
    left = whole.subgraph(upstream)
    ends = [
        set(some)
        for size in range(len(correctable) + 1)
        for some in itertools.combinations(sorted(correctable), size)
        if _ends(left, set(some), set(beyond), kept)
    ]
    smallest = [some for some in ends if not any(other < some for other in ends)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, smallest))
    assert not more


def _ends(whole: networkx.DiGraph, corrected: set[str], beyond: set[str], kept: frozenset[str]) -> bool:
    """Whether f1 ends, said once more in the words of the module of sets and by networkx."""
    roots = {state for state in whole if not whole.in_degree(state)}
    fed = roots | {state for root in roots for state in networkx.descendants(whole, root)}
    ended = corrected | {state for one in corrected for state in networkx.descendants(whole, one)}
    loops = {state for state in set(whole) - fed - ended if state in kept}
    left = whole.subgraph(set(whole) - corrected)
    return not any(networkx.has_path(left, origin, "f1") for origin in (roots - beyond | loops) & set(left))


def test_the_answers_have_the_form_that_others_rely_on(small):
    magnesium, cramp = KG + "magnesium-deficiency", KG + "muscle-cramp"
    found = small.correct("magnesium deficiency").to_dict()
    assert set(found) == {"corrected", "lost", "improved", "kept", "may_not_reverse"}
    assert found["corrected"] == [{"iri": magnesium, "label": "magnesium deficiency"}]
    assert {one["iri"] for one in (*found["lost"], *found["improved"], *found["kept"])} >= {KG + "hypomagnesemia"}
    sets = small.correct_for("charley horse").to_dict()
    assert set(sets) == {"finding", "causes", "minimal_sets", "more"}
    assert sets["finding"] == {"iri": cramp, "label": "muscle cramp"}
    strengths = [one["strength"] for one in sets["causes"]]
    assert strengths == sorted(strengths, reverse=True)


def test_a_correction_is_a_value_of_its_own(small):
    for ask in (lambda: small.correct("magnesium deficiency"), lambda: small.correct_for("muscle cramp")):
        found = ask()
        assert found == ask() == copy.copy(found) == copy.deepcopy(found) == pickle.loads(pickle.dumps(found))
        assert found._replace(causal=found.causal) == found


@pytest.mark.slow
def test_different_nutrients_have_different_answers(real):
    states = [
        "vitamin B12",
        "magnesium",
        "vitamin D",
        "iron",
        "iodine",
        "thiamine",
        "folate",
        "potassium",
        "zinc",
        "vitamin B6",
    ]
    answers = {state: real.correct(f"{state} deficiency") for state in states}
    ended = {state: {*answer.lost, *answer.improved} for state, answer in answers.items()}
    alike = {(a, b): len(ended[a] & ended[b]) / len(ended[a] | ended[b]) for a, b in itertools.combinations(states, 2)}
    # The blood of a lack of vitamin B12 and of folate is the same; a textbook tells them apart by the nerves.
    assert alike.pop(("vitamin B12", "folate")) < 0.5
    assert max(alike.values()) < 0.3, max(alike, key=alike.get)
    assert all(answer.lost for answer in answers.values())


def test_a_bit_by_bit_graph_has_the_same_corrections(real):
    for state in ("vitamin B12 deficiency", "hypocalcemia"):
        term = real.term(state, "State")
        whole = Correction.of(real.causal(), [term.iri])
        assert real.correct(state).to_dict() == whole.to_dict()


@pytest.mark.parametrize(
    ("states", "error", "message"),
    [
        ((), UsageError, "no state was given; name what is to be corrected, or give --for FINDING"),
        (("charley horse",), UsageError, "'muscle cramp' is a finding and ends with its causes"),
        (("manganese deficiency",), UnknownName, "no State is called 'manganese deficiency'; nearest: magnesium deficiency"),
    ],
)
def test_a_mistake_gets_one_line(small, states, error, message):
    with pytest.raises(error, match=message):
        small.correct(*states)
