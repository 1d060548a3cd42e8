"""The rule of certainty, told on made-up cases; each row of its table stands here at least once."""

import pytest

from kg.build.certainty import Judgement, Line, judge, verdict

STRONG, ORDINARY, WEAK, ARTICLE = 3, 2, 1, 0


def lines(*told: tuple[str, int]) -> list[Line]:
    return [Line(f"source {number}", stance, weight) for number, (stance, weight) in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([], ("unverified", "very low")),
        ([("supports", ARTICLE), ("supports", ARTICLE)], ("unverified", "very low")),
        ([("supports", WEAK)], ("probable", "very low")),
        ([("supports", ORDINARY)], ("probable", "low")),
        ([("supports", ORDINARY), ("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", STRONG)], ("established", "moderate")),
        ([("supports", STRONG), ("supports", WEAK)], ("established", "high")),
        ([("supports", ORDINARY)] * 3, ("established", "high")),
        ([("disputes", ORDINARY)], ("contested", "very low")),
        ([("disputes", STRONG)], ("refuted", "very low")),
        ([("disputes", STRONG), ("mixed", ORDINARY)], ("contested", "very low")),
        ([("mixed", STRONG)], ("contested", "very low")),
        ([("supports", ORDINARY), ("disputes", ORDINARY)], ("contested", "very low")),
        ([("supports", STRONG), ("disputes", ORDINARY)], ("contested", "low")),
        ([("supports", ORDINARY), ("supports", ORDINARY), ("mixed", ORDINARY)], ("probable", "moderate")),
        ([("supports", STRONG), ("mixed", ORDINARY)], ("probable", "low")),
        ([("supports", ARTICLE), ("disputes", STRONG)], ("refuted", "very low")),
    ],
)
def test_the_table(told, outcome):
    assert judge(lines(*told)) == Judgement(*outcome)


def test_one_source_counts_once_however_often_it_says_it():
    assert judge([Line("textbook", "supports", ORDINARY)] * 5) == Judgement("probable", "low")


def test_indirect_evidence_weighs_one_less():
    assert judge([Line("textbook", "supports", ORDINARY, indirect=True)]) == Judgement("probable", "very low")
    assert judge([Line("encyclopedia", "supports", WEAK, indirect=True)]) == Judgement("unverified", "very low")


def test_the_order_of_the_lines_does_not_matter():
    told = lines(("supports", STRONG), ("disputes", ORDINARY), ("mixed", WEAK), ("supports", WEAK))
    assert judge(told) == judge(list(reversed(told)))


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ([], "notAssessable"),
        (["established", "probable"], "supported"),
        (["established", "unverified"], "partlySupported"),
        (["unverified", "unverified"], "unsupported"),
        (["established", "contested", "unverified"], "contestedStatement"),
        (["refuted"], "contestedStatement"),
    ],
)
def test_the_verdict_on_a_statement(statuses, outcome):
    assert verdict(statuses) == outcome
