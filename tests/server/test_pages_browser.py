"""The pages in a real Chromium without a network but this server: they look after everyone, and ask nobody else."""

import re
from pathlib import Path

import axe_playwright_python
import pytest

pytestmark = pytest.mark.slow

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
RULES = "axe.run(document, {iframes: false}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
PATHS = [
    "/",
    "/term/magnesium-deficiency",
    "/term/magnesium",
    "/claim/strict-vegan-diet_promotes_vitamin-b12-deficiency",
    "/food/ndb-11090",
    "/food/ndb-11458?portion=100%20g&life_stage=pregnant",
    "/term/spinach",
    "/term/metformin",
    "/sheet?finding=pins+and+needles&finding=fatigue",
    "/statement/S1-129",
    "/questions",
    "/question/foods_richest_in?nutrient=zinc",
    "/question/foods_richest_in?nutrient=nonsense",
    "/search?q=vitamin&go=list",
    "/explain?finding=pins+and+needles%0Afatigue&absent=fever&context=metformin",
    "/explain?finding=nonsense",
    "/correct?state=vitamin+B12+deficiency",
    "/correct?for=night+blindness",
    "/correct?state=nonsense",
    "/about",
    "/systems",
    "/debates",
    "/symptoms",
    "/search?q=why+am+I+tired",
    "/question/statements?_is=verdict_label:contested&_page=1",
    "/nowhere",
    "/query?query=SELECT%20%2A%20%7B%20kg%3Amagnesium%20%3Fp%20%3Fo%20%7D",
]


@pytest.fixture
def visit(browser, site):
    """Opens a path; fails where the page asks anybody else, complains, or breaks its own policy."""
    contexts, complaints = [], []

    def visit(path: str, width: int = 1280, expected: int = 200, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        ours = (site.url, "data:", "blob:", "about:")
        page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(ours) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if expected == 200:
            page.on("console", lambda message: complaints.append(message.text) if unexpected(message) else None)
        assert page.goto(site.url + path).status == expected
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def unexpected(message) -> bool:
    return message.type == "error" and "status of 400" not in message.text  # a query that is refused is told on the page


def status(path: str) -> int:
    return 404 if path == "/nowhere" else 400 if path.endswith("nonsense") else 200


def ready(page, path: str):
    if path.startswith("/query"):
        page.wait_for_selector("html[data-ready=true]")
        page.wait_for_selector(".yasr .dataTable td")
    return page


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_to_complain_of_and_a_phone_needs_no_sideways_scroll(visit, path):
    page = ready(visit(path, expected=status(path)), path)
    page.evaluate(AXE + "; undefined")
    assert page.evaluate(RULES) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(RULES) == []


@pytest.mark.parametrize("path", ["/term/muscle-cramp?lang=de", "/term/fatigue?lang=fr"])
def test_axe_finds_nothing_to_complain_of_in_other_languages(visit, path):
    page = visit(path)
    page.evaluate(AXE + "; undefined")
    assert page.evaluate(RULES) == []


def test_the_rows_of_a_wide_answer_are_few_lines_high(visit):
    page = visit("/question/foods_richest_in")
    heights = page.eval_on_selector_all("table.data tbody tr", "rows => rows.map(row => row.offsetHeight)")
    assert len(heights) == 100
    assert max(heights) < 120


def test_the_sheet_to_take_along_is_one_page_with_its_notice(visit):
    page = visit("/sheet?finding=pins+and+needles&finding=fatigue&context=vegan+diet")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_the_buttons_of_the_editor_do_not_lie_on_the_query_of_a_phone(visit):
    page = ready(visit(PATHS[-1], width=390), PATHS[-1])
    buttons, text = page.locator(".yasqe_buttons").bounding_box(), page.locator(".CodeMirror-line").first.bounding_box()
    assert buttons["y"] + buttons["height"] <= text["y"]


def test_a_term_is_found_with_the_keyboard_alone(visit):
    page = visit("/questions")
    page.keyboard.press("/")
    page.keyboard.type("charley")
    page.wait_for_selector("#suggested-1 li")
    assert page.get_attribute("#top-search", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#top-search", "aria-activedescendant") == "suggested-1-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/term/muscle-cramp")


def test_escape_closes_the_suggestions_and_enter_searches(visit):
    page = visit("/")
    page.fill("#search", "pins and needles")
    page.wait_for_selector("#suggested-1 li")
    page.press("#search", "Escape")
    assert page.is_hidden("#suggested-1")
    page.press("#search", "Enter")
    page.wait_for_url("**/term/paresthesia")


def test_without_scripts_one_can_still_search_ask_and_read(visit):
    page = visit("/", java_script_enabled=False)
    page.fill("#search", "tingling")
    page.get_by_role("button", name="Find").click()
    assert page.inner_text("h1") == "paresthesia"
    page.goto(page.url.rpartition("/term")[0] + "/question/foods_richest_in")
    page.fill("#p-nutrient", "iron")
    page.get_by_role("button", name="Ask").click()
    assert "nutrient=iron" in page.url
    assert page.locator("table tbody tr").count() == 100


def test_the_pathway_of_a_term_is_drawn_in_its_frame(visit):
    page = visit("/term/magnesium-deficiency")
    page.locator("iframe.view").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.view")
    frame.locator("html[data-ready=true]").wait_for(state="attached")


def test_a_map_that_fills_the_window_leads_back_to_the_pages(visit):
    page = visit("/view?term=scurvy&depth=1")
    page.get_by_role("link", name="← To the pages").click()
    page.wait_for_selector("#search")


def test_the_editor_runs_an_example_and_links_to_our_pages(visit):
    page = ready(visit("/query?query=SELECT%20%2A%20%7B%20kg%3Amagnesium%20%3Fp%20%3Fo%20%7D"), "/query")
    assert page.locator(".yasr a.iri[href='/term/Mineral']").count() >= 1
    assert page.locator(".yasr a.iri[href^='https://w3id.org/nutrition-kg/']").count() == 0
    page.select_option("#example", "foods_richest_in")
    page.locator(".yasr .dataTable th", has_text="food_label").wait_for()
    assert "VALUES ?nutrient" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    for way, begins in (("curl", "curl -H 'Accept: text/csv' "), ("Python", "import urllib"), ("R", "library(httr2)")):
        page.click(f".ways button:text-is('{way}')")
        page.locator(".ways [role=status]", has_text=f"or {way}").wait_for()
        program = page.inner_text(".ways pre")
        assert program.startswith(begins)
        assert "VALUES ?nutrient" in program


def test_the_editor_completes_our_words_and_declares_their_prefixes(visit):
    page = visit("/query")
    page.wait_for_selector("html[data-ready=true]")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    page.click(".CodeMirror-lines")
    page.keyboard.type("SELECT * { ?s a kg:NutrientSt")
    page.locator(".CodeMirror-hints li:first-child", has_text=re.compile("^kg:NutrientStatus$")).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" . ?s ?p kg:tingl")  # another name of paresthesia
    page.locator(".CodeMirror-hints li", has_text="kg:paresthesia").wait_for()
    for _ in "tingl":
        page.keyboard.press("Backspace")
    page.keyboard.type("magnesiu")
    page.locator(".CodeMirror-hints li:first-child:text-is('kg:magnesium')").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type("m . ?c kg:certainty ")
    page.locator(".CodeMirror-hints").wait_for(state="detached")
    page.keyboard.type("kg:")  # of a closed list, its values first
    page.locator(".CodeMirror-hints li:first-child:text-is('kg:highCertainty')").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type("lowCertainty }")
    assert "PREFIX kg: <https://w3id.org/nutrition-kg/>" in page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    )


def test_a_constructed_graph_opens_in_the_map(visit):
    page = visit("/query?query=CONSTRUCT%20WHERE%20%7B%20kg%3Amagnesium-deficiency%20kg%3Apromotes%20%3Fo%20%7D")
    frame = page.frame_locator(".yasr iframe.view")
    frame.locator("html[data-ready=true]").wait_for(state="attached")
    assert frame.locator("h1").inner_text() == "What the query built around magnesium deficiency"
    page.click("text=Table")
    page.locator(".yasr a.iri[href='/term/muscle-spasm'][title='muscle spasm']").wait_for()


def test_a_name_that_is_unknown_is_told_when_a_query_comes_with_the_address(visit):
    page = visit("/query?query=SELECT%20%3Fx%20%7B%20%3Fx%20kg%3Apromotse%20kg%3Amuscle-cramp%20%7D")
    page.locator("#hints", has_text="did you mean kg:promotes?").wait_for()
    assert page.locator(".select_map:visible").count() == 0
    assert page.locator(".select_table.stands-in").count() == 1


def test_what_is_wrong_with_a_query_is_told_in_words_and_at_its_line(visit):
    page = visit("/query?query=SELECT%20%3Fx%20%7B%0A%20%20%3Fx%20kg%3Apromotes%0A%7D")
    page.locator(".yasr .problem", has_text="The query does not parse: line 4, column 1").wait_for()
    assert "about:blank" not in page.inner_text(".yasr")
    assert page.locator(".CodeMirror .wrong").count() == 1
    page.click("text=To line 4")
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line") == 3
    page.evaluate(AXE + "; undefined")
    assert page.evaluate(RULES) == []
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT (COUNT(*) AS ?n) { ?s a kg:Food }')")
    page.click(".yasqe_queryButton")
    page.locator(".yasr .dataTable td").first.wait_for()
    assert page.inner_text(".yasr .dataTable td").isdigit()  # the number, without quotes and type
    assert page.locator(".CodeMirror .wrong").count() == 0


def test_a_list_of_findings_is_completed_line_by_line(visit):
    page = visit("/explain")
    page.focus("#finding")
    page.keyboard.type("tingl")
    page.wait_for_selector("#finding + ul li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("night blind")
    page.wait_for_selector("#finding + ul li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#finding").split("\n") == ["paresthesia", "night blindness", ""]
