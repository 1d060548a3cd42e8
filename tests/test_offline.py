"""The page of ``kg export html``, opened from a disk in a browser without a network: it answers as ``kg query`` does."""

import json

import pytest

from kg.export import export_graph
from kg.sparql import library
from kg.sparql.results import Triples
from tests.server.test_pages_browser import AXE, RULES


def opened(browser, file, address="", **options):
    """A page of its own that may ask nothing of any address; what it complained of is in ``page.complaints``."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.complaints.append(request.url) if request.url.startswith("http") else None)
    page.goto(f"{file.as_uri()}{address}")
    page.wait_for_selector("body[data-loaded]", timeout=120_000)
    return page


def written(graph, folder):
    file = folder / "graph.html"
    file.write_bytes(export_graph(graph, "html")["nutrition-kg.html"])
    return file


@pytest.fixture(scope="module")
def small_file(small, tmp_path_factory):
    return written(small, tmp_path_factory.mktemp("offline"))


@pytest.fixture(scope="module")
def small_page(small_file, browser):
    page = opened(browser, small_file)
    yield page
    page.context.close()


def status(page, words):
    page.wait_for_function("words => document.getElementById('status').textContent.includes(words)", arg=words)
    return page.inner_text("#status")


def test_the_same_graph_makes_the_same_page(small):
    assert export_graph(small, "html") == export_graph(small, "html")


@pytest.mark.slow
def test_every_question_is_answered_as_by_kg_query(real, browser, tmp_path):
    page = opened(browser, written(real, tmp_path))
    try:
        wrong = []
        for name in library.names():
            text = library.question(name).text
            found = page.evaluate("text => kg.ask(text).then(found => found.answer)", text)
            expected = real.query(text)
            if isinstance(expected, Triples):
                same = sorted(found.splitlines()) == sorted(f"{triple} ." for triple in expected)
            else:
                same = json.loads(found) == json.loads(expected.to_json())
            if not same:
                wrong.append(name)
        assert wrong == []
        assert page.complaints == []
        assert (tmp_path / "graph.html").stat().st_size < 7_000_000
    finally:
        page.context.close()


def go(page, address):
    page.evaluate("document.body.removeAttribute('data-answered')")
    page.evaluate("address => { location.hash = address }", address)


def test_a_question_is_a_form_whose_values_are_names(small_page):
    go(small_page, "#question=foods_richest_in")
    small_page.wait_for_selector("#p-nutrient")
    small_page.fill("#p-nutrient", "Magnesium")
    small_page.click("#asked button")
    small_page.wait_for_selector("body[data-answered] table")
    assert "nutrient=Magnesium" in small_page.evaluate("location.hash")
    assert small_page.inner_text("tbody tr:first-child td:first-child") != ""
    assert "VALUES ?nutrient { <https://w3id.org/nutrition-kg/magnesium> }" in small_page.input_value("#query")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#question=foods_richest_in&nutrient=magnesum", "“magnesum” is not a Nutrient of this graph; did you mean magnesium"),
        ("#question=foods_richest_in&nutrient=", "nothing is written"),
        ("#question=foods_richest_in&life_stage=males%2031", "is not a life stage of the tables; did you mean"),
        ("#question=foods_richest_in&nutrient=%22%20%7D%20DROP%20ALL", '“" } DROP ALL” is not a Nutrient of this graph'),
        ("#question=causes_of&strength=much", "“much” is not a decimal; write it in digits"),
        ("#query=SELECT%20*%20%7B%20kg:magnesiumm%20%3Fp%20%3Fo%20%7D", "The graph has no kg:magnesiumm"),
        ("#query=SELECT%20%3Fs%20%7B%20%3Fs%20%3Fp%20", "line 1, column 1"),
        ("#query=DELETE%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", "line 1"),
        ("#query=ASK%20%7B%20kg:magnesium%20a%20kg:Nutrient%20%7D", "ms"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(small_page, address, told):
    go(small_page, address)
    assert told in status(small_page, told)
    assert small_page.evaluate("kg.ask('ASK { kg:magnesium a kg:Nutrient }').then(found => JSON.parse(found.answer).boolean)")


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX describe: <http://x/> SELECT ?ask { ?ask a describe:construct }", "rows"),
        ("PREFIX ask: <http://x/> # select\nCONSTRUCT { ?s ask:select ?o } WHERE { ?s ask:p ?o }", "triples"),
        ("DESCRIBE kg:magnesium", "triples"),
        ("BASE <http://x/select> ask { ?s ?p 'construct' }", "rows"),
    ],
)
def test_the_form_of_an_answer_is_that_of_the_query(small_page, query, form):
    assert small_page.evaluate("query => kg.ask(query).then(found => found.form)", query) == form


def test_a_term_is_found_and_shows_its_claims(small_page):
    small_page.fill("#find", "magnesium def")
    small_page.click("#found a >> nth=0")
    small_page.wait_for_selector("body[data-answered] tbody tr")
    assert small_page.inner_text("#asked h2") == "magnesium deficiency"
    assert "promotes" in small_page.inner_text("tbody")


def test_rows_sort_filter_and_are_saved(small_page):
    go(small_page, "#query=SELECT%20*%20%7B%20VALUES%20%3Fn%20%7B%2010%209%20100%20%7D%20%7D")
    small_page.wait_for_selector("body[data-answered] th button")
    small_page.click("th button")
    assert small_page.locator("tbody td").all_inner_texts() == ["9", "10", "100"]
    small_page.click("th button")
    assert small_page.locator("tbody td").all_inner_texts() == ["100", "10", "9"]
    small_page.fill("#filter", "100")
    assert small_page.locator("tbody td").all_inner_texts() == ["100"]
    with small_page.expect_download() as saved:
        small_page.click("text=Save answer.csv")
    with open(saved.value.path(), newline="", encoding="utf-8") as file:
        assert file.read() == "n\r\n10\r\n9\r\n100\r\n"


def test_what_takes_long_can_be_stopped(small_page):
    go(
        small_page,
        "#query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%20.%20%3Fg%20%3Fh%20%3Fi%20%7D",
    )
    small_page.click("#stop")
    assert status(small_page, "ready again")
    assert small_page.evaluate("kg.ask('ASK {}').then(found => JSON.parse(found.answer).boolean)")


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_width_scrolls_sideways(small_file, browser, width, scheme):
    page = opened(
        browser, small_file, "#question=foods_richest_in", viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    try:
        page.wait_for_selector("body[data-answered]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        assert page.evaluate(RULES) == []
        assert page.complaints == []
    finally:
        page.context.close()
