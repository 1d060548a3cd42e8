"""Maps of foods, nutrients and groups of people: foods are a lane before the nutrients they hold; and what cannot be drawn."""

import json
import re

import pytest

import kg
from kg.errors import UnknownName, UsageError
from kg.view.asked import can_draw
from kg.view.overview import overview


def payload(view) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', view.html, re.DOTALL)[1])


def drawn(view) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Labels of the states with their kinds, and the claims as label, relation, label."""
    data = payload(view)
    kinds = [name for name, _ in data["kinds"]]
    labels = [node[1] for node in data["nodes"]]
    return (
        {node[1]: kinds[node[2]] for node in data["nodes"]},
        [(labels[edge[1]], edge[2], labels[edge[3]]) for edge in data["edges"]],
    )


def lanes(view) -> list[str]:
    data = payload(view)
    return [band[0] for band in data["layouts"]["all"]["bands"]]


def test_a_food_leads_to_its_nutrients_their_lack_and_what_that_does(real):
    view = real.view("spinach, boiled")
    states, claims = drawn(view)
    assert lanes(view) == ["Foods", "Nutrients", "Nutrient status", "Mechanisms and conditions", "Findings"]
    assert states["iron: 6.43 mg, 36 %"] == "Nutrient"
    assert {
        ("spinach, boiled, 1 cup", "promotes", "iron: 6.43 mg, 36 %"),
        ("iron: 6.43 mg, 36 %", "inhibits", "iron deficiency"),
        ("iron deficiency", "promotes", "fatigue"),
    } <= set(claims)
    assert "holds 6.43 mg, 36 % of the need of females 31-50 y" in view.html


def test_a_group_of_foods_is_drawn_by_its_foods(real):
    states, _ = drawn(real.view("spinach"))
    assert {label for label, kind in states.items() if kind == "Food"} == {"spinach, boiled, 1 cup", "spinach, raw, 1 cup"}
    assert "folate" in states


def test_a_nutrient_has_its_foods_before_it(real):
    view = real.view("magnesium", depth=1)
    states, claims = drawn(view)
    foods = [label for label, kind in states.items() if kind == "Food"]
    assert len(foods) == 6
    # No box loses its amount, and the panel leads to what no food leads to on the map: too much of it.
    assert [re.search(r"[\d.]+\xa0mg, \d+\xa0%$", words) is not None for words in payload(view)["marks"].values()] == [True] * 6
    assert [line[0] for line in payload(view)["reading"][1]] == ["magnesium deficiency", "magnesium excess"]
    assert {(food, "promotes", "magnesium") for food in foods} <= set(claims)
    assert ("magnesium", "inhibits", "magnesium deficiency") in claims


def test_a_group_of_people_leads_to_what_it_is_at_risk_of(real):
    states, claims = drawn(real.view("older adults"))
    assert states["older adults"] == "Population"
    assert ("older adults", "promotes", "vitamin B12 deficiency") in claims


def test_a_drug_is_drawn_around_its_use(real):
    assert "metformin use" in drawn(real.view("metformin", depth=1))[0]


def test_the_same_food_gives_the_same_page(real):
    assert real.view("almonds").html == real.view("almonds").html


def test_a_food_that_gives_little_is_refused(real):
    with pytest.raises(UsageError, match=r"butter, salted: no portion of it contains 15 % .* so there is nothing to draw"):
        real.view("butter, salted")


@pytest.mark.parametrize(
    ("name", "drawable"),
    [("butter, salted", False), ("spinach, boiled", True), ("vegans", True), ("iron", True), ("no such thing", False)],
)
def test_whether_a_thing_can_be_drawn_is_known_without_drawing_it(real, name, drawable):
    assert can_draw(real, name) is drawable


def test_an_unknown_thing_gets_the_nearest(real):
    with pytest.raises(UnknownName, match="nearest"):
        real.view("spinacch")


def test_several_names_are_states(real):
    assert "Around" in real.view("magnesium", "iron deficiency", depth=1).title
    assert "Around" in real.view("magnesium deficiency", "iron deficiency", depth=1).title
    # A state and a finding, in either order, are the ends of a question.
    for names in (("metformin use", "paresthesia"), ("paresthesia", "metformin use")):
        assert real.view(*names).title == "From metformin use to paresthesia"
    with pytest.raises(UsageError):
        real.view("spinach, raw", "iron deficiency")


def test_the_whole_graph_opens_with_a_table_of_nutrients_by_organ_systems(real):
    """Its numbers are those of the question, and each is the number of findings that its map shows."""
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', real.view().html, re.DOTALL)[1])
    table = data["overview"]
    counted = {
        (row["label"], system): count
        for row in table["rows"]
        for system, count in zip(table["columns"], row["counts"], strict=True)
        if count
    }
    asked = real.query("findings_by_organ_system")
    assert counted == {(row["nutrient_label"].value, row["system_label"].value): int(row["findings"].value) for row in asked}
    promoted: dict[str, set[str]] = {}
    for claim in real.causal().claims:
        if claim.relation == "promotes" and claim.status != "refuted":
            promoted.setdefault(claim.cause, set()).add(claim.effect)
    for row in table["rows"]:
        reached: set[str] = set()
        front = set(row["states"])
        for _ in range(3):
            front = set().union(*(promoted.get(state, set()) for state in front)) - reached
            reached |= front
        found = [len(reached & set(findings)) for findings in table["findings"]]
        assert found == row["counts"], row["label"]


def test_a_graph_without_the_nutrients_of_the_question_opens_with_its_map(tmp_path):
    (tmp_path / "two.ttl").write_text("PREFIX e: <http://example.org/> e:a e:promotes e:b .\n", encoding="utf-8")
    assert overview(kg.open(tmp_path / "two.ttl")) is None
