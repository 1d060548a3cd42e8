"""A graph of one's own: ``kg init``, and every command on the folder that it writes."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.authoring.starter import create
from kg.build.store import build_graph
from kg.cli import COMMANDS, main
from kg.graph import Graph, connect
from kg.server.pages.responses import Visit
from kg.server.pages.router import Site
from kg.sparql import library
from kg.sparql.embedded import Embedded

CLAIM = "claim:example-habit_promotes_example-finding"


@pytest.fixture(autouse=True)
def own_library(monkeypatch):
    """Questions of folders that a test opens are forgotten after it."""
    monkeypatch.setattr(library, "_own", [])


@pytest.fixture
def sleep(tmp_path: Path, monkeypatch) -> Path:
    """A new graph, in which one stands."""
    create(str(tmp_path / "sleep"), "Sleep")
    monkeypatch.chdir(tmp_path / "sleep")
    return tmp_path / "sleep"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def on_it(capfd, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of ``kg --source . WORDS``."""
    capfd.readouterr()
    status = main(["--source", ".", *words])
    return status, *capfd.readouterr()


def test_a_new_graph_has_no_problems(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "sleep", "--title", 'Sleep "and" its causes']) == 0
    listed, said = capfd.readouterr()
    assert sorted(Path(line).relative_to("sleep").as_posix() for line in listed.splitlines()) == list(files(tmp_path / "sleep"))
    assert said == "kg: next: cd sleep; kg --source . validate; its README.md says more\n"
    monkeypatch.chdir("sleep")
    assert on_it(capfd, "validate", "--quiet") == (0, "", "")
    assert on_it(capfd, "format", "--check", "--quiet") == (0, "", "")
    assert connect(".").header == (
        "https://example.org/sleep-and-its-causes/",
        'Sleep "and" its causes',
        'Sleep "and" its causes',
        "Claims with their evidence for and against. Information, not advice.",
        "https://creativecommons.org/licenses/by/4.0/",
    )


def test_a_newcomer_grows_a_graph_of_sleep(sleep, capfd):
    """Ten steps: terms, a source, a claim, a second one by a sheet, then check, ask, walk, draw and export."""
    steps = [
        *("new", "term", "late screen use", "--kind", "Exposure", "--definition", "Looking at a screen before bed."),
        *("--of", "example quantity", "--deviation", "present", "--write"),
    ]
    assert on_it(capfd, *steps)[0] == 0
    steps = ["new", "term", "long wait for sleep", "--kind", "Symptom", "--definition", "Lying awake before falling asleep."]
    assert on_it(capfd, *steps, "--of", "example quantity", "--deviation", "altered", "--write")[0] == 0
    source = ["new", "source", "A title for this test", "--study-kind", "Review", "--access", "original", "--write"]
    assert on_it(capfd, *source)[0] == 0
    claim = ["new", "claim", "late screen use", "promotes", "long wait for sleep", "--read", "A title for this test", "--write"]
    assert on_it(capfd, *claim)[:2] == (0, "data/claims/exposures.ttl:11\n")
    Path("more.csv").write_text(
        "subject,relation,object,source\nexample habit,promotes,long wait for sleep,A title for this test\n", encoding="utf-8"
    )
    status, report, _ = on_it(capfd, "import", "more.csv", "--write", "--format", "csv")
    assert (status, report.splitlines()[1].split(",")[1:3]) == (0, ["claim:example-habit_promotes_long-wait-for-sleep", "new"])
    assert on_it(capfd, "validate", "--quiet") == (0, "", "")
    asked = ["query", "what_leads_to", "--finding", "long wait for sleep", "--format", "csv"]
    assert on_it(capfd, *asked)[:2] == (0, "cause_label,certainty_label\r\nexample habit,high\r\nlate screen use,high\r\n")
    assert on_it(capfd, "paths", "late screen use", "long wait for sleep")[1].startswith(
        "Can late screen use lead to long wait for sleep? Yes: every step is well sourced.\n\n"
        "1. late screen use can lead to long wait for sleep\n"
    )
    assert on_it(capfd, "view", "late screen use", "-o", "view.html")[0] == 0
    page = Path("view.html").read_text(encoding="utf-8")
    assert "Sleep, CC BY 4.0, https://example.org/sleep/" in page
    assert "nutrition-kg 0" not in page
    status, table, _ = on_it(capfd, "export", "csv")
    rows = [(row["subject"], row["relation"], row["object"]) for row in csv.DictReader(io.StringIO(table))]
    assert rows == [
        ("example habit", "promotes", "example finding"),
        ("example habit", "promotes", "long wait for sleep"),
        ("late screen use", "promotes", "long wait for sleep"),
    ]


#: Every command with words for the new graph, its exit status and words of its answer; what is not a use there has its reason.
ON_IT = {
    "demo": ((), 2, "the demo is about nutrition-kg"),
    "term": (("example habit",), 0, "example habit  (Exposure)"),
    "find": (("habit",), 0, "example habit"),
    "compare": (("example habit", "example finding"), 0, "example habit  beside  example finding"),
    "plate": (("bread=1",), 2, "no table of reference intakes"),
    "ask": (("what leads to example finding?", "--format", "csv"), 0, "example habit,exposure"),
    "claim": ((CLAIM,), 0, "example habit promotes example finding"),
    "queries": ((), 0, "what_leads_to"),
    "query": (("causes_of", "--finding", "example finding", "--format", "csv"), 0, "example habit,exposure"),
    "paths": (("example habit", "example finding"), 0, "1. example habit can lead to example finding"),
    "explain": (("example finding",), 0, "1. example habit"),
    "correct": (("example habit",), 0, "With example habit corrected, this ends"),
    "view": (("--all", "-o", "all.html"), 0, "all.html"),
    "chart": (("systems", "-o", "chart.svg"), 2, ""),
    "validate": ((), 0, "0 problems"),
    "verify": ((), 0, "1  not public"),
    "review": (("example habit", "-o", "sheet.html"), 0, "sheet.html"),
    "new": (("check", "no_claim_of_one_word", "--write"), 0, "queries/checks/no_claim_of_one_word.rq"),
    "import": (("--template", "claims", "-o", "claims.csv"), 0, "claims.csv"),
    "ids": (("update", "--from", "none.obo"), 2, "none.obo"),
    "rename": (("example habit", "a habit"), 0, "nothing written"),
    "merge": (("example habit", "example finding"), 2, "kg: "),
    "split": (("example habit", "example finding", "example quantity"), 2, "kg: "),
    "retire": ((CLAIM,), 0, "is retired"),
    "diff": ((".", "."), 0, "Nothing changed."),
    "format": (("--check",), 0, "0 files would change"),
    "build": (("-o", "out"), 0, "out/sleep.nt"),
    "export": (("kgx", "-o", "kgx"), 0, "kgx/sleep_nodes.tsv"),
    "completion": (("bash",), 0, "kg"),
}
#: Commands that open no graph, or do not end by themselves (their pages are read below).
ELSEWHERE = {"init", "serve", "mcp", "merge-driver"}


def test_every_command_is_tried():
    assert ON_IT.keys() | ELSEWHERE == COMMANDS.keys()


@pytest.mark.parametrize("command", ON_IT)
def test_a_command_works_on_it(sleep, capfd, command):
    words, expected, answer = ON_IT[command]
    status, out, said = on_it(capfd, command, *words)
    assert status == expected, out + said
    assert answer in out + said
    assert "Traceback" not in said


def test_all_questions_of_the_library_have_an_answer(sleep):
    graph = connect(".")
    names = library.names()
    assert "what_leads_to" in names
    for name in names:
        graph.query(name)  # rows or none, and no error


PAGES = [
    *("/", "/search?q=habit", "/questions", "/query", "/view?term=example habit", "/explain?finding=example finding", "/about"),
    *("/sheet?finding=example finding", "/correct?state=example habit", "/download", "/question/what_leads_to"),
    *("/term/example-habit", "/claim/example-habit_promotes_example-finding", "/source/example-source", "/statistics"),
]


def test_its_ontology_imports_nothing_that_stands_in_the_same_file(sleep, capfd, tmp_path):
    path = tmp_path / "own.owl"
    assert on_it(capfd, "export", "ontology", "--as", "owl", "-o", str(path))[0] == 0
    assert ("imports" in path.read_text(), "owl#Ontology" in path.read_text()) == (False, True)


def test_its_pages_bear_its_title(sleep):
    """Every page is made, under the graph's own title and licence, and none says that it is nutrition-kg."""
    site = Site(build_graph("."))
    assert (site.name, site.measured) == ("Sleep", "")
    library.include(".")
    for page in PAGES:
        path, _, query = page.partition("?")
        reply = site.answer(Visit(path, [tuple(query.split("=", 1))] if query else [], "html", "http://localhost"))
        assert reply.status == 200, page
        words = reply.body.decode().replace("w3id.org/nutrition-kg", "")
        assert "nutrition-kg" not in words, page
        if reply.media.startswith("text/html") and path != "/view":
            assert "Sleep</title>" in words, page
            assert (
                '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener noreferrer">CC BY 4.0</a>'
                in words
            )
    about = site.answer(Visit("/about", [], "html", "http://localhost")).body.decode()
    assert "Claims with their evidence for and against. Information, not advice." in about
    assert "vitamin B12" not in about


#: What is not a place for a new graph, by words of the complaint.
REFUSED = {
    "a folder with a file": (lambda place: (place / "new").mkdir() or (place / "new" / "a").write_text(""), "new: not empty"),
    "a hidden file counts": (lambda place: (place / "new").mkdir() or (place / "new" / ".a").write_text(""), "new: not empty"),
    "a file": (lambda place: (place / "new").write_text("kept"), "new: no folder"),
    "a link that leads nowhere": (lambda place: (place / "new").symlink_to(place / "gone"), "new: "),
    "below a file": (lambda place: (place / "above").write_text("kept"), "above/new: "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_place_that_is_taken_is_left_as_it_was(tmp_path, monkeypatch, capfd, case):
    prepare, complaint = REFUSED[case]
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert main(["init", "above/new" if case == "below a file" else "new"]) == 2
    said = capfd.readouterr().err
    assert said.startswith(f"kg: {complaint}")
    assert said.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_empty_folder_is_filled_and_a_failure_leaves_nothing(tmp_path, monkeypatch, capfd):
    (tmp_path / "sleep").mkdir()
    monkeypatch.chdir(tmp_path)
    made = os.makedirs

    def full(place, *more, **named):
        if place.endswith("tests"):
            raise OSError(28, "No space left on device")
        made(place, *more, **named)

    monkeypatch.setattr(os, "makedirs", full)
    assert main(["init", "sleep"]) == 3
    assert capfd.readouterr().err == "kg: sleep: No space left on device; name a folder that you can write to\n"
    assert [path.name for path in tmp_path.rglob("*")] == ["sleep"]
    monkeypatch.setattr(os, "makedirs", made)
    assert main(["init", "sleep"]) == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["init", "x", "--title", " "], "kg: --title: is empty; give the graph a title\n"),
        (["--source", ".", "init", "x"], "kg: --source: kg init opens no graph; leave it out\n"),
    ],
)
def test_wrong_words(tmp_path, monkeypatch, capfd, words, complaint):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert capfd.readouterr().err == complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["new", "source", "x"], ["import", "x.csv"], ["format"], ["retire", "x"]])
def test_a_source_that_is_no_repository_is_not_written_to(tmp_path, capfd, command):
    (tmp_path / "data.ttl").write_text("", encoding="utf-8")
    assert main(["--source", str(tmp_path / "data.ttl"), *command]) == 2
    assert "ontology and data" in capfd.readouterr().err


def test_a_question_of_its_own_takes_no_name_of_the_library(sleep, capfd):
    assert on_it(capfd, "new", "question", "causes_of", "--write")[::2] == (
        2,
        "kg: causes_of is a question of the library; choose another name\n",
    )
    assert on_it(capfd, "new", "question", "effects_told_of", "--write")[:2] == (0, "queries/questions/effects_told_of.rq\n")
    status, rows, _ = on_it(capfd, "query", "effects_told_of", "--format", "csv")
    assert (status, rows.splitlines()[1:]) == (0, ["example finding,high"])


@pytest.mark.slow  # it starts pytest, as the folder's CI does
def test_its_own_tests_pass(sleep):
    """The tests that the folder carries, as its CI runs them."""
    source = Path(__file__).parent.parent / "src"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_what_is_ours_alone_needs_a_header(sleep, small):
    assert small.header.native
    assert Graph(Embedded(build_graph("."))).header.slug == "sleep"


def test_the_workflow_of_reviews_is_ours_but_for_how_kg_is_installed(sleep):
    ours = (Path(__file__).parent.parent / ".github/workflows/review.yml").read_text(encoding="utf-8").splitlines()
    own = (sleep / ".github/workflows/review.yml").read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in own if line not in ours] == [
        "- run: apt-get update && apt-get install -y --no-install-recommends ca-certificates git python3 python3-venv",
        "- run: python3 -m venv .venv",
        "- run: .venv/bin/python -m pip install -r requirements.txt",
    ]
    attributes = (Path(__file__).parent.parent / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {line for line in (sleep / ".gitattributes").read_text(encoding="utf-8").splitlines() if "merge=kg" in line} == {
        line for line in attributes if "merge=kg" in line
    }
