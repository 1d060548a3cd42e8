"""The table of an answer: what is sifted, how it is sorted, which columns come first, what can be chosen."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.server.pages.answer_table import SHOWN, Wanted, sift, table
from kg.server.pages.responses import Visit

NAMES = ["food_label", "table", "mg", "verdict", "food"]
LONG = "A table of foods with a name as long as such tables have"


def row(food: str, mg: str, verdict: str, table: str = LONG) -> list:
    iri = NamedNode(f"https://w3id.org/nutrition-kg/food/{food.replace(chr(32), chr(45))}")
    return [Literal(food), Literal(table), Literal(mg) if mg else None, Literal(verdict), iri]


ROWS = [
    row("kale", "9", "good"),
    row("Apple", "10", "poor"),
    row("bread", "", "good"),
    row("beans", "-1.5", "good"),
    row("milk", "2e1", "poor", "Another table of foods with a name as long as that"),
    row("oats", "3", "poor"),
    row("rice", "1", "good", "Another table of foods with a name as long as that"),
    row("tea", "0", "good"),
]


def wanted(**parameters: str) -> Wanted:
    pairs = [(key, part) for key, value in parameters.items() for part in value.split("|")]
    return Wanted.of(Visit("/question/x", pairs, "html", ""))


def foods(**parameters: str) -> list[str]:
    return [row[0].value for row in sift(NAMES, ROWS, wanted(**parameters))]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"_sort": "mg"}, ["beans", "tea", "rice", "oats", "kale", "Apple", "milk", "bread"]),
        ({"_sort": "-mg"}, ["milk", "Apple", "kale", "oats", "rice", "tea", "beans", "bread"]),
        ({"_sort": "food_label"}, ["Apple", "beans", "bread", "kale", "milk", "oats", "rice", "tea"]),
        ({"_has": "ANOTHER"}, ["milk", "rice"]),
        ({"_has": "(.*"}, []),
        ({"_is": "verdict:poor"}, ["Apple", "milk", "oats"]),
        ({"_is": "verdict:poor|food_label:milk"}, ["milk"]),
        ({"_is": "verdict:poor|verdict:good", "_has": "ea"}, ["bread", "beans", "tea"]),
        ({"_is": "verdict:"}, []),
    ],
)
def test_rows_are_sorted_by_number_or_by_word_and_chosen_by_text_or_value(parameters, found):
    assert foods(**parameters) == found


@pytest.mark.parametrize(
    "parameters",
    [{"_sort": "nothing"}, {"_is": "nothing:x"}, {"_page": "0"}, {"_page": "-1"}, {"_page": "two"}, {"_page": "²"}],
)
def test_what_cannot_be_sifted_by_is_refused_in_a_line(parameters):
    with pytest.raises(UsageError):
        foods(**parameters)


def test_long_texts_that_repeat_stand_last_and_what_is_the_same_in_all_rows_stands_above():
    shown = table(NAMES, ROWS, len(ROWS), wanted())
    assert [(one.title, one.number, one.repeats) for one in shown.columns] == [
        ("food", False, False),
        ("mg", True, False),
        ("verdict", False, False),
        ("table", False, True),
    ]
    assert [(column.title, found) for column, found in shown.facets] == [
        ("verdict", [("good", 5), ("poor", 3)]),
        ("table", [(LONG, 6), ("Another table of foods with a name as long as that", 2)]),
    ]
    assert shown.rows[0][0].place.href == "/food/kale"
    poor = table(NAMES, sift(NAMES, ROWS, wanted(_is="verdict:poor", _has="A table")), len(ROWS), wanted(_is="verdict:poor"))
    assert [(cell.column.title, cell.text) for cell in poor.same] == []  # two rows say nothing of what is the same in all
    good = table(NAMES, sift(NAMES, ROWS, wanted(_is="verdict:good")), len(ROWS), wanted(_is="verdict:good"))
    assert [(cell.column.title, cell.text) for cell in good.same] == [("verdict", "good")]
    assert (good.found, good.total) == (5, 8)


def test_an_answer_comes_in_pages_and_a_page_too_far_is_the_last():
    many = [row(f"food {number}", str(number), "good") for number in range(2 * SHOWN + 1)]
    shown = table(NAMES, many, len(many), wanted(_page="9"))
    assert (shown.page, shown.pages, [cell.text for cell in shown.rows[0]][:2]) == (3, 3, [f"food {2 * SHOWN}", str(2 * SHOWN)])
    assert wanted(_has="a b", _is="verdict:good", _sort="-mg", _page="3").query(page=2) == (
        "_has=a+b&_is=verdict%3Agood&_sort=-mg&_page=2"
    )
    assert table([], [], 0, wanted()).rows == []
