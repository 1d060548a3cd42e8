"""Questions in plain words find the command that answers them; what is not recognised is said so, nothing is made up."""

import pytest

from kg.errors import UnknownName
from kg.grounding.questions import pick
from tests.command import kg as called

ASKED = """
which foods are rich in magnesium? = query foods_richest_in --nutrient magnesium
best sources of iron = query foods_richest_in --nutrient iron
how much vitamin D should I take = query intake_limits --nutrient vitamin D
how does B12 deficiency lead to tingling? = paths vitamin B12 deficiency paresthesia
Can metformin cause tingling? = paths metformin paresthesia
what causes muscle cramps = query causes_of --finding muscle cramp
Why do I have brittle nails? = query causes_of --finding brittle nails
what are the symptoms of iron deficiency = query findings_reached_from --state iron deficiency
Which drugs deplete potassium? = query drugs_that_deplete --nutrient potassium
who is at risk of B12 deficiency? = query risk_groups --state vitamin B12 deficiency
does magnesium help cramps? = query treatments_of --state muscle cramp
which of metformin and omeprazole causes tingling? = explain paresthesia --context metformin --context omeprazole
should I test folate or B12? = query what_separates --first folate deficiency --second vitamin B12 deficiency
how much spinach for a day's magnesium? = query foods_for_a_days_need --nutrient magnesium
does coffee block iron? = query absorption_modifiers
which has more calcium, kale or milk? = compare kale, raw whole milk, with added vitamin D
can iron deficiency make you tired? = paths iron deficiency fatigue
how do I test for iron deficiency = query signs_of --state iron deficiency
what separates folate deficiency from B12 deficiency? = query what_separates --first folate deficiency --second vitamin B12 deficiency
what is the normal range of ferritin = query cutoffs_of --biomarker serum ferritin
what do we need zinc for? = query needs_of --nutrient zinc
what ends if iron deficiency is corrected = correct iron deficiency
what is homocysteine? = term homocysteine
what happens if I don't get enough vitamin C = query findings_reached_from --state vitamin C deficiency
can you take too much selenium = query findings_reached_from --state selenium excess
What's in spinach? = term spinach
compare almonds and walnuts = compare almonds walnuts
does omeprazole lower magnesium = paths omeprazole magnesium deficiency
who is likely to lack vitamin D = query risk_groups --state vitamin D deficiency
is anemia reversible = correct anemia
how rare is beriberi = query how_common --state beriberi
is fatigue a symptom of iron deficiency = paths iron deficiency fatigue
what level of vitamin D is too low = query cutoffs_of --biomarker 25-hydroxyvitamin D
I am tired and pale, what could it be? = explain fatigue pallor
what can cause brittle nails and hair loss = explain brittle nails hair loss
tell me about selenium = term selenium
show me a map of magnesium = view magnesium
"""


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_a_question_finds_its_command(real, line):
    question, _, command = line.rpartition(" = ")
    assert " ".join(pick(real.rows, question)) == command


@pytest.mark.parametrize("question", ["write me a poem", "", "?", "yes", "a" * 5000, "{a} {b}", "drop table states"])
def test_what_is_no_known_question_is_none(real, question):
    assert pick(real.rows, question) is None


@pytest.mark.parametrize("question", ["which foods are rich in unobtainium?", "what is the weather in Paris"])
def test_an_unknown_name_in_a_known_question_gets_the_nearest(real, question):
    with pytest.raises(UnknownName):
        pick(real.rows, question)


@pytest.mark.parametrize(
    ("question", "command"),
    [
        (
            "What should be monitored on metformin and omeprazole?",
            ["explain", "--context", "metformin", "--context", "omeprazole"],
        ),
        ("my ferritin is 9 ng/mL, what does it mean?", ["explain", "low ferritin"]),
        ("is there a link between celiac disease and osteoporosis?", ["paths", "celiac disease", "osteoporosis"]),
        ("what ferritin is too low?", ["query", "cutoffs_of", "--biomarker", "serum ferritin"]),
        ("does boiling destroy vitamin C?", ["query", "foods_richest_in", "--nutrient", "vitamin C"]),
        ("why do I keep dropping things?", ["query", "causes_of", "--finding", "weak grip"]),
        ("what should someone who has had bariatric surgery watch for?", ["explain", "--context", "bariatric surgery"]),
    ],
)
def test_forms_of_questions_that_people_use(real, question, command):
    assert pick(real.rows, question) == command


@pytest.mark.parametrize("question", ["what should I wear today?", "what moves the tides?"])
def test_a_question_about_nothing_of_ours_is_not_answered(real, question):
    assert pick(real.rows, question) is None


@pytest.mark.parametrize("question", ["is there a link between Aberdeen and Bath?", "what should be monitored on Mars?"])
def test_a_question_about_unknown_names_says_so(real, question):
    with pytest.raises(UnknownName):
        pick(real.rows, question)


def test_the_command_is_shown_and_run(tmp_path):
    code, out, err = called("--format", "csv", "ask", "who is at risk of B12 deficiency?", cwd=tmp_path)
    assert code == 0
    assert err.splitlines()[0] == "kg: the answer of: kg query risk_groups --state 'vitamin B12 deficiency'"
    assert "older adults" in out
    assert called("ask", "--dry", "what is homocysteine?", cwd=tmp_path)[:2] == (0, "kg term homocysteine\n")
    assert called("ask", "write me a poem", cwd=tmp_path)[0] == 2


def test_a_phrase_is_a_term_by_the_same_door(tmp_path):
    code, out, err = called("term", "SOB x 3 days", cwd=tmp_path)
    assert (code, out.splitlines()[0]) == (0, "dyspnea  (Symptom)")
    assert "is read as dyspnea" in err
    assert called("term", "wibble wobble", cwd=tmp_path)[0] == 2
