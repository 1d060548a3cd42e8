"""Identifiers are understood at every door, however they are spelt."""

import warnings

import pytest

from kg.cli.claim import describe_claim
from kg.errors import MappedName, UnknownName, UsageError
from kg.grounding.spelled_ids import as_iris, claim_name

KG = "https://w3id.org/nutrition-kg/"


@pytest.mark.parametrize(
    "name",
    """HP:0003401|hp:0003401|hp: 0003401|hp 0003401|HP_0003401|hp-0003401|hp#0003401|hp:3401|HP 3401|obo:HP_0003401|OBO:hp_0003401
    <HP:0003401>|[HP:0003401]|(hp:0003401)|"HP:0003401"|HP:0003401.|HP%3A0003401|HP：0003401|MESH:D010292|mesh d010292
    http://purl.obolibrary.org/obo/HP_0003401|HTTPS://PURL.OBOLIBRARY.ORG/OBO/hp_0003401|purl.obolibrary.org/obo/HP_0003401
    http://purl.obolibrary.org/obo/HP%5F0003401|https://id.nlm.nih.gov/mesh/D010292|https://hpo.jax.org/browse/term/HP:0003401
    https://identifiers.org/hp/HP:0003401|https://bioregistry.io/hp:0003401|kg:paresthesia|KG:Paresthesia
    https://w3id.org/nutrition-kg/Paresthesia|<https://W3ID.org/nutrition-kg/paresthesia/>|http://www.w3id.org/nutrition-kg/paresthesia
    w3id.org/nutrition-kg/PARESTHESIA|http://127.0.0.1:8000/term/paresthesia|/term/paresthesia?lang=de""".replace(
        "\n", "|"
    ).split("|"),
)
def test_an_id_is_understood_in_every_spelling(real, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert real.term(name).iri == KG + "paresthesia"


@pytest.mark.parametrize(
    "name", ["kg:Vitamin_B12", f"{KG}Vitamin-B12", f"{KG}vitamin%20b12", "KG:VITAMIN B12", "vitamin-B12", "kg: vitamin-b12"]
)
def test_our_own_ids_are_understood_with_capitals_and_underscores(real, name):
    assert real.term(name).label == "vitamin B12"


@pytest.mark.parametrize(
    "name",
    [
        "hp:9999999",
        "HP:",
        "hp",
        "obo:",
        "http://",
        "https://w3id.org/nutrition-kg/",
        "://x",
        "%",
        "%%%",
        "x y:z",
        "[]",
        "<>",
        "B12/folate",
        "zz:1",
        "hp 12a",
    ],
)
def test_what_is_no_id_of_the_graph_is_refused_in_one_line(real, name):
    with pytest.raises(UnknownName) as error:
        real.term(name)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "name", ["iron 3", "vitamin B12", "MCV: high", "muscle cramp", "low 25(OH)D", "work 5 days a week", "a_b"]
)
def test_words_are_no_ids(name):
    assert as_iris(name) == []


@pytest.mark.parametrize("name", ["chebi:17439", "CHEBI_17439", "http://purl.obolibrary.org/obo/CHEBI_17439"])
def test_an_id_that_is_mapped_otherwise_than_exactly_is_answered_with_the_relation(real, name):
    with pytest.warns(MappedName, match="^CHEBI:17439 means nearly the same as vitamin B12 .kg:vitamin-b12., which is taken$"):
        assert real.term(name).iri == KG + "vitamin-b12"


def test_an_id_of_any_mapping_is_understood_or_leaves_a_choice(real):
    near = "skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"
    of = f"?s {near} ?o ; kg:kind ?k . FILTER NOT EXISTS {{ ?t skos:exactMatch ?o }}"
    rows = real.query(f"SELECT ?o (COUNT(DISTINCT ?s) AS ?n) (SAMPLE(?s) AS ?one) {{ {of} }} GROUP BY ?o ORDER BY DESC(?n) ?o")
    several, alone = rows[0], rows[len(rows) - 1]
    assert int(several["n"].value) > 1
    with pytest.raises(UsageError, match="matches no term exactly; choose one of kg:"):
        real.term(several["o"].value)
    with pytest.warns(MappedName):
        assert real.term(alone["o"].value).iri == alone["one"].value


CLAIM = "pernicious-anemia_promotes_vitamin-b12-deficiency"


@pytest.mark.parametrize(
    "name",
    [
        CLAIM,
        f"claim:{CLAIM}",
        f"CLAIM:{CLAIM.upper()}",
        f"<{KG}claim/{CLAIM}>",
        f"http://w3id.org/nutrition-kg/claim/{CLAIM}/",
        f"/claim/{CLAIM}?lang=de",
    ],
)
def test_a_claim_is_found_in_every_spelling_of_its_id(real, name):
    assert claim_name(name) == CLAIM
    assert describe_claim(real, name)["iri"] == f"{KG}claim/{CLAIM}"


def test_a_parameter_a_route_and_findings_take_ids_too(real):
    ids = real.paths("<kg:Vitamin_B12-deficiency>", "hp 0003401", limit=1).to_dict()
    assert (ids["cause"]["label"], ids["effect"]["label"]) == ("vitamin B12 deficiency", "paresthesia")
    assert [one["label"] for one in real.explain(["hp 0003401", "HP_0012378"]).to_dict()["findings"]] == [
        "paresthesia",
        "fatigue",
    ]
    rows = real.query("biomarkers_for", state=f"{KG}Vitamin_B12_Deficiency")
    assert len(rows) > 2
