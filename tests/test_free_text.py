"""A pasted sentence is heard piece by piece, and nothing of it is dropped in silence."""

import json

import pytest

from kg.errors import UsageError
from kg.grounding.free_text import find_left_over, heard, pieces

SENTENCE = (
    "I am a 34 year old woman, vegan, tired and pale, hair falling out. No fever, cough or rash. "
    "Ferritin 9 ng/mL, on metformin, wibble wobble"
)


def test_each_piece_is_told_with_what_it_was_taken_for(real):
    told = json.loads(real.explain([SENTENCE]).to_json())
    assert {one["text"]: (one["as"], one["labels"]) for one in told["heard"]} == {
        "a 34 year old woman": ("circumstance", ["adults", "women", "women of childbearing age"]),
        "vegan": ("circumstance", ["strict vegan diet"]),
        "tired and pale": ("present", ["fatigue", "pallor"]),
        "hair falling out": ("present", ["hair loss"]),
        "No fever, cough or rash": ("absent", ["fever", "cough", "dermatitis"]),
        "Ferritin 9 ng/mL": ("number", ["low ferritin"]),
        "on metformin": ("circumstance", ["metformin use"]),
        "wibble wobble": ("not understood", []),
    }
    assert told["unresolved"] == ["wibble wobble"]


def test_a_drug_told_as_a_finding_is_a_circumstance_and_said_so(real):
    answer = real.explain(["fatigue", "takes omeprazole daily"])
    assert answer.unresolved == ()
    assert any("circumstance" in note or "context" in note for note in answer.notes)


def test_the_part_of_a_phrase_that_is_not_understood_is_named(real):
    assert real.explain(["headache, elbow noise"]).unresolved == ("elbow noise",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tired", ["tired"]),
        ("tired, pale", ["tired", "pale"]),
        ("no fever, cough or rash, tired", ["no fever, cough or rash", "tired"]),
        ("no fever, no cough, tired", ["no fever", "no cough", "tired"]),
        ("Hb 8,2 g/dL. Tired!", ["Hb 8,2 g/dL", "Tired"]),
        ("She has cramps; patient is weak", ["cramps", "weak"]),
        ("", [""]),
        (",,,;", [",,,;"]),
        (".", ["."]),
    ],
)
def test_a_text_falls_into_pieces(text, parts):
    assert pieces(text) == parts


@pytest.mark.parametrize("text", ["?" * 5000, "a. " * 300, "; ".join(f"wibble{n}" for n in range(200))])
def test_a_long_text_of_nothing_is_refused_in_one_line(real, text):
    with pytest.raises(UsageError) as caught:
        real.explain([text])
    assert len(str(caught.value)) < len(text) + 600


def test_the_end_of_a_long_text_is_not_dropped_in_silence(real):
    text = "; ".join(["tired, wibble", *(f"wobble{n}" for n in range(100))])
    assert {"wibble", "wobble99"} <= set(real.explain([text]).unresolved)


@pytest.mark.parametrize(
    ("told", "there", "absent"),
    [
        ("on PPI and HCTZ", {"acid-suppressing drug use", "thiazide use", "diuretic use"}, set()),
        ("migraine treated with propranolol", {"migraine", "beta blocker use"}, set()),
        ("T2DM on metformin 1 g bd", {"type 2 diabetes mellitus", "metformin use"}, set()),
        ("no diabetes on metformin", {"metformin use"}, {"type 2 diabetes mellitus"}),
        ("denies hypertension on lisinopril", {"ACE inhibitor use", "ACE inhibitor or ARB use"}, {"hypertension"}),
        ("CKD stage 4 on HD", {"chronic kidney disease", "hemodialysis"}, set()),
        ("Lhermitte's", {"Lhermitte sign"}, set()),
        ("lost two stone without trying", {"weight loss"}, set()),
        ("pallor of the conjunctivae", {"pallor"}, set()),
        ("the chair leg is weak", set(), set()),
        ("blind spot in the driving mirror", set(), set()),
        ("a bitter taste of defeat", set(), set()),
        ("panic disorder", {"panic disorder"}, set()),
        ("tired and thirsty after the sauna", {"fatigue", "thirst", "heat exposure"}, set()),
        ("palpitations after gastric bypass", {"palpitations", "bariatric surgery"}, set()),
        ("nausea during pregnancy", {"nausea and vomiting", "pregnancy"}, set()),
        ("no fever since the antibiotics", {"antibiotic use"}, {"fever"}),
        ("my mother is tired and dizzy after the flu", set(), set()),
        ("my face feels dry and tight in winter", set(), set()),
        ("weak in maths", set(), set()),
    ],
)
def test_both_halves_are_read_and_things_are_no_findings(real, told, there, absent):
    said = heard(real.rows, [told])
    assert {term.label for one in (*said.present, *said.context) for term in one.terms} == there
    assert {term.label for one in said.present for term in one.ruled_out} == absent


def test_the_half_that_is_not_read_is_reported(real):
    assert find_left_over(heard(real.rows, ["trouble finding words and concentrating"]).present) == ("concentrating",)


def test_an_occasion_that_is_not_read_is_reported(real):
    said = heard(real.rows, ["headache and stiff shoulders at the computer"])
    assert [one.phrase for one in said.present] == ["headache", "stiff shoulders", "at the computer"]
    assert find_left_over(said.present) == ("at the computer",)
