"""Whether works still stand: when it was looked up and in what, what contradicts the records, and what is old."""

from datetime import date
from pathlib import Path

import pytest

from kg.build import withdrawal_lookups as table
from kg.build.store import build_graph
from kg.checks import validate
from kg.checks.withdrawals import Standing, in_words, report
from kg.errors import DataError
from kg.rdf.namespaces import KG
from tests.command import kg

ROW = {
    "source": "textbook",
    "identifier": "DOI:10.1000/1",
    "on": "2026-11-29",
    "list": "A list",
    "issued": "2026-08-21",
    "address": "https://example.org/list.txt",
    "found": "notListed",
}
PREFIXES = "@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def written(repository: Path, *rows: dict[str, str], more: str = "") -> None:
    """A table of look-ups, and an identifier (and more) on the textbook of the small graph."""
    path = repository / table.FILE
    path.parent.mkdir(exist_ok=True)
    lines = ["\t".join(table.COLUMNS), *("\t".join((ROW | row)[name] for name in table.COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    small = repository / "data" / "small.ttl"
    facts = f'source:textbook a kg:Source ; dcterms:identifier "DOI:10.1000/1" ; {more}'
    text = small.read_text(encoding="utf-8").replace("source:textbook a kg:Source ;", facts)
    small.write_text(PREFIXES + text, encoding="utf-8")


def standing(repository: Path) -> set[str]:
    """What the built graph says of the standing of the textbook."""
    query = f"SELECT ?v {{ <{KG}source/textbook> ?p ?v FILTER(STRSTARTS(STR(?p), '{KG}standing')) }}"
    return {row["v"].value.removeprefix(KG) for row in build_graph(str(repository)).query(query)}


def test_a_source_that_no_list_names_is_in_force_since_the_last_look_up(repository):
    written(repository, {"on": "2026-09-01"}, {}, {"list": "Another", "issued": "2024-08-05"})
    assert standing(repository) == {"inForce", "2026-11-29", "A list, issued 2026-08-21", "Another, issued 2024-08-05"}
    assert validate(str(repository)) == []


def test_what_the_record_says_goes_before_what_the_lists_say(repository):
    written(repository, {}, more='kg:standing kg:withdrawn ; kg:standingChecked "2026-11-01" ;')
    assert standing(repository) == {"withdrawn", "2026-11-01", "A list, issued 2026-08-21"}


WRONG = {
    "an unknown finding": ({"found": "no"}, "found holds 'no'; use one of listed, notListed"),
    "a day that is none": ({"on": "2026-02-30"}, "on holds '2026-02-30'; write the day as year-month-day"),
    "a week": ({"issued": "2026-W34-5"}, "issued holds '2026-W34-5'; write the day as year-month-day"),
    "a list of tomorrow": ({"issued": "2026-11-30"}, "on holds '2026-11-29', before the list was issued"),
    "no list": ({"list": ""}, "list is empty; fill it in or delete the row"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_that_cannot_be_is_one_problem(repository, name):
    cells, complaint = WRONG[name]
    written(repository, {}, cells)
    (problem,) = validate(str(repository))
    assert problem.line == 3
    assert complaint in f"{problem.problem}; {problem.fix}"
    with pytest.raises(DataError, match=r"standing_lookups\.tsv:3: "):
        list(table.read(str(repository)))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"source": "gone"}, "no such source. Delete the row or mend its name"),
        ({"identifier": "PMID:1"}, "the source does not have the identifier PMID:1. Look up the one that it has"),
        ({"found": "listed"}, "A list lists DOI:10.1000/1, and the record does not say what became of it. Read the notice"),
    ],
)
def test_a_look_up_that_contradicts_the_records_is_one_problem(repository, row, complaint):
    written(repository, row)
    (problem,) = validate(str(repository))
    assert complaint in str(problem)


@pytest.mark.parametrize("standing", ["retracted", "withdrawn", "corrected", "inForce"])
def test_a_listed_source_whose_notice_was_read_is_no_problem(repository, standing):
    written(repository, {"found": "listed"}, more=f'kg:standing kg:{standing} ; kg:standingChecked "2026-11-29" ;')
    assert validate(str(repository)) == []


STUDY = """@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix source: <https://w3id.org/nutrition-kg/source/> .
@prefix work: <https://w3id.org/nutrition-kg/work/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
work:trial a kg:%s ; rdfs:label "A trial"@en .
source:paper a kg:Source ; rdfs:label "Paper"@en ; kg:studyKind kg:Review ; kg:access kg:original ; kg:partOfWork work:trial ;
    kg:standing kg:retracted ; kg:standingChecked "2026-11-29" .
source:news a kg:Source ; rdfs:label "News"@en ; kg:studyKind kg:Review ; kg:access kg:original ; kg:partOfWork work:trial %s .
"""


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("Study", "", ["source:news: another report of its study was taken back, source:paper"]),
        ("Study", '; kg:standing kg:inForce ; kg:standingChecked "2026-11-29"', []),
        ("Work", "", []),  # a chapter that is taken back says nothing of the others
    ],
)
def test_a_report_of_a_study_that_was_taken_back_is_not_weighed_unasked(repository, kind, more, told):
    (repository / "data" / "study.ttl").write_text(STUDY % (kind, more), encoding="utf-8")
    found = [f"{problem.record}: {problem.problem}" for problem in validate(str(repository))]
    assert [one for one in found if "taken back" in one] == told


def test_look_ups_that_are_old_or_were_never_made_come_first():
    rows = [("new", "N", True, "2026-11-29"), ("year", "Y", True, "2025-11-29"), ("old", "O", True, "2025-11-28")]
    found = report([*rows, ("never", "X", True, ""), ("book", "B", False, "")], date(2026, 11, 29))
    assert [(one.source, one.state) for one in found] == [
        ("never", "never looked up"),
        ("old", "looked up too long ago"),
        ("new", "looked up"),
        ("year", "looked up"),
        ("book", "without identifier"),
    ]
    assert in_words(found) == (
        "withdrawals and retractions: 2 sources looked up, 1 more than 365 days ago, 1 never, 1 have no DOI or PMID"
    )
    assert found[0] == Standing("never", "X", "never looked up", "")


def test_the_command_warns_and_does_not_fail(tmp_path):
    status, _, err = kg("verify", "--withdrawals", cwd=tmp_path)
    assert (status, err.startswith("withdrawals and retractions: ")) == (0, True)


def test_a_claim_says_which_of_its_sources_was_taken_back(tmp_path):
    _, out, _ = kg("claim", "vitamin-c-supplementation_treats_common-cold", cwd=tmp_path)
    assert "[systematic review; retracted; indirect; Results]" in out
