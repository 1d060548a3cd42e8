"""What is counted: works and publishers once, a passage by its own kind, nothing that was withdrawn."""

from pathlib import Path

import pytest

from kg.build.store import build_graph
from kg.rdf.namespaces import KG

SOURCES = """
@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix claim: <https://w3id.org/nutrition-kg/claim/> .
@prefix source: <https://w3id.org/nutrition-kg/source/> .
@prefix work: <https://w3id.org/nutrition-kg/work/> .
@prefix publisher: <https://w3id.org/nutrition-kg/publisher/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

work:manual a kg:Work ; rdfs:label "Manual"@en .
publisher:institutes a kg:Publisher ; rdfs:label "Institutes"@en .
source:us-manual a kg:Source ; rdfs:label "US manual: electrolytes"@en ; kg:studyKind kg:Textbook ; kg:access kg:original ; kg:partOfWork work:manual .
source:world-manual a kg:Source ; rdfs:label "World manual: electrolytes"@en ; kg:studyKind kg:Textbook ; kg:access kg:original ; kg:partOfWork work:manual .
source:heart-sheet a kg:Source ; rdfs:label "Heart sheet"@en ; kg:studyKind kg:FactSheet ; kg:access kg:original ; kg:publisher publisher:institutes .
source:kidney-sheet a kg:Source ; rdfs:label "Kidney sheet"@en ; kg:studyKind kg:FactSheet ; kg:access kg:original ; kg:publisher publisher:institutes .
source:house-book a kg:Source ; rdfs:label "A book of the same house"@en ; kg:studyKind kg:Textbook ; kg:access kg:original ; kg:publisher publisher:institutes .
source:trials a kg:Source ; rdfs:label "All trials"@en ; kg:studyKind kg:SystematicReview ; kg:access kg:original .
source:pulled a kg:Source ; rdfs:label "A review taken back"@en ; kg:studyKind kg:SystematicReview ; kg:access kg:original ;
    kg:standing kg:withdrawn ; kg:standingChecked "2026-11-29" .
source:corrected a kg:Source ; rdfs:label "A review put right"@en ; kg:studyKind kg:SystematicReview ; kg:access kg:original ;
    kg:standing kg:corrected ; kg:standingChecked "2026-11-29" .
source:chapter a kg:Source ; rdfs:label "Handbook, chapter 9: Hyperkalaemia and its signs"@en ; kg:studyKind kg:Textbook ; kg:access kg:original .
source:elsewhere a kg:Source ; rdfs:label "Handbook of eyes"@en ; kg:studyKind kg:Textbook ; kg:access kg:original .
kg:potassium-in-blood a kg:Quantity ; rdfs:label "potassium in blood"@en .
kg:hyperkalemia a kg:PhysiologicalState ; rdfs:label "hyperkalemia"@en ; kg:stateOf kg:potassium-in-blood ; kg:deviation kg:high .
kg:palpitations a kg:Symptom ; rdfs:label "palpitations"@en ; kg:stateOf kg:potassium-in-blood ; kg:deviation kg:altered .
claim:hyperkalemia_promotes_palpitations a kg:CausalClaim ;
    kg:cause kg:hyperkalemia ; kg:relation kg:promotes ; kg:effect kg:palpitations """


def judged(repository: Path, evidence: str, more: str = "") -> tuple[str, int]:
    """Status and prominence of the made-up claim with this evidence: prominence grows with each voice."""
    lines = "".join(f" ;\n    kg:evidence [ {line} ]" for line in evidence.split(" | ") if line)
    (repository / "data" / "counted.ttl").write_text(SOURCES + lines + " .\n" + more, encoding="utf-8")
    row = "SELECT ?s ?p { <https://w3id.org/nutrition-kg/claim/hyperkalemia_promotes_palpitations> kg:status ?s ; kg:prominence ?p }"
    (found,) = build_graph(str(repository)).query(f"PREFIX kg: <{KG}> {row}")
    return found["s"].value.removeprefix(KG), int(found["p"].value)


def says(source: str, more: str = "", stance: str = "supports") -> str:
    return f"kg:source source:{source} ; kg:stance kg:{stance}{more}"


@pytest.mark.parametrize(
    ("evidence", "outcome"),
    [
        # one work under two names, and the sheets that one house writes from each other, are one voice
        ([says("us-manual"), says("world-manual")], ("established", 2)),
        ([says("heart-sheet"), says("kidney-sheet")], ("established", 2)),
        ([says("us-manual"), says("heart-sheet")], ("established", 4)),
        # a book of that house is a work of its own
        ([says("heart-sheet"), says("house-book")], ("established", 4)),
        # what was taken back weighs nothing, what was put right all
        ([says("pulled")], ("unverified", 0)),
        ([says("corrected")], ("established", 3)),
        ([says("elsewhere"), says("pulled", stance="disputes")], ("established", 2)),
        # a passage weighs no more than its own kind
        ([says("trials")], ("established", 3)),
        ([says("trials", " ; kg:lineKind kg:ownResult")], ("established", 3)),
        ([says("trials", " ; kg:lineKind kg:background")], ("established", 2)),
        ([says("elsewhere", " ; kg:lineKind kg:singleCase")], ("probable", 1)),
        # a quotation is the voice of what it quotes
        ([says("elsewhere", " ; kg:quotedWork source:us-manual"), says("world-manual")], ("established", 2)),
        ([says("elsewhere", " ; kg:quotedWork work:manual"), says("world-manual")], ("established", 2)),
        # on its own subject: by title, whatever the spelling, or by the place in the source
        ([says("chapter")], ("established", 3)),
        ([says("elsewhere", ' ; kg:locator "Electrolytes; hyperkalemia, signs"')], ("established", 3)),
        ([says("elsewhere", ' ; kg:locator "Electrolytes; hyperkalemias of the eye"')], ("established", 3)),
        ([says("elsewhere", ' ; kg:locator "Signs"')], ("established", 2)),
    ],
)  # fmt: skip
def test_what_is_counted(repository, evidence, outcome):
    assert judged(repository, " | ".join(evidence)) == outcome


DIAGNOSTIC = """
claim:palpitations_indicates_hyperkalemia a kg:DiagnosticClaim ;
    kg:subject kg:palpitations ; kg:relation kg:indicates ; kg:object kg:hyperkalemia ; kg:evidence [ %s ] .
"""


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (says("elsewhere"), ("established", 4)),
        (says("us-manual"), ("established", 2)),
        (says("elsewhere", stance="disputes"), ("established", 2)),
    ],
)
def test_what_tells_of_a_cause_is_found_in_those_who_have_it(repository, line, outcome):
    """Support of the diagnostic claim counts for the causal claim of its pair, dispute does not: a poor test may be a common sign."""
    assert judged(repository, says("us-manual"), DIAGNOSTIC % line) == outcome


def test_a_causal_claim_lends_nothing_to_a_diagnostic_one(repository):
    judged(repository, says("trials"), DIAGNOSTIC % says("elsewhere", " ; kg:lineKind kg:singleCase"))
    row = "SELECT ?c { <https://w3id.org/nutrition-kg/claim/palpitations_indicates_hyperkalemia> kg:certainty ?c }"
    (found,) = build_graph(str(repository)).query(f"PREFIX kg: <{KG}> {row}")
    assert found["c"].value == KG + "moderateCertainty"
