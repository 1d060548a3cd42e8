"""Amounts in a question: what a day's amount is, and that what is none is left alone."""

import pytest

from kg.causal.asking.intake import TELLERS
from kg.grounding.amounts import find_amount, leave_out, write_numbers

DAYS = """
is 5 g of vitamin C a day safe?                = 5 g a day | 5.0 | g
half a gramme of magnesium daily               = 0.5 gramme daily | 0.5 | g
2 grammes of salt                              = 2 grammes a day | 2.0 | g
1,000 mg of vitamin C                          = 1,000 mg a day | 1000.0 | mg
1,000 mg twice a day                           = 1,000 mg twice a day | 2000.0 | mg
2,5 mg                                         = 2,5 mg a day | 2.5 | mg
20 mcg 2x daily                                = 20 mcg 2x daily | 40.0 | ug
500 mg every 8 hours                           = 500 mg every 8 hours | 1500.0 | mg
3 x 400 mg                                     = 3 x 400 mg a day | 1200.0 | mg
two 500 mg tablets                             = 2 x 500 mg a day | 1000.0 | mg
1 g/day                                        = 1 g a day | 1.0 | g
5000 IU of vitamin D                           = 5000 IU a day | 5000.0 | IU
1400 international units weekly                = 1400 international units weekly | 200.0 | IU
400 µg a month                                 = 400 µg a month | None | ug
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_an_amount_is_that_of_a_day(line):
    question, _, told = line.partition("=")
    found = find_amount(question.strip())
    assert found is not None
    assert " | ".join(map(str, found)) == told.strip()


@pytest.mark.parametrize(
    "question",
    [
        "is 0.8 g per kg enough?",
        "ferritin 20 ug/L",
        "10 mg per 100 g",
        "vitamin B12",
        "omega-3 gummies",
        "a gram of the day",
        "b6 100",
        "",
        "5 mg/dl",
    ],
)
def test_what_is_no_amount_of_a_day_is_left_alone(question):
    assert find_amount(question) is None


def test_numbers_in_words_and_the_question_without_its_amounts():
    assert write_numbers("one and a half grams or half a gram of the lot") == "1.5 grams or half a gram of the lot"
    assert leave_out("is 1,000 mg of zinc safe") == "is   of zinc safe"
    assert leave_out("are two 500 mg tablets enough") == "are   tablets enough"


NEED = {"life_stage": "males 31-50 y", "kind": "RDA", "amount": "1000", "unit": "mg", "note": ""}
LIMIT = {**NEED, "kind": "UL", "amount": "2", "unit": "g", "note": "folic acid only"}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("is 2 g safe", "2 g a day is not above the upper limit"),
        ("is 2,001 mg safe", "2,001 mg a day is above the upper limit"),
        ("are three 1 g tablets safe", "3 x 1 g a day is above the upper limit"),
        ("is 900 mg enough", "900 mg a day is below the need"),
        ("is 1 g enough", "1 g a day is not below the need"),
        ("is 3 g enough", "3 g a day is not below the need. 3 g a day is above the upper limit"),
        ("is 5000 IU safe", "5000 IU a day is not compared with the upper limit, which is counted in g a day"),
        ("is 5 g a month safe", "5 g a month is not compared with the upper limit, which is counted in g a day"),
        ("is 2 g of salt enough", "2 g a day of salt is not compared with the need, which is counted as x"),
        ("is 2 g of x citrate safe", "2 g a day of citrate is not compared with the upper limit, which is counted as x"),
        ("is 2 g of folic acid enough", "2 g a day of folic acid is not compared with the need, which is counted as x"),
        ("is 3 g of folic acid safe", "3 g a day is above the upper limit"),
        ("is it safe", ""),
    ],
)
def test_an_amount_is_held_against_the_limit_or_said_not_to_be(question, told):
    rest = "Men of 31 to 50 years need 1000 mg of x a day (RDA); the upper limit is 2 g (folic acid only)."
    assert TELLERS["need_at"]([NEED, LIMIT], "x", question) == f"{told}. {rest}".removeprefix(". ")
