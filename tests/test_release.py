"""A release: every form, whole sums, a description that says what is there, the same bytes each time."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import DataError
from kg.export import FORMS, release, sbom

ROOT = Path(__file__).parent.parent
#: Nanopublications are made for the claims that somebody publishes, and are no part of a release.
SMALL = [name for form, (_, _, names) in FORMS.items() if form != "nanopub" for name in names]


@pytest.fixture
def released(repository: Path) -> dict[str, bytes]:
    (repository / "CHANGELOG.md").write_text(f"# Changelog\n\n## {kg.__version__} - 2026-11-24\n\n- all\n")
    (repository / "LICENSE-DATA").write_text("terms\n")
    return dict(release.files(str(repository)))


def test_every_form_is_there_with_its_sum(released):
    owl = ["nutrition-kg-ontology.owl", "nutrition-kg-ontology.obo"]
    papers = ["LICENSE-DATA", "CHANGELOG.md", "ontology/shapes.ttl", "ontology/prefixes.ttl"]
    questions = [f"queries/{path.name}" for path in sorted((ROOT / "queries" / "questions").glob("*.rq"))]
    assert list(released) == [*SMALL, *owl, "void.ttl", *papers, *questions, "queries.ttl", "SHA256SUMS"]
    sums = "".join(f"{sha256(released[name]).hexdigest()}  {name}\n" for name in sorted(set(released) - {"SHA256SUMS"}))
    assert released["SHA256SUMS"].decode() == sums


def test_two_releases_of_the_same_sources_are_the_same_bytes(released, repository):
    assert dict(release.files(str(repository))) == released


def asked(data: bytes, question: str) -> list[list[str]]:
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.TURTLE)
    head = """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX spdx: <http://spdx.org/rdf/terms#> PREFIX void: <http://rdfs.org/ns/void#> """
    return [[node.value for node in row] for row in store.query(head + question)]


def test_the_description_tells_date_licence_size_and_sum_of_each_file(released):
    told = asked(
        released["void.ttl"], "SELECT ?day ?licence ?n { ?d dcterms:issued ?day ; dcterms:license ?licence ; void:triples ?n }"
    )
    triples = released["nutrition-kg.nt"].count(b"\n")
    assert told == [["2026-11-24", "https://creativecommons.org/licenses/by/4.0/", str(triples)]]
    question = """SELECT ?name ?size ?sum { ?d dcat:distribution ?f . ?f dcterms:title ?name ; dcat:byteSize ?size ;
      spdx:checksum/spdx:checksumValue ?sum }"""
    files = {name: (size, found) for name, size, found in asked(released["void.ttl"], question)}
    told = [*SMALL, "nutrition-kg-ontology.owl", "nutrition-kg-ontology.obo"]
    assert files == {name: (str(len(released[name])), sha256(released[name]).hexdigest()) for name in told}


def test_every_distribution_says_where_it_is_and_under_which_licence(released):
    home = f"https://w3id.org/nutrition-kg/{kg.__version__}/"
    found = asked(
        released["void.ttl"],
        """SELECT ?access ?download ?licence ?name { ?d dcat:distribution ?f . ?f dcterms:title ?name ; dcat:accessURL ?access ;
        dcat:downloadURL ?download ; dcterms:license ?licence }""",
    )
    assert {(access, licence) for access, _, licence, _ in found} == {(home, "https://creativecommons.org/licenses/by/4.0/")}
    assert {download for _, download, _, _ in found} == {home + name for _, _, _, name in found}
    assert len(found) == len(SMALL) + 2


def test_the_bill_of_materials_names_every_locked_package():
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    told = json.loads(sbom.write_document(locked))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    names = {line.split("==")[0].lower() for line in locked.splitlines() if "==" in line and not line.startswith(" ")}
    assert {one["name"] for one in told["components"]} == names
    assert all(one["version"] and one["properties"][0]["name"] == "python:sha256" for one in told["components"])
    assert set(told["dependencies"][0]["dependsOn"]) == {one["bom-ref"] for one in told["components"]}


def test_the_graph_says_which_version_it_is(released):
    told = asked(
        released["nutrition-kg.ttl"],
        "SELECT ?iri ?version { ?o a owl:Ontology ; owl:versionIRI ?iri ; owl:versionInfo ?version }",
    )
    assert told == [[f"https://w3id.org/nutrition-kg/{kg.__version__}", kg.__version__]]


def test_a_version_without_a_date_has_none(repository):
    assert release.date(str(repository)) == ""
    (repository / "CHANGELOG.md").write_text(f"## {kg.__version__} (unreleased)\n\n## 0.0.1 - 2020-01-01\n")
    assert release.date(str(repository)) == ""


def test_the_changes_since_a_release_name_records_and_conclusions(released, repository, tmp_path):
    old = tmp_path / "old.nt"
    old.write_bytes(released["nutrition-kg.nt"])
    path = repository / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kg:stance kg:supports", "kg:stance kg:disputes"), encoding="utf-8")
    changes = dict(release.files(str(repository), str(old)))["CHANGES.md"].decode()
    assert changes.startswith(f"# What changed in nutrition-kg {kg.__version__}\n\n## Conclusions that changed: ")
    assert "\n## Claims: 0 added, 0 removed, " in changes


def test_an_earlier_release_that_is_not_there_is_told(repository):
    with pytest.raises(DataError, match=r"nowhere.nt: no such file or folder"):
        dict(release.files(str(repository), "nowhere.nt"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since", "old.nt"], "kg: --since lists the changes of a release; add --release\n"),
        (["--release", "-o", "file/inside"], "kg: file/inside: Not a directory; name a folder that you can write to\n"),
    ],
)
def test_a_mistake_is_one_line(tmp_path, repository, words, told):
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "kg", "--source", str(repository), "build", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_the_citation_bears_the_version():
    assert f"\nversion: {kg.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_public_ontology_in_use_is_named_in_the_notices():
    notices = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    table = (ROOT / "data" / "tables" / "ontology_terms.tsv").read_text(encoding="utf-8").splitlines()
    column = table[0].split("\t").index("ontology")
    names = {
        "HP": "HPO",
        "CHEBI": "ChEBI",
        "UBERON": "Uberon",
        "MESH": "MeSH",
        "FOODON": "FoodOn",
        "MAXO": "MAxO",
        "NCIT": "NCIt",
        "CL": "Cell Ontology",
        "BFO": "RO",
    }
    used = {row.split("\t")[column] for row in table[1:]}
    assert {name for name in used if names.get(name, name) not in notices} == set()


def test_the_citation_names_version_and_date_of_the_changelog():
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {kg.__version__}" in cited
    assert f"date-released: {release.date(str(ROOT))}" in cited
