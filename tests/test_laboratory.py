"""Values of laboratories: test, value and unit against the cut-offs of the graph, for the person that is told of."""

import json
import re
import time

import pytest

from kg.errors import UnknownName
from kg.grounding import phrases
from kg.grounding.laboratory import number, people
from kg.grounding.laboratory_marks import without_marks
from kg.grounding.spelling import suggest
from kg.grounding.units import Conversion, convert, unit


@pytest.mark.parametrize(
    ("phrase", "says", "label"),
    [
        ("ferritin 9 ng/mL", "low", "low ferritin"),
        ("serum ferritin level is 9", "low", "low ferritin"),
        ("ferritin 900 ug/L", "high", "high ferritin"),
        ("Hb 82 g/L", "low", "low hemoglobin"),
        ("hemoglobin of 8.2 g/dl", "low", "low hemoglobin"),
        ("Ca 1.9 mmol/L", "low", "hypocalcemia"),
        ("calcium 3.4 mEq/L", "low", "hypocalcemia"),
        ("Ca 2.9", "high", "hypercalcemia"),
        ("K 2.8", "low", "hypokalemia"),
        ("K+ 6.8", "high", "hyperkalemia"),
        ("potassium: 2.9 mEq/L", "low", "hypokalemia"),
        ("Na 128", "low", "hyponatremia"),
        ("sodium 152 mmol/L", "high", "hypernatremia"),
        ("Mg 0.45 mmol/L", "low", "hypomagnesemia"),
        ("phosphate 0.3 mmol/L", "low", "hypophosphatemia"),
        ("MCV 112", "high", "increased mean corpuscular volume"),
        ("MCV 68 fL", "low", "microcytic hypochromic red cells"),
        ("TSH 12 mIU/L", "high", "high thyroid-stimulating hormone"),
        ("25-OH vitamin D 9 ng/mL", "low", "low 25-hydroxyvitamin D"),
        ("vitamin B12 90 pg/mL", "low", "low serum vitamin B12"),
        ("25(OH)D3 12 ng/mL", "low", "low 25-hydroxyvitamin D"),
        ("25(OH)D₃ 12 ng/mL", "low", "low 25-hydroxyvitamin D"),
        ("vitamin B12 came back at 90 pg/mL", "low", "low serum vitamin B12"),
        ("INR 3.1", "high", "prolonged prothrombin time"),
        ("albumin of 24 g/L", "low", "hypoalbuminemia"),
        ("albumin 2.1 g/dL", "low", "hypoalbuminemia"),
        ("TSAT 9 %", "low", "low transferrin saturation"),
        ("fasting glucose 14 mmol/L", "high", "high blood sugar"),
        ("fasting blood sugar 252 mg/dL", "high", "high blood sugar"),
        ("platelets 45 x10^9/L", "low", "thrombocytopenia"),
        ("plt 45 K/uL", "low", "thrombocytopenia"),
        ("WBC 2.1", "low", "leukopenia"),
        ("CRP 88 mg/L", "high", "high C-reactive protein"),
        ("Hct 22%", "low", "low hematocrit"),
        ("Hct 0.22 L/L", "low", "low hematocrit"),
        ("MMA 900 nmol/L", "high", "elevated methylmalonic acid"),
        ("red cell folate 200 nmol/L", "low", "low red cell folate"),
        ("vitamin B6 8 nmol/L", "low", "low pyridoxal phosphate"),
        ("TSH <0.01", "low", "low thyroid-stimulating hormone"),
        ("glucose 14 mmol/L", "high", "high blood sugar"),
        ("glucose 45 mg/dL", "low", "low glucose"),
        ("HbA1c 9.1 %", "high", "high blood sugar"),
        ("HbA1c 68 mmol/mol", "high", "high blood sugar"),
        ("eGFR 38 mL/min/1.73 m2", "low", "low glomerular filtration rate"),
        ("PTH 12 pmol/L", "high", "high parathyroid hormone"),
        ("RDW 18", "high", "high red cell distribution width"),
        ("haemoglobin 74 grams per litre", "low", "low hemoglobin"),
        ("ionized Ca 0.9 mmol/L", "low", "hypocalcemia"),
        ("Mg2+ 0.5", "low", "hypomagnesemia"),
        ("ferritin 9 (15-150)", "low", "low ferritin"),
        ("potassium 3.0 - 3.2 mmol/L L", "low", "hypokalemia"),
    ],
)
def test_a_value_is_read_with_its_unit(real, phrase, says, label):
    [reading] = phrases.findings(real.rows, [phrase])
    assert (reading.measured.says, [term.label for term in reading.terms]) == (says, [label])


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("K 4.2", "normal"),
        ("sodium 140 mmol/L", "normal"),
        ("calcium 95 mmol/L", "implausible"),
        ("K 280", "implausible"),
        ("hemoglobin 820 g/dL", "implausible"),
        ("zinc 55", "unit needed"),
        ("INR 1.0", "normal"),
        ("platelets 250", "normal"),
        ("platelets 250000", "implausible"),
        ("potassium 3.2-4.8", "borderline"),
        ("glucose 130 mg/dL", "borderline"),
    ],
)
def test_what_is_normal_impossible_or_lacks_its_unit_is_no_finding(real, phrase, says):
    [reading] = phrases.findings(real.rows, [phrase])
    assert (reading.measured.says, reading.terms) == (says, ())


@pytest.mark.parametrize(
    "phrase",
    [
        "fatigue for 3 weeks",
        "age 55",
        "vitamin B12",
        "ferritin",
        "ferritin 9 bananas",
        "55",
        "3 children",
        "",
        "K2",
        "25(OH)D3",
        "serum K2",
        "B12",
        "glucose 14 bananas",
        "vitamin D3 1000",
        "?" * 2000,
    ],
)
def test_what_is_no_value_of_a_known_test_is_none(phrase):
    assert number(phrase) is None


def test_the_cut_offs_are_those_of_the_person(real):
    said = {
        whom: phrases.findings(real.rows, ["Hb 12.5 g/dL"], whom)[0].measured.says
        for whom in (("women",), ("men",), ("pregnant women",))
    }
    assert said == {("women",): "normal", ("men",): "low", ("pregnant women",): "normal"}


@pytest.mark.parametrize(
    ("told", "age", "whom"),
    [
        (["28 weeks pregnant"], None, ("pregnant women",)),
        (["3 year old girl"], 3.0, ("children", "young children")),
        (["heavy periods"], None, ("women",)),
        (["55 year old man"], 55.0, ("men",)),
        (["tired"], None, ()),
    ],
)
def test_the_person_is_heard_in_what_is_told(told, age, whom):
    assert people(told, age) == whom


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ng/mL", "ng/mL"), ("mcg/L", "ug/L"), ("µg/dl", "ug/dL"), ("MMOL/L", "mmol/L"), ("mEq per litre", "mEq/L"),
        ("fl", "fL"), ("mg%", "mg/dL"), ("uIU/ml", "uIU/mL"), ("bananas", None), ("kg", None), ("", None),
    ],
)  # fmt: skip
def test_a_unit_is_read_however_it_is_spelt(text, name):
    found = unit(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("value", "given", "wanted", "result"),
    [
        (82, "g/L", "g/dL", 8.2),
        (9, "ng/mL", "ug/L", 9),
        (2.5, "mmol/L", "mg/dL", 10.02),
        (5, "mEq/L", "mmol/L", 2.5),
        (1, "mIU/L", "uIU/mL", 1),
    ],
)
def test_units_convert_by_prefix_by_factor_and_by_charge(value, given, wanted, result):
    calcium = Conversion(unit("mg/dL"), unit("mmol/L"), 0.2495, 2)
    assert convert(value, unit(given), unit(wanted), calcium) == pytest.approx(result, rel=1e-3)


def test_without_a_factor_mass_does_not_become_amount():
    assert convert(1, unit("mg/dL"), unit("mmol/L"), Conversion()) is None


def test_the_answer_says_how_numbers_were_read(real):
    answer = real.explain(["fatigue", "ferritin 9 ng/mL", "calcium 95 mmol/L"])
    told = json.loads(answer.to_json())["numbers"]
    assert [(one["phrase"], one["says"], one["finding"]) for one in told] == [
        ("ferritin 9 ng/mL", "low", "low-ferritin"),
        ("calcium 95 mmol/L", "implausible", ""),
    ]
    assert any("no such value occurs" in note for note in answer.notes)


def test_the_finding_is_joined_to_its_biomarker(real):
    rows = real.rows("PREFIX kg: <https://w3id.org/nutrition-kg/> SELECT ?by { kg:low-ferritin kg:measuredBy ?by }")
    assert [row[0].value for row in rows] == ["https://w3id.org/nutrition-kg/serum-ferritin"]


def test_a_test_without_cut_off_is_read_by_the_range_or_the_mark_of_its_laboratory(real):
    told = ["troponin 200 ng/L (<14)", "prealbumin 8 mg/dL L", "haptoglobin 0.1 g/L", "aldolase 3 (1-7.5)"]
    read = phrases.findings(real.rows, told)
    assert [[term.label for term in one.terms] for one in read] == [["high troponin"], ["low prealbumin"], [], []]
    assert [term.label for term in read[3].ruled_out] == ["high aldolase"]


@pytest.mark.parametrize(
    ("phrase", "labels", "says"),
    [
        ("haemoglobin 68 g/L in a 30 year old woman", ["low hemoglobin"], "low"),
        ("Hb of 13.5 in a man of 40", [], "normal"),
        ("ferritin 12 ng/mL in a 4 year old", ["low ferritin"], "low"),
        ("vitamin D 1000", [], "unit needed"),
        ("B12 1000", [], "unit needed"),
        ("free T4 5 pmol/L", [], "unknown"),
        ("lipase 900 U/L", [], "unknown"),
    ],
)
def test_a_value_with_whose_it_is_or_that_may_be_a_dose_or_has_no_cut_off(real, phrase, labels, says):
    [read] = phrases.findings(real.rows, [phrase])
    assert ([term.label for term in read.terms], read.measured and read.measured.says) == (labels, says)


@pytest.mark.parametrize(
    ("phrase", "offered"),
    [
        ("feritin 5 ng/ml", ("ferritin 5 ng/ml",)),
        ("potasium 2.9", ("potassium 2.9",)),
        ("osmolalty 310 mosm/kg", ("osmolality 310 mosm/kg",)),
    ],
)
def test_a_misspelt_test_is_asked_back_with_its_value(real, phrase, offered):
    assert not phrases.findings(real.rows, [phrase])[0].understood
    assert suggest(real.rows, phrase, "State", 3) == offered


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("free T4 5 pmol/L", "the graph has no cut-off to read this number against; write 'free T4: high' or 'free T4: low'"),
        ("vitamin D 1000", "the unit decides, nmol/L: high; mg, ug or IU: a dose; write the unit"),
    ],
)
def test_a_number_alone_that_is_not_read_says_why(real, phrase, said):
    with pytest.raises(UnknownName, match=re.escape(said)):
        real.explain([phrase])


def test_a_word_without_end_takes_no_time():
    began = time.process_time()
    assert without_marks("1a" * 50_000).way == ""
    assert without_marks("a" * 100_000).way == ""
    assert time.process_time() - began < 1
