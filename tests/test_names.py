"""Names are found however they are typed, and different names stay different."""

import pytest

from kg.errors import UnknownName, UsageError
from kg.grounding.normalize import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Muscle Cramps", "muscle cramp"),
        ("muscle-cramp", "muscle cramp"),
        ("  MUSCLE   CRAMP ", "muscle cramp"),
        ("megaloblastic anaemia", "megaloblastic anemia"),
        ("hypocalcaemia", "hypocalcemia"),
        ("oedema", "edema"),
        ("dark coloured urine", "dark-colored urine"),
        ("dietary fibre", "dietary fiber"),
        ("Trousseau's sign", "trousseau sign".replace("trousseau", "trousseaus")),
        ("β-carotene", "beta-carotene"),
        ("fortified foods", "fortified food"),
    ],
)
def test_spellings_that_are_the_same(typed, meant):
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(("one", "other"), [("vitamin B1", "vitamin B12"), ("sinus", "sinu"), ("iron", "ion"), ("anus", "anu")])
def test_names_that_stay_different(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Charley horses", "muscle cramp"),
        ("kg:muscle-cramp", "muscle cramp"),
        ("https://w3id.org/nutrition-kg/muscle-cramp", "muscle cramp"),
        ("<https://w3id.org/nutrition-kg/muscle-cramp>", "muscle cramp"),
        ("lack of b12", "vitamin B12 deficiency"),
        ("hypomagnesaemia", "hypomagnesemia"),
    ],
)
def test_a_term_is_found_by_any_of_its_names(small, typed, label):
    assert small.term(typed).label == label


def test_a_term_is_found_by_the_external_id_that_means_the_same(real):
    assert real.term("HP:0003401").label == "paresthesia"


def test_an_unknown_name_gets_the_nearest_ones(small):
    with pytest.raises(UnknownName) as caught:
        small.term("muscel cramp")
    assert caught.value.nearest[0] == "muscle cramp"
    assert str(caught.value).startswith("nothing is called 'muscel cramp'; nearest: muscle cramp")


def test_a_kind_restricts_what_a_name_may_mean(small):
    assert small.term("magnesium", "Nutrient").label == "magnesium"
    with pytest.raises(
        UnknownName, match=r"no State is called 'magnesium' \(it is the name of a mineral\); nearest: magnesium deficiency"
    ):
        small.term("magnesium", "State")


def test_a_name_of_several_terms_asks_which(repository):
    from kg.graph import connect

    with (repository / "data" / "small.ttl").open("a") as file:
        file.write(
            '\nkg:other a kg:Drug ; rdfs:label "other"@en ; skos:altLabel "charley horse"@en ; skos:definition "x"@en .\n'
        )
    with pytest.raises(UsageError, match=r"several terms; choose one of kg:muscle-cramp \(Symptom\), kg:other \(Drug\)"):
        connect(str(repository)).term("charley horse")


@pytest.mark.parametrize("typed", ["", "   ", "kg:", "zzz:nothing", "http://", "<a b>", 'x" } #', "?" * 5000])
def test_no_name_breaks_the_search(small, typed):
    with pytest.raises(UsageError):
        small.term(typed)


def test_every_finding_and_condition_answers_to_all_its_names(real):
    rows = real.query(
        "SELECT ?term ?name { VALUES ?class { kg:Finding kg:Condition } ?term a ?class ; rdfs:label|skos:altLabel ?name }"
    )
    assert [(r["name"].value) for r in rows if real.term(r["name"].value, "State").iri != r["term"].value] == []
