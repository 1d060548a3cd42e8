"""kg validate --full: what the shapes and the reasoner find is told like every other problem; what it needs is named."""

import importlib.util
import shutil

import pytest

from kg.checks import Problem, shacl_and_owl
from kg.cli import main
from kg.errors import UsageError

CRAMP = "kg:muscle-cramp a kg:Symptom"


@pytest.fixture
def java():
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, which the reasoner HermiT needs")


@pytest.mark.slow
def test_a_good_repository_has_no_problem(java, repository, capsys):
    assert main(["--source", str(repository), "validate", "--full"]) == 0
    assert capsys.readouterr().err.startswith("0 problems in 3 files of Turtle, ")


@pytest.mark.slow
def test_a_contradiction_is_told(java, repository):
    path = repository / "data" / "small.ttl"
    path.write_text(path.read_text().replace(CRAMP, CRAMP + " , kg:LabFinding"))
    found = shacl_and_owl.problems(str(repository))
    assert [(problem.file, problem.problem) for problem in found if problem.record == "(all)"] == [
        ("(built)", "the reasoner HermiT finds that ontology and data contradict each other")
    ]


@pytest.mark.slow
def test_a_broken_shape_is_told_at_its_record(java, repository, monkeypatch):
    path = repository / "data" / "claims" / "more.ttl"
    path.parent.mkdir()
    text = (repository / "data" / "small.ttl").read_text()
    head = "".join(line + "\n" for line in text.splitlines() if line.startswith("@prefix"))
    path.write_text(
        head + "\nclaim:new a kg:CausalClaim ;\n    kg:cause kg:magnesium-deficiency ;\n    kg:relation kg:treats .\n"
    )
    monkeypatch.chdir(repository)
    told = [
        problem
        for problem in shacl_and_owl.shapes(shacl_and_owl.records(shacl_and_owl.build_graph(".")), ".")
        if problem.record == "claim:new"
    ]
    line = head.count("\n") + 2
    assert (
        Problem(
            "data/claims/more.ttl", line, "claim:new", "a shape is violated", "A causal claim says kg:promotes or kg:inhibits"
        )
        in told
    )


def test_without_the_extra_one_line_says_what_to_install(monkeypatch, repository, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        UsageError, match=r"--full needs pyshacl and owlready2; install them with pip install 'nutrition-kg\[full\]'"
    ):
        shacl_and_owl.problems(str(repository))
    assert main(["--source", str(repository), "validate", "--full"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_java_one_line_says_so(monkeypatch, repository):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="--full needs Java"):
        shacl_and_owl.problems(str(repository))
