"""Explanations: the formula by hand on small graphs, the same answers however the graph is read, and words that contradict."""

import copy
import itertools
import json
import pickle
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

import kg
from kg.causal.best_routes import LEAST, LONGEST, causes, effects
from kg.causal.candidate import Candidate
from kg.causal.clues import WIDER, Case, Clues, specificity
from kg.causal.commonness import COMMONNESS, by_commonness
from kg.causal.disease_stages import stages
from kg.causal.explain import rivals, understood
from kg.causal.model import CausalGraph, Claim, State
from kg.causal.next_tests import next_tests, rival_of_first
from kg.causal.ranking import rank_candidates
from kg.causal.route import Route
from kg.causal.strength import DEGREE, EXPLAINING, PROMINENCE
from kg.errors import UnknownName, UsageError
from kg.grounding.red_flags import dangers
from kg.rdf.vocabulary import CERTAINTIES

KG = "https://w3id.org/nutrition-kg/"
#: How prominently claims of a certainty are told here.
TOLD = {"high": 5, "moderate": 4, "low": 2, "very low": 0}
#: What a step keeps whose frequency nobody gives, where its claim is of high certainty; and of low.
STEP, LOW = 0.9 * 0.65, 0.9 * 0.65 * 0.7
#: The same in explaining a finding that is there.
SEEN, SEEN_LOW = 0.9 * 0.75, 0.9 * 0.75 * 0.7
KINDS = {"n": "NutrientStatus", "c": "Condition", "e": "Exposure", "p": "PhysiologicalState", "f": "Symptom", "l": "LabFinding"}


def graph(*edges: tuple[str, str] | tuple[str, str, str]) -> CausalGraph:
    """A graph of edges (cause, effect, certainty), low where none is given; an effect that starts with - is inhibited.

    The first letter of a name tells the kind: n1 is a nutrient status, f1 a finding.
    """
    names = {name.removeprefix("-") for edge in edges for name in edge[:2]}
    claims = [
        Claim(
            f"{a}>{b}",
            a,
            "inhibits" if b[0] == "-" else "promotes",
            b.removeprefix("-"),
            "probable",
            (*more, "low")[0],
            prominence=TOLD[(*more, "low")[0]],
        )
        for a, b, *more in edges
    ]
    return CausalGraph({name: State(name, name, KINDS[name[0]]) for name in sorted(names)}, tuple(claims))


def order(given_graph: CausalGraph, case: Case, rivals: int = 20) -> list[str]:
    return [candidate.iri for candidate in rank_candidates(given_graph, case, rivals)]


def test_a_way_is_the_product_of_its_steps():
    given_graph = graph(("n1", "p1", "high"), ("p1", "f1", "very low"))
    assert causes(given_graph, "f1")["n1"].strength == pytest.approx(STEP * STEP * 0.5)
    assert effects(given_graph, "n1")["f1"] == causes(given_graph, "f1")["n1"]


def test_two_inhibitions_promote_and_one_explains_nothing():
    assert "n1" in causes(graph(("n1", "-p1"), ("p1", "-f1")), "f1")
    assert "n1" not in causes(graph(("n1", "p1"), ("p1", "-f1")), "f1")


def test_to_pass_a_hub_costs_and_four_steps_are_too_many():
    crowd = [(f"c{number}", "p1") for number in range(9)]
    assert causes(graph(("n1", "p1"), ("p1", "f1"), *crowd), "f1")["n1"].strength == pytest.approx(LOW * LOW * 0.7)
    chain = graph(*itertools.pairwise(["n1", "p1", "p2", "f1", "f2"]))
    assert "n1" in causes(chain, "f1")
    assert "n1" not in causes(chain, "f2")


def test_a_finding_says_the_more_the_fewer_lead_to_it():
    assert specificity({"a": Route((), 0.5)}, 20) == pytest.approx(log(1 + 20 / 0.5))
    assert specificity({"a": Route((), 0.5), "b": Route((), 0.25)}, 20) == pytest.approx(log(1 + 20 / 0.75))
    assert specificity({}, 20) == 0


def test_the_score_is_that_of_the_page():
    given_graph = graph(("n1", "f1", "high"), ("n2", "f1", "high"), ("n1", "f2"), ("n2", "f3"), ("e1", "n2", "high"))
    risk = Claim("old>n2", "old", "atRiskOf", "n2", "probable", "low", prominence=2)
    first, second, *_ = rank_candidates(given_graph, Case(("f1", "f2"), ("f3",), ("e1",), (risk,)), rivals=10)
    assert (first.iri, second.iri) == ("n2", "n1")
    # n1 and n2 lead to f1, and e1 by n2; n1 alone to f2; n2, and e1 by it, to f3.
    f1, f2, f3 = (log(1 + 10 / strengths) for strengths in (2 * SEEN + SEEN * SEEN, SEEN_LOW, SEEN_LOW * (1 + SEEN)))
    assert first.score == pytest.approx(SEEN * f1 + 5 * STEP + 0.5 * LOW - 0.25 * SEEN_LOW * f3, abs=1e-4)
    assert second.score == pytest.approx(SEEN * f1 + SEEN_LOW * f2, abs=1e-4)
    told = [list(one) for one in (first.explained, first.unexplained, first.contradicted, first.context)]
    assert told == [["f1"], ["f2"], ["f3"], ["e1", "old"]]


def test_a_degree_costs_nothing_where_the_finding_is_there_and_counts_where_it_is_absent():
    given_graph = graph(("c1", "f1", "high"), ("c2", "f1", "high"))
    claims = tuple(one._replace(only_when=("c3",)) if one.cause == "c1" else one for one in given_graph.claims)
    states = {**given_graph.states, "c3": State("c3", "severe c1", "Condition")}
    gated = CausalGraph(states, claims, {"c1": frozenset(("c1", "c3"))})
    assert [causes(gated, "f1", shares=EXPLAINING)[iri].strength for iri in ("c1", "c2")] == pytest.approx([0.4 * SEEN, SEEN])
    clues = Clues(gated, Case(("f1",)), 10), Clues(gated, Case(("f1",), ("f1",)), 10)
    assert [one.present["f1"]["c1"].strength for one in clues] == pytest.approx([SEEN, SEEN])
    assert clues[1].absent["f1"]["c1"].strength == pytest.approx(0.4 * SEEN)


def test_a_narrow_finding_is_led_to_by_what_leads_to_the_wide_one_and_a_wide_one_by_any_kind():
    given_graph = graph(("n1", "f1"), ("n2", "f2"))  # f2 is a kind of f1
    narrow, wide = (rank_candidates(given_graph, Case((finding,), kinds=(("f2", "f1"),)), 10) for finding in ("f2", "f1"))
    assert [
        (one.iri, one.explained[finding].strength) for found, finding in ((narrow, "f2"), (wide, "f1")) for one in found
    ] == [
        ("n2", pytest.approx(SEEN_LOW)),
        ("n1", pytest.approx(WIDER * SEEN_LOW)),
        ("n1", pytest.approx(SEEN_LOW)),
        ("n2", pytest.approx(SEEN_LOW)),
    ]
    absent = rank_candidates(given_graph, Case(("f1",), ("f2",), kinds=(("f2", "f1"),)), 10)
    assert [(one.iri, list(one.contradicted)) for one in absent] == [("n1", []), ("n2", ["f2"])]


def test_an_exposure_counts_in_full_only_where_it_is_told():
    given_graph = graph(("e1", "f1"), ("c1", "f1"))
    assert order(given_graph, Case(("f1",))) == ["c1", "e1"]
    half, full = (
        next(one.score for one in rank_candidates(given_graph, Case(("f1",), (), told), 20) if one.iri == "e1")
        for told in ((), ("e1",))
    )
    assert full == pytest.approx(2 * half, abs=1e-3)


def test_what_was_told_is_no_candidate_unless_it_is_a_measured_lack():
    given_graph = graph(("n1", "c1"), ("c1", "f1"), ("c2", "f1"))
    assert order(given_graph, Case(("f1", "c1"))) == ["n1", "c2"]
    [first, *_] = rank_candidates(given_graph, Case(("f1", "n1")), 20)
    assert (first.iri, first.explained["n1"]) == ("n1", Route((), 1.0))


def test_the_first_of_equals_is_the_nutrient_status():
    assert order(graph(("c1", "f1"), ("n1", "f1"), ("e1", "f1")), Case(("f1",))) == ["n1", "c1", "e1"]


def test_ways_into_a_deficiency_and_what_it_leads_to_are_part_of_its_story():
    given_graph = graph(("c1", "n1"), ("e1", "n1"), ("n1", "c2"), ("c2", "f1"), ("n1", "f1"), ("n1", "f2"), ("n2", "c2"))
    [first, second] = rank_candidates(given_graph, Case(("f1", "f2")), 20)
    assert (first.iri, set(first.also)) == ("n1", {"c1", "c2", "e1"})
    assert (second.iri, second.also) == ("n2", ())  # another deficiency is a rival, whatever they share


def test_a_condition_that_explains_more_than_half_of_what_its_cause_does_stands_on_its_own():
    edges = [
        ("n1", "c1"),
        *((one, found, "high") for one in ("n1", "c1") for found in ("f1", "f2")),
        ("n1", "f3"),
        ("n1", "f4"),
    ]
    assert order(graph(*edges), Case(("f1", "f2", "f3"))) == ["n1", "c1"]
    [first] = rank_candidates(graph(*edges), Case(("f2", "f3", "f4")), 20)
    assert (first.iri, first.also) == ("n1", ("c1",))


def test_of_many_groups_with_the_same_risk_one_counts():
    given_graph = graph(("n1", "f1"), ("n2", "f1"))
    risks = tuple(
        Claim(f"{group}>n2", group, "atRiskOf", "n2", "probable", "low", prominence=2) for group in ("women", "adults")
    )
    first, second = rank_candidates(given_graph, Case(("f1",), risks=risks), 20)
    assert (first.iri, first.score - second.score) == ("n2", pytest.approx(0.5 * LOW, abs=1e-3))


states = st.sampled_from(["n1", "n2", "c1", "p1", "p2", "f1", "f2"])
edges = st.lists(
    st.tuples(states, states, st.sampled_from(CERTAINTIES)).filter(lambda edge: edge[0] != edge[1]),
    max_size=14,
    unique_by=lambda edge: edge[:2],
)


@given(edges)
def test_the_best_way_is_the_best_of_all_routes(found_edges):
    given_graph = graph(*found_edges, ("n1", "f1"))

    def strength(chain: tuple[Claim, ...]) -> float:
        product = 1.0
        for claim in chain:
            product *= STEP * PROMINENCE[claim.prominence]
        return product

    def chains(state: str, passed: tuple[str, ...]):
        for claim in given_graph.into.get(state, ()):
            if claim.cause not in passed and len(passed) <= LONGEST:
                yield (claim,)
                yield from ((*before, claim) for before in chains(claim.cause, (*passed, claim.cause)))

    best: dict[str, float] = {}
    for chain in chains("f1", ("f1",)):
        if strength(chain) >= LEAST:
            best[chain[0].cause] = max(best.get(chain[0].cause, 0.0), strength(chain))
    assert {iri: route.strength for iri, route in causes(given_graph, "f1").items()} == pytest.approx(best)


@given(edges, st.permutations(["f1", "f2", "c1"]))
def test_the_order_of_the_findings_does_not_matter(found_edges, findings):
    given_graph = graph(*found_edges, ("n1", "f1"), ("n2", "f2"), ("n1", "c1"))
    routes = [rank_candidates(given_graph, Case(tuple(order)), 20) for order in (findings, ("f1", "f2", "c1"))]
    assert [(one.iri, pytest.approx(one.score, abs=1e-3)) for one in routes[0]] == [(one.iri, one.score) for one in routes[1]]


def test_the_answer_on_the_real_graph_has_the_form_that_others_rely_on(real):
    answer = real.explain(["pins and needles", "fatigue", "MCV: high", "blue ears"], ["cramps"], ["metformin", "age 80"], top=3)
    reply = json.loads(json.dumps(answer.to_dict()))
    assert set(reply) == {"red_flags", "numbers", "heard", "findings", "unresolved", "candidates", "nutritional"}
    assert reply["unresolved"] == ["blue ears"]
    assert [finding["input"] for finding in reply["findings"]] == ["pins and needles", "fatigue", "MCV: high"]
    first = next(one for one in reply["candidates"] if one["iri"] == KG + "vitamin-b12-deficiency")
    assert (first["label"], first["kind"], first["nutritional"]) == ("vitamin B12 deficiency", "NutrientStatus", True)
    paresthesia = next(one for one in first["explained"] if one["finding"] == KG + "paresthesia")
    assert paresthesia["path"][0]["cause"] == {"iri": KG + "vitamin-b12-deficiency", "label": "vitamin B12 deficiency"}
    assert paresthesia["path"][-1]["effect"]["iri"] == KG + "paresthesia"
    assert all(step["sources"] for step in paresthesia["path"])
    assert {"metformin use", "older adults"} <= {told["label"] for told in first["context"]}
    assert first["next_test"].startswith(KG)
    assert first["next_test_from"] in {one["iri"] for one in reply["candidates"]}
    scores = [candidate["score"] for candidate in reply["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3


def test_low_blood_calcium_counts_as_nutritional_and_an_infection_does_not(real):
    answer = real.explain(["tetany", "paresthesia"], top=40)
    kinds = {answer.causal.label(one.iri): one.iri in answer.nutritional for one in answer.candidates}
    assert kinds["hypocalcemia"]
    assert not all(kinds.values())


def test_routes_do_not_depend_on_how_the_graph_is_read(real):
    answer = real.explain(["muscle weakness", "paresthesia", "constipation"], context=["diuretics"], top=50)
    case = understood(real.rows, ["muscle weakness", "paresthesia", "constipation"], (), ["diuretics"]).case

    def plain(found):
        return [
            (one.iri, one.score, [[claim.iri for claim in route.claims] for route in one.explained.values()]) for one in found
        ]

    whole = rank_candidates(real.causal(), case, rivals(real.rows))[:55]
    assert plain(answer.candidates) == plain(by_commonness(real.rows, whole, case.people)[:50])


MISTAKES = {
    "nothing": (([],), UsageError, "no finding was given; name what is felt"),
    "both ways": (
        (["fatigue"], ["tiredness"]),
        UsageError,
        "'fatigue' and 'tiredness': fatigue is given both as present and as absent",
    ),
    "a test both ways": ((["MCV: high", "MCV: normal"],), UsageError, "is given both as present and as absent; leave one out"),
    "nonsense": (
        (["xyzzy", "paresthsia"],),
        UnknownName,
        "no finding is understood in 'xyzzy'; 'paresthsia'; nearest: paraesthesia; ",
    ),
    "a substance": ((["magnesium"],), UnknownName, "no finding is understood in 'magnesium'; nearest: "),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_one_line(real, name):
    arguments, error, message = MISTAKES[name]
    with pytest.raises(error, match=message.replace("(", r"\(")) as caught:
        real.explain(*arguments)
    assert "\n" not in str(caught.value)


def test_where_words_were_set_aside_nothing_is_called_a_contradiction(real):
    answer = real.explain(["weakness of both legs", "fatigue"], ["muscle weakness"])
    assert KG + "muscle-weakness" in [term.iri for _, term in answer.findings]


def test_an_exposure_among_the_findings_is_taken_as_context(real):
    answer = real.explain(["vegan diet", "fatigue"])
    assert answer.notes == ("strict vegan diet is not a finding but an exposure; taken as context (--context)",)
    assert [term.label for _, term in answer.findings] == ["fatigue"]


def test_the_graph_explains_through_python():
    answer = kg.open().explain(["night blindness"], top=3)
    assert "vitamin A deficiency" in [answer.causal.label(one.iri) for one in answer.candidates]


def deviating(given_graph: CausalGraph, **states: tuple[str, str]) -> CausalGraph:
    """The same graph, where some states are the low or the high of something."""
    for name, (of, deviation) in states.items():
        given_graph.states[name] = given_graph.states[name]._replace(of=of, deviation=deviation)
    return given_graph


def test_a_lack_its_low_level_and_its_own_disease_are_one_candidate():
    given_graph = graph(("n1", "c1"), ("n1", "f1", "high"), ("c1", "f2"), ("c2", "f2", "very low"))
    [first, second] = rank_candidates(deviating(given_graph, n1=("iron", "low"), c1=("iron", "low")), Case(("f1", "f2")), 20)
    assert (first.iri, first.stages, set(first.explained)) == ("n1", ("c1",), {"f1", "f2"})
    assert (second.iri, second.stages) == ("c2", ())


def test_a_disease_is_the_own_one_of_the_lack_that_the_graph_names():
    names = {name: State(name, name, KINDS[name[0]]) for name in ("c1", "c2", "n1", "n2")}
    claims = tuple(Claim(f"n1>{one}", "n1", "promotes", one, "established", "high") for one in ("c1", "c2"))
    own = deviating(CausalGraph(names, claims, None, {"c1": "n1"}), n1=("iron", "low"), n2=("zinc", "low"))
    assert stages(own, names) == {"n1": ("iron", "low"), "n2": ("zinc", "low"), "c1": ("iron", "low")}
    assert stages(own, ["c1", "n2"]) == {"n2": ("zinc", "low")}  # the lack itself is not a candidate


def test_hypogonadism_is_no_stage_of_zinc_deficiency_and_scurvy_is_one_of_vitamin_c_deficiency(real):
    causal = real.causal()
    pairs = {(causal.label(disease), causal.label(status)) for disease, status in causal.diseases.items()}
    assert {("scurvy", "vitamin C deficiency"), ("wet beriberi", "thiamine deficiency")} < pairs
    assert not {"hypogonadism", "pregnancy loss", "rickets", "goiter"} & {disease for disease, _ in pairs}


def test_a_finding_that_brings_about_a_candidate_counts_as_a_circumstance_too():
    given_graph = graph(("n1", "f1"), ("n2", "f1"), ("f2", "n2", "high"), ("p1", "f2"))
    first, second, *_ = rank_candidates(given_graph, Case(("f1", "f2")), 20)
    assert (first.iri, list(first.context), second.iri) == ("n2", ["f2"], "n1")
    assert first.score - second.score == pytest.approx(5 * 0.5 * STEP, abs=1e-3)


def test_that_a_lack_brings_its_low_level_is_no_circumstance_of_the_lack():
    given_graph = graph(("n1", "n2", "high"), ("n1", "f1"), ("n2", "f1"))
    alike = deviating(given_graph, n1=("iron", "low"), n2=("iron", "low"))
    [first] = rank_candidates(alike, Case(("n2", "f1")), 20)
    assert ({first.iri, *first.stages}, first.context) == ({"n1", "n2"}, {})


def test_who_tells_of_severe_diarrhea_told_of_diarrhea():
    given_graph = graph(("c1", "f1", "high"), ("n1", "f1"), ("n1", "c2"))
    wide = CausalGraph(given_graph.states, given_graph.claims, {"c1": frozenset({"c1", "c2"})})
    assert order(wide, Case(("c2", "f1"))) == ["n1"]
    assert order(wide, Case(("f1",), ("c2",))) == ["c1", "n1"]  # what is absent leaves the wider one open


def test_a_circumstance_counts_by_its_degrees_too_and_then_for_less():
    given_graph = graph(("e2", "n1", "high"), ("n1", "f1"))
    wide = CausalGraph(
        {**given_graph.states, "e1": State("e1", "e1", "Exposure")}, given_graph.claims, {"e1": frozenset({"e1", "e2"})}
    )
    [first] = rank_candidates(wide, Case(("f1",), (), ("e1",)), 20)
    assert first.context["e1"] == Route(given_graph.claims[:1], pytest.approx(DEGREE * STEP))


def test_a_rare_effect_counts_where_its_exposure_makes_most_of_it():
    seldom = Claim("e1>c1", "e1", "promotes", "c1", "established", "high", frequency="veryRare")
    other = Claim("e2>c1", "e2", "promotes", "c1", "established", "high")
    found = Claim("c1>f1", "c1", "promotes", "f1", "established", "high")
    for more, counts in ((), STEP), ((other,), STEP), ((other, other._replace(iri="n1>c1", cause="n1")), 0.9 * 0.08):
        names = {name: State(name, name, KINDS[name[0]]) for name in ("c1", "e1", "e2", "f1", "n1")}
        candidates = rank_candidates(CausalGraph(names, (seldom, found, *more)), Case(("f1",), (), ("e1",)), 20)
        [first] = [one for one in candidates if one.iri == "c1"]
        assert first.context["e1"].strength == pytest.approx(counts)


def test_a_lack_that_the_circumstances_make_likely_stands_for_the_condition_that_it_brings():
    given_graph = graph(("e1", "n1", "high"), ("n1", "c1", "high"), ("c1", "f1", "high"), ("c1", "f2", "high"))
    [first] = rank_candidates(given_graph, Case(("f1", "f2"), (), ("e1",)), 20)
    assert (first.iri, first.also) == ("n1", ("e1", "c1"))
    assert order(given_graph, Case(("f1", "f2"))) == ["c1", "n1"]


def test_a_condition_that_the_circumstances_bring_more_strongly_stands_on_its_own():
    lack = (("e1", "n1"), ("n1", "c1", "high"), ("c1", "f1", "high"))
    assert order(graph(*lack, ("e1", "c1", "high")), Case(("f1",), (), ("e1",)))[0] == "c1"
    assert order(graph(*lack, ("e1", "c1", "very low")), Case(("f1",), (), ("e1",)))[0] == "n1"


def test_a_circumstance_counts_by_a_short_route_only():
    given_graph = graph(*itertools.pairwise(["e1", "p1", "n1", "n2"]), ("n1", "f1"), ("n2", "f1"))
    found = {one.iri: list(one.context) for one in rank_candidates(given_graph, Case(("f1",), (), ("e1",)), 20)}
    assert (found["n1"], found["n2"]) == (["e1"], [])


def test_circumstances_alone_give_risks():
    given_graph = graph(("e1", "n1", "high"), ("e2", "n1"), ("e2", "n2"), ("n1", "f1"))
    found = rank_candidates(given_graph, Case((), (), ("e1", "e2")), 20)
    assert [(one.iri, list(one.context)) for one in found] == [("n1", ["e1", "e2"]), ("n2", ["e2"])]


def test_drugs_alone_give_what_they_put_one_at_risk_of_and_what_to_watch(real):
    answer = real.explain([], context=["metformin", "omeprazole"], top=5)
    assert "vitamin B12 deficiency" in [answer.causal.label(one.iri) for one in answer.candidates[:2]]
    assert all(one.explained == {} and one.context for one in answer.candidates)
    assert {one.iri for one in answer.candidates} >= answer.next_tests.keys() != set()
    with pytest.raises(UnknownName, match="nothing is understood in 'xyzzy'"):
        real.explain([], context=["xyzzy"])


def test_of_candidates_that_explain_alike_the_commoner_comes_first():
    told = [("n2", "common", None), ("n2", "rare", None), ("n1", "veryCommon", "women")]
    rows = [(Literal(KG + state), Literal(KG + found), population and Literal(population)) for state, found, population in told]
    alike = [Candidate(KG + iri, 2.0, {}, (), {}, {}) for iri in ("n1", "n2")]
    found = [*alike, Candidate(KG + "n3", 3.0, {}, (), {}, {})]

    def order(people):
        return [(one.iri.removeprefix(KG), one.commonness) for one in by_commonness(lambda text: rows, found, people)]

    assert order([]) == [("n3", ""), ("n2", "common"), ("n1", "")]
    assert order(["women"]) == [("n3", ""), ("n1", "veryCommon"), ("n2", "common")]


def test_an_explanation_is_a_value_of_its_own(real):
    found = real.explain(["night blindness"], top=2)
    assert found == copy.copy(found) == pickle.loads(pickle.dumps(found)) == real.explain(["night blindness"], top=2)
    assert found._replace(notes=("new",)).notes == ("new",)
    assert all(claim.cause in found.causal.states for claim in found.causal.claims)
    assert found.to_dict()["candidates"][0]["commonness"] in (None, *COMMONNESS)


def candidate(iri: str, score: float, stages: tuple[str, ...] = ()) -> Candidate:
    return Candidate(iri, score, {}, (), {}, {}, stages=stages)


@pytest.mark.parametrize(
    ("found", "rival"),
    [
        ([candidate("a", 5), candidate("b", 4), candidate("stroke", 3)], 2),  # must not be missed, and is near
        ([candidate("a", 5), candidate("b", 4), candidate("c", 2, ("stroke",))], 2),
        ([candidate("a", 5), candidate("b", 4), candidate("stroke", 1)], 1),  # far off
        ([candidate("stroke", 5), candidate("b", 4), candidate("sepsis", 3)], 1),  # the first one is that itself
        ([candidate("a", 5), candidate("sepsis", 4), candidate("stroke", 3)], 1),
        ([candidate("a", 5), candidate("b", 4)], 1),
    ],
)
def test_the_first_is_told_from_the_likeliest_rival_or_one_that_must_not_be_missed(found, rival):
    assert rival_of_first(found, {"stroke", "sepsis"}) == rival


def test_what_must_not_be_missed_are_states_of_the_graph(real):
    assert len(dangers()) > 20
    assert dangers() <= real.causal().states.keys()


def answering(*rows: tuple[str, str, str, str, int, str, str | None]):
    """What answers the question for tests, with rows of state, test, label, kind, place, certainty and rival."""
    answers = []
    for state, test, label, kind, place, certainty, rival in rows:
        words = (KG + state, KG + test, label, KG + kind, str(place), KG + certainty)
        answers.append((*map(Literal, words), rival and Literal(KG + rival)))
    return lambda text: answers


def next_of(rows, states: list[str], told: set[str] = frozenset(), rival: int = 1) -> dict[str, str]:
    found = next_tests(rows, [(KG + state,) for state in states], told, rival)
    return {iri.removeprefix(KG): test.label for iri, test in found}


def test_the_next_test_is_one_of_the_candidate_itself_that_a_laboratory_measures():
    rows = answering(
        ("a", "t1", "a sign", "Sign", 1, "highCertainty", None),
        ("a", "t2", "serum a", "Biomarker", 1, "moderateCertainty", None),
        ("a", "t3", "iodine of a population", "Biomarker", 1, "highCertainty", None),
        ("b", "t4", "serum b", "Biomarker", 1, "highCertainty", None),
        ("c", "t5", "far off", "LabFinding", 3, "highCertainty", None),
    )
    assert next_of(rows, ["a", "b", "c"]) == {
        "a": "serum a",
        "b": "serum b",
        "c": "serum a",  # more direct than its own, which is far off
    }
    assert next_of(rows, ["a", "b", "c"], {KG + "t2"})["a"] == "a sign"


def test_what_a_source_says_tells_two_apart_comes_first_and_the_rival_may_be_another_than_the_second():
    rows = answering(
        ("a", "t1", "serum a", "Biomarker", 1, "highCertainty", None),
        ("a", "t2", "a sign", "Sign", 0, "highCertainty", "c"),
        ("c", "t3", "a value", "Biomarker", 0, "lowCertainty", "a"),
    )
    assert next_of(rows, ["a", "b", "c"])["a"] == "serum a"
    assert next_of(rows, ["a", "b", "c"], rival=2)["a"] == "a value"


def test_the_answer_names_what_the_next_test_tells_the_first_from(real):
    reply = real.explain(["fatigue", "weight gain", "constipation", "dry skin"], top=4).to_dict()
    named = {one["iri"] for one in reply["candidates"]}
    froms = [one["next_test_from"] for one in reply["candidates"]]
    assert froms[0] in named - {reply["candidates"][0]["iri"]}
    assert {one for one in froms[1:] if one} == {reply["candidates"][0]["iri"]}


def test_a_word_that_is_short_for_something_else_too_says_so(real):
    said = "'anorexia' is read as poor appetite; it also means anorexia nervosa, which is another term"
    assert said in real.explain(["anorexia"]).notes
