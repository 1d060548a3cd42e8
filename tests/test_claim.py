"""One claim with its evidence, its readings, a link to object, and what falls if it falls."""

import json

import pytest

from kg.build.store import build_graph, ntriples
from kg.cli.claim import describe_claim, issue
from kg.diff.impact import impact
from kg.errors import KgError
from kg.graph import Graph
from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded
from tests.command import kg

CLAIM = KG + "claim/magnesium-deficiency_promotes_hypomagnesemia"


@pytest.fixture
def own(repository) -> Graph:
    return Graph(Embedded(build_graph(str(repository))))


def test_what_falls_is_told_and_the_graph_is_as_it_was(own):
    before = ntriples(own.engine.store)
    found = {(one.kind, one.name) for one in impact(own, CLAIM)}
    assert ("answer", "steps_on_one_source") in found
    assert ntriples(own.engine.store) == before


def test_a_claim_that_nothing_rests_on_changes_its_own_rows_alone(own):
    """Every conclusion that changes is one in which the claim stood."""
    for one in impact(own, CLAIM):
        assert one.gone or one.new


def test_the_facts_of_a_claim(own):
    told = describe_claim(own, "claim:magnesium-deficiency_promotes_hypomagnesemia")
    assert told["sentence"] == "magnesium deficiency promotes hypomagnesemia"
    assert told["lines"]
    assert all(line["readings"] == [] and "object_to_it" not in line for line in told["lines"])


@pytest.mark.parametrize("name", [CLAIM, f"<{CLAIM}>", "magnesium-deficiency_promotes_hypomagnesemia"])
def test_a_claim_is_known_by_each_of_its_names(own, name):
    assert describe_claim(own, name)["iri"] == CLAIM


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("magnesium-deficiency_promotes_hypomagnesemias", "did you mean magnesium-deficiency_promotes_hypomagnesemia"),
        ("", "is not a name of a claim"),
        ("a> } DELETE { ?s ?p ?o", "is not a name of a claim"),
        ("kg:magnesium", "no claim is called"),
    ],
)
def test_what_is_no_claim_is_told(own, name, complaint):
    with pytest.raises(KgError, match=complaint):
        describe_claim(own, name)


def test_a_form_for_an_objection_is_filled_in():
    asked = issue("https://example.org/issues/new?labels=claim", "a_promotes_b", "A & B: 50 %")
    assert asked == (
        "https://example.org/issues/new?labels=claim&template=evidence.yml&title=claim%3Aa_promotes_b&claim=a_promotes_b"
        "&source=A+%26+B%3A+50+%25"
    )


def test_the_command_says_how_well_sourced_a_claim_is_in_words_that_are_no_odds(tmp_path):
    status, out, _ = kg("claim", "hypokalemia_promotes_muscle-weakness", cwd=tmp_path)
    assert status == 0
    assert "sourced (" in out
    status, out, _ = kg(
        "claim", "hypokalemia_promotes_muscle-weakness", "--format", "json", "--issues", "https://x.example/new", cwd=tmp_path
    )
    told = json.loads(out)
    assert told["certainty"] in ("high", "moderate", "low", "very low")
    assert all(line["object_to_it"].startswith("https://x.example/new?template=evidence.yml") for line in told["lines"])
