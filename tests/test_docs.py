"""The pages that are taken from the graph: current, whole, and safe as Markdown."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def generate():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "tools" / "generate_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_counts_of_the_readme_are_current(real, generate):
    assert (ROOT / "README.md").read_text(encoding="utf-8") == generate.readme(real), "run make docs"


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
        "magnesium deficiency promotes hypomagnesemia (probable, low)\n"
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
    assert "6 statements of the articles" in said
