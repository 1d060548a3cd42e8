"""Who made a record and when: from one's own settings or git's, shown, checked, and never invented."""

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path
from unittest import mock

import pytest

from kg.authoring import credit
from kg.authoring.claim_merge import join_claims
from kg.authoring.record_merge import record
from kg.build.store import build_graph
from kg.checks import validate
from kg.cli import main
from kg.server.pages.responses import Visit
from kg.server.pages.router import Site

ROOT = Path(__file__).parent.parent
ORCID = "0000-0002-1825-0097"  # of a person whom ORCID made up for examples
TODAY = "2024-02-29"
CLAIM = ["new", "claim", "magnesium deficiency", "promotes", "vitamin B12 deficiency", "--read", "textbook", "--write"]
NAME = "claim:magnesium-deficiency_promotes_vitamin-b12-deficiency"


@pytest.fixture
def here(repository, monkeypatch) -> Path:
    """The small repository, with the working folder in it, nobody's settings of git, and a day that no midnight ends."""
    shutil.copy(ROOT / "ontology" / "biolink.tsv", repository / "ontology" / "biolink.tsv")
    (repository / "data" / "claims").mkdir()
    monkeypatch.chdir(repository)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(repository / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("KG_CREATOR")
    monkeypatch.setattr(credit, "datetime", mock.Mock(date=mock.Mock(today=lambda: datetime.date.fromisoformat(TODAY))))
    credit._of_git.cache_clear()
    yield repository
    credit._of_git.cache_clear()


def written(folder: Path) -> str:
    """The block of the new claim, wherever it was put."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((folder / "data").rglob("*.ttl")))
    return re.search(rf"^{NAME} a .*?\.$", text, re.MULTILINE | re.DOTALL)[0]


def test_a_new_claim_says_who_made_it_and_when(here, monkeypatch, capsys):
    monkeypatch.setenv("KG_CREATOR", f"https://orcid.org/{ORCID}")
    monkeypatch.setenv("KG_TOOL", "spreadsheet macro 1.2")
    assert main(CLAIM) in (0, 1)
    assert f'dcterms:creator <https://orcid.org/{ORCID}> ;\n    dcterms:created "{TODAY}"^^xsd:date ;' in written(here)
    capsys.readouterr()
    assert main(["claim", NAME, "--source", "."]) == 0
    assert f"made by https://orcid.org/{ORCID}, {TODAY}, with spreadsheet macro 1.2\n" in capsys.readouterr().out
    assert main(["claim", NAME, "--source", ".", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["credit"] == [
        {"by": f"https://orcid.org/{ORCID}", "on": TODAY, "tool": "spreadsheet macro 1.2"}
    ]


def test_git_s_settings_are_used_an_orcid_before_a_name(here):
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    subprocess.run(["git", "config", "user.name", "Ada Example"], cwd=here, check=True)
    assert credit.lines() == ['dcterms:creator "Ada Example"', f'dcterms:created "{TODAY}"^^xsd:date']
    subprocess.run(["git", "config", "kg.orcid", ORCID], cwd=here, check=True)
    credit._of_git.cache_clear()
    assert credit.creator() == ORCID


def test_nobody_is_invented(here, monkeypatch):
    assert credit.lines() == []
    monkeypatch.setenv("KG_CREATOR", "")
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    subprocess.run(["git", "config", "user.name", "Ada Example"], cwd=here, check=True)
    assert credit.lines() == []
    assert main(CLAIM) in (0, 1)
    assert "dcterms:" not in written(here)


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "0000-0002-1825", "https://orcid.org/0000-0002-1825-009"])
def test_a_setting_that_is_no_orcid_is_refused(here, monkeypatch, capsys, text):
    monkeypatch.setenv("KG_CREATOR", text)
    assert main(CLAIM) == 2
    assert capsys.readouterr().err.startswith(f"kg: KG_CREATOR: {text!r} is not an ORCID")


def test_a_term_and_rows_of_a_sheet_say_it_too(here, monkeypatch, capsys):
    monkeypatch.setenv("KG_CREATOR", "Ada Example")
    (here / "terms.csv").write_text("label,kind,definition,state_of,deviation\ntwitch,Symptom,A small jerk.,magnesium,low\n")
    term = [
        "new",
        "term",
        "shiver",
        "--kind",
        "Symptom",
        "--definition",
        "A shaking.",
        "--of",
        "magnesium",
        "--deviation",
        "low",
    ]
    assert main([*term, "--file", "data/small.ttl"]) == 0
    assert 'dcterms:creator "Ada Example" ;' in capsys.readouterr().out
    assert blocks_of(here, capsys).count('dcterms:creator "Ada Example"') == 1


EVIDENCE = ["new", "evidence", *CLAIM[2:5], "--read", "textbook", "--stance", "disputes", "--locator", "Page 2", "--write"]
SOURCE = [
    "new",
    "source",
    "A report on shivering",
    "--study-kind",
    "Review",
    "--access",
    "original",
    "--file",
    "data/small.ttl",
]


def test_a_line_of_evidence_says_who_wrote_it_and_the_claim_s_other_lines_do_not(here, monkeypatch, capsys):
    monkeypatch.setenv("KG_CREATOR", "")
    assert main(CLAIM) in (0, 1)
    monkeypatch.setenv("KG_CREATOR", "Bea Example")
    assert main(EVIDENCE) in (0, 1)
    block = written(here)
    assert block.count("dcterms:creator") == 1
    assert f'kg:locator "Page 2" ; dcterms:creator "Bea Example" ; dcterms:created "{TODAY}"^^xsd:date ]' in block
    capsys.readouterr()
    assert main(["claim", NAME, "--source", "."]) == 0
    text = capsys.readouterr().out
    assert text.count("written by") == 1
    assert f"Page 2]\n          written by Bea Example, {TODAY}\n" in text
    assert "made by" not in text
    assert main(["claim", NAME, "--source", ".", "--format", "json"]) == 0
    made = {"by": "Bea Example", "on": TODAY, "tool": ""}
    assert [line["credit"] for line in json.loads(capsys.readouterr().out)["lines"]] == [[], [made]]
    page = Site(build_graph(".")).answer(Visit(f"/claim/{NAME[6:]}", [], "html", "http://localhost")).body.decode()
    assert page.count("Written by") == 1
    assert f"Written by Bea Example, {TODAY}." in page
    assert main(["export", "nanopub", NAME, "--source", "."]) == 0
    assert 'dcterms:creator "Bea Example"' in capsys.readouterr().out
    assert main(["format", "--check", "--quiet"]) == 0
    assert [str(problem) for problem in validate(".") if "creator" in problem.problem] == []


def test_a_source_says_who_wrote_it_down(here, monkeypatch, capsys):
    assert main(SOURCE) == 0
    assert "dcterms:creator" not in capsys.readouterr().out
    monkeypatch.setenv("KG_CREATOR", ORCID)
    assert main([*SOURCE, "--write"]) in (0, 1)
    capsys.readouterr()
    site = Site(build_graph("."))
    page = site.answer(Visit("/source/a-report-on-shivering", [], "html", "http://localhost")).body.decode()
    assert f"<dt>Recorded</dt><dd>by https://orcid.org/{ORCID}, {TODAY}</dd>" in page
    other = site.answer(Visit("/source/textbook", [], "html", "http://localhost")).body.decode()
    assert "Recorded" not in other
    assert main(["term", "A report on shivering", "--source", "."]) == 0
    assert f"made by https://orcid.org/{ORCID}, {TODAY}" in capsys.readouterr().out


def test_a_sheet_credits_the_lines_and_sources_that_it_adds(here, monkeypatch, capsys):
    monkeypatch.setenv("KG_CREATOR", "")
    assert main(CLAIM) in (0, 1)
    monkeypatch.setenv("KG_CREATOR", "Cy Example")
    (here / "s.csv").write_text("title,study_kind,access\nA report on shivering,Review,original\n")
    assert main(["import", "s.csv", "--write"]) in (0, 1)
    head = "subject,relation,object,source,stance\n"
    ends = ",".join(CLAIM[2:5])
    (here / "c.csv").write_text(f"{head}{ends},A report on shivering,disputes\n")
    assert main(["import", "c.csv", "--write"]) in (0, 1)
    assert written(here).count('kg:stance kg:disputes ; dcterms:creator "Cy Example"') == 1
    again = written(here)
    assert main(["import", "c.csv", "--write", "--format", "csv"]) == 0
    assert "already there" in capsys.readouterr().out
    assert written(here) == again
    literature = (here / "data" / "sources" / "literature.ttl").read_text(encoding="utf-8")
    assert literature.count('dcterms:creator "Cy Example"') == 1


def test_a_maker_of_a_line_that_is_none_is_reported_at_its_claim(here, monkeypatch):
    monkeypatch.setenv("KG_CREATOR", "Bea Example")
    assert main(CLAIM) in (0, 1)
    (path,) = (path for path in (here / "data" / "claims").rglob("*.ttl"))
    path.write_text(
        path.read_text(encoding="utf-8").replace('; dcterms:creator "Bea Example"', '; dcterms:creator "0000-0002-1825"')
    )
    found = [problem for problem in validate(".") if "creator" in problem.problem]
    assert [(problem.record, problem.problem) for problem in found] == [
        (NAME, "dcterms:creator '0000-0002-1825' is not an ORCID: it has four groups of four digits")
    ]


def blocks_of(here: Path, capsys) -> str:
    (here / "data" / "terms").mkdir(exist_ok=True)
    head = "@prefix kg: <https://w3id.org/nutrition-kg/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    head += "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
    block = 'kg:ache a kg:Symptom ;\n    rdfs:label "ache"@en ;\n    skos:definition "A dull pain."@en ;\n    kg:stateOf kg:magnesium ;\n    kg:deviation kg:low .\n'
    path = here / "data" / "terms" / "symptoms.ttl"
    path.write_text(head + block, encoding="utf-8")
    main(["import", "terms.csv", "--write"])
    assert "@prefix dcterms:" in path.read_text(encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "dcterms:creator <https://orcid.org/0000-0002-1825-0098>",
            "dcterms:creator <https://orcid.org/0000-0002-1825-0098> is not an ORCID: its last digit would be 7. Copy it from the page of the person",
        ),
        (
            "dcterms:creator <http://orcid.org/0000-0002-1825-0097>",
            "dcterms:creator <http://orcid.org/0000-0002-1825-0097> is not how an ORCID is written. Write <https://orcid.org/0000-0002-1825-0097>",
        ),
        (
            'dcterms:creator "0000-0002-1825-0097"',
            "dcterms:creator '0000-0002-1825-0097' is an ORCID in quotes. Write <https://orcid.org/0000-0002-1825-0097>",
        ),
        ('dcterms:creator " "', "dcterms:creator ' ' is empty. Write a name or an ORCID"),
        (
            'dcterms:creator "Ada Example" ; dcterms:created "2026-11-29"',
            'dcterms:created "2026-11-29" is no day. Write it as "2026-11-29"^^xsd:date',
        ),
    ],
)
def test_credit_that_cannot_be_is_told_with_file_and_line(here, said, told):
    path = here / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("kg:muscle-cramp a")].count("\n") + 1
    path.write_text(
        text.replace("kg:muscle-cramp a kg:Symptom ;", f"kg:muscle-cramp a kg:Symptom ;\n    {said} ;"), encoding="utf-8"
    )
    found = [str(one) for one in validate(".") if "dcterms:" in one.problem]
    assert found == [f"data/small.ttl:{line}: kg:muscle-cramp: {told}"]


def test_who_made_records_is_listed_in_the_citation(here):
    path = here / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    made = f"kg:muscle-cramp a kg:Symptom ;\n    dcterms:creator <https://orcid.org/{ORCID}> ;"
    path.write_text(text.replace("kg:muscle-cramp a kg:Symptom ;", made), encoding="utf-8")
    (here / "CITATION.cff").write_text('authors:\n  - name: "The team"\n', encoding="utf-8")
    expected = f'CITATION.cff: {ORCID} made 1 record and is not listed. Add an author with orcid: "https://orcid.org/{ORCID}"'
    assert expected in [str(one) for one in validate(".")]
    (here / "CITATION.cff").write_text(f'authors:\n  - name: "Ada"\n    orcid: "https://orcid.org/{ORCID}"\n', encoding="utf-8")
    assert expected not in [str(one) for one in validate(".")]


@pytest.mark.parametrize(
    ("authors", "who"),
    [
        ('  - name: "Ada Example"\n', []),
        ("  - given-names: Ada\n    family-names: Example\n", []),
        ("  - family-names: Example\n    given-names: Ada\n", []),
        ('  - name: "The team"\n  - name: Ada Example\n', []),
        ('  - name: "Ada Example-Smith"\n', ["Ada Example"]),
        ('  - name: "The team"\n', ["Ada Example"]),
    ],
)
def test_a_maker_is_listed_by_the_whole_name_however_it_is_parted(here, authors, who):
    path = here / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    made = 'kg:muscle-cramp a kg:Symptom ;\n    dcterms:creator "Ada Example" ;'
    path.write_text(text.replace("kg:muscle-cramp a kg:Symptom ;", made), encoding="utf-8")
    (here / "CITATION.cff").write_text(f"authors:\n{authors}title: A graph\n", encoding="utf-8")
    told = [str(one) for one in validate(".") if "CITATION.cff" in str(one)]
    assert told == [f'CITATION.cff: {one} made 1 record and is not listed. Add an author with name: "{one}"' for one in who]


def made(by: str, on: str, *lines: str) -> str:
    """A claim as somebody wrote it, with its lines of evidence."""
    evidence = "".join(f" ;\n    kg:evidence {line}" for line in lines)
    return (
        "claim:a_promotes_b a kg:CausalClaim ;\n    kg:cause kg:a ;\n    kg:relation kg:promotes ;\n    kg:effect kg:b ;\n"
        f'    dcterms:creator "{by}" ;\n    dcterms:created "{on}"^^xsd:date{evidence} .'
    )


def line(source: str, by: str) -> str:
    return f'[ kg:source source:{source} ; kg:stance kg:supports ; dcterms:creator "{by}" ; dcterms:created "2026-11-29"^^xsd:date ]'


def test_two_people_who_write_the_same_claim_both_made_it_and_say_each_line_once():
    ada = made("Ada", "2026-11-29", line("one", "Ada"), line("two", "Ada"))
    bea = made("Bea", "2026-11-28", line("one", "Bea"), line("three", "Bea"))
    for text in (record("", ada, bea), join_claims(ada, bea, "data/claims/a.ttl", "claim:other")):
        assert 'dcterms:creator "Ada" , "Bea"' in text
        assert re.findall('dcterms:created ("[^"]*"[^ ]*) ;\n', text) == ['"2026-11-28"^^xsd:date']
        assert re.findall('source:(.*?) ;.*creator "(.*?)"', text) == [("one", "Ada"), ("two", "Ada"), ("three", "Bea")]


def test_a_line_that_is_there_is_not_written_a_second_time_by_somebody_else(here, monkeypatch, capsys):
    assert main(CLAIM) in (0, 1)
    monkeypatch.setenv("KG_CREATOR", "Bea Example")
    assert main(EVIDENCE) in (0, 1)
    block = written(here)
    monkeypatch.setenv("KG_CREATOR", "Cy Example")
    capsys.readouterr()
    assert main(EVIDENCE) == 2
    assert capsys.readouterr().err.endswith(f"{NAME} has this line of evidence already; nothing was written\n")
    assert written(here) == block
