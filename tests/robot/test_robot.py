"""ROBOT, the OBO community's own tool, on the ontology: its report, the OWL 2 DL profile, ELK and HermiT, and an explained contradiction.

All rules of ROBOT's standard profile are asked, warnings raised to errors, but for four that do not fit (profile.txt):
missing_definition looks for IAO:0000115 where we say skos:definition (test_ontology demands one each); duplicate_label forbids a
class and the property that leads to it one name (test_ontology forbids it within a kind); missing_superclass and
lowercase_definition are hints about OBO's upper classes and style.
"""

import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from kg.export import export_graph
from kg.rdf.namespaces import KG
from tests.remote.servers import JAVA

ROOT = Path(__file__).parent.parent.parent
JARS = ROOT / "out" / "robot"
ONTOLOGY = str(ROOT / "ontology" / "kg.ttl")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def robot():
    """Runs ROBOT with some words and gives its exit status and what it said."""
    missing = (
        "Java is not installed"
        if shutil.which("java") is None
        else ""
        if any(JARS.glob("robot-command-*.jar"))
        else "no ROBOT in out/robot (make robot)"
    )
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing}; CI must have it")
    if missing:
        pytest.skip(missing)

    def run(*words: str) -> tuple[int, str]:
        command = [*JAVA, "-Xmx3g", "-cp", f"{JARS}/*", "org.obolibrary.robot.CommandLineInterface", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_report_is_free_of_errors(robot, tmp_path):
    profile = str(Path(__file__).parent / "profile.txt")
    words = (
        "report",
        "--input",
        ONTOLOGY,
        "--profile",
        profile,
        "--output",
        str(tmp_path / "report.tsv"),
        "--fail-on",
        "ERROR",
    )
    status, said = robot(*words)
    assert (status, (tmp_path / "report.tsv").read_text().splitlines()[1:]) == (0, []), said


@pytest.mark.parametrize("reasoner", ["HermiT", "ELK"])
def test_a_reasoner_accepts_the_ontology(robot, tmp_path, reasoner):
    status, said = robot("reason", "--reasoner", reasoner, "--input", ONTOLOGY, "--output", str(tmp_path / "reasoned.owl"))
    assert status == 0, said


#: Rows of tables, claims, their lines and readings, and what is derived from pairs of claims: alike, and nearly all of the graph.
ALIKE = ("amount/", "intake/", "food/", "influence/", "inhibitor/", "reading/", "claim/", "evidence/")


def test_the_whole_graph_is_in_owl_2_dl_and_elk_accepts_it(robot, real, tmp_path):
    """So it opens in Protege as it is: both read Turtle through the OWL API. Of records that are alike every tenth is there."""
    whole = tmp_path / "whole.ttl"
    quads = (quad.triple for quad in real.engine.store if not _is_spare(quad.subject))
    whole.write_bytes(serialize(quads, format=RdfFormat.TURTLE))
    profile = ("validate-profile", "--profile", "DL", "--output", str(tmp_path / "profile.txt"))
    status, said = robot(
        *profile, "--input", str(whole), "reason", "--reasoner", "ELK", "--output", str(tmp_path / "reasoned.owl")
    )
    assert status == 0, said


def _is_spare(subject) -> bool:
    name = getattr(subject, "value", "")
    return name.removeprefix(KG).startswith(ALIKE) and zlib.crc32(name.encode()) % 10 > 0


def test_a_contradiction_is_explained_by_the_axioms_that_make_it(robot, tmp_path):
    broken = tmp_path / "broken.ttl"
    text = Path(ONTOLOGY).read_text(encoding="utf-8")
    broken.write_text(text + "\nkg:odd a kg:Symptom , kg:Drug .\n", encoding="utf-8")
    words = ("--input", str(broken), "--reasoner", "HermiT")
    assert robot("reason", *words, "--output", str(tmp_path / "reasoned.owl"))[0] != 0
    status, said = robot("explain", *words, "--mode", "inconsistency", "--explanation", str(tmp_path / "why.md"))
    assert status == 0, said
    told = (tmp_path / "why.md").read_text(encoding="utf-8")
    for name in ("kg/odd", "kg/Symptom", "kg/Drug"):
        assert f"nutrition-{name})" in told


@pytest.mark.parametrize("style", ["owl", "obo"])
def test_the_ontology_is_read_in_its_other_forms(robot, real, tmp_path, style):
    """The OWL API reads what we write, and finds the same classes, properties and definitions."""
    path = tmp_path / f"ontology.{style}"
    path.write_bytes(export_graph(real, "ontology", style=style)["nutrition-kg-ontology.ttl"])
    status, said = robot("convert", "--input", str(path), "--output", str(tmp_path / "again.ttl"))
    assert status == 0, said
    again, authored = rdflib.Graph().parse(tmp_path / "again.ttl"), rdflib.Graph().parse(ONTOLOGY)
    for kind in (rdflib.OWL.Class, rdflib.OWL.ObjectProperty):
        # OBO has no full IRIs for ids of its own space: its reader gives them one that ends alike.
        names = [
            {
                str(s).rpartition("/")[2].replace("_", ":").rpartition(":")[2]
                for s in g.subjects(rdflib.RDF.type, kind)
                if isinstance(s, rdflib.URIRef)
            }
            for g in (again, authored)
        ]
        assert names[1] <= names[0]
