"""Routes: told on the small graph, equal to networkx on random ones and the real one, and fast to the first on long ones."""

import copy
import itertools
import pickle
import re

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from kg.build.causal_scan import scan_causal
from kg.build.steps import keep_steps
from kg.causal.different import different
from kg.causal.kept_steps import read_steps
from kg.causal.model import HUB, CausalGraph, Claim, Evidence, Source, State
from kg.causal.route import Route
from kg.causal.route_search import first, routes
from kg.causal.strength import LISTED, unmet, worth
from kg.causal.upstream import Upstream
from kg.causal.verdict import ask, choose, judge
from kg.errors import UnknownName, UsageError
from kg.grounding.resolve import Term
from kg.rdf.vocabulary import CERTAINTIES

KG = "https://w3id.org/nutrition-kg/"

#: How prominently claims of a certainty are told here.
TOLD = {"high": 5, "moderate": 4, "low": 2, "very low": 0}


def graph(*edges: tuple[str, str, str]) -> CausalGraph:
    """A graph of edges (cause, effect, certainty), told the more the surer; an effect that starts with - is inhibited."""
    names = {name.removeprefix("-") for edge in edges for name in edge[:2]}
    claims = [
        Claim(
            f"{a}>{b}",
            a,
            "inhibits" if b[0] == "-" else "promotes",
            b.removeprefix("-"),
            "probable",
            certainty,
            prominence=TOLD[certainty],
        )
        for a, b, certainty in edges
    ]
    return CausalGraph({name: State(name, name, "Condition") for name in sorted(names)}, tuple(claims))


def told(found) -> list[str]:
    return [" ".join(route.states) + f" {route.sign} {route.certainty}" for route in found]


def worth_of(found) -> list[tuple[str, float]]:
    return [(" ".join(route.states), pytest.approx(route.strength, abs=1e-4)) for route in found]


def test_the_routes_of_the_small_graph(small):
    found = small.paths("lack of B12", "muscle tightness")
    assert [[state.removeprefix(KG) for state in route.states] for route in found] == [
        ["vitamin-b12-deficiency", "impaired-myelin-maintenance", "nerve-misfiring", "muscle-cramp", "muscle-tightness"]
    ]
    assert (found[0].sign, found[0].certainty) == ("+", "very low")


def test_what_a_source_refutes_no_chain_brings_back(small):
    """A refuted claim says that a vegan diet makes muscle tight: nor does it by way of vitamin B12, though each step stands."""
    assert len(small.paths("strict vegan diet", "muscle cramp")) == 1
    assert len(small.paths("strict vegan diet", "muscle tightness")) == 0


def test_the_strongest_comes_first():
    given_graph = graph(("a", "z", "low"), ("a", "b", "high"), ("b", "c", "high"), ("c", "z", "moderate"), ("b", "z", "low"))
    found = list(routes(given_graph, "a", "z"))
    assert told(found) == ["a z + low", "a b z + low", "a b c z + moderate"]
    step = 0.9 * 0.65  # what a step keeps whose frequency nobody gives
    assert worth_of(found) == [("a z", step * 0.7), ("a b z", step**2 * 0.7), ("a b c z", step**3 * 0.9)]


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ("probable high, probable high", ["Yes: every step is well sourced."]),
        ("probable high, probable moderate", ["Probably: every step has good sources."]),
        ("established high, probable low", ["Perhaps: a step rests on little.", "Well sourced: a leads to b."]),
        (
            "contested moderate, established high",
            ["Probably: every step has good sources.", "Well sourced: b leads to c.", "Sources disagree: a leads to b."],
        ),
        (
            "contested very low, unverified very low",
            ["Perhaps: one of the steps has no good source.", "Sources disagree: a leads to b.", "Without a good source: b leads to c."],
        ),
    ],
)  # fmt: skip
def test_a_route_is_judged_in_words(statuses, verdict):
    judged = [one.partition(" ")[::2] for one in statuses.split(", ")]
    claims = tuple(
        Claim(f"{a}>{b}", a, "promotes", b, status, certainty)
        for (a, b), (status, certainty) in zip(("ab", "bc"), judged, strict=True)
    )
    chain = CausalGraph({name: State(name, name, "Condition") for name in "abc"}, claims)
    (route,) = routes(chain, "a", "c")
    assert list(judge(chain, route)) == verdict
    assert ask(chain, route) == "Can a lead to c?"


@pytest.mark.parametrize(
    ("study", "words"), [("consumer article", "Only in a popular article"), ("encyclopedia", "Without a good source")]
)
def test_a_step_is_said_to_be_in_an_article_only_where_that_is_so(study, words):
    lines = (Evidence(Source("s", "A source", ""), "supports", study),)
    claims = (Claim("ab", "a", "promotes", "b", "unverified", "very low", lines),)
    pair = CausalGraph({name: State(name, name, "Condition") for name in "ab"}, claims)
    (route,) = routes(pair, "a", "b")
    assert list(judge(pair, route)) == ["Perhaps: one of the steps has no good source.", f"{words}: a leads to b."]


def test_the_better_sourced_of_two_strong_routes_answers():
    weak_and_sure = graph(("a", "z", "very low"), ("a", "b", "high"), ("b", "z", "high"))
    found = sorted(routes(weak_and_sure, "a", "z"), key=lambda one: -one.strength)
    direct, longer = (next(one for one in found if len(one.claims) == steps) for steps in (1, 2))
    assert choose([direct, longer]) is longer
    assert choose([direct]) is direct
    assert choose([direct._replace(strength=1.0), longer._replace(strength=0.4)]).claims == direct.claims
    disputed = direct._replace(claims=(direct.claims[0]._replace(status="contested"),))
    assert choose([longer, disputed]) is disputed  # no chain settles what sources dispute


def test_a_loop_is_asked_about_as_one():
    (route,) = routes(graph(("a", "b", "low"), ("b", "-a", "low")), "a", "a")
    assert ask(graph(("a", "b", "low")), route) == "Can a hold itself back?"


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


def test_a_long_chain_is_found_where_that_many_steps_are_asked_for():
    chain = graph(*[(f"{i:03}", f"{i + 1:03}", "high") for i in range(30)])
    assert [len(route.claims) for route in routes(chain, "000", "030", max_steps=30)] == [30]
    assert list(routes(chain, "000", "030")) == []


def test_the_first_route_does_not_wait_for_the_others():
    layers = [[f"{layer}-{place}" for place in range(12)] for layer in range(10)]
    edges = [(a, b, "low") for one, other in itertools.pairwise(layers) for a in one for b in other]
    wide = graph(("a", "z", "low"), *[("a", b, "low") for b in layers[0]], *edges, *[(a, "z", "low") for a in layers[-1]])
    assert told([next(routes(wide, "a", "z"))]) == ["a z + low"]


nodes = st.sampled_from("abcdef")
edges = st.lists(st.tuples(nodes, nodes, st.sampled_from(CERTAINTIES)), max_size=16, unique_by=lambda edge: edge[:2])


def read_bit_by_bit(whole: CausalGraph, *ends: str) -> tuple[Upstream, list[set[str]]]:
    """A graph that answers what :class:`Upstream` asks, as an endpoint would (a state is ``e:a`` there), and the states asked for each time."""
    asked: list[set[str]] = []

    def rows(text: str):
        states = set(re.findall(r"<e:(\w+)>", text.partition("VALUES ?effect")[2]))
        if states:
            asked.append(states)
        for claim in sorted(whole.claims, reverse=True):
            if claim.effect in states:
                certainty = claim.certainty.replace("very low", "veryLow") + "Certainty"
                words = (claim.iri, f"e:{claim.cause}", claim.relation, f"e:{claim.effect}", claim.status, certainty)
                cause = whole.states[claim.cause]
                yield (
                    *map(Literal, words),
                    *[None] * 6,
                    Literal(claim.prominence),
                    Literal(cause.label),
                    Literal(cause.kind),
                    None,
                    None,
                )

    return Upstream(rows, *(Term(f"e:{end}", end, "Condition") for end in ends)), asked


def bare(lines: list[str]) -> list[str]:
    """The routes with the names of the whole graph."""
    return [line.replace("e:", "") for line in lines]


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
    assert bare(told(routes(bit_by_bit, "e:a", "e:f"))) == told(routes(whole, "a", "f"))
    upstream = networkx.ancestors(networkx.DiGraph([(c.cause, c.effect) for c in whole.claims]), "f") | {"f"}
    assert set().union(*asked) <= upstream  # nothing is fetched that does not lead to the effect
    assert sum(map(len, asked)) == len(set().union(*asked))  # and nothing twice


def test_a_route_next_door_is_told_after_one_question():
    layers = [("a", "z", "high"), *((str(n), str(n + 1), "high") for n in range(50)), ("50", "z", "high")]
    bit_by_bit, asked = read_bit_by_bit(graph(*layers), "a", "z")
    assert bare(told([next(routes(bit_by_bit, "e:a", "e:z"))])) == ["a z + high"]
    assert asked == [{"z"}]


def test_a_further_step_that_one_list_names_costs_and_the_first_one_does_not():
    def worth_of(*listed: bool, **facts: str) -> float:
        ends = itertools.pairwise("abc")
        steps = [
            Claim(f"{a}{b}", a, "promotes", b, "established", "high", listed=one, **facts)
            for (a, b), one in zip(ends, listed, strict=True)
        ]
        return worth(CausalGraph({one: State(one, one, "Condition") for one in "abc"}, tuple(steps)), steps).strength

    assert worth_of(True, False) == worth_of(False, False)
    assert worth_of(False, True) == pytest.approx(LISTED * worth_of(False, False))
    assert worth_of(False, True, frequency="frequent") == worth_of(False, False, frequency="frequent")


def test_to_pass_a_hub_costs():
    crowd = [(f"c{n}", "h", "low") for n in range(HUB)]
    edges = [("a", "h", "high"), ("h", "z", "high"), ("a", "b", "high"), ("b", "z", "low")]
    assert told(routes(graph(*edges, *crowd[1:]), "a", "z")) == ["a b z + low", "a h z + high"]
    assert told(routes(graph(*edges, *crowd[2:]), "a", "z")) == ["a h z + high", "a b z + low"]


def test_a_nutrient_status_is_no_hub():
    crowd = [(f"c{n}", "h", "low") for n in range(HUB)]
    given_graph = graph(("a", "h", "high"), ("h", "z", "high"), ("a", "b", "high"), ("b", "z", "moderate"), *crowd)
    given_graph.states["h"] = State("h", "h", "NutrientStatus")
    assert told(routes(given_graph, "a", "z")) == ["a h z + high", "a b z + moderate"]


def test_a_loop_whose_only_way_out_was_taken_does_not_hold_the_walk():
    """From b one may walk for ages among fifteen states that all lead to each other, and must come back to b to go on."""
    crowd = [f"c{n:02}" for n in range(15)]
    loop = [(a, b, "low") for a, b in itertools.permutations(crowd, 2)]
    given_graph = graph(
        ("a", "b", "low"), ("b", "z", "low"), *loop, *[e for c in crowd for e in (("b", c, "low"), (c, "b", "low"))]
    )
    assert told(routes(given_graph, "a", "z")) == ["a b z + low"]


@given(edges)
def test_the_order_is_by_strength(found_edges):
    given_graph = graph(*[edge for edge in found_edges if edge[0] != edge[1]], ("a", "x", "low"), ("y", "f", "low"))
    found = [round(route.strength, 9) for route in routes(given_graph, "a", "f")]
    assert found == sorted(found, reverse=True)


@pytest.mark.slow
def test_the_routes_of_the_real_graph_are_those_of_networkx_but_for_what_a_rule_ends(real):
    """For every sixth cause and all that it leads to, and said once more: what is missing turns round, goes against a refutation, meets a gate or an answer, or names again what a claim leads to."""
    causal, longest = real.causal(), 3
    live = networkx.DiGraph(
        (one.cause, one.effect) for steps in causal.out.values() for one in steps if one.status != "refuted"
    )
    ruled = {(c.cause, c.effect) for c in causal.claims if c.only_when or c.compensates_for or c.frequency == "excluded"}
    refuted = {(c.cause, c.effect) for c in causal.claims if c.status == "refuted" or c.frequency == "excluded"}

    claimed, steps = ({(one.cause, one.effect) for one in some} for some in (causal.claims, causal.kind_steps))

    def ends(path: tuple[str, ...]) -> bool:
        told = {(causal.states[iri].of, causal.states[iri].deviation) for iri in path}
        turned = any(how == "low" and (of, "high") in told for of, how in told)
        pairs = itertools.combinations(path, 2)
        again = any(
            pair in steps and any((one, pair[1]) in claimed for one in path[:place])
            for place, pair in enumerate(itertools.pairwise(path))
        )
        return (
            turned or again or any(pair in refuted for pair in pairs) or any(pair in ruled for pair in itertools.pairwise(path))
        )

    for cause in sorted(live)[::6]:
        theirs: dict[str, set[tuple[str, ...]]] = {}
        for path in networkx.all_simple_paths(live, cause, set(live) - {cause}, cutoff=longest):
            theirs.setdefault(path[-1], set()).add(tuple(path))
        for effect, paths in theirs.items():
            ours = {route.states for route in routes(causal, cause, effect, longest)}
            assert ours <= paths
            assert all(map(ends, paths - ours)), paths - ours


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


@pytest.mark.parametrize(
    ("cause", "effect", "firsts", "note"),
    [
        (
            "zinc",
            "hair loss",
            {"zinc-deficiency", "zinc-excess"},
            "zinc is a mineral; its routes start from zinc deficiency, zinc excess",
        ),
        (
            "caffeine",
            "reduced iron absorption",
            {"coffee-with-meals"},
            "caffeine is a substance; its routes start from coffee with meals",
        ),
        ("aspirin", "iron deficiency", {"nsaid-use"}, "aspirin is a drug; its routes start from NSAID use"),
        (
            "spinach",
            "excessive bleeding",
            {"spinach"},
            "spinach is a food group; its routes start from what it supplies and what it does to a process",
        ),
        ("zinc deficiency", "hair loss", {"zinc-deficiency"}, None),
        (
            "elderly",
            "bone fracture",
            {"older-adults"},
            "older adults is a population; its routes start from what it is at risk of",
        ),
        # what no term is called so is read as kg explain reads it
        (
            "long-term metformin use",
            "memory problems",
            {"metformin-use"},
            "'long-term metformin use' is read as metformin use, leaving aside 'long term'",
        ),
        (
            "vitamin C deficiency",
            "severe pain in both legs",
            {"vitamin-c-deficiency"},
            "'severe pain in both legs' is read as limb pain, leaving aside 'severe'",
        ),
        # a word that is short for two states starts from both, and ends at the one that a route leads to
        ("vomiting", "tetany", {"prolonged-vomiting"}, "'vomiting' is read as nausea and vomiting and as prolonged vomiting"),
        (
            "iron excess",
            "diabetes",
            {"iron-overload"},
            "'diabetes' is read as diabetes of any type, since no route leads to type 2 diabetes mellitus",
        ),
    ],
)
def test_what_is_no_state_starts_routes_by_its_states_and_says_so(real, cause, effect, firsts, note):
    found = real.paths(cause, effect, limit=3)
    assert {route.states[0].removeprefix(KG) for route in found} == firsts
    assert found.notes == ((note,) if note else ())
    assert found.to_dict()["notes"] == list(found.notes)


def test_what_a_group_is_at_risk_of_is_asked_about_as_that(real):
    found = real.paths("elderly", "bone fracture", limit=1)
    assert [found.causal.label(state) for state in found[0].states] == ["older adults", "osteoporosis", "bone fracture"]
    assert found[0].claims[0].evidence
    assert ask(found.causal, found[0]) == "Can what older adults are at risk of lead to bone fracture?"


@pytest.mark.parametrize(
    ("cause", "effect", "said"),
    [
        ("vitamin B13 deficiency", "fatigue", "no State is called 'vitamin B13 deficiency'; nearest: "),
        ("iron deficiency", "no fever", "no State is called 'no fever'; nearest: "),
        ("iron deficiency", "fatigue and hair loss and chest pain in a man of 70", "no State is called"),
        ("iron deficiency", "kg:no-such-state", "no State is called 'kg:no-such-state'"),
        ("magnesium", "magnesium", "no State is called 'magnesium' (it is the name of a mineral)"),
    ],
)
def test_what_is_read_as_nothing_or_as_several_things_is_no_end(real, cause, effect, said):
    with pytest.raises(UnknownName, match=re.escape(said)):
        real.paths(cause, effect)


def test_a_food_keeps_off_the_lack_of_what_it_supplies(real):
    [route] = real.paths("spinach", "vitamin K deficiency", limit=1)
    assert (route.sign, route.claims[0].relation) == ("-", "inhibits")
    assert route.claims[0].evidence


@pytest.mark.parametrize("name", ["liver", "parathyroid hormone", "walnuts"])
def test_what_nothing_is_said_to_do_starts_no_route(real, name):
    with pytest.raises(UsageError, match="no causal claim starts from it; "):
        real.paths(name, "fatigue")


def test_of_several_causes_each_starts_its_routes_and_none_passes_another():
    given_graph = graph(("a", "b", "high"), ("b", "z", "high"), ("c", "z", "low"), ("d", "c", "high"))
    assert told(routes(given_graph, ["a", "b", "d"], "z")) == ["b z + high", "d c z + low"]


@pytest.mark.parametrize(
    ("cause", "effect", "context"),
    [
        ("folate deficiency", "neural tube defect", "pregnant"),
        ("hypokalemia", "paralysis", "severe hypokalemia"),
        ("biotin deficiency", "developmental delay", "3 months old"),
        ("vitamin D deficiency", "statin-associated muscle disease", "atorvastatin"),
        ("scurvy", "inability to walk", "infant"),  # a claim of children
        ("scurvy", "inability to walk", "toddler"),
    ],
)
def test_a_circumstance_that_is_told_meets_a_gate(real, cause, effect, context):
    [without] = real.paths(cause, effect, limit=1)
    [told_of] = real.paths(cause, effect, limit=1, context=[context])
    assert told_of.strength > without.strength
    steps = [real.paths(cause, effect, limit=1, context=one).to_dict()["paths"][0]["steps"] for one in ([], [context])]
    assert ["only_when" in one[0] for one in steps] == [True, False]


def test_a_circumstance_of_which_nothing_is_understood_is_refused(real):
    with pytest.raises(UnknownName, match="no circumstance is understood in 'qwertz'"):
        real.paths("hypokalemia", "paralysis", context=["qwertz"])


# The rules that bend a product: a table of small graphs, each with what is told and what it is worth


def ruled(*claims: Claim, states: dict[str, tuple[str, str]] | None = None, kinds=None) -> CausalGraph:
    names = {name for claim in claims for name in (claim.cause, claim.effect, *claim.only_when, claim.compensates_for) if name}
    facts = {name: State(name, name, "Condition", "", (), *(states or {}).get(name, ("", ""))) for name in sorted(names)}
    return CausalGraph(facts, claims, kinds)


def claim(ends: str, certainty: str = "high", status: str = "established", relation: str = "promotes", **more) -> Claim:
    cause, effect = ends.split(">")
    return Claim(ends, cause, relation, effect, status, certainty, **{"prominence": TOLD[certainty], **more})


def strengths(given_graph: CausalGraph, cause: str, effect: str, told_of=()) -> dict[str, float]:
    found = routes(given_graph, cause, effect, told=told_of)
    return {"".join(route.states): pytest.approx(route.strength, abs=1e-6) for route in found}


STEP = 0.9 * 0.65
CONTESTED = 0.6


@pytest.mark.parametrize(
    ("frequency", "share"),
    [("obligate", 1), ("veryFrequent", 0.95), ("frequent", 0.75), ("", 0.65), ("occasional", 0.3), ("veryRare", 0.08)],
)
def test_a_step_counts_by_how_often_the_effect_is_there(frequency, share):
    assert strengths(ruled(claim("a>z", frequency=frequency)), "a", "z") == {"az": 0.9 * share}


def test_what_is_never_there_is_no_step_and_what_is_by_definition_asks_for_no_count_of_sources():
    assert strengths(ruled(claim("a>z", frequency="excluded")), "a", "z") == {}
    assert strengths(ruled(claim("a>z", "very low", by_definition=True)), "a", "z") == {"az": 0.9}


def test_a_gate_on_children_is_not_met_by_adults(real):
    [told_of] = real.paths("scurvy", "inability to walk", limit=1, context=["42 year old man"])
    assert told_of.strength == next(iter(real.paths("scurvy", "inability to walk", limit=1))).strength


def test_a_gate_in_the_middle_ends_a_route_unless_it_is_passed_or_told():
    given_graph = ruled(claim("a>b"), claim("b>z", only_when=("g",)), claim("g>a"))
    assert strengths(given_graph, "a", "z") == {}
    assert strengths(given_graph, "g", "z") == {"gabz": STEP**3}
    assert strengths(given_graph, "a", "z", ["g"]) == {"abz": STEP**2}


def test_a_kind_of_the_gate_meets_it():
    given_graph = ruled(claim("a>b"), claim("b>z", only_when=("g",)), kinds={"g": frozenset("ga")})
    assert strengths(given_graph, "a", "z") == {"abz": STEP**2}


def test_a_gate_on_the_first_step_costs_and_is_named():
    given_graph = ruled(claim("a>z", only_when=("g",)))
    assert strengths(given_graph, "a", "z") == {"az": 0.5 * STEP}
    assert unmet(given_graph, given_graph.claims) == [("g",)]
    assert unmet(given_graph, given_graph.claims, ["g"]) == [()]


def test_of_two_gates_both_must_be_met():
    given_graph = ruled(claim("g>b"), claim("b>z", only_when=("g", "h")))
    assert strengths(given_graph, "g", "z") == {}
    assert strengths(given_graph, "g", "z", ["h"]) == {"gbz": STEP**2}


def test_a_degree_of_the_cause_that_is_not_known_costs_anywhere():
    given_graph = ruled(claim("a>b"), claim("b>z", only_when=("severe b",)), kinds={"b": frozenset({"b", "severe b"})})
    assert strengths(given_graph, "a", "z") == {"abz": 0.4 * STEP**2}
    assert strengths(given_graph, "b", "z", ["severe b"]) == {"bz": STEP}


def test_no_route_passes_both_directions_of_one_quantity_but_what_a_source_says_stands():
    low, high = {"b": ("calcium", "low")}, {"c": ("calcium", "high")}
    given_graph = ruled(claim("a>b"), claim("b>c"), claim("c>z"), states=low | high)
    assert strengths(given_graph, "a", "z") == {}
    assert strengths(given_graph, "b", "c") == {"bc": STEP}


def test_a_compensation_does_not_end_in_the_opposite_of_what_it_answers():
    states = {"low": ("calcium", "low"), "high": ("calcium", "high")}
    given_graph = ruled(claim("a>p", compensates_for="low"), claim("p>high"), claim("p>z"), states=states)
    assert strengths(given_graph, "a", "high") == {}
    assert strengths(given_graph, "a", "z") == {"apz": STEP**2}
    assert strengths(given_graph, "p", "high") == {"phigh": STEP}


KINDS = {
    "anemia": frozenset(("anemia", "megaloblastic")),
    "z": frozenset(("z", "narrow", "narrower")),
    "narrow": frozenset(("narrow", "narrower")),
}


def test_that_a_state_is_a_kind_of_a_wider_one_is_a_step_of_its_own():
    """What leads to a kind leads to the wider state; what holds of the wider one holds of most of its kinds."""
    given_graph = ruled(claim("lack>megaloblastic"), claim("anemia>tired"), kinds=KINDS)
    assert strengths(given_graph, "lack", "anemia") == {"lackmegaloblasticanemia": STEP * 0.9}
    assert strengths(given_graph, "megaloblastic", "tired") == {"megaloblasticanemiatired": 0.9 * STEP * 0.6}
    assert strengths(given_graph, "anemia", "megaloblastic") == {}


def test_a_claim_between_a_state_and_its_kind_stands_in_the_place_of_that_step():
    given_graph = ruled(claim("megaloblastic>anemia", "low"), kinds=KINDS)
    assert strengths(given_graph, "megaloblastic", "anemia") == {"megaloblasticanemia": STEP * 0.7}


def test_a_kind_of_a_kind_is_told_step_by_step():
    """Each step to what is wider is true by definition; what holds of the widest holds of most of its kinds, once."""
    given_graph = ruled(claim("a>narrower"), claim("b>narrow"), claim("z>y"), kinds=KINDS)
    assert strengths(given_graph, "a", "z") == {"anarrowernarrowz": STEP * 0.9 * 0.9}
    assert strengths(given_graph, "a", "y") == {"anarrowernarrowzy": pytest.approx(STEP * 0.9 * 0.9 * STEP * 0.6)}


def test_what_is_a_kind_of_something_makes_it_no_hub():
    many = frozenset(("z", *(f"z{place}" for place in range(HUB + 2))))
    given_graph = ruled(
        claim("a>z"), claim("z>y"), *(claim(f"b{kind}>{kind}") for kind in sorted(many - {"z"})), kinds={"z": many}
    )
    assert not given_graph.is_hub("z")


def test_a_kind_step_names_the_term_that_says_it(real):
    found = real.paths("vitamin C deficiency", "swelling", limit=1)
    assert [real.causal().label(iri) for iri in found[0].states][-2:] == ["joint swelling", "swelling"]
    last = found.to_dict()["paths"][0]["steps"][-1]
    assert (last["relation"], last["sources"]) == ("kindOf", [])
    assert last["claim"] == KG + "joint-swelling#kindOf-swelling"


def test_to_name_a_kind_by_its_wider_name_adds_nothing_where_a_claim_leads_there_straight():
    given_graph = ruled(claim("lack>megaloblastic"), claim("lack>anemia"), claim("anemia>tired"), kinds=KINDS)
    assert strengths(given_graph, "lack", "tired") == {"lackanemiatired": STEP**2}
    assert strengths(given_graph, "lack", "anemia") == {"lackanemia": STEP}


def test_routes_read_bit_by_bit_pass_kinds_as_the_whole_graph_does(real):
    whole = real.causal()
    for cause, effect in (
        ("folate deficiency", "anemia"),
        ("nitrous oxide use", "numbness"),
        ("vitamin C deficiency", "swelling"),
    ):
        ends = [real.term(name, "State").iri for name in (cause, effect)]
        ours = [route.states for route in real.paths(cause, effect, limit=5, strength=0)]
        assert ours == [route.states for route in different(whole, routes(whole, *ends), 5, 0)[0]]


def test_a_chain_is_worth_no_more_than_the_disputed_claim_that_it_spells_out():
    chain = claim("a>b"), claim("b>z"), claim("z>y")
    contested = ruled(*chain, claim("a>z", "very low", "contested", frequency="occasional"))
    capped = pytest.approx(0.9 * 0.3 * 0.5 * CONTESTED)
    assert strengths(contested, "a", "z") == {"az": capped, "abz": capped}
    weak = ruled(*chain, claim("a>z", "very low", "contested", frequency="veryRare"))
    capped = pytest.approx(0.9 * 0.08 * 0.5 * CONTESTED * STEP)
    assert strengths(weak, "a", "y") == {"azy": capped, "abzy": capped}
    assert strengths(ruled(*chain, claim("a>z", status="refuted")), "a", "z") == {}
    assert strengths(ruled(*chain, claim("a>z", status="refuted", relation="inhibits")), "a", "z") == {"abz": STEP**2}


@pytest.mark.parametrize(
    ("frequency", "gate", "chain"),
    [
        ("veryRare", (), 0.9 * 0.08),
        ("occasional", (), 0.9 * 0.3),
        ("frequent", (), STEP**2),
        ("", (), STEP**2),
        ("veryRare", ("g",), STEP**2),
    ],
    ids=["rarely", "sometimes", "often", "not counted", "counted in a group alone"],
)
def test_a_chain_is_worth_no_more_than_what_was_counted_as_seldom(frequency, gate, chain):
    counted = claim("a>z", frequency=frequency, only_when=gate)
    assert strengths(ruled(claim("a>b"), claim("b>z"), counted), "a", "z")["abz"] == pytest.approx(chain)


def test_a_loop_without_gain_carries_nothing_elsewhere():
    given_graph = ruled(claim("a>b"), claim("b>a"), claim("b>z"))
    assert strengths(given_graph, "a", "z") == {"abz": STEP**2}
    assert strengths(given_graph, "a", "a") == {"aba": STEP**2}


def test_the_first_routes_are_different_ways_and_what_is_weak_beside_them_is_left_out():
    given_graph = ruled(
        *(claim(f"a>{way}") for way in "bcd"),
        *(claim(f"{way}>z") for way in "bc"),
        *(claim("b>e"), claim("e>z"), claim("d>z", "moderate", frequency="veryRare")),
    )
    found, more, weaker, _ = different(given_graph, routes(given_graph, "a", "z"), 5)
    assert [("".join(route.states)) for route in found] == ["abz", "acz", "abez"]
    assert (more, weaker) == (False, True)
    whole, more, weaker, _ = different(given_graph, routes(given_graph, "a", "z"), 2, least=0)
    assert ([("".join(route.states)) for route in whole], more, weaker) == (["abz", "acz"], True, False)
    assert len(different(given_graph, routes(given_graph, "a", "z"), 9, least=0)[0]) == 4


def ways(*chains: tuple[str, str]) -> tuple[CausalGraph, list[Route]]:
    """Routes as a state each and a strength in hundredths; the states of illness are in capitals, the others steps of mechanism."""
    found = []
    names: dict[str, State] = {}
    for chain, strength in chains:
        claims = [Claim(f"{a}>{b}", a, "promotes", b, "probable", "low") for a, b in itertools.pairwise(chain)]
        names.update((one, State(one, one, "Condition" if one.isupper() else "PhysiologicalState")) for one in chain)
        found.append(Route(tuple(claims), int(strength) / 100))
    return CausalGraph(names, ()), found


@pytest.mark.parametrize(
    ("chains", "told_of"),
    [
        # a different way before a spelling, but not one that is negligible beside the strongest
        ([("aBz", "50"), ("aBcz", "25"), ("aDz", "20")], ["aBz", "aDz", "aBcz"]),
        ([("aBz", "50"), ("aBcz", "25"), ("aDz", "10")], ["aBz", "aBcz"]),
        ([("aBz", "50"), ("aBcz", "25"), ("aDz", "12")], ["aBz", "aBcz", "aDz"]),
        # a way by way of more illnesses must be worth more of the strongest; a chain of mechanism need not
        ([("aBz", "50"), ("aCDz", "14")], ["aBz"]),
        ([("aBz", "50"), ("aCDz", "16")], ["aBz", "aCDz"]),
        ([("aBz", "50"), ("aCDEz", "24")], ["aBz"]),
        ([("aBz", "50"), ("acdez", "7")], ["aBz", "acdez"]),
        ([("aBCz", "50"), ("aDEz", "10")], ["aBCz"]),
        ([("aBCz", "50"), ("aDEz", "12")], ["aBCz", "aDEz"]),
        # the direct claim passes no illness: where it is strong, a way through one adds nothing
        ([("az", "50"), ("aCz", "14"), ("acz", "7")], ["az", "acz"]),
        ([("az", "50"), ("aCz", "16")], ["az", "aCz"]),
        ([("az", "50"), ("aCDz", "24")], ["az"]),
        # a way by two illnesses that is weak by itself is no answer, though it were the strongest; a chain of mechanism is
        ([("aBCz", "4")], []),
        ([("aBCz", "5")], ["aBCz"]),
        ([("aBcz", "1")], ["aBcz"]),
    ],
)
def test_which_ways_are_told(chains, told_of):
    given_graph, found = ways(*chains)
    assert ["".join(route.states) for route in different(given_graph, iter(found), 5)[0]] == told_of


@pytest.mark.parametrize(
    ("place", "change", "strength", "told_of"),
    [
        # only lists of one work say that the cause leads to C: told beside B where it is nearly as strong, and what spells it out with it
        (0, {"listed": True}, 39, ["aBz"]),
        (0, {"listed": True}, 41, ["aBz", "aCz", "aCez"]),
        (1, {"listed": True}, 39, ["aBz", "aCz", "aCez"]),
        # the same where what C brings needs a degree of C that nothing says is reached
        (1, {"only_when": ("F",)}, 39, ["aBz"]),
        (1, {"only_when": ("F",)}, 41, ["aBz", "aCz", "aCez"]),
    ],
)
def test_an_exception_is_told_only_where_it_is_nearly_as_strong(place, change, strength, told_of):
    given_graph, [first, other, spelled] = ways(("aBz", "50"), ("aCz", str(strength)), ("aCez", "20"))
    given_graph.kinds = {"C": frozenset(("C", "F"))}
    changed = tuple(claim._replace(**change) if at == place else claim for at, claim in enumerate(other.claims))
    found = iter([first, other._replace(claims=changed), spelled])
    assert ["".join(route.states) for route in different(given_graph, found, 5)[0]] == told_of


@pytest.mark.parametrize(
    ("chains", "mechanism"),
    [
        ([("az", "50"), ("aCz", "14")], "aCz"),  # too weak to be a way of its own, and still how it comes about
        ([("az", "50"), ("aCz", "5")], None),
        ([("az", "50"), ("aCDz", "24")], None),  # two illnesses explain nothing
        ([("az", "50"), ("aCz", "16")], None),  # told as a way of its own
        ([("aBz", "50"), ("aCDz", "14")], None),
        ([("az", "9"), ("acz", "2")], None),
    ],
)
def test_the_best_weak_mechanism_stands_beside_a_claim_that_is_alone(chains, mechanism):
    given_graph, found = ways(*chains)
    best = different(given_graph, iter(found), 5).mechanism
    assert (best and "".join(best.states)) == mechanism


def test_where_a_state_leads_nowhere_its_kinds_start_the_routes(real):
    found = real.paths("vitamin D supplement use", "polyuria")
    assert {found.causal.label(route.states[0]) for route in found} == {"vitamin D supplement overuse"}
    assert found.notes == (
        "vitamin D supplement use is not known to lead there; the routes start from kinds of it: vitamin D supplement overuse",
    )


def test_a_mechanism_is_named_as_weak(real):
    found = real.paths("anemia", "dyspnea")
    assert [len(route.claims) for route in found] == [1]
    assert [found.causal.label(iri) for iri in found.mechanism.states] == ["anemia", "heart failure", "dyspnea"]
    assert found.to_dict()["mechanism"]["strength"] < found.to_dict()["paths"][0]["strength"]
    assert "Weakly also anemia" in found._repr_html_()


@pytest.mark.parametrize(("against", "told_of"), [(24, ["abz"]), (26, ["abz", "acz"])])
def test_what_works_against_the_strongest_route_is_told_only_where_it_is_half_as_strong(against, told_of):
    given_graph, [ours, theirs] = ways(("abz", "50"), ("acz", str(against)))
    last = theirs.claims[-1]._replace(relation="inhibits")
    found = iter([ours, theirs._replace(claims=(*theirs.claims[:-1], last))])
    assert ["".join(route.states) for route in different(given_graph, found, 5)[0]] == told_of


def test_an_answer_is_a_value_of_its_own(small):
    found = small.paths("lack of B12", "muscle tightness")
    again = small.paths("lack of B12", "muscle tightness")
    assert found == again == copy.copy(found) == copy.deepcopy(found) == pickle.loads(pickle.dumps(found))
    assert found != found._replace(more=True)
    assert found._replace(found=()).causal == found.causal
    assert [claim.iri for claim in found.causal.claims] == sorted(claim.iri for claim in found[0].claims)
    assert found.causal.promoted[KG + "muscle-cramp"] == [KG + "muscle-tightness"]
    assert KG + "muscle-tightness" in found.causal.reached(KG + "nerve-misfiring")
    assert small.term("lack of B12") == small.term("cobalamin deficiency") == copy.copy(small.term("lack of B12"))
    assert small.term("lack of B12") != small.term("magnesium deficiency")
    with pytest.raises(AttributeError, match="cannot be set"):
        found.more = True


def test_steps_that_are_kept_beside_a_store_are_those_that_the_graph_tells(real, tmp_path):
    keep_steps(str(tmp_path), real.engine.store, scan_causal(real.engine.store))
    kept, asked = (Upstream(real.rows, steps=steps) for steps in (read_steps(str(tmp_path)), None))
    states = sorted(real.causal().states)
    for graph_read in (kept, asked):
        graph_read.ahead(states)
        graph_read.onward(states)
    assert kept.into == asked.into
    assert kept.out == asked.out
    assert (kept.states, kept.kinds, kept.caps) == (asked.states, asked.kinds, asked.caps)
    assert sum(map(len, kept.into.values())) > 4_000


def test_steps_of_which_a_part_is_lost_are_not_read(real, tmp_path):
    keep_steps(str(tmp_path), real.engine.store, scan_causal(real.engine.store))
    path = tmp_path / "steps.kg"
    path.write_bytes(path.read_bytes()[:-1000])
    assert read_steps(str(tmp_path)) is None
    assert read_steps(str(tmp_path / "elsewhere")) is None


def test_the_giving_of_a_nutrient_acts_by_its_use_and_its_excess(real):
    found = real.paths("zinc supplementation", "anemia", limit=1)
    assert found.notes[0].startswith("zinc supplementation is a treatment; its routes start from ")
    assert real.causal().states[found[0].states[0]].of.endswith("/zinc")
