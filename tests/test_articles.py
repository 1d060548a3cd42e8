"""The two articles, completely: every statement is there, with its place, its verdict and its claims."""

from collections import Counter

KG = "https://w3id.org/nutrition-kg/"


def test_all_334_statements_are_listed_with_a_verdict(real):
    rows = real.query("statements")
    assert len(rows) == 334
    assert Counter(row["id"].value[:2] for row in rows) == {"S1": 171, "S2": 163}
    assert all(row["verdict_label"].value for row in rows)


def test_none_is_without_claims_or_a_reason_why_it_makes_none(real):
    assert real.query("statements_without_claim").plain() == []


def test_only_names_advice_and_background_make_no_claim(real):
    kinds = Counter(row["kind_label"].value for row in real.query("statements") if row["why_no_claim"] is not None)
    assert set(kinds) <= {"advice", "background"}


def test_every_section_of_both_articles_is_there(real):
    sections = {(row["id"].value[:2], row["section"].value) for row in real.query("statements")}
    assert Counter(article for article, _ in sections) == {"S1": 12, "S2": 12}


def test_both_great_routes_are_there_with_outside_evidence_for_their_first_steps(real):
    chains = [
        [
            "vitamin-b12-deficiency",
            "impaired-myelin-maintenance",
            "peripheral-neuropathy",
            "muscle-weakness",
            "muscle-tightness",
        ],
        ["vitamin-b12-deficiency", "megaloblastic-anemia", "reduced-oxygen-delivery-to-tissues", "muscle-tightness"],
    ]
    found = {
        tuple(state.removeprefix(KG) for state in route.states): route
        for route in real.paths("B12 deficiency", "muscle tightness", limit=200)
    }
    for chain in chains:
        statuses = [claim.status for claim in found[tuple(chain)].claims]
        assert statuses[-1] == "unverified"
        assert "unverified" not in statuses[:-1]


def test_where_the_outside_table_disputes_an_article_the_dispute_stands_on_the_claim(real):
    disputed = {row["claim"].value.removeprefix(KG + "claim/") for row in real.query("disputed_claims")}
    assert {
        "hypomagnesemia_promotes_muscle-cramp",
        "magnesium-supplementation_treats_muscle-cramp",
        "dehydration_promotes_muscle-cramp",
        "electrolyte-imbalance_promotes_muscle-cramp",
        "vitamin-d-deficiency_promotes_myofascial-trigger-point",
        "myofascial-trigger-point_promotes_referred-pain",
    } <= disputed


def test_an_article_alone_never_makes_a_claim_more_than_unverified(real):
    rows = real.query(
        """SELECT ?claim ?status WHERE {
             ?claim a kg:Claim ; kg:status ?status .
             MINUS { ?claim kg:evidence/kg:source/kg:studyKind/kg:weight ?weight FILTER(?weight > 0) }
           }"""
    )
    assert {row["status"].value.removeprefix(KG) for row in rows} == {"unverified"}


def test_the_differential_table_tells_its_three_columns_apart(real):
    pairs = {
        (row["speaks_for"].value, row["speaks_against"].value)
        for state in ("vitamin B12 deficiency", "dehydration", "muscle strain")
        for row in real.query("tells_apart", state=state)
    }
    assert pairs >= {
        ("vitamin B12 deficiency", "dehydration"),
        ("dehydration", "vitamin B12 deficiency"),
        ("vitamin B12 deficiency", "muscle strain"),
        ("muscle strain", "vitamin B12 deficiency"),
    }
