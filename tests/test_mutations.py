"""The mutation suite: ways to break a file of a good repository; each must be told at its line with the fix.

A case is the file, the text that is replaced and what replaces it, the text of the line at which the problem is told, and
a part of the message. The record broken is in most cases the first that holds the text.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.checks import Problem, validate
from kg.cli import main


class Case(NamedTuple):
    file: str
    old: str
    new: str
    line: str
    told: str


TTL = "data/small.ttl"
FOODS, CONTENT = "data/tables/foods.tsv", "data/tables/food_composition.tsv"
INTAKES, RANGES = "data/tables/reference_intakes.tsv", "data/tables/reference_ranges.tsv"
PORTIONS, MAPPINGS, STATEMENTS = "data/tables/food_portions.tsv", "ontology/mappings.sssom.tsv", "data/articles/statements.tsv"
MYELIN = "claim:vitamin-b12-deficiency_promotes_impaired-myelin-maintenance a kg:CausalClaim"
MG = "claim:magnesium-deficiency_promotes_hypomagnesemia a kg:CausalClaim"
CRAMP = "kg:muscle-cramp a kg:Symptom"
LOW = "kg:magnesium-deficiency a kg:NutrientStatus"

CASES = {
    # the text
    "a missing dot": Case(TTL, 'kg:reversibility "may stay" ;\n    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .', 'kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ]', "claim:impaired-myelin-maintenance_promotes", "mend the line"),
    "a missing semicolon": Case(TTL, 'kg:onset "years" ;', 'kg:onset "years"', '    kg:reversibility "may stay" ;', "mend the line"),
    "an open string": Case(TTL, 'kg:onset "years" ;', 'kg:onset "years ;', 'kg:onset "years ;', "mend the line"),
    "an open bracket": Case(TTL, 'kg:locator "Causes" ] ;', 'kg:locator "Causes" ;', "kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .", "mend the line"),
    "a prefix that is not declared": Case(TTL, "kg:cause kg:strict-vegan-diet ;\n    kg:relation kg:promotes ;\n    kg:effect kg:vitamin", "kgx:cause kg:strict-vegan-diet ;\n    kg:relation kg:promotes ;\n    kg:effect kg:vitamin", "kgx:cause", "prefix kgx"),
    "a blank in an IRI": Case(TTL, "<https://example.org/fact-sheet>", "<https://example.org/fact sheet>", "fact sheet", "mend the line"),
    "a wrong language tag": Case(TTL, '"cobalamin"@en', '"cobalamin"@e!', "cobalamin", "mend the line"),
    "a wrong escape": Case(TTL, '"years"', '"\\years"', "years", "mend the line"),
    "a conflict marker": Case(TTL, MYELIN, "<<<<<<< ours\n" + MYELIN + "\n=======\n>>>>>>> theirs", "<<<<<<< ours", "conflict markers of a merge. Keep one side"),
    "half a file": Case(TTL, "kg:object kg:magnesium .", "kg:object", "kg:object", "mend the line"),
    # a record
    "a misspelt class": Case(TTL, MYELIN, MYELIN.replace("CausalClaim", "CausalClam"), MYELIN[:60], "kg:CausalClam is not in the ontology. Did you mean kg:CausalClaim?"),
    "a misspelt class of term": Case(TTL, CRAMP, "kg:muscle-cramp a kg:Symtom", "kg:muscle-cramp a", "kg:Symtom is not in the ontology. Did you mean kg:Symptom?"),
    "a misspelt property": Case(TTL, "kg:onset", "kg:onnset", MYELIN, "the property kg:onnset is not in the ontology. Did you mean kg:onset?"),
    "a misspelt cause": Case(TTL, "kg:cause kg:nerve-misfiring", "kg:cause kg:nerve-misfirng", "claim:nerve-misfiring_promotes_muscle-cramp", "kg:nerve-misfirng is used and declared nowhere. Did you mean kg:nerve-misfiring?"),
    "a misspelt effect": Case(TTL, "kg:effect kg:nerve-misfiring .", "kg:effect kg:nerv-misfiring .", "claim:impaired-myelin-maintenance_promotes", "Did you mean kg:nerve-misfiring?"),
    "a misspelt source": Case(TTL, 'source:textbook ; kg:stance kg:supports ; kg:locator "Signs"', 'source:textbok ; kg:stance kg:supports ; kg:locator "Signs"', "claim:hypomagnesemia_promotes_muscle-cramp", "source:textbok is used and declared nowhere. Did you mean source:textbook?"),
    "a misspelt stance": Case(TTL, "kg:stance kg:disputes ; kg:directness", "kg:stance kg:dispute ; kg:directness", "claim:hypomagnesemia_promotes_muscle-cramp", "kg:dispute is used and declared nowhere. Did you mean kg:disputes?"),
    "a misspelt relation": Case(TTL, "kg:relation kg:treats", "kg:relation kg:treat", "claim:stretching_treats", "kg:treat is used and declared nowhere. Did you mean kg:treats?"),
    "a misspelt deviation": Case(TTL, LOW + ' ;\n    rdfs:label "magnesium deficiency"@en ;\n    skos:definition "Too little magnesium."@en ;\n    kg:stateOf kg:magnesium ;\n    kg:deviation kg:low', LOW + ' ;\n    rdfs:label "magnesium deficiency"@en ;\n    skos:definition "Too little magnesium."@en ;\n    kg:stateOf kg:magnesium ;\n    kg:deviation kg:lo', LOW, "kg:lo is used and declared nowhere. Did you mean kg:low?"),
    "a substance as cause": Case(TTL, "kg:cause kg:magnesium-deficiency ;\n    kg:relation kg:promotes ;\n    kg:effect kg:hypomagnesemia", "kg:cause kg:magnesium ;\n    kg:relation kg:promotes ;\n    kg:effect kg:hypomagnesemia", MG, "the cause kg:magnesium is not a state. Name a state instead"),
    "a process as effect": Case(TTL, "kg:effect kg:impaired-myelin-maintenance", "kg:effect kg:myelin-maintenance", MYELIN, "the effect kg:myelin-maintenance is not a state"),
    "a nutrient required for a state": Case(TTL, "kg:relation kg:requiredFor ;\n    kg:object kg:myelin-maintenance", "kg:relation kg:requiredFor ;\n    kg:object kg:nerve-misfiring", "claim:vitamin-b12_requiredFor", "kg:nerve-misfiring"),
    "a treatment that is a state": Case(TTL, "kg:subject kg:stretching", "kg:subject kg:hypomagnesemia", "claim:stretching_treats", "kg:hypomagnesemia"),
    "the relation of another class": Case(TTL, "kg:relation kg:weakens", "kg:relation kg:treats", "claim:phytate_weakens", "kg:treats"),
    "no evidence": Case(TTL, "kg:object kg:vitamin-b12-deficiency ;\n    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .\n\nclaim:serum", "kg:object kg:vitamin-b12-deficiency .\n\nclaim:serum", "claim:vegans_atRiskOf", "the claim has no evidence. Add kg:evidence"),
    "no stance": Case(TTL, "kg:source source:trials ; kg:stance kg:disputes ; kg:directness", "kg:source source:trials ; kg:directness", "claim:hypomagnesemia_promotes_muscle-cramp", "an evidence line has no kg:stance"),
    "no source": Case(TTL, "kg:source source:trials ; kg:stance kg:disputes ; kg:directness", "kg:stance kg:disputes ; kg:directness", "claim:hypomagnesemia_promotes_muscle-cramp", "an evidence line has no kg:source"),
    "no cause": Case(TTL, "kg:cause kg:hypomagnesemia ;", "", "claim:hypomagnesemia_promotes_muscle-cramp", "the claim has no kg:cause. Add kg:cause"),
    "no effect": Case(TTL, "kg:effect kg:muscle-cramp ;\n    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ; kg:locator", "kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ; kg:locator", "claim:hypomagnesemia_promotes_muscle-cramp", "the claim has no kg:effect"),
    "no relation": Case(TTL, "kg:cause kg:hypomagnesemia ;\n    kg:relation kg:promotes ;", "kg:cause kg:hypomagnesemia ;", "claim:hypomagnesemia_promotes_muscle-cramp", "the claim has no kg:relation"),
    "a self-loop": Case(TTL, "kg:cause kg:hypomagnesemia", "kg:cause kg:muscle-cramp", "claim:hypomagnesemia_promotes_muscle-cramp", "cause and effect are the same state"),
    "a clone of a claim": Case(TTL, MG, "claim:again a kg:CausalClaim ;\n    kg:cause kg:nerve-misfiring ;\n    kg:relation kg:promotes ;\n    kg:effect kg:muscle-cramp ;\n    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .\n\n" + MG, "claim:nerve-misfiring_promotes_muscle-cramp", "the same claim as claim:again ("),
    "the opposite of a claim": Case(TTL, MG, "claim:other a kg:CausalClaim ;\n    kg:cause kg:nerve-misfiring ;\n    kg:relation kg:inhibits ;\n    kg:effect kg:muscle-cramp ;\n    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .\n\n" + MG, "claim:other a kg:CausalClaim", "claim:nerve-misfiring_promotes_muscle-cramp ("),
    "a record told twice": Case(TTL, MG, CRAMP + " .\n\n" + MG, CRAMP + " .", "the record also starts at"),
    "a typed certainty": Case(TTL, 'kg:onset "years" ;', "kg:certainty kg:highCertainty ;", MYELIN, "kg:certainty is written by hand. Delete it"),
    "a typed status": Case(TTL, 'kg:onset "years" ;', "kg:status kg:established ;", MYELIN, "kg:status is written by hand. Delete it"),
    "a hand-written edge": Case(TTL, "kg:deviation kg:disordered .\n\nkg:muscle-tightness", "kg:deviation kg:disordered ; kg:promotes kg:muscle-tightness .\n\nkg:muscle-tightness", CRAMP, "kg:promotes is written by hand. Write a claim instead"),
    "no label": Case(TTL, 'rdfs:label "muscle cramp"@en ;', "", CRAMP, "0 labels and 1 definitions"),
    "two labels": Case(TTL, 'rdfs:label "muscle cramp"@en ;', 'rdfs:label "muscle cramp"@en , "spasm"@en ;', CRAMP, "2 labels and 1 definitions"),
    "no definition": Case(TTL, 'skos:definition "A painful tightening."@en ;', "", CRAMP, "1 labels and 0 definitions"),
    "a state of nothing": Case(TTL, 'skos:definition "Nerves fire unasked."@en ;\n    kg:stateOf kg:myelin-maintenance ;', 'skos:definition "Nerves fire unasked."@en ;', "kg:nerve-misfiring a", "the state has no kg:stateOf. Add kg:stateOf"),
    "a state without deviation": Case(TTL, 'skos:definition "Nerves fire unasked."@en ;\n    kg:stateOf kg:myelin-maintenance ;\n    kg:deviation kg:disordered .', 'skos:definition "Nerves fire unasked."@en ;\n    kg:stateOf kg:myelin-maintenance .', "kg:nerve-misfiring a", "the state has no kg:deviation"),
    "a name that is taken": Case(TTL, '"hypomagnesaemia"@en', '"charley horse"@en', CRAMP, 'the name "charley horse" also belongs to kg:hypomagnesemia ('),
    "a source without kind": Case(TTL, 'rdfs:label "Textbook"@en ;\n    kg:studyKind kg:Textbook ;', 'rdfs:label "Textbook"@en ;', "source:textbook a", "the source has no kg:studyKind"),
    "a source without access": Case(TTL, 'kg:studyKind kg:Textbook ;\n    kg:access kg:original .', "kg:studyKind kg:Textbook .", "source:textbook a", "the source has no kg:access"),
    "a source nobody cites": Case(TTL, "source:trials a", "source:mine a kg:Source ;\n    rdfs:label \"Mine\"@en ;\n    kg:studyKind kg:Review ;\n    kg:access kg:original .\n\nsource:trials a", "source:mine a", "no claim, amount or statement refers to the source"),
    "a source told twice": Case(TTL, "source:trials a", "source:trials-again a kg:Source ;\n    rdfs:label \"Fact-sheet\"@en ;\n    kg:studyKind kg:FactSheet ;\n    kg:access kg:original ;\n    dcterms:source <https://www.example.org/fact-sheet/> .\n\nsource:trials a", "source:trials-again a", "is also that of source:"),
    "a note that says nothing": Case(TTL, 'kg:locator "Causes" ] ;', 'kg:locator "Causes" ; kg:note "Listed." ] ;', "claim:strict-vegan-diet_promotes_vitamin-b12-deficiency a", "a note says only that it is listed"),
    "a place told twice": Case(TTL, 'kg:locator "Causes" ] ;', 'kg:locator "Causes" ] ;\n    kg:evidence [ kg:source source:nhlbi-pernicious-anemia ; kg:stance kg:supports ; kg:locator "Causes" ; kg:note "No animal food." ] ;', "claim:strict-vegan-diet_promotes_vitamin-b12-deficiency a", "two lines of evidence tell the same of one place (Causes) of one source"),
    "an introduction that counts as a result": Case(TTL, 'kg:directness kg:indirect ; kg:note "no effect" ]', 'kg:directness kg:indirect ; kg:locator "Introduction" ]', "claim:hypomagnesemia_promotes_muscle-cramp a", "a line on the introduction of a study counts as what the study found"),
    "a finding without cause": Case(TTL, CRAMP, 'kg:itch a kg:Symptom ;\n    rdfs:label "itch"@en ;\n    skos:definition "Itching."@en ;\n    kg:stateOf kg:myelin-maintenance ;\n    kg:deviation kg:high .\n\n' + CRAMP, "kg:itch a", "no claim leads to the finding"),
    # tables
    "a row with too few cells": Case(CONTENT, "345\tmg\tusda-sr-28\t3\t", "345\tmg\tusda-sr-28", "ndb-1\tmagnesium", "5 cells instead of 7. Check the tabs"),
    "a row with too many cells": Case(CONTENT, "345\tmg", "345\t\tmg", "ndb-1\tmagnesium", "8 cells instead of 7. Check the tabs"),
    "another header": Case(CONTENT, "amount_per_100g", "amount", "food\tnutrient", "the header is not food nutrient amount_per_100g"),
    "a decimal comma": Case(CONTENT, "10.5", "10,5", "ndb-2\tmagnesium", "holds '10,5'. Write a decimal number with a point"),
    "a negative amount": Case(CONTENT, "345", "-345", "ndb-1\tmagnesium", "amounts are zero or more"),
    "an amount that is not a number": Case(CONTENT, "345", "NaN", "ndb-1\tmagnesium", "holds 'NaN'"),
    "a word for an amount": Case(CONTENT, "345", "traces", "ndb-1\tmagnesium", "holds 'traces'"),
    "a formula cell": Case(CONTENT, "345", "=A1", "ndb-1\tmagnesium", "holds '=A1'"),
    "an empty amount": Case(CONTENT, "345", "", "ndb-1\tmagnesium", "is empty. Fill it in or delete the row"),
    "an unknown unit": Case(CONTENT, "345\tmg", "345\tmgs", "ndb-1\tmagnesium", "holds 'mgs'. Use one of"),
    "a nutrient nobody declared": Case(CONTENT, "ndb-1\tmagnesium", "ndb-1\tmagnesum", "ndb-1\tmagnesum", "kg:magnesum is used and declared nowhere. Did you mean kg:magnesium?"),
    "a food nobody declared": Case(PORTIONS, "ndb-1\t2", "ndb-9\t2", "ndb-9\t2", "food:ndb-9"),
    "a table source nobody declared": Case(INTAKES, "420\tmg\tusda-sr-28", "420\tmg\tusda-sr-27", "420\tmg", "source:usda-sr-27 is used and declared nowhere. Did you mean source:usda-sr-28?"),
    "an unknown comparator": Case(RANGES, "deficiency\t<", "deficiency\tunder", "under\t148", "holds 'under'. Use one of"),
    "a range of one number": Case(RANGES, "148-222", "148", "insufficiency\trange", "write one number, or two with a hyphen"),
    "an id that lost its zeros": Case(FOODS, "ndb-2\tlettuce\tLettuce, raw\tleaves\t\t2", "ndb-02\tlettuce\tLettuce, raw\tleaves\t\t2", "ndb-02\tlettuce", "ndb_no holds '2'. Write 02, as the food has it, as text where a spreadsheet saves it"),
    "an id of another food that lost its zeros": Case(FOODS, "ndb-2\tlettuce\tLettuce, raw\tleaves\t\t2\t", "fdc-169238\tlettuce\tLettuce, raw\tleaves\t\t9037\t", "fdc-169238\tlettuce", "ndb_no holds '9037'. Write the five digits of the NDB number"),
    "an id with a point": Case(FOODS, "ndb-2\tlettuce\tLettuce, raw\tleaves\t\t2", "fdc-169238\tlettuce\tLettuce, raw\tleaves\t\t11234.0", "fdc-169238\tlettuce", "ndb_no holds '11234.0'"),
    "an id in powers of ten": Case(FOODS, "\t\t2\t\t", "\t\t2\t1.68E+05\t", "ndb-2\tlettuce", "fdc_id holds '1.68E+05'. Write the digits of the FoodData Central id"),
    "a rank with a point": Case(PORTIONS, "ndb-1\t2", "ndb-1\t2.0", "ndb-1\t2.0", "rank holds '2.0'. Write a whole number"),
    "a count with a point": Case(CONTENT, "usda-sr-28\t3\t", "usda-sr-28\t3.0\t", "ndb-1\tmagnesium", "data_points holds '3.0'. Write a whole number of samples"),
    "a statement's id that became a date": Case(STATEMENTS, "S1-005", "2005-01-01", "2005-01-01", "id holds '2005-01-01'. Write the article and number of the statement"),
    "a food group nobody declared": Case(FOODS, "seeds\tseeds", "seeds\tsedes", "sedes", "kg:sedes is used and declared nowhere. Did you mean kg:seeds?"),
    # mappings and statements
    "an external id nobody checked": Case(MAPPINGS, "HP:0003394", "HP:9999999", "HP:9999999", "the id is not in the table of checked ids. Take an id from"),
    "a label that differs from the table": Case(MAPPINGS, "Muscle spasm\t", "Muscle spasms\t", "HP:0003394", "in the table 'Muscle spasm'. Copy the label"),
    "a mapping of nothing": Case(MAPPINGS, "kg:muscle-cramp", "kg:muscle-crmp", "HP:0003394", "kg:muscle-crmp is used and declared nowhere. Did you mean kg:muscle-cramp?"),
    "a statement without claim or reason": Case(STATEMENTS, "an advice to see a professional", "", "S1-005", "no claim expresses the statement, and no reason says why"),
    "a statement of a claim that is not there": Case(STATEMENTS, "muscle-cramp_promotes_muscle-tightness\t", "muscle-cramp_promotes_muscle-thightness\t", "S1-002", "is used and declared nowhere. Did you mean claim:muscle-cramp_promotes_muscle-tightness?"),
    "a statement of an unknown kind": Case(STATEMENTS, "sometimes\tsymptom", "sometimes\tsymtom", "S1-002", "kg:symtomStatement is used and declared nowhere. Did you mean kg:symptomStatement?"),
}  # fmt: skip


def told(repository: Path, case: Case) -> list[Problem]:
    path = repository / case.file
    text = path.read_text(encoding="utf-8")
    assert case.old in text, case.old
    path.write_text(text.replace(case.old, case.new, 1), encoding="utf-8")
    return validate(str(repository))


def test_the_good_repository_has_no_problem(repository):
    assert validate(str(repository)) == []


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_told_at_its_line_with_the_fix(repository, name):
    case = CASES[name]
    problems = told(repository, case)
    matching = [problem for problem in problems if case.told.lower() in str(problem).lower()]
    assert matching, "\n".join(map(str, problems))
    lines = (repository / case.file).read_text(encoding="utf-8").splitlines()
    first = matching[0]
    assert first.file.endswith(case.file.split("/")[-1])
    assert case.line in lines[first.line - 1], f"{first}\ntold at: {lines[first.line - 1]}"
    assert first.fix


ENCODINGS = {
    "latin-1": (lambda text: text.replace("A vitamin", "Ä vitamin").encode("latin-1"), "not UTF-8; save the file as UTF-8"),
    "UTF-16": (lambda text: text.encode("utf-16"), "not UTF-8"),
    "a byte order mark": (lambda text: text.encode("utf-8-sig"), "starts with a byte order mark. Save it as UTF-8 without one"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_foreign_encoding_is_named(repository, name):
    encode, complaint = ENCODINGS[name]
    path = repository / TTL
    path.write_bytes(encode(path.read_text(encoding="utf-8")))
    assert any(complaint.replace("; s", ". S") in str(p) or complaint in str(p) for p in validate(str(repository)))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends_say_the_same(repository, ends):
    path = repository / TTL
    path.write_bytes(path.read_bytes().replace(b"\n", ends.encode()))
    assert validate(str(repository)) == []


def test_at_least_sixty_ways_are_tried():
    assert len(CASES) + len(ENCODINGS) >= 60


def test_a_file_may_have_colons_in_its_name(repository, monkeypatch, capsys):
    (repository / "data" / "a,b:c%.ttl").write_text("kg:x kg:y .\n", encoding="utf-8")
    monkeypatch.chdir(repository)
    assert main(["validate", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith("data/a,b:c%.ttl:1: ")
    assert main(["validate", "--format", "github", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith("::error file=data/a%2Cb%3Ac%25.ttl,line=1::")


def test_a_file_in_sarif_is_an_address(repository, monkeypatch, capsys):
    (repository / "data" / "ä b#1.ttl").write_text("kg:x kg:y .\n", encoding="utf-8")
    monkeypatch.chdir(repository)
    assert main(["validate", "--format", "sarif", "--quiet"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert places == {"data/%C3%A4%20b%231.ttl"}


def test_problems_come_as_sarif_and_annotations(repository, capsys):
    path = repository / TTL
    path.write_text(path.read_text().replace("kg:onset", "kg:onnset"))
    assert main(["validate", "--source", str(repository), "--format", "sarif", "--quiet"]) == 1
    log = json.loads(capsys.readouterr().out)
    (result,) = log["runs"][0]["results"]
    told = "claim:vitamin-b12-deficiency_promotes_impaired-myelin-maintenance: the property kg:onnset is not in the ontology. "
    assert log["version"] == "2.1.0"
    assert result["message"]["text"].startswith(told)
    place = result["locations"][0]["physicalLocation"]
    uri, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
    assert uri.endswith("data/small.ttl")
    assert path.read_text().splitlines()[line - 1] == f"{MYELIN} ;"
    assert main(["validate", "--source", str(repository), "--format", "github", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file={uri},line={line}::{told}")
