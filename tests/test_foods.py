"""Foods: whose need is meant, what a portion gives, what a day adds up to, two foods side by side; and bad input."""

import csv
import io
import json
import re

import pytest

from kg.errors import UnknownName, UsageError
from tests.command import kg as called

STAGES = """
pregnant = pregnancy 19-30 y, the age
breast-feeding mother = lactation 19-30 y, the age
28 weeks pregnant = pregnancy 19-30 y, the age
pregnant 17 = pregnancy 14-18 y
pregnant woman in her 40s = pregnancy 31-50 y
toddler = children 1-3 y
18 months = children 1-3 y
girl of 6 = children 4-8 y
boy of 10 = males 9-13 y
teenage girl = females 14-18 y
teenager = females 14-18 y, the sex
man of 70 = males 51-70 y
a man over 70 = males >70 y
grandmother = females >70 y
postmenopausal woman = females 51-70 y
35f = females 31-50 y
men 31-50 = males 31-50 y
newborn = infants 0-6 mo
9 months old = infants 7-12 mo
adult = females 31-50 y, the sex and the age
females 18+ y, postmenopausal = females 18+ y, postmenopausal
"""


@pytest.mark.parametrize("line", STAGES.strip().splitlines())
def test_words_for_a_stage_of_life(real, line):
    said, _, meant = line.partition(" = ")
    stage = real.life_stage(said)
    assert f"{stage.name}, {stage.assumed}".removesuffix(", ") == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "xyz",
        "baby",
        "pregnant man",
        "pregnant 70",
        "200",
        "-5",
        "9 m",
        "vegan woman",
        "3 and 40",
        "man woman",
        "20-60",
        "x" * 900,
    ],
)
def test_words_that_mean_no_stage_or_several_list_them(real, said):
    with pytest.raises(UnknownName) as caught:
        real.life_stage(said)
    assert caught.value.nearest


def test_a_question_takes_a_stage_in_any_words_and_is_never_silently_empty(real):
    said = real.query("foods_for_a_days_need", nutrient="iron", life_stage="pregnant")
    assert said.plain() == real.query("foods_for_a_days_need", nutrient="iron", life_stage="pregnancy 19-30 y").plain() != []
    with pytest.raises(UnknownName, match="is not a life stage of the table; give one of"):
        real.query("foods_richest_in", life_stage="martian")


def test_the_card_of_a_food(real):
    card = real.food("spinach, boiled", "pregnant")
    assert (card.portion.label, card.portion.grams, card.eaten_in_this_form) == ("1 cup", 180, True)
    share = next(one for one in card.shares if one.nutrient.label == "folate")
    assert (share.amount, share.unit, share.percent_of_need) == (262.8, "ug", 43.8)  # 146 ug in 100 g, RDA 600 ug
    assert share.percent_of_limit == 0  # the limit is of folic acid, and spinach contains none
    helped = {(one.modifier.label, one.nutrient) for one in card.modifiers if one.relation == "strengthens"}
    assert ("meat", "iron") in helped
    lack = next(one for one in card.lacks if one.nutrient.label == "vitamin C")
    assert [effect.label for effect in lack.effects][:3] == ["scurvy", "anemia", "bleeding gums"]


def test_a_card_of_100_g_is_the_table(real):
    card = real.food("almonds", portion="100 g")
    assert all(share.amount == pytest.approx(share.per_100g, rel=1e-3) for share in card.shares)
    assert {one.inhibitor.label for one in card.inhibitors} == {"oxalate", "phytate"}
    with pytest.raises(UsageError, match="no portion is called '1 bucket'; it has 1 oz"):
        real.food("almonds", portion="1 bucket")


def test_a_day_is_the_sum_of_its_foods(small):
    [line] = small.plate({"sesame": 100, "lettuce": "200 g"}).lines
    assert (line.nutrient.label, line.amount, line.percent_of_need) == ("magnesium", 366, 114.4)
    assert line.limit.amount == 350
    assert line.percent_of_limit is None  # the limit is for supplements alone
    assert small.plate({"sesame": "2 tbsp"}).lines[0].amount == pytest.approx(345 * 0.18)
    assert small.plate({"sesame": "1 portion"}).foods[0][1] == 9


def test_a_day_knows_what_it_does_not_know_and_what_a_diet_leaves_out(real):
    answer = real.plate({"beef liver, pan-fried": 80, "rolled oats, dry": 40}, "pregnant", "vegan")
    lines = {line.nutrient.label: line for line in answer.lines}
    assert answer.outside_diet == ("beef liver, pan-fried",)
    assert lines["vitamin A"].percent_of_limit > 200
    assert lines["iodine"].unknown or lines["iodine"].amount is None
    left_out = real.plate({"kale, raw": 10}, "pregnant", "vegan").lines
    fillers = {one.food.label for line in left_out for one in line.fillers}
    assert fillers
    assert not [label for label in fillers if any(word in label for word in ("beef", "milk, whole", "salmon", "egg", "cheese"))]


def test_no_food_is_named_for_a_gap_of_which_one_portion_goes_beyond_a_limit(real):
    """A slice of beef liver holds twice the limit of vitamin A: it is named neither for that nor for vitamin B12."""
    fillers = {
        line.nutrient.label: [one.food.label for one in line.fillers]
        for line in real.plate({"kale, raw": 10}, "pregnant").lines
    }
    assert len(fillers["vitamin A"]) == len(fillers["vitamin B12"]) == len(fillers["selenium"]) == 3
    named = {label for labels in fillers.values() for label in labels}
    assert not [label for label in named if "beef liver" in label or "Brazil nuts" in label]
    limits = [share for label in named for share in real.food(label, "pregnant").shares if share.percent_of_limit]
    assert max(share.percent_of_limit for share in limits) <= 100


@pytest.mark.parametrize(
    ("foods", "diet", "message"),
    [
        ({}, None, "no food was given"),
        ({"spinach": 100}, None, "'spinach' is a group of foods; give one of: spinach, boiled; spinach, raw"),
        ({"unobtainium": 100}, None, "no Food is called 'unobtainium'"),
        ({"almonds": 0}, None, "is not an amount; give grams above 0"),
        ({"almonds": -3}, None, "is not an amount"),
        ({"almonds": "nan"}, None, "is not an amount"),
        ({"almonds": "inf"}, None, "is not an amount"),
        ({"almonds": 1e9}, None, "more than anyone eats in a day"),
        ({"almonds": "2 buckets"}, None, "'buckets' is not a portion of it; give grams, or a portion: its portions are 1 oz"),
        ({"almonds": 10}, "vegann", "no diet is called 'vegann'; did you mean vegan?"),
        ({"almonds": 10}, "carnivore", "the known ones are vegan, vegetarian"),
    ],
)
def test_a_plate_refuses_what_it_cannot_read(real, foods, diet, message):
    with pytest.raises(UsageError, match=r"^[^\n]*$") as caught:
        real.plate(foods, diet=diet)
    assert message in str(caught.value)


def test_two_foods_side_by_side(real):
    answer = real.compare("spinach, boiled", "broccoli, boiled", portion="100 g")
    line = next(one for one in answer.lines if one.nutrient.label == "magnesium")
    assert (line.unit, line.first.amount, line.second.amount) == ("mg", 87, 21)


def test_two_states_side_by_side(real):
    lines = real.compare("B12 deficiency", "folate deficiency").lines
    both = {line.words for line in lines if line.whose == "both"}
    assert "promotes megaloblastic anemia" in both
    assert "carbamazepine use promotes it" in {line.words for line in lines if line.whose == "second"}


def test_a_drug_is_compared_by_what_its_use_does(real):
    assert "promotes vitamin B12 deficiency" in {
        one.words for one in real.compare("metformin", "omeprazole").lines if one.whose == "both"
    }


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("B12", "cobalamin", "are both vitamin B12"),
        ("almonds", "iron", "'iron' is not a food but a mineral"),
        ("almonds", "unobtainium", "nothing is called 'unobtainium'"),
        ("", "almonds", "nothing is called ''"),
    ],
)
def test_what_cannot_be_compared(real, first, second, message):
    with pytest.raises(UsageError) as caught:
        real.compare(first, second)
    assert message in str(caught.value)


def test_the_commands_say_the_same_in_every_form(tmp_path, real):
    words = ("plate", "almonds=1 portion", "kale, raw=50", "--life-stage", "pregnant", "--diet", "vegan")
    code, out, err = called("--format", "json", *words, cwd=tmp_path)
    assert code == 0
    assert json.loads(out) == real.plate({"almonds": "1 portion", "kale, raw": 50}, "pregnant", "vegan").to_dict()
    assert "'pregnant' is read as pregnancy 19-30 y (the age is assumed)" in err
    rows = list(csv.DictReader(io.StringIO(called("--format", "csv", *words, cwd=tmp_path)[1])))
    assert [row["nutrient"] for row in rows] == [one["label"] for one in json.loads(out)["nutrients"]]
    code, out, _ = called("--format", "json", "compare", "almonds", "walnuts", cwd=tmp_path)
    assert json.loads(out) == real.compare("almonds", "walnuts").to_dict()
    code, out, _ = called("--format", "json", "term", "spinach, raw", cwd=tmp_path)
    assert json.loads(out)["food"] == real.food("spinach, raw").to_dict()
    assert "spinach, boiled" in called("term", "spinach", cwd=tmp_path)[1]


def test_no_amount_is_told_to_more_figures_than_a_table_of_foods_is_true_to(tmp_path):
    long = re.compile(r"(?<![\d.])(?:\d{3,}\.\d|\d\d\.\d\d|[1-9]\.\d{3}|0\.0*[1-9]\d{3})")
    for words in (
        ("plate", "almonds=100", "kale, raw=50"),
        ("term", "spinach, boiled"),
        ("compare", "spinach, boiled", "broccoli, boiled"),
    ):
        assert long.findall(called(*words, cwd=tmp_path)[1]) == []


@pytest.mark.parametrize(
    "words",
    [
        ("plate",),
        ("plate", "almonds"),
        ("plate", "=100"),
        ("plate", "almonds=10", "almonds=20"),
        ("plate", "almonds=10", "--format", "xml"),
        ("plate", "almonds=10", "--life-stage", "dragon"),
        ("compare", "almonds"),
        ("compare", "almonds", "walnuts", "--format", "ttl"),
        ("compare", "iron", "zinc", "--life-stage", "pregnant"),
        ("term", "iron", "--portion", "100 g"),
        ("find", ""),
        ("find", "§"),
        ("find", "x" * 300),
        ("find", "tingling", "--limit", "0"),
        ("find", "tingling", "--format", "md"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(words, tmp_path):
    code, out, err = called(*words, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_a_word_is_found_in_names_first_then_in_texts(real):
    hits = real.find("tingl")
    assert [(hit.label, hit.where) for hit in hits[:2]] == [("paresthesia", "synonym"), ("perioral paresthesia", "synonym")]
    assert {"definition", "statement", "note of a source"} <= {hit.where for hit in hits}
    assert real.find("NIGHT  blindness")[0].label == "night blindness"


def test_what_no_text_holds_gets_the_nearest_names(real):
    with pytest.raises(UnknownName, match="no name, definition or note contains 'tinglng'; nearest: tingling"):
        real.find("tinglng")
