"""The page in a real Chromium, offline: it draws, it answers as Python does, it is reached by keyboard, nothing hostile runs."""

import re
from pathlib import Path
from time import perf_counter

import networkx
import pytest

from kg.paths import routes
from kg.view import render

from .conftest import KG, layered
from .test_view import HOSTILE, hostile_graph

CRAMP, LACK_A, LACK_B = KG + "cramp", KG + "lack-a", KG + "lack-b"


def digraph(graph) -> networkx.DiGraph:
    return networkx.DiGraph((claim.cause, claim.effect) for claim in graph.claims)


@pytest.fixture
def page(opened, html):
    return opened(html)


def test_the_map_is_drawn_and_named(page, seven):
    assert page.evaluate("kgView.nodes().map(n => n.id)") == list(seven.states)
    assert page.evaluate("kgView.edges().map(e => e.id)") == [claim.iri for claim in seven.claims]
    colours = page.evaluate(
        """() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                   const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] * 65536 + d[i+1] * 256 + d[i+2]); return seen.size; }"""
    )
    assert colours > 20


@pytest.mark.parametrize("count", [1, 20, 50, 200])
def test_it_is_ready_in_time(opened, count):
    html = render(layered(count), title="x")
    start = perf_counter()
    opened(html)
    assert perf_counter() - start < 6  # 0.6 s when idle; room for a busy machine


@pytest.mark.parametrize("name", ["lack-a", "cramp", "misfiring", "supplement"])
def test_selecting_a_state_lights_up_all_that_lies_up_and_downstream(page, seven, name):
    page.select_option("#depth", "all")
    page.evaluate("id => kgView.select(id)", KG + name)
    found = page.evaluate("kgView.highlighted()")
    theirs = digraph(seven)
    assert set(found["upstream"]) == networkx.ancestors(theirs, KG + name)
    assert set(found["downstream"]) == networkx.descendants(theirs, KG + name)
    assert name.replace("-", " ") in page.inner_text("#panel h2")
    assert KG.replace(":", "%3A").replace("/", "%2F") in page.evaluate("location.hash")


def test_the_depth_limits_how_far_the_light_goes(page):
    page.select_option("#depth", "1")
    page.evaluate("id => kgView.select(id)", CRAMP)
    assert sorted(page.evaluate("kgView.highlighted().upstream")) == [LACK_B, KG + "misfiring"]


def test_a_click_on_the_map_selects_what_is_there(page, seven):
    page.evaluate("id => kgView.select(id)", LACK_B)
    page.click("#reset")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + 4)  # the empty corner
    assert page.inner_text("#panel h2") == "How to read this map"


def test_an_arrow_shows_its_evidence_for_and_against(page, seven):
    contested = next(claim for claim in seven.claims if claim.status == "contested")
    page.evaluate("id => kgView.select(id)", contested.iri)
    assert page.inner_text("#panel h2") == "lack b promotes cramp"
    assert page.locator("#panel h3").all_inner_texts() == ["Evidence for", "Evidence against"]
    assert page.locator("#panel a").evaluate_all("links => links.map(a => [a.href, a.rel])") == [
        ["https://example.org/textbook", "noopener noreferrer"],
        ["https://example.org/trials", "noopener noreferrer"],
    ]
    assert page.locator("#panel dl").inner_text().split("\n") == ["Status", "contested", "Certainty", "very low"]


def test_a_claim_on_the_articles_alone_says_so(page):
    page.evaluate("id => kgView.select(id)", f"{KG}claim/misfiring_promotes_cramp")
    assert "rests on the articles alone" in page.inner_text("#panel")


@pytest.mark.parametrize(
    ("cause", "effect"), [("lack-a", "cramp"), ("supplement", "cramp"), ("lack-b", "sign-x"), ("cramp", "lack-a")]
)
def test_routes_are_those_of_python(page, seven, cause, effect):
    theirs = page.evaluate("([a, b]) => kgView.paths(a, b).paths", [KG + cause, KG + effect])
    ours = list(routes(seven, KG + cause, KG + effect))
    assert [(p["sign"], p["certainty"], [s["claim"] for s in p["steps"]]) for p in theirs] == [
        (route.sign, route.certainty, [claim.iri for claim in route.claims]) for route in ours
    ]


def test_routes_on_a_larger_map_are_those_of_python(opened):
    graph = layered(50)
    page = opened(render(graph, title="x"))
    ends = [KG + "state-000", KG + "state-049"]
    theirs = page.evaluate("([a, b]) => kgView.paths(a, b).paths", ends)
    ours = [route for route, _ in zip(routes(graph, *ends), range(50), strict=False)]
    assert [[s["claim"] for s in p["steps"]] for p in theirs] == [[claim.iri for claim in route.claims] for route in ours]


def test_picking_two_ends_shows_their_routes(page):
    page.select_option("#from", LACK_A)
    page.select_option("#to", CRAMP)
    assert page.inner_text("#panel h2") == "lack a to cramp"
    assert "1 routes, most certain first" in page.inner_text("#panel")
    assert "weakest: very low" in page.inner_text("#panel .route")


def test_correct_this_tells_what_ends_and_what_stays(page):
    answer = page.evaluate("ids => kgView.correct(ids)", [LACK_A])
    assert [item["label"] for item in answer["lost"]] == ["sign x"]
    assert answer["kept"] == [{"iri": CRAMP, "label": "cramp", "through": [LACK_B]}]
    both = page.evaluate("ids => kgView.correct(ids)", [LACK_A, LACK_B])
    assert [item["label"] for item in both["lost"]] == ["cramp", "sign x"]
    page.evaluate("id => kgView.select(id)", LACK_A)
    page.get_by_role("button", name="Correct this").click()
    assert "cramp, through lack b" in page.inner_text("#panel")


def test_kinds_are_filtered_and_come_back(page):
    page.evaluate("kgView.filter({Symptom: false})")
    assert page.locator("[data-kind=Symptom]").is_checked() is False
    assert page.inner_text("#live") == "6 of 7 states shown."
    page.get_by_role("button", name="Reset").click()
    assert page.locator("[data-kind=Symptom]").is_checked() is True


def test_the_keyboard_is_enough(page):
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "lack a"
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#panel h2") == "supplement"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel h2") == "lack a"
    page.keyboard.press("Escape")
    assert page.inner_text("#panel h2") == "How to read this map"
    page.keyboard.press("/")
    page.keyboard.type("CRAMP too")  # a synonym
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "cramp"
    assert page.inner_text("#live").startswith("cramp: ")


@pytest.mark.parametrize("hash", ["select", "edge", "route", "correct"])
def test_the_address_restores_the_state(opened, html, hash):
    from urllib.parse import urlencode

    wanted = {
        "select": ({"select": CRAMP}, "cramp"),
        "edge": ({"select": f"{KG}claim/lack-b_promotes_cramp"}, "lack b promotes cramp"),
        "route": ({"from": LACK_A, "to": CRAMP}, "lack a to cramp"),
        "correct": ({"correct": LACK_A}, "If these were corrected"),
    }[hash]
    assert opened(html, "#" + urlencode(wanted[0])).inner_text("#panel h2") == wanted[1]


def test_pictures_are_saved(page, seven):
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    svg = Path(download.value.path()).read_text(encoding="utf-8")
    from xml.etree import ElementTree

    assert len(ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}g")) == len(seven.states)
    assert download.value.suggested_filename == "seven-states.svg"
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    image = Path(download.value.path()).read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) > 5000


def test_without_javascript_the_table_is_there(opened, html, seven):
    page = opened(html, java_script_enabled=False)
    assert page.locator("tr[data-claim]").count() == len(seven.claims)
    assert page.locator("tr[data-claim]").first.is_visible()
    assert page.locator("noscript p, .noscript").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_to_complain_of(opened, html, scheme, width):
    import axe_playwright_python

    axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    page = opened(html, color_scheme=scheme, width=width)
    page.evaluate("id => kgView.select(id)", f"{KG}claim/lack-b_promotes_cramp")
    page.evaluate(axe + "; undefined")
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))")
    assert found == []


def test_a_phone_does_not_scroll_sideways(opened, html):
    page = opened(html, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("count", [7, 50])
def test_labels_are_never_below_eleven_pixels_at_the_start(opened, count):
    page = opened(render(layered(count), title="x"))
    scale = page.evaluate("kgView.scale()")
    assert 14 * scale >= 11 - 0.01


def test_print_keeps_the_proportions_of_the_map(page):
    page.emulate_media(media="print")
    box = page.locator("#print svg").bounding_box()
    _, _, width, height = map(float, page.locator("#print svg").get_attribute("viewBox").split())
    assert box["width"] > 300
    assert abs(box["width"] / box["height"] - width / height) < 0.05 * width / height or box["height"] > 0.8 * 900 * 0.86
    assert page.get_by_text("Information, not medical advice.").first.is_visible()
    assert not page.locator("#map").is_visible()
    assert page.pdf(landscape=True).startswith(b"%PDF")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_runs_nothing(opened, text):
    page = opened(render(hostile_graph(text), title=text, subtitle=text))
    shown = text.encode("utf-8", "replace").decode()
    page.evaluate("kgView.select(kgView.nodes()[0].id)")
    page.evaluate("kgView.select(kgView.edges()[0].id)")
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("[...document.links].filter(a => !/^https?:/.test(a.href)).length") == 0
    assert page.evaluate("kgView.nodes()[0].label") == (text if "\ud800" not in text else shown)


def test_the_policy_blocks_an_injected_handler(browser, html, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html.replace("</header>", '<img src="x" onerror="window.hit=1"><script>window.hit=1</script></header>'))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert page.evaluate("window.hit") is None
    page.close()


def test_every_sign_differs_in_dash_and_arrowhead(page):
    paths = page.evaluate(
        """() => [...document.querySelectorAll('#print svg > path')].map(p => [p.getAttribute('fill'), p.getAttribute('stroke-dasharray'), p.getAttribute('d')])"""
    )
    lines = [path for path in paths if "C" in path[2]]
    heads = [path for path in paths if "C" not in path[2]]
    inhibits, promotes = lines[0], lines[1]
    assert (inhibits[1], promotes[1]) == ("9 5", "")
    assert not heads[0][2].endswith("Z")
    assert heads[1][2].endswith("Z")
    assert re.findall("[?×]", page.evaluate("document.querySelector('#print svg').textContent")) == ["?", "×"]


def test_the_real_pathways_open_as_promised(opened, real):
    page = opened(real.view(cause="vitamin B12 deficiency", effect="muscle tightness").html)
    assert page.inner_text("h1") == "From vitamin B12 deficiency to muscle tightness"
    whole = opened(real.view().html)
    assert whole.evaluate("kgView.edges().length") == len(real.causal().claims)
