"""The rule of certainty, told on made-up cases; each row of its table stands here at least once."""

from itertools import combinations_with_replacement

import pytest

from kg.build.certainty import Judgement, Line, is_listed_alone, judge, verdict

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
        ([("supports", WEAK)], ("probable", "very low")),
        ([("supports", WEAK)] * 2, ("probable", "very low")),
        ([("supports", WEAK)] * 3, ("probable", "low")),
        ([("supports", WEAK)] * 9, ("probable", "low")),
        ([("supports", ORDINARY)], ("probable", "low")),
        ([("supports", ORDINARY), ("supports", WEAK)], ("probable", "low")),
        ([("supports", ORDINARY), ("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", STRONG)], ("established", "moderate")),
        ([("supports", STRONG), ("supports", WEAK)], ("established", "moderate")),
        ([("supports", STRONG), ("supports", ORDINARY)], ("established", "high")),
        ([("supports", ORDINARY)] * 3, ("established", "high")),
        # one study, then several: only what sums up establishes
        ([("supports", ORDINARY, SINGLE)], ("probable", "low")),
        ([("supports", ORDINARY, SINGLE)] * 4, ("probable", "moderate")),
        ([("supports", STRONG, SINGLE)], ("probable", "moderate")),
        ([("supports", STRONG, SINGLE), ("supports", ORDINARY)], ("established", "high")),
        ([("supports", ORDINARY, SINGLE), ("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", ORDINARY, SINGLE)] * 2 + [("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", ORDINARY, SINGLE)] + [("supports", ORDINARY)] * 2, ("established", "high")),
        # a work that treats of this very subject
        ([("supports", ORDINARY, ON_SUBJECT)], ("probable", "moderate")),
        ([("supports", ORDINARY, ON_SUBJECT), ("supports", ORDINARY)], ("established", "moderate")),
        ([("supports", ORDINARY, ON_SUBJECT)] * 2, ("established", "high")),
        ([("supports", ORDINARY, ON_SUBJECT | SINGLE)], ("probable", "low")),
        ([("supports", ORDINARY, ON_SUBJECT | COPY)], ("probable", "very low")),
        ([("supports", ORDINARY, ON_SUBJECT | INDIRECT)], ("probable", "very low")),
        ([("supports", STRONG, ON_SUBJECT | INDIRECT)], ("probable", "low")),
        ([("supports", WEAK, ON_SUBJECT)], ("probable", "very low")),
        # copies on another site
        ([("supports", ORDINARY, COPY)], ("probable", "very low")),
        ([("supports", STRONG, COPY)], ("probable", "low")),
        ([("supports", STRONG, COPY)] * 3, ("probable", "moderate")),
        ([("supports", STRONG, COPY), ("supports", ORDINARY)], ("established", "moderate")),
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
        ([("supports", ORDINARY)] * 4, ("established", "moderate")),
        ([("supports", ORDINARY)] * 2 + [("supports", STRONG, SINGLE)], ("established", "high")),
        ([("supports", STRONG), ("supports", ORDINARY)], ("established", "high")),
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


def test_two_chapters_on_the_subject_do_not_make_a_treatment_highly_certain():
    assert judge(lines(*[("supports", ORDINARY, ON_SUBJECT)] * 2), treatment=True) == Judgement("established", "moderate")


def test_one_source_counts_once_however_often_it_says_it():
    assert judge([Line("textbook", "supports", ORDINARY)] * 5) == Judgement("probable", "low")


def test_a_source_that_says_both_counts_on_both_sides():
    told = [Line("textbook", "supports", ORDINARY), Line("textbook", "disputes", ORDINARY)]
    assert judge(told) == Judgement("contested", "low")


def test_indirect_evidence_weighs_one_less():
    assert judge([Line("textbook", "supports", ORDINARY, indirect=True)]) == Judgement("probable", "very low")
    assert judge([Line("encyclopedia", "supports", WEAK, indirect=True)]) == Judgement("unverified", "very low")


def test_a_copy_weighs_one_less_and_an_encyclopedia_that_is_a_copy_no_less_than_an_encyclopedia():
    assert judge([Line("encyclopedia", "supports", WEAK, copy=True)]) == Judgement("probable", "very low")
    assert judge([Line("trials", "disputes", STRONG, copy=True)]) == Judgement("contested", "very low")
    assert judge([Line("textbook", "supports", ORDINARY, indirect=True, copy=True)]) == Judgement("probable", "very low")
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
        ([("established", "moderate"), ("probable", "low")], "supported"),
        ([("established", "high"), ("unverified", "very low")], "partlySupported"),
        ([("established", "high"), ("probable", "very low")], "partlySupported"),
        ([("probable", "very low")], "partlySupported"),
        ([("probable", "very low"), ("unverified", "very low")], "partlySupported"),
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
