"""Scope words: a direct line whose note or locator speaks of less than its claim is a problem, with the fix."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.checks import validate
from kg.checks.record_lines import Places
from kg.checks.scope_words import find_unsaid_scopes

CLAIM = """
claim:magnesium-deficiency_promotes_impaired-myelin-maintenance a kg:CausalClaim ;
    kg:cause kg:magnesium-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:impaired-myelin-maintenance ;{claim}
    kg:evidence [ kg:source source:textbook ; kg:stance {line} ] .

kg:older-adults a kg:Population ;
    rdfs:label "older adults"@en ;
    skos:definition "People over 65."@en .

kg:severe-lack a kg:NutrientStatus ;
    rdfs:label "severe magnesium deficiency"@en ;
    skos:definition "Very little magnesium."@en ;
    kg:kindOf kg:magnesium-deficiency ;
    kg:stateOf kg:magnesium ;
    kg:deviation kg:low .
"""
SMALL = Path(__file__).parent / "small"
FIX = "mark the line kg:directness kg:indirect, say the condition with kg:onlyWhen or kg:population, or reword the note"


HEAD = (SMALL / "data" / "small.ttl").read_text().split("kg:vitamin-b12 a", 1)[0]


def find_scopes(line: str, claim: str = "") -> list[tuple[str, str, str]]:
    store, places = Store(), Places(str(SMALL))
    store.load((SMALL / "data" / "small.ttl").read_bytes(), format=RdfFormat.TURTLE)
    store.load(HEAD + CLAIM.format(line=line, claim=claim), format=RdfFormat.TURTLE)
    return [(problem.record, problem.problem, problem.fix) for problem in find_unsaid_scopes(store, places)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('kg:locator "Older adults"', "older adults"),
        ('kg:locator "Causes; pregnancy" ; kg:note "Listed."', "pregnancy"),
        ('kg:note "It is seen in severe disease."', "in severe disease"),
        ('kg:note "Only in late kidney disease."', "in late kidney disease"),
        ('kg:note "Severe lack strips the nerves."', "severe lack strips the nerves"),
        ('kg:note "When it is advanced."', "when it is advanced"),
        ('kg:note "In severe hypomagnesemia."', "in severe hypomagnesemia"),
        ('kg:note "Nerves slow, in shock."', "in shock"),
        ('kg:note "In malnourished children the nerves slow."', "in malnourished children"),
        ('kg:note "Nerves slow in premature infants."', "in premature infants"),
        ('kg:note "A sign of the acute form."', "the acute form"),
        ('kg:note "In people on dialysis."', "on dialysis"),
        ('kg:note "In type 1 diabetes."', "in type 1 diabetes"),
        ('kg:note "In Women without anemia."', "in women"),
        ('kg:note "In overdose."', "in overdose"),
        ('kg:note "Fibres thin in rats."', "in rats"),
        ('kg:note "It does so combined with alcohol."', "combined with"),
    ],
)
def test_a_direct_line_of_less_than_its_claim_is_a_problem(said, words):
    problem = f"the line of textbook speaks of {words!r}, and the claim does not"
    claim = "claim:magnesium-deficiency_promotes_impaired-myelin-maintenance"
    assert find_scopes(f"kg:supports ; {said}") == [(claim, problem, FIX)]


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ('kg:supports ; kg:directness kg:indirect ; kg:note "In older adults."', ""),
        ('kg:disputes ; kg:note "Not in older adults."', ""),
        ('kg:supports ; kg:note "In older adults."', "\n    kg:population kg:older-adults ;"),
        ('kg:supports ; kg:note "In severe lack."', "\n    kg:onlyWhen kg:severe-lack ;"),
        ('kg:supports ; kg:note "Above all in children."', ""),
        ('kg:supports ; kg:note "In adults and in children."', ""),
        ('kg:supports ; kg:note "Seen in three of four children."', ""),
        ('kg:supports ; kg:note "The nerves of an infant had thin sheaths."', ""),
        ('kg:supports ; kg:note "Severe pain follows."', ""),
        ('kg:supports ; kg:note "Several men of business wrote of treatment."', ""),
        ('kg:supports ; kg:locator "Table of related types"', ""),
        ("kg:supports", ""),
    ],
)
def test_a_line_that_says_what_its_claim_says_has_no_problem(line, claim):
    assert find_scopes(line, claim) == []


def test_a_line_with_two_limits_is_one_problem():
    line = 'kg:supports ; kg:locator "Older adults" ; kg:note "In severe disease."'
    assert [problem for _, problem, _ in find_scopes(line)] == [
        "the line of textbook speaks of 'in severe disease', and the claim does not"
    ]


def test_kg_validate_names_the_file_and_line_of_the_claim(repository):
    path = repository / "data" / "added.ttl"
    path.write_text(HEAD + CLAIM.format(line='kg:supports ; kg:note "In severe disease."', claim=""))
    [found] = [problem for problem in validate(str(repository), [str(path)]) if problem.fix == FIX]
    assert (Path(found.file).name, found.line) == ("added.ttl", HEAD.count("\n") + 2)
