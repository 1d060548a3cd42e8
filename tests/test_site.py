"""The documentation site: built whole, every link leads to a file, nothing from elsewhere; the code of its pages runs."""

import os
import posixpath
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.sparql import library
from tests.server.test_pages_browser import AXE, RULES
from tests.test_contributing import clone, shell  # noqa: F401 - clone is a fixture

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PAGES = ["model", "extending", "engines"]
#: Of the claims and foods, which take most of the time, these: each kind of page is among them.
SOME = "^(hypo|iron|ndb-1109)"
#: What the page that answers SPARQL takes after its address.
QUESTIONS = {f"question={name}" for name in library.names()}


def blocks(language: str) -> list[tuple[str, str]]:
    """Each code block of the hand-written pages in one language."""
    texts = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
    found = [
        (name, block)
        for name, text in texts.items()
        for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        if "example transporter" not in block  # the recipe for a new class, which tests/test_growing.py performs
    ]
    assert found
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory, planted) -> Path:
    out = tmp_path_factory.mktemp("site") / "docs"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(planted)}
    subprocess.run([sys.executable, str(ROOT / "tools" / "build_site.py"), str(out), SOME], env=environment, check=True)
    return out


@pytest.mark.slow
def test_every_link_leads_to_a_file_and_its_mark_and_nothing_comes_from_elsewhere(site):
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    texts = {page: (site / page).read_text(encoding="utf-8") for page in files if page.endswith(".html")}
    names = {page: set(re.findall(r'\bid="([^"]+)"', text)) for page, text in texts.items()}
    names["ask.html"] |= QUESTIONS
    broken, foreign = set(), set()
    for page, text in texts.items():
        for attribute, target in set(re.findall(r'\b(href|src)="([^"]*)"', text)):
            if target.startswith(("http://", "https://")):
                foreign |= {target} if attribute == "src" else set()
                continue
            path, _, mark = target.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
            if file not in files or (mark and mark not in names[file]):
                broken.add((page, target))
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
    claims = {row[0].value.rpartition("/")[2] for row in real.query("SELECT DISTINCT ?c { ?c a kg:Claim }")}
    assert {page.stem for page in (site / "claim").glob("*.html")} == {name for name in claims if re.search(SOME, name)}


@pytest.mark.slow
def test_the_search_finds_a_synonym_without_a_server(site, browser):
    page = browser.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "term" / "magnesium-deficiency.html").as_uri())
    page.get_by_label("Find a page").fill("pins and needles")
    page.wait_for_selector("#found a")
    places = page.locator("#found a").evaluate_all("links => links.map((link) => link.href)")
    assert len(places) == len(set(places))
    page.locator("#found a").first.click()
    page.wait_for_url("**/term/paresthesia.html")
    assert page.locator("h1").inner_text() == "paresthesia"
    assert ([url for url in asked if not url.startswith("file:")], errors) == ([], [])
    page.close()


def test_a_term_has_a_map_of_one_step_whose_boxes_are_links(site, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "term" / "hypocalcemia.html").as_uri())
    drawn = page.locator(".steps svg")
    heads = drawn.locator(".head").all_text_contents()
    assert [re.sub(r"\d+ of \d+", "n of m", head) for head in heads] == ["Leads to it (n of m)", "It leads to (n of m)"]
    assert drawn.locator("a").count() == drawn.locator("path.way").count() == 16
    assert drawn.evaluate(
        "svg => svg.getBoundingClientRect().right <= document.querySelector('main').getBoundingClientRect().right"
    )
    drawn.locator("a", has_text="muscle cramp").click()
    page.wait_for_url("**/term/muscle-cramp.html")
    page.close()


def test_the_audit_is_narrowed_by_verdict(site, browser):
    page = browser.new_page()
    page.goto((site / "audit.html").as_uri())
    chip = page.locator(".chips button", has_text="contested")
    wanted = int(chip.inner_text().split()[-1])
    chip.click()
    shown = page.locator("main li:visible > strong:first-child").all_inner_texts()
    assert (shown, page.locator("main h3:visible").count() <= wanted) == (["contested"] * wanted, True)
    assert page.locator(".chips [role=status]").inner_text().startswith(f"{wanted} of ")
    chip.click()
    assert page.locator("main li:visible > strong:first-child").count() > wanted
    page.close()


def test_a_question_says_which_values_its_answer_is_for(site):
    text = (site / "question" / "foods_richest_in.html").read_text(encoding="utf-8")
    assert "The answer below is for nutrient <b>magnesium</b>, life stage <b>females 31-50 y</b>." in text
    assert 'href="../ask.html#question=foods_richest_in"' in text
    assert "to_table" not in text
    assert "<form" not in text


#: A page of each kind.
KINDS = [
    *(
        "index",
        "start",
        "audit",
        "questions",
        "question/foods_richest_in",
        "model",
        "extending",
        "commands",
        "python",
        "gallery",
    ),
    *("term/magnesium-deficiency", "claim/iron-deficiency_promotes_restless-legs-syndrome", "CONTRIBUTING", "performance"),
    *("source/nhlbi-iron-deficiency-anemia", "food/ndb-11090", "statement/S1-001"),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_to_complain_of_and_a_phone_needs_no_sideways_scroll(site, browser, name):
    page = browser.new_page()
    page.goto((site / f"{name}.html").as_uri())
    page.evaluate(AXE + "; undefined")
    assert page.evaluate(RULES) == []
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(RULES) == []
    page.close()


@pytest.mark.slow
def test_what_is_printed_is_dark_on_light_whatever_the_screen(site, browser):
    page = browser.new_page(color_scheme="dark")
    page.goto((site / "extending.html").as_uri())
    page.emulate_media(media="print")
    page.evaluate(AXE + "; undefined")
    assert page.evaluate(RULES) == []
    ground, ink = (
        page.evaluate(f"getComputedStyle(document.querySelector('pre')).{name}") for name in ("backgroundColor", "color")
    )
    assert (ground, ink) == ("rgb(241, 242, 238)", "rgb(0, 0, 0)")
    page.close()


@pytest.mark.slow
def test_the_search_is_walked_by_keys(site, browser):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("leg restless")
    page.wait_for_selector("#found a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "restless legs"
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()
    page.keyboard.press("Backspace")
    page.wait_for_selector("#found a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/term/restless-legs-syndrome.html")
    page.close()


def test_a_link_to_what_is_not_there_fails_the_build(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from docsite.links import linked

    with pytest.raises(FileNotFoundError, match=r"extending\.md: links to NOWHERE\.md, which is not there"):
        linked('<p><a href="NOWHERE.md">x</a></p>', ROOT / "docs" / "extending.md")
    told = linked('<a href="../CONTRIBUTING.md#a-claim">x</a> <a href="../Makefile">y</a>', ROOT / "docs" / "extending.md")
    assert told == '<a href="/CONTRIBUTING.html#a-claim">x</a> y'


@pytest.mark.slow
def test_the_commands_of_the_pages_run(clone):  # noqa: F811
    shell("\n".join(block for _, block in blocks("bash")), clone)


@pytest.mark.parametrize(("name", "block"), blocks("sparql"))
def test_the_queries_of_the_pages_are_answered(real, name, block):
    assert len(real.query(block)) > 0, name


@pytest.mark.parametrize(("name", "block"), blocks("python"))
def test_the_python_of_the_pages_runs(name, block):
    exec(compile(block, name, "exec"), {})  # noqa: S102 - our own pages
