"""The documentation site: built whole, every link leads to a file, nothing from elsewhere; the code of its pages runs."""

import re
import runpy
from pathlib import Path

import pytest

from tests.test_contributing import clone, shell  # noqa: F401 - clone is a fixture

ROOT = Path(__file__).parent.parent
PAGES = ["model", "extending", "engines"]


def blocks(language: str) -> list[tuple[str, str]]:
    """Each code block of the hand-written pages in one language."""
    texts = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
    found = [
        (name, block)
        for name, text in texts.items()
        for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    ]
    assert found
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("site") / "docs"
    runpy.run_path(str(ROOT / "docs" / "website.py"))["main"](out)
    return out


@pytest.mark.slow
def test_every_link_leads_to_a_file_and_nothing_comes_from_elsewhere(site):
    broken, foreign = set(), set()
    for page in site.rglob("*.html"):
        for attribute, target in re.findall(r'\b(href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            if target.startswith(("http://", "https://")):
                foreign |= {target} if attribute == "src" else set()
            elif not target.startswith("#") and not (page.parent / target.split("#")[0]).is_file():
                broken.add((page.name, target))
    assert (broken, foreign) == (set(), set())


@pytest.mark.slow
def test_a_page_for_each_term_claim_and_question_and_for_each_document(site, real):
    for name in (
        "term/magnesium-deficiency",
        "claim/hypomagnesemia_promotes_muscle-cramp",
        "question/statements",
        "commands",
        "python",
        *PAGES,
    ):
        assert "<h1" in (site / f"{name}.html").read_text(encoding="utf-8"), name
    claims = real.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a kg:Claim }")
    assert len(list((site / "claim").glob("*.html"))) == int(next(iter(claims))[0].value)


@pytest.mark.slow
def test_the_search_finds_a_synonym_without_a_server(site, browser):
    page = browser.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "term" / "magnesium-deficiency.html").as_uri())
    page.get_by_label("Find a page").fill("pins and needles")
    page.locator("#found a").first.click()
    page.wait_for_url("**/term/paresthesia.html")
    assert page.locator("h1").inner_text() == "paresthesia"
    assert ([url for url in asked if not url.startswith("file:")], errors) == ([], [])
    page.close()


@pytest.mark.slow
def test_the_commands_of_the_pages_run(clone):  # noqa: F811
    shell("\n".join(block for _, block in blocks("bash")), clone)


@pytest.mark.parametrize(("name", "block"), blocks("sparql"))
def test_the_queries_of_the_pages_are_answered(real, name, block):
    assert len(real.query(block)) > 0, name


@pytest.mark.parametrize(("name", "block"), blocks("python"))
def test_the_python_of_the_pages_runs(name, block):
    exec(compile(block, name, "exec"), {})  # noqa: S102 - our own pages
