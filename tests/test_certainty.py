"""The rule of certainty, told on made-up cases; each row of its table stands here at least once."""

from itertools import combinations_with_replacement

import pytest

from kg.build.certainty import Judgement, Line, is_listed_alone, judge, verdict
from kg.build.prominence import measure_prominence

STRONG, ORDINARY, WEAK, ARTICLE = 3, 2, 1, 0


SINGLE = {"single": True}
COPY = {"copy": True}
INDIRECT = {"indirect": True}
ON_SUBJECT = {"on_subject": True}


def lines(*told: tuple) -> list[Line]:
    """Lines of as many sources; what is not a stance and weight marks the line."""
    return [
        Line(f"source {number}", stance, weight, **(marks[0] if marks else {}))
        for number, (stance, weight, *marks) in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([], ("unverified", "very low")),
        ([("supports", ARTICLE), ("supports", ARTICLE)], ("unverified", "very low")),
        # weak voices, however many
        ([("supports", WEAK, INDIRECT)], ("probable", "low")),
        ([("supports", WEAK)], ("probable", "moderate")),
        ([("supports", WEAK)] * 9, ("probable", "moderate")),
        ([("supports", WEAK, ON_SUBJECT)] * 3, ("probable", "moderate")),
        # one work that sums up and says it, indirectly, or as its own subject
        ([("supports", ORDINARY)], ("established", "high")),
        ([("supports", ORDINARY, INDIRECT)], ("probable", "moderate")),
        ([("supports", ORDINARY, INDIRECT), ("supports", WEAK)], ("established", "high")),
        ([("supports", ORDINARY, ON_SUBJECT | INDIRECT)], ("established", "high")),
        ([("supports", STRONG)], ("established", "high")),
        ([("supports", STRONG, INDIRECT)], ("probable", "moderate")),
        # one study, then two: one alone settles nothing
        ([("supports", ORDINARY, SINGLE)], ("probable", "moderate")),
        ([("supports", STRONG, SINGLE)], ("probable", "moderate")),
        ([("supports", ORDINARY, ON_SUBJECT | SINGLE)], ("probable", "moderate")),
        ([("supports", ORDINARY, SINGLE), ("supports", WEAK)], ("probable", "moderate")),
        ([("supports", ORDINARY, SINGLE)] * 2, ("established", "high")),
        ([("supports", ORDINARY, SINGLE | INDIRECT)] * 2, ("established", "high")),
        # copies on another site
        ([("supports", ORDINARY, COPY)], ("probable", "moderate")),
        ([("supports", ORDINARY, ON_SUBJECT | COPY)], ("probable", "moderate")),
        ([("supports", STRONG, COPY)] * 3, ("probable", "moderate")),
        ([("supports", WEAK, COPY | INDIRECT)], ("probable", "low")),
        ([("supports", STRONG, COPY), ("supports", ORDINARY)], ("established", "high")),
        # disputes
        ([("disputes", ORDINARY)], ("contested", "very low")),
        ([("disputes", STRONG)], ("refuted", "very low")),
        ([("disputes", STRONG), ("mixed", ORDINARY)], ("contested", "very low")),
        ([("mixed", STRONG)], ("contested", "low")),
        ([("mixed", ORDINARY)], ("contested", "low")),
        ([("mixed", WEAK)], ("contested", "very low")),
        ([("mixed", ORDINARY), ("disputes", ORDINARY)], ("contested", "very low")),
        ([("supports", ORDINARY), ("disputes", ORDINARY)], ("contested", "low")),
        ([("supports", WEAK), ("disputes", ORDINARY)], ("contested", "very low")),
        # a dispute that does not test the claim counts little and outranks nothing
        ([("supports", ORDINARY), ("disputes", STRONG, INDIRECT)], ("contested", "low")),
        ([("supports", ORDINARY)] * 2 + [("disputes", STRONG, INDIRECT)], ("probable", "moderate")),
        ([("disputes", STRONG, INDIRECT)] * 2, ("contested", "very low")),
        ([("supports", ORDINARY), ("mixed", STRONG, INDIRECT)], ("probable", "low")),
        ([("supports", STRONG), ("disputes", ORDINARY)], ("contested", "low")),
        ([("supports", STRONG), ("disputes", STRONG)], ("contested", "low")),
        ([("supports", ORDINARY), ("supports", ORDINARY), ("mixed", ORDINARY)], ("probable", "moderate")),
        ([("supports", STRONG), ("mixed", ORDINARY)], ("probable", "low")),
        ([("supports", ARTICLE), ("disputes", STRONG)], ("refuted", "very low")),
        # many of ordinary weight do not outvote a trial
        ([("supports", ORDINARY)] * 5 + [("disputes", STRONG)], ("contested", "very low")),
        ([("supports", ORDINARY)] * 5 + [("disputes", ORDINARY)], ("probable", "moderate")),
        ([("supports", STRONG)] * 3 + [("disputes", STRONG)], ("probable", "moderate")),
    ],
)
def test_the_table(told, outcome):
    assert judge(lines(*told)) == Judgement(*outcome)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", ORDINARY)] * 4, ("established", "moderate")),
        ([("supports", STRONG, SINGLE)], ("probable", "moderate")),
        ([("supports", ORDINARY), ("supports", STRONG, SINGLE)], ("established", "high")),
        ([("supports", STRONG)], ("established", "high")),
    ],
)
def test_that_a_treatment_works_is_never_highly_certain_without_a_trial_or_a_review_of_trials(told, outcome):
    assert judge(lines(*told), treatment=True) == Judgement(*outcome)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([("supports", ORDINARY)], ("established", "high")),
        ([("supports", WEAK)], ("established", "moderate")),
        ([("supports", ARTICLE)], ("unverified", "very low")),
        ([("supports", ORDINARY), ("disputes", ORDINARY)], ("contested", "low")),
    ],
)
def test_what_is_true_by_definition_needs_one_source_that_says_so(told, outcome):
    assert judge(lines(*told), definition=True) == Judgement(*outcome)


def test_one_source_counts_once_however_often_it_says_it():
    assert judge([Line("encyclopedia", "supports", WEAK, indirect=True)] * 5) == Judgement("probable", "low")


def test_a_source_that_says_both_counts_on_both_sides():
    told = [Line("textbook", "supports", ORDINARY), Line("textbook", "disputes", ORDINARY)]
    assert judge(told) == Judgement("contested", "low")


def test_a_copy_of_a_trial_neither_refutes_nor_outranks():
    assert judge([Line("trials", "disputes", STRONG, copy=True)]) == Judgement("contested", "very low")
    told = [Line("trials", "disputes", STRONG, copy=True), *(Line(f"book {n}", "supports", ORDINARY) for n in range(4))]
    assert judge(told) == Judgement("probable", "moderate")
    assert judge([*told, Line("trials", "disputes", STRONG)]).status == "contested"
    assert judge([Line("article", "supports", ARTICLE, copy=True)]) == Judgement("unverified", "very low")


def test_copies_and_encyclopedias_alone_never_establish_a_claim():
    weak = [("supports", weight, COPY) for weight in (STRONG, ORDINARY, WEAK)] + [("supports", WEAK)]
    for told in combinations_with_replacement(weak, 5):
        assert judge(lines(*told)).status == "probable"


def test_the_order_of_the_lines_does_not_matter():
    told = lines(("supports", STRONG), ("disputes", ORDINARY), ("mixed", WEAK), ("supports", WEAK))
    assert judge(told) == judge(list(reversed(told)))


@pytest.mark.parametrize(
    ("judgements", "outcome"),
    [
        ([], "notAssessable"),
        ([("established", "high"), ("probable", "moderate")], "supported"),
        ([("established", "high"), ("unverified", "very low")], "partlySupported"),
        ([("established", "high"), ("probable", "low")], "partlySupported"),
        ([("probable", "low")], "partlySupported"),
        ([("probable", "low"), ("unverified", "very low")], "partlySupported"),
        ([("unverified", "very low"), ("unverified", "very low")], "unsupported"),
        ([("established", "high"), ("contested", "low"), ("unverified", "very low")], "contestedStatement"),
        ([("refuted", "very low")], "contestedStatement"),
    ],
)
def test_the_verdict_on_a_statement(judgements, outcome):
    assert verdict(judgements) == outcome


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([], False),
        ([("supports", ORDINARY, {"listed": True})], True),
        ([("supports", ORDINARY, {"listed": True}), ("disputes", ORDINARY)], True),
        ([("supports", ORDINARY, {"listed": True})] * 2, False),
        ([("supports", ORDINARY, {"listed": True}), ("supports", WEAK)], False),
        ([("supports", ORDINARY)], False),
    ],
)
def test_what_only_lists_of_one_voice_name_is_told_apart(told, outcome):
    assert is_listed_alone(lines(*told)) is outcome


@pytest.mark.parametrize(
    ("told", "prominence"),
    [
        ([], 0),
        ([("supports", ARTICLE)], 0),
        ([("supports", ORDINARY)], 2),
        ([("supports", ORDINARY, INDIRECT)], 1),
        ([("supports", ORDINARY, COPY)], 1),
        ([("supports", WEAK, COPY)], 1),
        ([("supports", ORDINARY, ON_SUBJECT)], 3),
        ([("supports", ORDINARY, ON_SUBJECT | SINGLE)], 2),
        ([("supports", WEAK, ON_SUBJECT)], 1),
        ([("supports", ORDINARY, ON_SUBJECT), ("supports", ORDINARY)], 5),
        ([("supports", ORDINARY)] * 9, 5),
        ([("supports", ORDINARY)] * 2 + [("disputes", ORDINARY)], 2),
        ([("supports", ORDINARY), ("mixed", ORDINARY)], 1),
        ([("supports", ORDINARY), ("disputes", STRONG, INDIRECT)], 1),
        ([("supports", WEAK), ("disputes", STRONG)], 0),
    ],
)
def test_the_prominence_that_ranks_routes_grows_with_each_work_that_tells_of_a_claim(told, prominence):
    assert measure_prominence(lines(*told)) == prominence
