"""The comment on a pull request: support that came and went, style and checks, and nothing in it that acts."""

import re
import shutil
from pathlib import Path

import pytest

from kg.authoring.starter import create
from kg.cli import main
from kg.cli.claim import issue
from kg.diff.pull_request import LARGEST, MARK, comment
from kg.diff.record_changes import Difference
from kg.diff.report import Report
from kg.sparql import library

ROOT = Path(__file__).parent.parent


@pytest.fixture
def sides(tmp_path: Path, monkeypatch) -> Path:
    """Two equal graphs, ``base`` and ``head``; one stands beside them."""
    monkeypatch.setattr(library, "_own", [])
    create(str(tmp_path / "base"), "Sleep")
    shutil.copytree(tmp_path / "base", tmp_path / "head")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def review(capfd, *more: str) -> str:
    capfd.readouterr()
    assert main(["diff", "base", "head", "--review", *more]) == 0
    return capfd.readouterr().out


def test_nothing_changed(sides, capfd):
    counted = "Claims: 0 added, 0 removed, 0 changed; conclusions: 0 changed; files to format: none; problems: none"
    assert review(capfd) == f"{MARK}\n**{counted}**\n"


def test_support_that_came_and_went_is_told_first(sides, capfd):
    """A source is turned, and a claim is new: both with their standing."""
    edited(sides / "head/data/claims/exposures.ttl", "kg:stance kg:supports", "kg:stance kg:disputes")
    with open(sides / "head/data/claims/exposures.ttl", "a", encoding="utf-8") as file:
        file.write(
            "\nclaim:example-habit_inhibits_example-finding a kg:CausalClaim ;\n    kg:cause kg:example-habit ;\n"
            "    kg:relation kg:inhibits ;\n    kg:effect kg:example-finding ;\n"
            "    kg:evidence [ kg:source source:example-source ; kg:stance kg:supports ] .\n"
        )
    told = review(capfd)
    assert told.splitlines()[1].startswith("**Claims: 1 added, 0 removed, 1 changed; ")
    support = told.split("### Support\n")[1].split("\n\n")[0]
    note = "example-source Example No source was read; this line shows where one stands."
    assert support.replace("\\_", "_").splitlines() == [
        "- new: claim:example-habit_inhibits_example-finding, established, highCertainty",
        "  - new: supports source:example-source",
        "- claim:example-habit_promotes_example-finding, established, highCertainty -&gt; contested, veryLowCertainty; NO SOURCE SUPPORTS IT",
        f"  - new: disputes source:{note}",
        f"  - lost: supports source:{note}",
    ]
    assert "### Conclusions that changed" in told
    assert "what\\_leads\\_to" in told  # a question of the graph's own, too


def test_style_and_checks_are_those_of_the_later_side(sides, capfd):
    edited(sides / "head/data/terms/symptoms.ttl", "    kg:deviation kg:high .", "  kg:deviation   kg:hihg .")
    told = review(capfd)
    assert "### Style\n- data/terms/symptoms.ttl would change: run kg format\n" in told
    assert "### Checks\n- data/terms/symptoms.ttl:5: kg:example-finding: " in told
    assert "files to format: 1; problems: listed below" in told


def test_what_others_wrote_stays_words(sides, capfd):
    evil = "<img src=x> @everyone [look](https://evil.example/) #1 **loud** <!-- --> `code`"
    edited(sides / "head/data/claims/exposures.ttl", "No source was read;", evil)
    told = review(capfd)
    body = told.removeprefix(MARK)
    assert not re.search(r"<|@|://|(?<!\\)[\[`]|(?<![#&\n ])#", body.replace("### ", ""))
    assert "&lt;img src=x&gt; &#64;everyone \\[look\\](https:&#47;&#47;evil.example/) &#35;1" in body


def test_a_file_is_compared_without_style_and_checks(sides, capfd):
    assert main(["--source", "base", "export", "nt", "-o", "old.nt"]) == 0
    capfd.readouterr()
    assert main(["diff", "old.nt", "old.nt", "--review"]) == 0
    assert capfd.readouterr().out == f"{MARK}\n**Claims: 0 added, 0 removed, 0 changed; conclusions: 0 changed**\n"


def test_a_comment_is_no_longer_than_one_may_be():
    claims = {f"https://w3id.org/nutrition-kg/claim/{n}": {"kg:evidence": ("supports " + "x" * 9000,)} for n in range(40)}
    found = Report(Difference(), Difference(added=tuple((iri, iri) for iri in claims)), (), True)
    told = comment(found, {}, claims)
    assert len(told) <= LARGEST
    assert told.endswith("*Cut here: `kg diff OLD NEW --format md` has the rest.*\n")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["base", "head", "--review", "--format", "json"], "kg: --format json: --review is Markdown; leave --format out\n"),
        (["base", "gone", "--review"], "kg: gone: no such file or folder; check the path\n"),
    ],
)
def test_wrong_words(sides, capfd, words, complaint):
    assert main(["diff", *words]) == 2
    assert capfd.readouterr().err == complaint


def test_the_workflow_writes_only_where_no_code_of_a_pull_request_runs():
    """Read-only but for the job that posts; that one runs no code and takes the text as data. No action but those that CI uses."""
    workflow = (ROOT / ".github/workflows/review.yml").read_text(encoding="utf-8")
    reads, posts = workflow.split("\n  comment:\n")
    assert "pull_request_target" not in workflow
    assert re.search(r"^permissions:\n  contents: read\n\w", reads, flags=re.MULTILINE)
    assert "write" not in re.sub(r"#.*", "", reads)
    assert "permissions:\n      pull-requests: write\n    steps:" in posts
    assert "uses:" not in posts
    assert "head.repo.full_name == github.repository" in posts
    assert not re.search(r"run: .*\$\{\{|^ {10}.*\$\{\{(?! (github\.|needs\.))", posts, flags=re.MULTILINE)
    used = set(re.findall(r"uses: (.*)", workflow))
    assert used <= set(re.findall(r"uses: (.*)", (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")))
    assert f'startswith("{MARK}")' in posts
    assert "kg diff ../base . --review" in reads


def test_the_form_for_an_objection_has_the_fields_that_a_link_fills_in():
    link = issue("https://example.org/issues/new", "a_promotes_b", "A book")
    asked = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    form = (ROOT / ".github/ISSUE_TEMPLATE" / asked.pop("template")).read_text(encoding="utf-8")
    assert asked.pop("title")
    assert set(asked) <= set(re.findall(r"^    id: (\w+)$", form, flags=re.MULTILINE))
    assert {"fault", "words", "read"} <= set(re.findall(r"^    id: (\w+)$", form, flags=re.MULTILINE))
