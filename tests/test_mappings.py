"""How far the terms are mapped to public ontologies, and how far words lead to terms; both may only grow."""

import pytest

MANY, MOST = 90, 70
WANTED = {
    **dict.fromkeys(("nutrient", "nutrient status", "condition", "finding", "drug", "biomarker"), MANY),
    **dict.fromkeys(("process", "physiological state", "exposure", "treatment", "population", "food group"), MOST),
}


@pytest.fixture(scope="module")
def coverage(real):
    return {row["kind_label"].value: row for row in real.query("mapping_coverage")}


@pytest.mark.parametrize("kind", WANTED)
def test_most_terms_of_each_kind_are_mapped(coverage, kind):
    row = coverage[kind]
    assert 100 * int(float(row["mapped"].value)) >= WANTED[kind] * int(row["terms"].value)


def test_nutrients_conditions_and_drugs_are_mapped_to_what_is_alike_not_merely_related(coverage):
    for kind in ("nutrient", "condition", "drug", "biomarker"):
        row = coverage[kind]
        assert float(row["mapped_to_alike"].value) >= 0.7 * int(row["terms"].value), kind


def test_every_finding_and_condition_has_three_synonyms_or_more(real):
    rows = real.query(
        "SELECT ?term (COUNT(DISTINCT ?name) AS ?names) { VALUES ?kind { kg:Finding kg:Condition } ?term a ?kind "
        "OPTIONAL { ?term skos:altLabel ?name } } GROUP BY ?term HAVING (COUNT(DISTINCT ?name) < 3) ORDER BY ?term"
    )
    assert [row["term"].value for row in rows] == []
