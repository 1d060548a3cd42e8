"""kg validate: nothing on the real data, and each way to break a record is caught at its line with the fix."""

from pathlib import Path
from time import process_time

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build.store import build_graph
from kg.checks import Problem, definitions, stored_queries, validate
from kg.checks.ill_typed import well_typed
from kg.errors import DataError
from kg.rdf.namespaces import KG, RDF_TYPE, kg

ROOT = Path(__file__).parent.parent
CAUSAL = """
claim:new a kg:CausalClaim ;
    kg:cause kg:magnesium-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:impaired-myelin-maintenance ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .
"""
TERM = """
kg:new a kg:Symptom ;
    rdfs:label "new"@en ;
    skos:definition "Something new."@en ;
    kg:stateOf kg:magnesium ;
    kg:deviation kg:high .
"""
CAUSED = CAUSAL.replace("kg:effect kg:impaired-myelin-maintenance", "kg:effect kg:new")


def problems(repository: Path, added: str) -> list[Problem]:
    path = repository / "data" / "added.ttl"
    head = (repository / "data" / "small.ttl").read_text().split("kg:vitamin-b12 a", 1)[0]
    path.write_text("\n".join(line for line in head.splitlines() if line.startswith("@")) + "\n" + added)
    return validate(str(repository), [str(path)])


@pytest.mark.slow
def test_the_real_data_has_no_problem_and_is_checked_in_a_moment():
    lines = sum(1 for path in (ROOT / "data").rglob("*.ttl") for _ in path.open(encoding="utf-8"))
    start = process_time()
    assert validate(str(ROOT)) == []
    # On an idle core 50 microseconds for each line of Turtle, tables included; twice as much on a busy machine.
    assert process_time() - start < 100e-6 * lines


MARKED = TERM.replace("kg:deviation kg:high", "kg:deviation kg:high ; kg:unexplained true")
NARROWER = TERM.replace("kg:deviation kg:high", "kg:deviation kg:high ; kg:kindOf kg:muscle-cramp")


@pytest.mark.parametrize("added", [CAUSAL, TERM + CAUSED, MARKED, NARROWER])
def test_a_good_record_has_no_problem(repository, added):
    assert problems(repository, added) == []


def test_of_one_file_the_same_is_reported_as_of_all_and_what_others_lack_hides_nothing(repository):
    path, other = repository / "data" / "added.ttl", repository / "data" / "other.ttl"
    problems(repository, TERM + CAUSAL.replace("kg:magnesium-deficiency", "kg:magnesium-deficency"))
    other.write_text(path.read_text().replace("kg:new", "kg:newer").replace("claim:new", "claim:newer"))
    whole = validate(str(repository))
    of_each = [validate(str(repository), [str(one)]) for one in (path, other)]
    assert [*of_each[0], *of_each[1]] == whole
    assert all(len(found) > 1 for found in of_each)
    other.write_text(other.read_text().replace("Something new.", "Something\u200b new."))
    assert validate(str(repository), [str(path)]) == of_each[0]
    assert "U+200B" in validate(str(repository), [str(other)])[0].problem


LONELY = """
kg:new a kg:Mineral ;
    rdfs:label "new"@en ;
    skos:definition "Something new."@en .

kg:new-deficiency a kg:NutrientStatus ;
    rdfs:label "new deficiency"@en ;
    skos:definition "Too little of it."@en ;
    kg:stateOf kg:new ;
    kg:deviation kg:low .

claim:new a kg:RiskClaim ;
    kg:subject kg:vegans ;
    kg:relation kg:atRiskOf ;
    kg:object kg:new-deficiency ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .
"""
TWICE = """
source:former a kg:Source ;
    kg:studyKind kg:Review ;
    kg:access kg:original ;
    dcterms:identifier "PMID:1" .

source:new a kg:Source ;
    kg:studyKind kg:Review ;
    kg:access kg:otherSiteCopy ;
    dcterms:identifier "PMID:1" .
"""
PAGE = TWICE.replace('identifier "PMID:1"', "source <https://www.example.org/A/b/>", 1).replace(
    'identifier "PMID:1"', "source <http://example.org/a/b#top>"
)
MANUAL = TWICE.replace('identifier "PMID:1"', "source <https://www.msdmanuals.com/en-in/home/zinc>", 1).replace(
    'identifier "PMID:1"', "source <https://merckmanuals.com/home/zinc>"
)
TITLE = (
    TWICE.replace("dcterms:identifier", "rdfs:label").replace("PMID:1", "Zinc: a Review", 1).replace("PMID:1", "Zinc, A review")
)
OLD = """
source:new a kg:Source ;
    rdfs:label "Old report"@en ;
    kg:studyKind kg:Textbook ;
    kg:access kg:original ;
    dcterms:issued "1985"^^<http://www.w3.org/2001/XMLSchema#gYear> .

claim:new a kg:TreatmentClaim ;
    kg:subject kg:stretching ;
    kg:relation kg:prevents ;
    kg:object kg:muscle-cramp ;
    kg:onlyWhen kg:muscle-cramp ;
    kg:evidence [ kg:source source:new ; kg:stance kg:supports ] .
"""
MEASURED = """
claim:new a kg:DiagnosticClaim ;
    kg:subject kg:serum-vitamin-b12 ;
    kg:relation kg:indicates ;
    kg:object kg:impaired-myelin-maintenance ;
    kg:reading kg:low ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .
"""
COUNTED = TERM.replace(
    "kg:deviation kg:high",
    "kg:deviation kg:high ; kg:commonness [ kg:commonnessClass kg:common ; kg:share 0.01 ; kg:source source:textbook ]",
)
OWN = CAUSED + TERM.replace("kg:Symptom", "kg:Condition").replace(
    "kg:deviation kg:high", "kg:deviation kg:high ; kg:diseaseOf kg:magnesium-deficiency"
)
LEVEL = """
kg:new a kg:NutrientStatus ;
    rdfs:label "new"@en ;
    skos:altLabel "low magnesium"@en ;
    skos:definition "Too little of it."@en ;
    kg:stateOf kg:magnesium ;
    kg:deviation kg:low .
"""
OPPOSITES = (
    TERM.replace("kg:new a", "kg:former a").replace('"new"', '"former"').replace("kg:high", "kg:low")
    + TERM.replace("    kg:stateOf", "    skos:relatedMatch <http://purl.obolibrary.org/obo/HP_0003394> ;\n    kg:stateOf")
).replace("    kg:stateOf", "    skos:closeMatch <http://purl.obolibrary.org/obo/HP_0000001> ;\n    kg:stateOf", 1)
SCOPED = OLD.replace("1985", "2020")
WHOM = "kg:onlyWhen kg:muscle-cramp ;"


def test_the_own_disease_of_a_lack_that_brings_it_has_no_problem(repository):
    assert problems(repository, OWN) == []


def test_a_share_of_its_class_has_no_problem(repository):
    assert problems(repository, COUNTED + CAUSED) == []


def test_a_lack_and_its_level_by_their_own_names_have_no_problem(repository):
    finding = LEVEL.replace("NutrientStatus", "LabFinding").replace("low magnesium", "low serum magnesium")
    assert [
        str(problem) for problem in problems(repository, LEVEL) + problems(repository, finding) if "measured" in str(problem)
    ] == []


def test_opposites_with_mappings_of_their_own_have_no_problem(repository):
    assert [str(problem) for problem in problems(repository, OPPOSITES) if "its opposite" in str(problem)] == []


def test_a_value_that_is_low_has_no_problem(repository):
    assert problems(repository, MEASURED) == []


@pytest.mark.parametrize("whom", [WHOM, "kg:onlyWhen kg:vegans ;", "kg:population kg:vegans ;"])
def test_a_treatment_of_somebody_has_no_problem(repository, whom):
    assert problems(repository, SCOPED.replace(WHOM, whom)) == []


# Each: what stands in the good record, what breaks it, the record and the complaint it must get.
BROKEN = {
    "no evidence": (CAUSAL, "kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ]", "kg:note \"x\"", "claim:new", "the claim has no evidence. Add kg:evidence"),
    "no cause": (CAUSAL, "kg:cause kg:magnesium-deficiency ;", "", "claim:new", "the claim has no kg:cause. Add kg:cause"),
    "no relation": (CAUSAL, "kg:relation kg:promotes ;", "", "claim:new", "the claim has no kg:relation"),
    "no effect": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance ;", "", "claim:new", "the claim has no kg:effect"),
    "a substance as cause": (CAUSAL, "kg:cause kg:magnesium ;".replace(" ;", "-deficiency ;"), "kg:cause kg:magnesium ;", "claim:new", "the cause kg:magnesium is not a state. Name a state instead"),
    "a process as effect": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance", "kg:effect kg:myelin-maintenance", "claim:new", "the effect kg:myelin-maintenance is not a state"),
    "a wrong relation": (CAUSAL, "kg:promotes", "kg:treats", "claim:new", "a causal claim does not assert kg:treats"),
    "a self-loop": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance", "kg:effect kg:magnesium-deficiency", "claim:new", "cause and effect are the same state"),
    "an undeclared state": (CAUSAL, "kg:magnesium-deficiency", "kg:magnesium-deficency", "claim:new", "kg:magnesium-deficency is used and declared nowhere. Did you mean kg:magnesium-deficiency? Else check"),
    "an undeclared source": (CAUSAL, "source:textbook", "source:textbok", "claim:new", "source:textbok is used and declared nowhere"),
    "no stance": (CAUSAL, "; kg:stance kg:supports", "", "claim:new", "an evidence line has no kg:stance kg:supports, kg:disputes or kg:mixed"),
    "no source": (CAUSAL, "kg:source source:textbook ;", "", "claim:new", "an evidence line has no kg:source"),
    "a misspelt class": (CAUSAL, "kg:CausalClaim", "kg:CausalClam", "claim:new", "the class kg:CausalClam is not in the ontology"),
    "a misspelt property": (CAUSAL, "kg:effect", "kg:efect", "claim:new", "the property kg:efect is not in the ontology"),
    "a typed certainty": (CAUSAL, "kg:relation kg:promotes ;", "kg:relation kg:promotes ; kg:certainty kg:highCertainty ;", "claim:new", "kg:certainty is written by hand. Delete it"),
    "a typed frequency": (CAUSAL, "kg:relation kg:promotes ;", "kg:relation kg:promotes ; kg:frequency kg:frequent ;", "claim:new", "kg:frequency of a claim is written by hand. Write it on the evidence line"),
    "a typed status": (CAUSAL, "kg:relation kg:promotes ;", "kg:relation kg:promotes ; kg:status kg:established ;", "claim:new", "kg:status is written by hand"),
    "the same claim again": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance", "kg:effect kg:hypomagnesemia", "claim:new", "the same claim as claim:magnesium-deficiency_promotes_hypomagnesemia ("),
    "the opposite": (CAUSAL, "kg:promotes ;\n    kg:effect kg:impaired-myelin-maintenance", "kg:inhibits ;\n    kg:effect kg:hypomagnesemia", "claim:new", "the opposite of the same two states is said by claim:magnesium-deficiency_promotes_hypomagnesemia"),
    "a hand-written edge": (TERM + CAUSED, "kg:deviation kg:high", "kg:deviation kg:high ; kg:promotes kg:muscle-cramp", "kg:new", "kg:promotes is written by hand. Write a claim instead"),
    "two classes that exclude each other": (TERM + CAUSED, "a kg:Symptom", "a kg:Symptom , kg:LabFinding", "kg:new", "the record is a laboratory finding and a symptom, which exclude each other. Keep one class"),
    "no stateOf": (TERM + CAUSED, "kg:stateOf kg:magnesium ;", "", "kg:new", "the state has no kg:stateOf. Add kg:stateOf"),
    "no deviation": (TERM + CAUSED, ";\n    kg:deviation kg:high", "", "kg:new", "the state has no kg:deviation"),
    "no label": (TERM + CAUSED, 'rdfs:label "new"@en ;', "", "kg:new", "0 labels and 1 definitions"),
    "two labels": (TERM + CAUSED, '"new"@en', '"new"@en , "newer"@en', "kg:new", "2 labels and 1 definitions"),
    "no definition": (TERM + CAUSED, 'skos:definition "Something new."@en ;', "", "kg:new", "1 labels and 0 definitions"),
    "a name that is taken": (TERM + CAUSED, '"new"@en', '"Charley-horses"@en', "kg:new", 'the name "charley horse" also belongs to kg:muscle-cramp'),
    "a finding without cause": (TERM, "x", "x", "kg:new", "no claim leads to the finding. Add the claim"),
    "a mark that is no longer true": (TERM + CAUSED, "kg:deviation kg:high", "kg:deviation kg:high ; kg:unexplained true", "kg:new", "marked kg:unexplained, but a claim leads to it. Delete"),
    "a nutrient that leads nowhere": (LONELY, "x", "x", "kg:new", "no state of the nutrient reaches a finding through a mechanism step. Add the steps"),
    "a term nobody uses": (TERM.replace("Symptom", "Process").split("kg:stateOf")[0].rstrip("; \n") + " .", "x", "x", "kg:new", "no claim, state or table uses the term. Add its claims"),
    "old evidence alone": (OLD, "x", "x", "claim:new", "the newest source of the claim is of 1985. Read a source of 1990 or later"),
    "a treatment of nobody": (SCOPED, WHOM, "", "claim:new", "the treatment claim does not say in whom. Add kg:onlyWhen with the state"),
    "a prevention of nobody": (SCOPED, WHOM, 'kg:dose "1 g a day" ;', "claim:new", "the treatment claim does not say in whom"),
    "a note in place of whom": (SCOPED, WHOM, 'kg:note "in athletes" ;', "claim:new", "the treatment claim does not say in whom"),
    "a value neither low nor high": (MEASURED, "kg:reading kg:low ;", "", "claim:new", "the diagnostic claim does not say whether its value is low or high. Add kg:reading"),
    "a disease of a lack that does not bring it": (OWN, "kg:effect kg:new", "kg:effect kg:muscle-cramp", "kg:new", "the disease of a state that no claim leads from. Add the claim"),
    "a disease of a substance": (OWN, "kg:diseaseOf kg:magnesium-deficiency", "kg:diseaseOf kg:magnesium", "kg:new", "kg:diseaseOf names what is no lack or excess of a nutrient. Name the state of the nutrient"),
    "a symptom as the disease of a lack": (OWN, "kg:Condition", "kg:Symptom", "kg:new", "only a condition is the disease of a lack or an excess. Make it a kg:Condition"),
    "a share above its class": (COUNTED + CAUSED, "0.01", "0.1", "kg:new", "the share 0.1 is not common. Write kg:veryCommon from 0.1"),
    "a share below its class": (COUNTED + CAUSED, "0.01", "0.0099", "kg:new", "the share 0.0099 is not common"),
    "a lack named by the blood": (LEVEL, "low magnesium", "low serum magnesium", "kg:new", 'the name "low serum magnesium" says what is measured. Give the name to a laboratory finding'),
    "a lack named by its level": (LEVEL, "low magnesium", "low magnesium level", "kg:new", 'the name "low magnesium level" says what is measured'),
    "a lack named as blood": (LEVEL, "low magnesium", "hypomagnesaemia", "kg:new", 'the name "hypomagnesaemia" says what is measured'),
    "a lack named by a test": (LEVEL, "low magnesium", "low serum vitamin B12", "kg:new", 'the name "low serum vitamin B12" says what is measured'),
    "a mapping to the opposite": (OPPOSITES, "HP_0003394", "HP_0000001", "kg:new", "it is mapped to http://purl.obolibrary.org/obo/HP_0000001, which kg:former, its opposite, is mapped to"),
    "what is not a source": (CAUSAL, "source:textbook", "kg:stretching", "claim:new", "kg:stretching is named as a source and is none"),
    "a source nobody cites": ("source:new a kg:Source ; kg:studyKind kg:Review ; kg:access kg:original .", "x", "x", "source:new", "no claim, amount or statement refers to the source"),
    "a source without kind": ("source:new a kg:Source ; kg:access kg:original .", "x", "x", "source:new", "the source has no kg:studyKind"),
    "a source without access": ("source:new a kg:Source ; kg:studyKind kg:Review .", "x", "x", "source:new", "the source has no kg:access"),
    "a paper told as two sources": (TWICE, "x", "x", "source:new", "PMID:1 is also the identifier of source:former ("),
    "an update of a Cochrane review": (TWICE.replace("PMID:1", "DOI:10.1/CD1.pub2", 1).replace("PMID:1", "DOI:10.1/CD1.pub3"), "x", "x", "source:new", "DOI:10.1/CD1 is also the identifier of source:former"),
    "a page told as two sources": (PAGE, "x", "x", "source:new", "read as 'example.org/a/b', is also that of source:former ("),
    "one manual under its two names": (MANUAL, "x", "x", "source:new", "read as 'merckmanuals.com/home/zinc', is also that of source:former"),
    "a title in other letters": (TITLE, "x", "x", "source:new", "read as 'zinc a review', is also that of source:former"),
    "a text as effect": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance", 'kg:effect "impaired myelin maintenance"', "claim:new", 'kg:effect is the text "impaired myelin maintenance", where a term belongs. Write kg:impaired-myelin-maintenance'),
    "a text with a language as cause": (CAUSAL, "kg:cause kg:magnesium-deficiency", 'kg:cause "zinc lack"@en', "claim:new", "where a term belongs. Write a term, such as kg:zinc-lack; kg term 'zinc lack' finds it"),
    "a text as source": (CAUSAL, "source:textbook", '"Textbook"', "claim:new", 'kg:source is the text "Textbook", where a term belongs. Write source:textbook'),
    "a text as source that none has": (CAUSAL, "source:textbook", '"Open Stax"', "claim:new", 'kg:source is the text "Open Stax", where a term belongs'),
    "a text as stance": (CAUSAL, "kg:stance kg:supports", 'kg:stance "supports"', "claim:new", "where a term belongs. Write kg:supports"),
    "another text as stance": (CAUSAL, "kg:stance kg:supports", 'kg:stance "yes"', "claim:new", "where a term belongs. Write one of kg:disputes, kg:mixed, kg:supports"),
    "a text as what a state is of": (TERM + CAUSED, "kg:stateOf kg:magnesium", 'kg:stateOf "magnesium"@en', "kg:new", "kg:stateOf is the text"),
    "a text as deviation": (TERM + CAUSED, "kg:deviation kg:high", 'kg:deviation "high"', "kg:new", "where a term belongs. Write kg:high"),
    "a stranger as effect": (CAUSAL, "kg:effect kg:impaired-myelin-maintenance", "kg:effect <http://example.org/caries>", "claim:new", "kg:effect names http://example.org/caries, which is declared nowhere. Name a term that is declared"),
    "a term as note": (CAUSAL, "kg:cause", "kg:onset kg:magnesium ; kg:cause", "claim:new", "kg:onset is kg:magnesium, where a text or a number belongs. Write the text itself, in quotes"),
    "a term as label": (TERM + CAUSED, '"new"@en', "kg:magnesium", "kg:new", "rdfs:label is kg:magnesium, where a text"),
    "words for a number": (CAUSAL, "kg:stance kg:supports", 'kg:stance kg:supports ; kg:affected "most"', "claim:new", 'kg:affected is "most", where a number belongs. Write a number, without quotes'),
    "a number in quotes": (CAUSAL, "kg:stance kg:supports", 'kg:stance kg:supports ; kg:affected "3"', "claim:new", 'kg:affected "3" is an xsd:string, where an xsd:integer belongs'),
    "a text with a language where none has one": (CAUSAL, "kg:cause", 'kg:onset "years"@en ; kg:cause', "claim:new", 'has the language en, where an xsd:string belongs. Write "years"'),
    "a label of two lines": (TERM + CAUSED, '"new"@en', '"second\\nfinding"@en', "kg:new", 'rdfs:label goes over several lines. Write "second finding"'),
    "a DOI in other letters": (TWICE.replace("PMID:1", "DOI:10.1/ab", 1).replace("PMID:1", "doi:10.1/AB"), "x", "x", "source:new", "DOI:10.1/AB is also the identifier of source:former"),
}  # fmt: skip


@pytest.mark.parametrize("titles", [("鉄と健康の研究", "Исследование железа"), ("?", "!")])
def test_titles_of_other_scripts_are_no_twins(repository, titles):
    told = "".join(
        f'source:{name} a kg:Source ; rdfs:label "{title}"@en ; kg:studyKind kg:Review ; kg:access kg:original .\n'
        for name, title in zip(("one", "two"), titles, strict=True)
    )
    assert not [problem for problem in problems(repository, told) if "is also that of" in str(problem)]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_told_at_its_line(repository, name):
    good, part, broken, record, complaint = BROKEN[name]
    found = problems(repository, good.replace(part, broken) if part != "x" else good)
    told = [problem for problem in found if complaint in str(problem)]
    assert told, found
    text = (repository / "data" / "added.ttl").read_text().splitlines()
    assert told[0].record == record
    assert text[told[0].line - 1].startswith(record + " ")


@pytest.mark.parametrize("name", [name for name in BROKEN if name.startswith("a text as")])
def test_a_text_for_a_term_is_one_problem_and_refused_by_the_build_in_one_line(repository, name):
    good, part, broken, record, _ = BROKEN[name]
    (found,) = problems(repository, good.replace(part, broken))
    with pytest.raises(DataError) as refused:
        build_graph(str(repository))
    place = repository / "data" / "added.ttl"
    assert str(refused.value).startswith(f"{place}:{found.line}: {record}: {found.problem}; ")
    assert str(refused.value).count("\n") == 0


def test_every_syntax_error_of_a_file_is_told_in_one_pass(repository):
    found = problems(repository, 'kg:a kg:b .\nkg:c a kg:Nutrient .\nkg:d "x" kg:e .\nnope:f a kg:Nutrient .\n')
    assert [problem.line for problem in found] == [7, 9, 10]


def test_a_wrong_table_is_told(repository):
    path = repository / "data" / "tables" / "foods.tsv"
    path.write_text(path.read_text() + "one cell\n")
    assert [str(problem).partition("foods.tsv")[2] for problem in validate(str(repository))] == [
        ":4: 1 cells instead of 9. Check the tabs"
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("HP:0003394", "HP:9999999", "the id is not in the table of checked ids. Take an id from"),
        ("Muscle spasm", "Muscle spasms", "the label is 'Muscle spasms', in the table 'Muscle spasm'. Copy the label"),
    ],
)
def test_an_external_id_must_be_a_checked_one(repository, old, new, complaint):
    path = repository / "ontology" / "mappings.sssom.tsv"
    path.write_text(path.read_text().replace(old, new))
    assert [complaint in str(problem) for problem in validate(str(repository))] == [True]


@pytest.mark.parametrize(
    ("row", "record", "complaint"),
    [
        ("magnesium\tmagnesium\tskos:exactMatch", "kg:magnesium", "HP_0003394 is of another kind. Say closeMatch"),
        ("muscle-tightness\tmuscle tightness\tskos:exactMatch", "", ""),
    ],
)
def test_an_exact_match_is_of_the_same_kind(repository, row, record, complaint):
    path = repository / "ontology" / "mappings.sssom.tsv"
    path.write_text(path.read_text() + f"kg:{row}\tHP:0003394\tMuscle spasm\tsemapv:ManualMappingCuration\t0.9\t\n")
    told = validate(str(repository))
    assert [(problem.record, complaint in str(problem)) for problem in told] == ([(record, True)] if record else [])


def test_an_id_is_the_exact_match_of_one_term(repository):
    path = repository / "ontology" / "mappings.sssom.tsv"
    for term in ("muscle-tightness", "muscle-cramp"):
        row = f"kg:{term}\t{term}\tskos:exactMatch\tHP:0003394\tMuscle spasm\tsemapv:ManualMappingCuration\t0.9\t\n"
        path.write_text(path.read_text() + row)
    [problem] = validate(str(repository))
    assert "is also that of kg:muscle-cramp. Keep exactMatch for one of the two" in str(problem)


def test_a_statement_without_claim_or_reason_is_told_at_its_row(repository):
    path = repository / "data" / "articles" / "statements.tsv"
    path.write_text(path.read_text().replace("an advice to see a professional", ""))
    assert [str(problem).partition("statements.tsv")[2] for problem in validate(str(repository))] == [
        (
            ":6: statement:S1-005: no claim expresses the statement, and no reason says why. "
            "Fill in states, summarises or why_no_claim in its row"
        )
    ]


def test_what_excuses_a_nutrient_or_a_claim(repository):
    noted = LONELY.replace('"Something new."@en .', '"Something new."@en ; kg:note "no finding is known" .')
    assert problems(repository, noted) == []
    assert problems(repository, OLD.replace("1985", "1995")) == []
    assert (
        problems(repository, OLD.replace(' ;\n    dcterms:issued "1985"^^<http://www.w3.org/2001/XMLSchema#gYear>', "")) == []
    )


# Each: the table, a row that breaks it, and the complaint at that row or at the term it speaks of.
ROWS = {
    "two units in foods": ("food_composition", "ndb-1\tvitamin-b12\t0.001\tmg\tusda-sr-28\t\t", "kg:vitamin-b12: its amounts are told in mg and in ug. Bring the rows"),
    "two units in intakes": ("reference_intakes", "vitamin-b12\tmen\tRDA\t0.0024\tmg\tusda-sr-28\t", "kg:vitamin-b12: its amounts are told in mg and in ug"),
    "two units of a biomarker": ("reference_ranges", "serum-vitamin-b12\t\tvitamin-b12\tadequate\t>\t1\tnmol/L\tadults\twomen|men\tA body\ttrials\t", "kg:serum-vitamin-b12: its amounts are told in nmol/L and in pmol/L"),
    "an amount told twice": ("food_composition", "ndb-1\tmagnesium\t300\tmg\tusda-sr-28\t\t", "food_composition.tsv:2: amount:ndb-1_magnesium_usda-sr-28: two amounts, 300 and 345. Keep the row"),
    "a cut-off without a claim": ("reference_ranges", "serum-vitamin-b12\tmagnesium-deficiency\t\tdeficiency\t<\t1\tpmol/L\tadults\twomen\tA body\ttrials\t", "no claim says that kg:serum-vitamin-b12 indicates kg:magnesium-deficiency. Add the kg:DiagnosticClaim"),
    "an unknown nutrient": ("food_composition", "ndb-1\tmagnesum\t300\tmg\tusda-sr-28\t\t", "kg:magnesum is used and declared nowhere. Did you mean kg:magnesium"),
    "an unknown source": ("food_portions", "ndb-2\t1\t1\tleaf\t5\tusda-sr-82", "source:usda-sr-82 is used and declared nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_does_not_fit_the_others_is_told(repository, name):
    table, row, complaint = ROWS[name]
    path = repository / "data" / "tables" / f"{table}.tsv"
    path.write_text(path.read_text() + row + "\n")
    told = [str(problem) for problem in validate(str(repository))]
    assert [complaint in problem for problem in told] == [True], told


def test_a_file_that_is_not_there_is_told(repository):
    with pytest.raises(DataError, match=r"gone.ttl: No such file or directory; check the path"):
        validate(str(repository), [str(repository / "gone.ttl")])


#: Rows below one that no check can tell from others, with the lines at which they are told.
REPEATING = {
    "two amounts of one name": ("ndb-1\tvitamin-b12\t2\tug\tusda-sr-28", "two amounts, 0 and 2", [5]),
    "a nutrient misspelt twice": (
        "ndb-1\tvitamin-b21\t2\tug\tusda-sr-28\t\t\nndb-2\tvitamin-b21\t2\tug\tusda-sr-28",
        "kg:vitamin-b21 is used and declared nowhere",
        [6, 7],
    ),
    "a source misspelt twice": (
        "ndb-1\tmagnesium\t2\tmg\tusda-sr-29\t\t\nndb-2\tmagnesium\t2\tmg\tusda-sr-29",
        "source:usda-sr-29 is used and declared nowhere",
        [6, 7],
    ),
    "another unit": ("ndb-1\tvitamin-b12\t2\tmg\tusda-sr-28", "its amounts are told in mg and in ug", [0]),
}


@pytest.mark.parametrize("name", REPEATING)
def test_every_row_of_the_large_table_is_told_though_few_are_read_into_the_graph(repository, name):
    added, problem, lines = REPEATING[name]
    table = repository / "data" / "tables" / "food_composition.tsv"
    with table.open("a", encoding="utf-8") as file:
        file.write(f"ndb-1\tvitamin-b12\t0\tug\tusda-sr-28\t\t\n{added}\t\t\n")
    found = [one for one in validate(str(repository)) if one.problem.startswith(problem)]
    assert [one.line if one.file.endswith(table.name) else 0 for one in found] == lines


def test_a_row_that_is_left_out_is_read_all_the_same(repository):
    table = repository / "data" / "tables" / "food_composition.tsv"
    with table.open("a", encoding="utf-8") as file:
        file.write("ndb-1\tvitamin-b12\t0\tug\tusda-sr-28\t\t\nndb-2\tmagnesium\tmuch\tmg\tusda-sr-28\t\t\n")
    (problem,) = validate(str(repository))
    assert (problem.line, problem.problem) == (6, "amount_per_100g holds 'much'")


def test_kinds_over_four_levels_are_too_many(repository):
    path = repository / "data" / "small.ttl"
    chain = [
        f'kg:level-{n} a kg:Symptom ;\n    rdfs:label "level {n}"@en ;\n    skos:definition "Level {n}."@en ;\n    kg:stateOf kg:magnesium ;\n'
        f"    kg:deviation kg:high ;\n    kg:kindOf kg:{f'level-{n + 1}' if n < 4 else 'muscle-cramp'} .\n"
        for n in range(1, 5)
    ]
    path.write_text(path.read_text() + "\n" + "\n".join(chain))
    told = [problem.record for problem in validate(str(repository)) if "more than three levels" in problem.problem]
    assert told == ["kg:level-1"]


def test_many_misspelt_names_cost_one_look_at_the_declared(monkeypatch):
    """The letters of a misspelt name are compared with those of the likely names alone, each name once."""
    store, compared = Store(), []
    for number in range(2000):
        store.add(Quad(NamedNode(f"{KG}muscle-{number}"), RDF_TYPE, kg("Symptom")))
    store.add(Quad(NamedNode(f"{KG}muscle-cramp"), RDF_TYPE, kg("Symptom")))
    close = stored_queries.get_close_matches
    monkeypatch.setattr(
        stored_queries, "get_close_matches", lambda word, names, n: compared.append(len(names)) or close(word, names, n)
    )
    declared = stored_queries.Declared(store)
    assert [declared.meant(f"{KG}muscel-cramp") for _ in range(3)] == ["did you mean kg:muscle-cramp? Else "] * 3
    assert declared.meant(f"{KG}xyzzy") == ""
    assert compared == [stored_queries.Declared.COMPARED, 0]  # no letter pair of xyzzy is in any name


@pytest.mark.parametrize("definition", ["New.", "A new.", "That is new.", "The news of it."])
def test_a_definition_that_repeats_the_label_is_a_problem(repository, definition):
    (found,) = problems(repository, TERM.replace("Something new.", definition) + CAUSED)
    assert found.problem == "the definition only repeats the label"
    assert found.record == "kg:new"


@pytest.mark.parametrize(
    ("label", "definition", "empty"),
    [
        ("red eyes", "Eyes that are red.", True),
        ("lips and mouth lining", "The lining of lips and mouth.", True),
        ("tooth", "A tooth.", True),
        ("tooth", "One of the hard structures in the jaws that bite and chew.", False),
        ("red eyes", "Eyes that are sore.", False),
        ("vitamin A", "Retinol and what the body makes it from.", False),
    ],
)
def test_a_definition_says_more_than_its_label(label, definition, empty):
    assert definitions.repeats(definition, label) is empty


@pytest.mark.parametrize(
    ("text", "kind", "good"),
    [
        ("2024-02-29", "date", True),
        ("2024-02-29Z", "date", True),
        ("2023-02-29", "date", False),
        ("2024-13-45", "date", False),
        ("20240229", "date", False),
        ("2024-02-29T10:00:00Z", "dateTime", True),
        ("2024-02-29", "dateTime", False),
        ("24", "gYear", False),
        ("1,5", "decimal", False),
        (".5", "decimal", True),
        ("1e5", "decimal", False),
        ("1e5", "double", True),
        ("abc", "integer", False),
        ("yes", "boolean", False),
        ("anything", "string", True),
        ("P1H", "duration", False),
        ("P1DT2H", "duration", True),
        ("P", "duration", False),
        ("25:00:00", "time", False),
        ("23:59:59Z", "time", True),
        ("300", "byte", False),
        ("٣", "integer", False),
        ("-128", "byte", True),
        ("-1", "nonNegativeInteger", False),
        ("0", "positiveInteger", False),
        ("65536", "unsignedShort", False),
        ("xyz", "hexBinary", False),
        ("0aFF", "hexBinary", True),
        ("aGk=", "base64Binary", True),
        ("a", "base64Binary", False),
        ("--13", "gMonth", False),
        ("1e400", "float", True),
    ],
)
def test_a_literal_is_one_of_its_datatype(text, kind, good):
    assert well_typed(Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))) is good


def test_an_ill_typed_literal_is_told_at_its_record(repository):
    bad = '"2024-13-45"^^<http://www.w3.org/2001/XMLSchema#date>'
    found = problems(repository, TERM.replace("kg:deviation kg:high", f"kg:deviation kg:high ; dcterms:date {bad}"))
    assert "'2024-13-45' is not an xsd:date" in [problem.problem for problem in found if problem.record == "kg:new"]


def test_a_number_beyond_its_datatype_is_told_though_the_store_keeps_it_as_a_plain_one(repository):
    bad = '"300"^^<http://www.w3.org/2001/XMLSchema#byte>'
    found = problems(repository, TERM.replace("kg:deviation kg:high", f"kg:deviation kg:high ; kg:grams {bad}"))
    assert "'300' is not an xsd:byte" in [problem.problem for problem in found if problem.record == "kg:new"]
