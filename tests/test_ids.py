"""kg ids: terms of a release file brought into the table of checked ids, and what a newer release says of those that are there."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from kg.cli import main

OBO = """format-version: 1.2
data-version: hp/releases/2026-02-16
ontology: hp.obo

[Term]
id: HP:0003394
name: Muscle spasm

[Term]
id: HP:0001281
name: Tetany\\, of muscle ! not part of it
synonym: "x" EXACT []

[Term]
id: HP:0000009
name: obsolete Old thing
is_obsolete: true
replaced_by: HP:0001281

[Term]
id: HP:0000010
name: obsolete Older thing
is_obsolete: true

[Typedef]
id: part_of
name: part of
""".replace(" ! not part of it", "")
JSON = json.dumps(
    {
        "graphs": [
            {
                "id": "http://purl.obolibrary.org/obo/mondo.json",
                "meta": {"version": "http://purl.obolibrary.org/obo/mondo/releases/2026-05-05/mondo.json"},
                "nodes": [
                    {"id": "http://purl.obolibrary.org/obo/MONDO_0001234", "lbl": "a disease", "type": "CLASS"},
                    {
                        "id": "http://purl.obolibrary.org/obo/MONDO_0000001",
                        "lbl": "obsolete x",
                        "meta": {
                            "deprecated": True,
                            "basicPropertyValues": [
                                {
                                    "pred": "http://purl.obolibrary.org/obo/IAO_0100001",
                                    "val": "http://purl.obolibrary.org/obo/MONDO_0001234",
                                }
                            ],
                        },
                    },
                ],
            }
        ]
    }
)
OWL = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
  xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:obo="http://purl.obolibrary.org/obo/">
<owl:Ontology rdf:about="http://purl.obolibrary.org/obo/maxo.owl">
  <owl:versionIRI rdf:resource="http://purl.obolibrary.org/obo/maxo/releases/2024-07-29/maxo.owl"/></owl:Ontology>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MAXO_0000058"><rdfs:label xml:lang="en">a therapy</rdfs:label>
  <rdfs:label xml:lang="de">eine Therapie</rdfs:label></owl:Class>
<owl:Class rdf:about="http://purl.obolibrary.org/obo/MAXO_0000059"><rdfs:label>old therapy</rdfs:label>
  <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
  <obo:IAO_0100001 rdf:resource="http://purl.obolibrary.org/obo/MAXO_0000058"/></owl:Class>
</rdf:RDF>
"""


@pytest.fixture
def here(repository, monkeypatch) -> Path:
    """The small repository, with the working folder in it, and releases beside it."""
    monkeypatch.chdir(repository)
    for name, text in (("hp.obo", OBO), ("mondo.json", JSON), ("maxo.owl", OWL)):
        (repository.parent / name).write_text(text, encoding="utf-8")
    with gzip.open(repository.parent / "hp.obo.gz", "wt") as file:
        file.write(OBO)
    return repository


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def done(capsys, *words: str) -> tuple[int, list[dict[str, str]], str]:
    status = main(["ids", *words, "--format", "csv"])
    out, error = capsys.readouterr()
    return status, list(csv.DictReader(out.splitlines())), error


def checked(here: Path) -> list[str]:
    return (here / "data/tables/ontology_terms.tsv").read_text().splitlines()[1:]


@pytest.mark.parametrize(
    ("file", "name", "row"),
    [
        ("hp.obo", "HP:0001281", "HP:0001281\tTetany, of muscle\tHP\t2026 2026-02-16"),
        ("hp.obo.gz", "hp_0001281", "HP:0001281\tTetany, of muscle\tHP\t2026 2026-02-16"),
        ("mondo.json", "http://purl.obolibrary.org/obo/MONDO_0001234", "MONDO:0001234\ta disease\tMONDO\tMONDO 2026-05-05"),
        ("maxo.owl", "MAXO:0000058", "MAXO:0000058\ta therapy\tMAXO\tMAXO 2024-07-29"),
    ],
)
def test_an_id_of_a_release_is_brought_in_with_release_and_date(here, capsys, file, name, row):
    words = ("add", name, "--from", str(here.parent / file))
    before = contents(here)
    status, rows, _ = done(capsys, *words, "--dry-run")
    assert (status, [one["outcome"] for one in rows], contents(here)) == (0, ["new"], before)
    status, rows, error = done(capsys, *words)
    assert (status, error) == (0, "kg: written to data/tables/ontology_terms.tsv\n")
    assert row in checked(here)
    assert checked(here) == sorted(checked(here))
    assert [one["outcome"] for one in done(capsys, *words)[1]] == ["already there"]


WRONG = {
    "an obsolete id": (["add", "HP:0000009", "--from", "hp.obo"], "HP:0000009 (obsolete Old thing) is obsolete; add HP:0001281 in its place"),
    "one that nothing replaces": (["add", "HP:0000010", "--from", "hp.obo"], "is obsolete; nothing replaces it; take another term"),
    "an obsolete id of JSON": (["add", "MONDO:0000001", "--from", "mondo.json"], "is obsolete; add MONDO:0001234 in its place"),
    "an obsolete id of OWL": (["add", "MAXO:0000059", "--from", "maxo.owl"], "is obsolete; add MAXO:0000058 in its place"),
    "one that is not there": (["add", "HP:0001281", "HP:0003395", "--from", "hp.obo"], "contains no HP:0003395; did you mean HP:0003394"),
    "another ontology": (["add", "CHEBI:15377", "--from", "hp.obo"], "contains no CHEBI:15377; it contains no CHEBI ids; name a release of that ontology"),
    "an id of nothing": (["add", "HPX:1", "--from", "hp.obo"], "'HPX:1' is not an id of a public ontology that ontology/prefixes.ttl knows; did you mean HP:1?"),
    "words": (["add", "muscle spasm", "--from", "hp.obo"], "'muscle spasm' is not an id of a public ontology"),
    "an id with a blank": (["add", "HP:00 03394", "--from", "hp.obo"], "'HP:00 03394' is not an id of a public ontology"),
    "our own": (["add", "kg:muscle-cramp", "--from", "hp.obo"], "'kg:muscle-cramp' is not an id of a public ontology"),
    "no release": (["add", "HP:0001281"], "name the release, as in --from hp.obo"),
    "no ids": (["add", "--from", "hp.obo"], "name the ids to add, as in kg ids add HP:0003394 --from hp.obo"),
    "no such file": (["add", "HP:0001281", "--from", "no.obo"], "no.obo: No such file or directory; check the path and its permissions"),
    "no ontology": (["add", "HP:0001281", "--from", "words.txt"], "words.txt: not a release of an ontology; name a file in OBO (.obo)"),
    "half a JSON": (["add", "MONDO:0001234", "--from", "half.json"], "half.json: not valid OBO Graphs JSON (line 1); fetch the release again"),
    "other JSON": (["add", "MONDO:0001234", "--from", "other.json"], "other.json: not valid OBO Graphs JSON (no list of graphs with nodes)"),
    "half an OWL": (["add", "MAXO:0000058", "--from", "half.owl"], "the file is broken off: an element is not closed; get it again whole"),
    "an empty OBO": (["update", "--from", "empty.obo"], "empty.obo: contains no term with a label; name the whole release"),
    "no release said": (["add", "HP:0000001", "--from", "bare.obo"], "bare.obo: states neither a release nor a date; give one with --release"),
    "ids of an update": (["update", "HP:0001281", "--from", "hp.obo"], "kg ids update checks all ids of the table; leave out the names"),
    "an older release": (["update", "--from", "old.obo", "--write"], "old.obo: release 2001-01-01 is older than 2025-01-01, which our ids were checked against; name a newer"),
    "another option": (["add", "HP:0001281", "--from", "hp.obo", "--write"], "--write belongs to kg ids update; leave it out"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_one_line_and_no_file_changes(here, capsys, case, monkeypatch):
    words, complaint = WRONG[case]
    files = {
        "words.txt": "some words",
        "half.json": JSON[:200],
        "other.json": "{}",
        "half.owl": OWL[:-30],
        "empty.obo": "format-version: 1.2\n",
    }
    files |= {"bare.obo": "[Term]\nid: HP:0000001\nname: All\n", "old.obo": OBO.replace("2026-02-16", "2001-01-01")}
    for name, text in files.items():
        (here.parent / name).write_text(text, encoding="utf-8")
    with (here / "data/tables/ontology_terms.tsv").open("a") as file:
        file.write("HP:0009999\tOther\tHP\tHPO 2025-01-01\n")
    before = contents(here)
    words = [str(here.parent / word) if "." in word and ":" not in word else word for word in words]
    status = main(["ids", *words])
    out, error = capsys.readouterr()
    assert (status, out, error.count("\n")) == (2, "", 1), error
    assert complaint in error
    assert contents(here) == before


def test_a_newer_release_tells_what_changed_and_what_of_ours_it_touches(here, capsys):
    table = here / "data/tables/ontology_terms.tsv"
    table.write_text(
        "id\tlabel\tontology\trelease\nHP:0000009\tOld thing\tHP\tHPO 2025-01-01\nHP:0001281\tTetany\tHP\tHPO 2025-01-01\n"
        "HP:0003394\tMuscle cramp\tHP\tHPO 2025-01-01\nHP:0007777\tGone\tHP\tHPO 2025-01-01\nMONDO:1\tx\tMONDO\tMONDO 2025-01-01\n"
    )
    mappings = here / "ontology/mappings.sssom.tsv"
    header, row = mappings.read_text().splitlines()
    row = row.replace("Muscle spasm", "Muscle cramp")
    other = row.replace("kg:muscle-cramp\tmuscle cramp", "kg:hypomagnesemia\thypomagnesemia")
    mappings.write_text(f"{header}\n{other.replace('HP:0003394', 'HP:0000009').replace('Muscle cramp', 'Old thing')}\n{row}\n")
    before = contents(here)
    words = ("update", "--from", str(here.parent / "hp.obo"))
    status, rows, _ = done(capsys, *words)
    place = "ontology/mappings.sssom.tsv"
    assert (status, [tuple(one.values()) for one in rows]) == (
        1,
        [
            ("HP:0000009", "replaced", "Old thing", "HP:0001281", f"kg:hypomagnesemia ({place}:2)"),
            ("HP:0001281", "label", "Tetany", "Tetany, of muscle", ""),
            ("HP:0003394", "label", "Muscle cramp", "Muscle spasm", f"kg:muscle-cramp ({place}:3)"),
            ("HP:0007777", "not in the release", "Gone", "", ""),
        ],
    )
    assert contents(here) == before
    assert done(capsys, *words, "--write")[0] == 1
    assert checked(here) == [
        "HP:0001281\tTetany, of muscle\tHP\tHPO 2026-02-16",
        "HP:0003394\tMuscle spasm\tHP\tHPO 2026-02-16",
        "HP:0007777\tGone\tHP\tHPO 2025-01-01",
        "MONDO:1\tx\tMONDO\tMONDO 2025-01-01",
    ]
    assert (here / "data/tables/obsolete_ids.tsv").read_text().splitlines()[1:] == [
        "HP:0000009\tOld thing\tHP:0001281\tHP 2026-02-16"
    ]
    assert "\tHP:0003394\tMuscle spasm\t" in mappings.read_text()
    main(["validate", "--quiet"])
    told = "HP:0000009: the id is obsolete in HP 2026-02-16. Map to HP:0001281 (kg ids add)"
    assert told in capsys.readouterr().out
    assert [one["id"] for one in done(capsys, *words)[1]] == ["HP:0007777"]


def test_a_mapping_to_an_id_that_nobody_checked_is_told_the_command(here, capsys):
    mappings = here / "ontology/mappings.sssom.tsv"
    mappings.write_text(mappings.read_text().replace("HP:0003394", "HP:0001281"))
    main(["validate", "--quiet"])
    assert "or bring it in: kg ids add HP:0001281 --from RELEASE" in capsys.readouterr().out
