"""Where things stand: causes left of effects, nothing on anything else, no higher than a screen where it can be."""

import itertools

import pytest

from kg.causal.model import CausalGraph
from kg.view.excerpt import most_prominent
from kg.view.layout import graphviz
from kg.view.layout.bezier import points
from kg.view.layout.coordinates import SCREEN
from kg.view.layout.layout import lay_out

from .conftest import KG, claim, layered, state


@pytest.fixture(params=["dot", "our own order"])
def order(request, monkeypatch):
    if request.param != "dot":
        monkeypatch.setattr(graphviz, "_program", lambda: None)
    return request.param


def test_causes_stand_left_of_effects(seven, order):
    boxes = lay_out(seven).boxes
    for one in seven.claims:
        if {one.cause, one.effect} != {KG + "misfiring", KG + "neuropathy"}:
            assert boxes[one.cause].x < boxes[one.effect].x, one.iri


@pytest.mark.parametrize("count", [2, 30, 120])
def test_no_two_states_lie_on_each_other(count, order):
    boxes = list(lay_out(layered(count)).boxes.values())
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= (one.height + other.height) / 2
            assert apart


def test_no_arrow_runs_behind_a_state(real, order):
    graph = real.causal()
    names = most_prominent(graph, [KG + "vitamin-b12-deficiency"])
    claims = tuple(c for c in graph.claims if c.cause in names and c.effect in names)
    layout = lay_out(CausalGraph({iri: graph.states[iri] for iri in names}, claims))
    for one, line in zip(claims, layout.routes, strict=True):
        for iri, box in layout.boxes.items():
            if iri not in (one.cause, one.effect):
                for x, y in points(line):
                    assert abs(x - box.x) >= box.width / 2 or abs(y - box.y) >= box.height / 2, (one.iri, iri)


def test_an_arrow_starts_at_its_cause_and_ends_at_its_effect(seven):
    layout = lay_out(seven)
    for one, line in zip(seven.claims, layout.routes, strict=True):
        for (x, y), iri in ((line[0], one.cause), (line[-1], one.effect)):
            box = layout.boxes[iri]
            assert abs(abs(x - box.x) - box.width / 2) < 0.5
            assert abs(y - box.y) <= box.height / 2


def test_a_map_of_forty_five_states_fits_a_screen(real):
    graph = real.causal()
    for start in ("magnesium-deficiency", "vitamin-b12-deficiency", "iron-deficiency"):
        names = most_prominent(graph, [KG + start])
        claims = tuple(c for c in graph.claims if c.cause in names and c.effect in names)
        boxes = lay_out(CausalGraph({iri: graph.states[iri] for iri in sorted(names)}, claims)).boxes.values()
        assert len(boxes) == 45
        assert max(b.y for b in boxes) - min(b.y for b in boxes) < SCREEN[1] * 1.35


def test_a_loop_and_a_self_loop_are_drawn():
    ends = [("a", "b"), ("b", "a"), ("a", "a")]
    graph = CausalGraph({KG + n: state(n) for n in "ab"}, tuple(claim(one, "promotes", other) for one, other in ends))
    layout = lay_out(graph)
    assert [len(line) >= 4 for line in layout.routes] == [True] * 3


def test_a_chain_of_thousands_is_laid_out():
    names = [f"s{at}" for at in range(3000)]
    claims = tuple(claim(one, "promotes", other) for one, other in itertools.pairwise(names))
    assert most_prominent(CausalGraph({KG + n: state(n) for n in names}, claims), [KG + "s0"], 5) == {
        KG + f"s{n}" for n in range(5)
    }


def test_the_most_prominent_part_takes_certain_claims_first(seven):
    assert most_prominent(seven, [KG + "lack-a"], 3) == {KG + "lack-a", KG + "supplement", KG + "sign-x"}
    assert most_prominent(seven, limit=99) == set(seven.states)


def test_a_map_of_routes_runs_from_cause_to_effect(real):
    """A finding on the way stands on the way, and what a deficiency leads to stands right of it, be it another deficiency."""
    graph, ends = real.causal(), (KG + "vitamin-b12-deficiency", KG + "muscle-tightness")
    claims = {claim.iri: claim for route in real.paths(*ends, limit=20) for claim in route.claims}
    names = {iri for claim in claims.values() for iri in (claim.cause, claim.effect)}
    boxes = lay_out(CausalGraph({iri: graph.states[iri] for iri in sorted(names)}, tuple(claims.values())), ends).boxes
    assert all(boxes[ends[0]].x < box.x for iri, box in boxes.items() if iri != ends[0])
    assert all(boxes[ends[1]].x > box.x for iri, box in boxes.items() if iri != ends[1])
