"""What people say in whole clauses is read by a small grammar of words; what is denied, over, or not of the body is not."""

import pytest

from kg.grounding import phrases
from kg.grounding.everyday import read
from kg.grounding.everyday_grammar import grammar
from kg.grounding.free_text import heard
from kg.grounding.name_lookup import Names
from kg.grounding.normalize import fold
from kg.grounding.reading import CONTEXT, FINDING
from kg.grounding.spelling import suggest

SAID = {
    "my fingertips feel like they're full of needles": ("paresthesia",),
    "feels like walking on cotton wool": ("paresthesia",),
    "I can't feel the ground under my feet": ("numbness",),
    "can't tell where my feet are in the dark": ("impaired proprioception",),
    "arms too weak to carry the shopping": ("muscle weakness",),
    "have to push myself up out of the chair": ("weakness of hips and shoulders",),
    "oncoming headlights blind me": ("night blindness",),
    "I walk into rooms and forget why": ("memory impairment",),
    "my toddler's legs are bowed": ("bowed legs",),
    "need three pillows to breathe at night": ("orthopnea",),
    "my feet burn and my nails crumble": ("burning feet", "brittle nails"),
    "can't climb the stairs without stopping for breath": ("dyspnea",),
}
NOT_SAID = (
    "my feet are no longer burning",
    "the burning in my feet has stopped",
    "afraid my hair will fall out",
    "my sister's feet go numb and burn",
    "legs of the table wobble",
    "strong nails and shiny hair",
    "the roof leaks",
    "he's head over heels in love",
    "painting my nails red",
)


def test_a_clause_is_read_by_its_words_in_any_order(real):
    read_as = dict(zip(SAID, phrases.findings(real.rows, list(SAID)), strict=True))
    assert {said: tuple(term.label for term in one.terms) for said, one in read_as.items()} == SAID


def test_what_is_only_looked_for_is_no_finding(real):
    looked_for = ["r/o pernicious anaemia", "rule out celiac disease", "family history of anemia", "screening for scurvy"]
    assert [one.terms for one in phrases.findings(real.rows, looked_for)] == [()] * len(looked_for)


def test_what_is_denied_over_or_not_of_the_body_is_not_read():
    assert [said for said in NOT_SAID if read(said)] == []


def test_a_half_that_is_not_read_is_reported():
    assert read("my hair falls out and my neighborhood changes").unread == ("my neighborhood changes",)


def test_every_name_of_the_table_is_one_of_the_graph(real):
    names = Names(real.rows)
    wanted = sorted({name for row in grammar().rows for name in row.names})
    for name in wanted:
        names.find(fold(name), (*FINDING, *CONTEXT))
    names.fetch()
    assert [name for name in wanted if names.find(fold(name), (*FINDING, *CONTEXT)) is None] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tierd all the time", "tired all the time"),
        ("numness in my feet", "numbness in my feet"),
        ("swolen gums", "swollen gums"),
    ],
)
def test_a_typing_error_in_a_longer_phrase_is_asked_back(real, typed, meant):
    assert suggest(real.rows, typed, "State", 3)[0] == meant


def test_the_lack_of_something_normal_is_a_finding(real):
    absent, denied = phrases.findings(real.rows, ["absent knee reflexes bilaterally", "no knee pain bilaterally"])
    assert [term.label for term in absent.terms] == ["areflexia"]
    assert denied.terms == ()


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("epilepsy controlled with phenytoin", ["epilepsy", "antiseizure drug use"]),
        ("T2DM on metformin", ["type 2 diabetes mellitus", "metformin use"]),
        ("rash on arms", ["dermatitis"]),
        ("pain on walking", []),
        ("knees ache all day", ["joint pain"]),
        ("sweaty and shaky", ["sweating", "tremor"]),
        ("hot and cold", []),
        ("taste is gone", ["loss or change of taste or smell"]),
        ("drinks a bottle of wine daily", ["alcohol drinking"]),
        ("never drinks wine", []),
        ("table leg is broken", []),
    ],
)
def test_a_condition_and_what_is_taken_for_it_are_two_things(real, phrase, found):
    assert [term.label for reading in heard(real.rows, [phrase]).present for term in reading.terms] == found


@pytest.mark.parametrize(
    ("phrase", "found"), [("low vit.C", ["vitamin C deficiency"]), ("low vit", []), ("tired. pale", ["fatigue", "pallor"])]
)
def test_the_point_of_a_short_form_ends_no_sentence(real, phrase, found):
    assert [term.label for reading in heard(real.rows, [phrase]).present for term in reading.terms] == found
