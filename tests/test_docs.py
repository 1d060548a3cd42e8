"""The pages that are taken from the graph: current, whole, and safe as Markdown."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def loaded(tool: str):
    spec = importlib.util.spec_from_file_location(tool, ROOT / "tools" / f"{tool}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generate():
    return loaded("generate_docs")


@pytest.mark.slow
def test_the_counts_of_the_readme_are_current(real, generate):
    assert (ROOT / "README.md").read_text(encoding="utf-8") == generate.readme(real), "run make docs"


@pytest.mark.slow
def test_the_figures_of_the_evidence_are_current(real, generate):
    assert (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8") == generate.evidence(real), "run make docs"


@pytest.mark.slow
def test_the_audit_is_current(real, generate):
    assert (ROOT / "docs" / "audit.md").read_text(encoding="utf-8") == generate.audit(real), "run make docs"


def test_the_audit_of_the_small_graph(small, generate):
    page = generate.audit(small)
    table = page.split("\n\n")[2].splitlines()
    assert table == [
        "| verdict | The article |",
        "| --- | ---: |",
        "| supported | 1 |",
        "| partly supported | 1 |",
        "| contested | 1 |",
        "| unsupported | 2 |",
        "| not assessable | 1 |",
    ]
    assert page.split("## The article\n\n")[1].split("### End")[1] == (
        "\n\n- **not assessable** readers should see a doctor (S1-005)\n"
        "  - No claim: an advice to see a professional\n"
        "- **contested** low magnesium causes cramps (S1-006)\n"
        "  - Claims: hypomagnesemia promotes muscle cramp (contested, low); "
        "magnesium deficiency promotes hypomagnesemia (established, high)\n"
        "  - For: Textbook\n"
        "  - Against or mixed: Review of trials\n"
    )


def test_every_statement_stands_once_in_the_audit_with_a_reason(real, generate):
    page = generate.audit(real)
    entries = re.findall(r"^- \*\*([a-z ]+)\*\* .* \((S[12]-\d{3})\)\n((?:  - .*\n)*)", page, flags=re.MULTILINE)
    assert len(entries) == len({name for _, name, _ in entries}) == 334
    assert {verdict for verdict, _, _ in entries} <= set(generate.VERDICTS)
    assert [name for _, name, reasons in entries if not reasons] == []


def test_words_that_look_like_markup_are_told_as_words(generate):
    assert generate.escaped("a <b> [c] *d*") == r"a \<b> \[c] \*d\*"


def test_the_counts_count(small, generate):
    said = generate.counts(small)
    assert said.startswith("18 claims (")
    assert "2 foods" in said
    assert re.search(r"; (\d+) evidence lines \((\d+) on a text, (\d+) on the articles or the table of foods\); ", said), said
    assert "6 statements of the articles" in said


@pytest.fixture(scope="module")
def listing():
    return loaded("list_decisions")


def test_the_index_of_the_decisions_is_current(listing):
    assert (listing.FOLDER / "README.md").read_text(encoding="utf-8") == listing.index(), "run python tools/list_decisions.py"


def test_decisions_are_numbered_without_a_gap_and_a_changed_one_names_what_changed_it(listing):
    found = listing.decisions()
    assert [item.number for item in found] == [f"{number:04d}" for number in range(1, len(found) + 1)]
    files = {item.file for item in found}
    for item in found:
        text = (listing.FOLDER / item.file).read_text(encoding="utf-8")
        assert set(re.findall(r"\]\(([^)]+)\)", item.status)) <= files, item.file
        for earlier in re.findall(r"\]\((\d{4}-[^)]+)\)", re.search(r"^- Changes: .*$|\Z", text, flags=re.MULTILINE)[0]):
            assert item.file in (listing.FOLDER / earlier).read_text(encoding="utf-8"), f"{earlier} does not name {item.file}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# A\n\nBecause.\n", "0001-a.md: needs a title, then the lines Number, Date and Status"),
        ("# A\n\n- Number: 0001\n- Status: accepted\n\nBecause.\n", "0001-a.md: needs a title"),
        ("# A\n\n- Number: 0002\n- Date: 2026-11-24\n- Status: accepted\n\nBecause.\n", "0001-a.md: its number is 0002"),
    ],
)
def test_a_decision_without_its_head_is_refused(listing, tmp_path, text, complaint):
    (tmp_path / "0001-a.md").write_text(text)
    with pytest.raises(ValueError, match=f"^{complaint}"):
        listing.index(tmp_path)


def test_the_changelog_keeps_its_form():
    kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    heads = [version.split("\n", 1)[0] for version in versions]
    assert [head for head in heads if not re.fullmatch(r"Unreleased|\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", head)] == []
    for head, version in zip(heads, versions, strict=True):
        found = re.findall(r"^### (.+)$", version, flags=re.MULTILINE)
        assert found == [kind for kind in kinds if kind in found], f"{head}: sections are {', '.join(kinds)}, each once"
        before = version.split("\n### ", 1)[0]
        assert "\n- " not in before, f"{head}: an entry stands under no section"
