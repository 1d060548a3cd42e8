"""The page in a real Chromium, offline: it draws, it answers as Python does, it is reached by keyboard, nothing hostile runs.

The numbers are those of the list of what a demanding reader expects: requests (1), complaints (2), mode (3), readiness (4),
drawing (5), states (6), arrows (7), search and keys (8), routes (9), filters (10), address (11), pictures (12), table (13), axe
(14), phone (15), print (16), hostile text (17), policy (18), signs (19), corrections (20). ``opened`` fails any test whose page
asks for anything, complains, or leaves a file (1 and 2).
"""

import csv
import re
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode
from xml.etree import ElementTree

import networkx
import pytest

from kg.causal.different import different
from kg.causal.model import CausalGraph
from kg.causal.route_search import routes
from kg.view import View, render
from kg.view.page import CREDIT

from .conftest import KG, layered
from .test_view import HOSTILE, SIZES, hostile_graph

pytestmark = pytest.mark.slow

CRAMP, LACK_A, LACK_B = KG + "cramp", KG + "lack-a", KG + "lack-b"
CONTESTED = KG + "claim/lack-b_promotes_cramp"
SVG = "{http://www.w3.org/2000/svg}"


def digraph(graph) -> networkx.DiGraph:
    return networkx.DiGraph((claim.cause, claim.effect) for claim in graph.claims)


@pytest.fixture
def page(opened, html):
    return opened(html)


@pytest.fixture(scope="module")
def graphs(real):
    """Synthetic graphs of all sizes, and parts of the real one."""
    found = {f"layers of {count}": layered(count) for count in SIZES}
    causal = real.causal()
    return {**found, "the real graph": causal}


def pages(page) -> int:
    """How many pages a printed page has."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def heading(page) -> str:
    return page.inner_text("#panel h2")


# 3, 4, 5: it opens


@pytest.mark.parametrize("count", SIZES)
def test_it_is_ready_in_time_and_drawn(opened, count):
    html = render(layered(count), title="x")
    start = perf_counter()
    page = opened(html)
    taken = perf_counter() - start
    assert taken < 3 * {1: 1.5, 20: 1.5, 50: 1.5, 200: 2, 1000: 3}[count]  # the target thrice: the machine may be busy
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    colours = page.evaluate(
        """() => { const c = document.querySelector('#map canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                   const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] * 65536 + d[i+1] * 256 + d[i+2]); return seen.size; }"""
    )
    assert colours > 20
    assert len(page.evaluate("kgView.nodes()")) == count
    assert 1 <= len(page.evaluate("kgView.shown()")) <= 45
    assert 14 * page.evaluate("kgView.scale()") >= 11 - 0.01


def test_nodes_and_edges_are_those_of_the_graph(page, seven):
    assert page.evaluate("kgView.nodes()") == [{"id": s.iri, "label": s.label, "kind": s.kind} for s in seven.states.values()]
    assert page.evaluate("kgView.edges()") == [
        {"id": c.iri, "from": c.cause, "to": c.effect, "relation": c.relation, "status": c.status} for c in seven.claims
    ]


def test_more_is_shown_at_the_press_of_a_button(opened):
    page = opened(render(layered(50), title="x"))
    assert len(page.evaluate("kgView.shown()")) == 45
    page.get_by_role("button", name="Show all 50").click()
    assert len(page.evaluate("kgView.shown()")) == 50
    page.get_by_role("button", name="Show fewer").click()
    assert len(page.evaluate("kgView.shown()")) == 45
    hidden = page.evaluate("kgView.nodes().map(n => n.id).find(id => !kgView.shown().includes(id))")
    page.evaluate("id => kgView.select(id)", hidden)
    assert hidden in page.evaluate("kgView.shown()")


def test_a_large_map_shows_one_neighbourhood_after_another(opened):
    page = opened(render(layered(1000), title="x", start=KG + "state-300"))
    assert KG + "state-300" in page.evaluate("kgView.shown()")
    page.evaluate("id => kgView.select(id)", KG + "state-700")
    shown = page.evaluate("kgView.shown()")
    assert KG + "state-700" in shown
    assert KG + "state-300" not in shown
    assert page.locator("tr[data-claim]").count() == len(layered(1000).claims)


def test_a_number_of_the_overview_opens_the_map_of_what_it_counts(opened, real):
    page = opened(real.view().html)
    press = page.get_by_role("button", name=re.compile("^iron, nervous system: "))
    count = int(press.inner_text())
    assert page.locator("#print tbody tr").count() == page.locator("#whole tbody tr").count() > 20
    assert page.locator("tr[data-claim]:not(.unprinted)").count() == 0
    page.set_viewport_size({"width": 1024, "height": 768})
    assert page.evaluate("(all => all.scrollWidth <= all.clientWidth)(document.querySelector('#whole'))")
    assert (
        pages(page) <= 2
    )  # nothing but the table; a sheet of paper is narrow: the rules of a phone must not lay out the table of thousands
    page.set_viewport_size({"width": 390, "height": 844})  # a phone begins with the list, not with one neighbourhood
    page.reload()
    page.get_by_role("heading", name="Nutrients by organ systems").wait_for()
    assert page.locator("#stage").is_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    press.click()
    assert heading(page) == "iron: nervous system"
    assert page.locator("#panel .rows li").count() == count > 10
    assert KG + "iron-deficiency" in page.evaluate("kgView.shown()")
    assert page.evaluate("location.hash").startswith("#cell=")
    page.get_by_role("button", name="All nutrients").click()
    assert press.is_visible()
    page.get_by_role("button", name="iron", exact=True).click()
    assert heading(page) == "iron deficiency"


def test_a_frame_that_gets_its_size_late_shows_its_map_as_one_that_has_it_at_once(browser, tmp_path):
    (tmp_path / "map.html").write_text(render(layered(50), title="Fifty"), encoding="utf-8")
    (tmp_path / "page.html").write_text(
        '<iframe src="map.html" width="900" height="600"></iframe><iframe src="map.html" width="900" height="0"></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 1000, "height": 1300})
    page.goto((tmp_path / "page.html").as_uri())
    for at in (0, 1):
        page.frame_locator("iframe").nth(at).locator("html[data-ready=true]").wait_for(state="attached")
    page.evaluate("document.querySelectorAll('iframe')[1].height = 600")
    seen = "[kgView.scale().toFixed(2), Math.round(kgView.at(kgView.shown()[0]).y)]"
    for _ in range(40):
        at_once, late = (frame.evaluate(seen) for frame in page.frames[1:])
        if at_once == late:
            break
        page.wait_for_timeout(100)
    assert late == at_once
    page.close()


def test_in_a_frame_the_page_around_has_the_title_and_the_panel_waits(browser, html, tmp_path):
    (tmp_path / "map.html").write_text(html, encoding="utf-8")
    (tmp_path / "page.html").write_text('<iframe src="map.html" width="900" height="560"></iframe>', encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for()
    assert not inner.locator("h1").is_visible()
    assert not inner.locator("aside").is_visible()
    inner.locator("#map").focus()
    page.keyboard.press("Enter")
    assert inner.locator("#panel h2").inner_text() == "lack a"
    page.keyboard.press("Escape")
    assert not inner.locator("aside").is_visible()
    page.close()


@pytest.mark.alone
def test_a_selection_answers_within_fifty_milliseconds(opened):
    page = opened(render(layered(200), title="x"))
    page.get_by_role("button", name="Show all 200").click()
    taken = page.evaluate(
        """() => { const all = kgView.nodes().slice(60, 90).map(n => { const t = performance.now(); kgView.select(n.id); return performance.now() - t; });
                   return all.sort((a, b) => a - b)[15]; }"""
    )
    assert taken < 50


# 6, 7: states and arrows


@pytest.mark.parametrize("name", ["lack-a", "cramp", "misfiring", "supplement"])
def test_selecting_a_state_lights_up_all_that_lies_up_and_downstream(page, seven, name):
    page.get_by_label("Depth").select_option("all")
    page.evaluate("id => kgView.select(id)", KG + name)
    found, theirs = page.evaluate("kgView.highlighted()"), digraph(seven)
    assert set(found["upstream"]) == networkx.ancestors(theirs, KG + name)
    assert set(found["downstream"]) == networkx.descendants(theirs, KG + name)
    assert name.replace("-", " ") in heading(page)
    assert KG.replace(":", "%3A").replace("/", "%2F") in page.evaluate("location.hash")


@pytest.mark.parametrize("count", [50, 200, 1000])
def test_the_sets_are_exact_on_larger_maps(opened, count):
    graph, name = layered(count), KG + f"state-{count // 2:03}"
    page = opened(render(graph, title="x"))
    page.get_by_label("Depth").select_option("all")
    page.evaluate("id => kgView.select(id)", name)
    found = page.evaluate("kgView.highlighted()")
    assert set(found["upstream"]) == networkx.ancestors(digraph(graph), name)
    assert set(found["downstream"]) == networkx.descendants(digraph(graph), name)


def test_the_depth_limits_how_far_the_light_goes(page):
    page.get_by_label("Depth").select_option("1")
    page.evaluate("id => kgView.select(id)", CRAMP)
    assert sorted(page.evaluate("kgView.highlighted().upstream")) == [LACK_B, KG + "misfiring"]


def test_a_hub_opens_at_a_depth_that_leaves_most_of_the_map_dim(opened, real):
    page = opened(real.view("vitamin B12 deficiency").html)
    page.evaluate("kgView.select('https://w3id.org/nutrition-kg/vitamin-b12-deficiency')")
    lit = page.evaluate("kgView.highlighted()")
    assert len(lit["upstream"]) + len(lit["downstream"]) < 0.6 * page.evaluate("kgView.nodes().length")


def test_clicks_on_the_map_select_what_is_there(page):
    for iri, text in ((CRAMP, "cramp"), (CONTESTED, "lack b promotes cramp")):
        point, box = page.evaluate("id => kgView.at(id)", iri), page.locator("#map").bounding_box()
        page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
        assert heading(page) == text
    page.mouse.click(box["x"] + 4, box["y"] + 4)  # an empty corner
    assert heading(page) == "How to read this map"
    page.go_back()  # a choice is a step, as a page is
    page.wait_for_function("document.querySelector('#panel h2').innerText === 'lack b promotes cramp'")


def test_an_arrow_shows_its_evidence_for_and_against(page):
    page.evaluate("id => kgView.select(id)", CONTESTED)
    assert heading(page) == "lack b promotes cramp"
    assert page.locator("#panel h3").all_inner_texts() == ["Evidence for (1)", "Evidence against (1)"]
    assert page.locator("#panel a").evaluate_all("links => links.map(a => [a.href, a.rel])") == [
        ["https://example.org/textbook", "noopener noreferrer"],
        ["https://example.org/trials", "noopener noreferrer"],
    ]
    facts = page.locator("#panel dl").first.inner_text().split("\n")
    assert [text.strip() for text in facts] == ["Status", "contested", "Certainty", "very low"]


def test_a_claim_on_the_articles_alone_says_so(page):
    page.evaluate("id => kgView.select(id)", f"{KG}claim/misfiring_promotes_cramp")
    assert "no good source" in page.inner_text("#panel")
    assert "No source that was read speaks against it." in page.inner_text("#panel")


# 8: search and keys


def test_the_keyboard_is_enough(page):
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    assert heading(page) == "lack a"
    page.keyboard.press("ArrowLeft")
    assert heading(page) == "supplement"
    page.keyboard.press("ArrowRight")
    assert heading(page) == "lack a"
    page.keyboard.press("Escape")
    assert heading(page) == "How to read this map"
    page.keyboard.press("/")
    page.keyboard.type("CRAMP too")  # a synonym
    page.keyboard.press("Enter")
    assert heading(page) == "cramp"
    assert page.inner_text("#live").startswith("cramp: ")
    page.keyboard.press("/")
    page.keyboard.type("lack")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox", name="Find a state").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    assert heading(page) == "lack b"


def test_a_search_without_a_find_says_so(page):
    page.get_by_label("Find a state").fill("nothing of this name")
    assert page.inner_text("#live") == page.inner_text("#found") == "Nothing on this map has this name."


def test_a_search_for_what_lies_beyond_the_map_says_where_it_is(opened, real):
    page = opened(real.view("wet beriberi", depth=1).html)
    page.get_by_label("Find a state").fill("night blindness")
    assert page.inner_text("#found") == "night blindness is not on this map."


# 9: routes


def as_json(found):
    return [(route.sign, round(route.strength, 4), route.certainty, [claim.iri for claim in route.claims]) for route in found]


def of_page(page, cause, effect):
    answer = page.evaluate("([a, b]) => kgView.paths(a, b).paths", [cause, effect])
    return [(path["sign"], path["strength"], path["certainty"], [step["claim"] for step in path["steps"]]) for path in answer]


@pytest.mark.parametrize(
    ("cause", "effect"), [("lack-a", "cramp"), ("supplement", "cramp"), ("lack-b", "sign-x"), ("cramp", "lack-a")]
)
def test_routes_are_those_of_python(page, seven, cause, effect):
    assert of_page(page, KG + cause, KG + effect) == as_json(different(seven, routes(seven, KG + cause, KG + effect), 50)[0])


class OnAMap(CausalGraph):
    """A graph as it is drawn: what a state is a kind of is not an edge of a map, unless a route passes it."""

    kind_steps = ()


def test_routes_on_larger_maps_are_those_of_python(opened, real):
    causal = real.causal()
    for graph, ends in (
        (layered(50), [("state-000", "state-049"), ("state-003", "state-040")]),
        (causal, [("vitamin-b12-deficiency", "muscle-tightness"), ("magnesium-deficiency", "muscle-cramp")]),
    ):
        page = opened(render(graph, title="x"))
        drawn = OnAMap(graph.states, graph.claims, graph.kinds)
        for cause, effect in ends:
            ours = different(graph, routes(drawn, KG + cause, KG + effect), 50)[0]
            assert of_page(page, KG + cause, KG + effect) == as_json(ours)


def test_a_view_of_routes_tells_them_in_the_order_of_the_command(opened, real):
    ends = KG + "vitamin-b12-deficiency", KG + "muscle-tightness"
    page = opened(real.view(cause=ends[0], effect=ends[1]).html)
    ours = as_json(real.paths(*ends, limit=5))
    assert of_page(page, *ends)[: len(ours)] == ours


def test_a_view_of_routes_opens_with_its_answer(opened, seven):
    cause, effect = LACK_A, CRAMP
    page = opened(render(seven, title="x", start=cause, flow=((cause,), (effect,))))
    assert heading(page) == "Can lack a lead to cramp?"
    short = page.locator("#panel .short")
    told = [words for words in short.inner_text().split("\n") if words]
    assert told[1:4] == [
        "Perhaps: one of the steps has no good source.",
        "Well sourced: lack a leads to neuropathy.",
        "Without a good source: misfiring leads to cramp.",
    ]
    assert "The strongest of 1 route: 3 steps, the weakest of very low certainty." in told[4]
    assert short.locator(".steps li").count() == 3
    short.get_by_role("button", name="Show the routes").click()
    assert heading(page) == "lack a to cramp"
    assert page.evaluate("location.hash") == "#" + urlencode({"from": cause, "to": effect})


def test_picking_two_ends_shows_their_routes(page):
    page.get_by_label("Route from").fill("lack a")
    page.get_by_label("Route to").fill("cramp")
    assert heading(page) == "lack a to cramp"
    assert "1 route, different ways first" in page.inner_text("#panel")
    assert "3 steps · strength 0.06 · net promotes · weakest: very low" in page.inner_text("#panel .route")
    assert page.locator("#panel .steps li").count() == 3
    assert "weakest step" in page.locator("#panel .steps li").last.inner_text()
    page.get_by_label("Route from").fill("cramp")
    page.get_by_label("Route to").fill("lack a")
    assert "No route leads from one to the other" in page.inner_text("#panel")


# 10, 11: filters and the address


def test_kinds_and_certainties_are_filtered_and_come_back(page):
    page.evaluate("kgView.filter({Symptom: false})")
    assert page.locator("[data-kind=Symptom]").is_checked() is False
    assert page.inner_text("#live") == "6 of 7 states and 6 of 8 claims shown."
    assert CRAMP not in page.evaluate("kgView.shown()")
    page.get_by_label("very low (3)").uncheck()
    assert page.inner_text("#live") == "5 of 7 states and 5 of 8 claims shown."
    page.get_by_role("button", name="Reset").click()
    assert page.locator("[data-kind=Symptom]").is_checked() is True
    assert len(page.evaluate("kgView.shown()")) == 7


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ({"select": CRAMP}, "cramp"),
        ({"select": CONTESTED}, "lack b promotes cramp"),
        ({"from": LACK_A, "to": CRAMP}, "lack a to cramp"),
        ({"correct": LACK_A}, "If these were corrected"),
        ({"select": "https://example.org/gone"}, "How to read this map"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_the_address_restores_the_state(opened, html, wanted, text):
    assert heading(opened(html, "#" + urlencode(wanted))) == text


def test_an_address_taken_from_a_page_restores_all_of_it(opened, html):
    page = opened(html)
    page.get_by_label("Depth").select_option("3")
    page.evaluate("kgView.filter({Sign: false, 'very low': false})")
    page.evaluate("id => kgView.select(id)", LACK_A)
    again = opened(html, page.evaluate("location.hash"))
    for code in ("kgView.highlighted()", "kgView.shown()", "document.getElementById('depth').value", "location.hash"):
        assert again.evaluate(code) == page.evaluate(code)


# 12, 16, 19: pictures, print, signs


def downloaded(page, name) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()), download.value.suggested_filename


def test_pictures_are_saved(page, seven):
    path, name = downloaded(page, "SVG")
    root = ElementTree.parse(path).getroot()
    texts = {element.text for element in root.iter(SVG + "text")}
    assert {"Seven states", f"Information, not medical advice. {CREDIT}", "cramp", "contested", "promotes"} <= texts
    assert name == "seven-states.svg"
    sizes = [float(element.get("font-size")) for element in root.iter(SVG + "text")]
    assert min(sizes) >= 11
    path, name = downloaded(page, "PNG")
    assert name == "seven-states.png"
    image = path.read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) > 20_000


def test_print_keeps_the_proportions_of_the_map(opened, real):
    page = opened(real.view(cause="vitamin B12 deficiency", effect="muscle tightness").html)
    page.emulate_media(media="print")
    picture = page.locator("#print svg")
    box = picture.bounding_box()
    _, _, width, height = map(float, picture.get_attribute("viewBox").split())
    assert box["width"] > 300
    assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.02)
    assert page.get_by_text("Information, not medical advice.").first.is_visible()
    assert not page.locator("#map").is_visible()
    assert page.locator("tr[data-claim]").first.is_visible()
    assert not page.locator(".sort").first.is_visible()  # on the second page a button is not painted again, its words are
    head = page.evaluate("getComputedStyle(document.querySelector('#claims th'), '::before').content")
    assert head == '"Cause"'
    assert "Made by kg view --from 'vitamin B12 deficiency' --to 'muscle tightness'" in page.text_content("#print svg")
    words = page.inner_text("#print > p")
    assert "The strongest route: vitamin B12 deficiency → paresthesia → muscle tightness" in words
    assert f"Printed on {datetime.now(UTC):%Y-%m-%d}" in words
    assert page.locator("h1").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_dark_page_is_printed_dark_on_light(opened, html):
    page = opened(html, color_scheme="dark")
    colours = "[getComputedStyle(document.querySelector('.heading strong')).color, getComputedStyle(document.querySelector('header')).backgroundColor]"
    light_on_dark = page.evaluate(colours)
    page.emulate_media(media="print")
    ink, ground = page.evaluate(colours)
    assert [ink, ground] == opened(html, color_scheme="light").evaluate(colours)
    assert light_on_dark != [ink, ground]


def test_a_dark_page_is_dark_without_javascript(opened, html):
    ground = "getComputedStyle(document.body).backgroundColor"
    page = opened(html, color_scheme="dark", java_script_enabled=False)
    assert page.evaluate(ground) == opened(html, color_scheme="dark").evaluate(ground)
    assert page.evaluate(ground) != opened(html, color_scheme="light").evaluate(ground)


def test_the_map_is_one_stop_of_the_tab_key(page):
    assert (
        page.evaluate(
            "[document.getElementById('map'), ...document.querySelectorAll('#map *')].filter(e => e.tabIndex >= 0).length"
        )
        == 1
    )


def test_the_small_picture_of_a_large_map_stands_beside_it(opened, real):
    page = opened(real.view("magnesium deficiency").html)
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_selector("#overview:not([hidden])")
    assert page.evaluate("document.querySelector('#stage #overview')") is None
    small, stage = (page.locator(where).bounding_box() for where in ("#overview", "#stage"))
    assert small["x"] > stage["x"] + stage["width"]


def test_every_sign_differs_in_dash_and_arrowhead(page):
    lines, heads = {}, {}
    for path in page.locator("#print svg > path").element_handles():
        d, dash = path.get_attribute("d"), path.get_attribute("stroke-dasharray") or ""
        colour = path.get_attribute("stroke")
        if "C" in d and path.get_attribute("opacity") != "0.30":
            lines.setdefault(colour, set()).add(dash)
        elif re.fullmatch(r"M[\d.,-]+L[\d.,-]+(L[\d.,-]+Z)?", d):
            heads.setdefault(colour, set()).add("bar" if "Z" not in d else "triangle")
    from kg.palette import LIGHT

    assert "9 5" in lines[LIGHT["inhibits"]]
    assert "" in lines[LIGHT["promotes"]]
    assert "9 5" not in lines[LIGHT["promotes"]]
    assert heads[LIGHT["inhibits"]] == {"bar"}
    assert heads[LIGHT["promotes"]] == {"triangle"}
    marks = page.evaluate("[...document.querySelectorAll('#print svg text')].map(t => t.textContent)")
    assert {"?", "×"} <= set(marks)


def test_every_certainty_has_a_width_of_its_own(opened):
    graph = layered(20)
    rated = [
        claim._replace(certainty=word)
        for claim, word in zip(graph.claims, ["high", "moderate", "low", "very low"] * 9, strict=False)
    ]
    page = opened(render(type(graph)(graph.states, tuple(rated)), title="x"))
    widths = page.evaluate("[...document.querySelectorAll('#print svg > path')].map(p => p.getAttribute('stroke-width'))")
    assert {"5", "3.4", "2", "1.1"} <= set(widths)


# 13, 14, 15: everyone


def test_without_javascript_the_table_is_there(opened, html, seven):
    page = opened(html, java_script_enabled=False)
    assert page.locator("tr[data-claim]").count() == len(seven.claims)
    assert page.locator("tr[data-claim]").first.is_visible()
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#map").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_to_complain_of(opened, html, scheme, width):
    import axe_playwright_python

    axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    page = opened(html, color_scheme=scheme, width=width)
    page.evaluate(axe + "; undefined")
    for code in (
        "kgView.clear()",
        f"kgView.select('{CONTESTED}')",
        f"kgView.select('{LACK_A}')",
        "document.getElementById('correct').click()",
    ):
        page.evaluate(code)
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))")
        assert found == [], code


@pytest.mark.parametrize("name", ["layers of 1", "layers of 200", "the real graph"])
def test_a_phone_does_not_scroll_sideways_and_shows_a_neighbourhood(opened, graphs, name):
    graph = graphs[name]
    page = opened(render(graph, title="A title that is rather long for a phone"), width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert len(page.evaluate("kgView.shown()")) <= 13
    assert 14 * page.evaluate("kgView.scale()") >= 11
    start = page.evaluate("kgView.shown()")[0]
    page.evaluate("id => kgView.select(id)", start)
    assert start in page.evaluate("kgView.shown()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_window_may_change_its_width(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("body.narrow")
    page.set_viewport_size({"width": 1200, "height": 800})
    page.wait_for_selector("body:not(.narrow)")
    assert len(page.evaluate("kgView.shown()")) == 7


# 17, 18: hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_runs_nothing(opened, text):
    page = opened(render(hostile_graph(text), title=text, subtitle=text))
    shown = text.encode("utf-8", "replace").decode()  # a lone surrogate is not a text
    page.evaluate("kgView.select(kgView.nodes()[0].id)")
    page.evaluate("kgView.select(kgView.edges()[0].id)")
    page.evaluate("(() => { const [a, b] = kgView.nodes(); kgView.paths(a.id, b.id); kgView.correct([a.id]); })()")
    page.get_by_label("Find a state").fill(shown[:5])
    page.evaluate("document.getElementById('correct').click()")
    downloaded(page, "SVG")
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("[...document.links].filter(a => !/^(https?:|file:.*#s[0-9]+$)/.test(a.href)).length") == 0
    assert page.evaluate("kgView.nodes()[0].label") == shown


def test_the_policy_blocks_an_injected_handler(browser, html, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html.replace("</header>", '<img src="x" onerror="window.hit=1"><script>window.hit=1</script></header>'))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert page.evaluate("window.hit") is None
    page.close()


# 13: the table


def test_the_table_is_sorted_filtered_taken_along_and_leads_back(page):
    first = "#claims tbody tr:not([hidden]) >> nth=0"
    page.get_by_role("button", name="Certainty").click()
    assert "high" in page.inner_text(first)
    page.get_by_role("button", name="Certainty").click()
    assert "very low" in page.inner_text(first)
    assert page.locator("th[aria-sort=descending]").inner_text().strip() == "Certainty"
    page.get_by_label("Filter the claims").fill("SIGN X")
    assert page.locator("#claims tbody tr:not([hidden])").count() == 2
    path, name = downloaded(page, "CSV")
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    assert (name, len(rows), rows[0][:4]) == ("seven-states.csv", 3, ["claim", "Cause", "Relation", "Effect"])
    assert {row[0] for row in rows[1:]} == {f"{KG}claim/{cause}_promotes_sign-x" for cause in ("lack-a", "lack-b")}
    page.get_by_role("button", name="To the map").click()
    assert page.evaluate("document.activeElement.id") == "map"


def test_a_long_table_is_shown_by_the_hundred_and_filtered_whole(opened):
    graph = layered(240)
    page = opened(render(graph, title="Many"))
    rows = page.locator("tr[data-claim]:visible")
    assert rows.count() == 100
    page.get_by_role("button", name=f"Show 100 more of {len(graph.claims)} claims").click()
    assert rows.count() == 200
    page.get_by_label("Filter the claims").fill("state 239")
    assert rows.count() == 2
    assert page.locator(".sources li:visible").count() == 1
    assert page.locator(".sources li:not([value])").count() == 0  # the numbers stay those of the rows
    assert not page.get_by_role("button", name=re.compile("^Show .* more of")).is_visible()


def test_a_large_map_prints_what_it_shows_and_fits_into_its_window(opened):
    page = opened(render(layered(240), title="Many"))
    page.emulate_media(media="print")
    printed = page.evaluate("[...document.querySelectorAll('tr[data-claim]')].filter(row => row.offsetParent).length")
    assert 0 < printed < 120
    assert f"Printed: the {printed} claims that the map shows" in page.inner_text("#printed")
    assert pages(page) <= 6
    # Arrows that leave a column on its right are whole in the picture.
    left, _, wide, _ = map(float, page.locator("#print svg").get_attribute("viewBox").split())
    reach = page.evaluate(
        "[...document.querySelectorAll('#print svg path')].map(p => p.getBBox()).flatMap(b => [b.x, b.x + b.width])"
    )
    assert left <= min(reach)
    assert max(reach) <= left + wide
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("button", name="Fit the map").click()
    box = page.evaluate("kgView.shown().map(id => kgView.at(id))")
    wide, high = page.evaluate("[document.getElementById('map').clientWidth, document.getElementById('map').clientHeight]")
    assert all(0 <= at["x"] <= wide and 0 <= at["y"] <= high for at in box)


# 20: corrections


def test_correct_this_tells_what_ends_and_what_stays(page):
    answer = page.evaluate("ids => kgView.correct(ids)", [LACK_A])
    assert [item["label"] for item in answer["lost"]] == ["sign x", "neuropathy"]
    assert (answer["improved"], answer["kept"], answer["may_not_reverse"]) == ([], [], [])  # cramp is too far off to count on
    both = page.evaluate("ids => kgView.correct(ids)", [LACK_A, LACK_B])
    assert [item["label"] for item in both["lost"]] == ["sign x", "neuropathy", "cramp"]
    page.evaluate("id => kgView.select(id)", LACK_A)
    page.get_by_role("button", name="Correct this").click()
    assert "Ends (2)" in page.inner_text("#panel")
    assert "Of 2 findings that lack a may lead to, 2 end." in page.inner_text("#panel")
    assert "a line through a state is what is corrected" in page.inner_text("#panel")
    page.get_by_label("Also correct").fill("lack b")
    assert "Ends (3)" in page.inner_text("#panel")


def answered(graph, iris):
    from kg.causal.correct import Correction

    return Correction.of(graph, list(iris)).to_dict()


@pytest.mark.parametrize("names", [["lack-a"], ["lack-b"], ["lack-a", "lack-b"], ["supplement"], ["neuropathy"], ["misfiring"]])
def test_corrections_are_those_of_python(page, seven, names):
    iris = [KG + name for name in names]
    assert page.evaluate("ids => kgView.correct(ids)", iris) == answered(seven, iris)


def test_corrections_of_a_part_are_those_of_the_whole_graph(opened, real):
    causal = real.causal()
    page = opened(real.view("magnesium deficiency", depth=1).html)
    for names in (["magnesium-deficiency"], ["hypokalemia", "hypomagnesemia"], ["magnesium-deficiency", "diuretic-use"]):
        iris = [KG + name for name in names]
        assert page.evaluate("ids => kgView.correct(ids)", iris) == answered(causal, iris)


# The frame of a notebook


def test_several_views_show_themselves_on_one_page(browser, html, seven, tmp_path):
    from kg.view import View

    other = render(layered(20), title="Twenty")
    shown = View(html, "Seven <states>")._repr_html_() + View(other, "Twenty")._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><title>notebook</title>{shown}", encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    frames = [page.frame_locator("iframe").nth(at) for at in (0, 1)]
    for frame, count in zip(frames, (7, 20), strict=True):
        frame.locator("html[data-ready=true]").wait_for()
        assert frame.locator("body").evaluate("() => kgView.nodes().length") == count
    frames[0].locator("#map").focus()
    page.keyboard.press("Enter")
    assert frames[0].locator("#panel h2").inner_text() == "lack a"
    assert frames[1].locator("#panel h2").inner_text() == "How to read this map"
    assert [entry.name for entry in tmp_path.iterdir()] == ["notebook.html"]
    context.close()


# The pyvis network is the picture


def test_an_emptied_network_draws_nothing(opened, seven):
    view = View.of(seven, "Seven states")
    view.network.nodes, view.network.edges = [], []
    page = opened(view.html)
    assert page.evaluate("[kgView.nodes(), kgView.edges(), kgView.shown()]") == [[], [], []]


def test_a_state_added_to_the_network_is_drawn_and_found_by_the_pointer(opened, seven):
    view = View.of(seven, "Seven states")
    view.network.add_node("note", label="seen on the ward")
    view.network.add_edge(KG + "cramp", "note")
    page = opened(view.html)
    place = page.evaluate("kgView.at('note')")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    assert heading(page) == "seen on the ward"


# What is answered is in the picture


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768), (390, 844)])
@pytest.mark.parametrize(
    "ends",
    [("vitamin B12 deficiency", "muscle tightness"), ("metformin use", "paresthesia"), ("vitamin D deficiency", "tetany")],
)
def test_both_ends_of_a_route_are_in_the_picture_and_it_is_lit(opened, real, ends, width, height):
    page = opened(real.view(cause=ends[0], effect=ends[1]).html, width=width, height=height)
    box = page.locator("#map").bounding_box()
    for name in ends:
        place = page.evaluate("id => kgView.at(id)", real.term(name, "State").iri)
        assert 0 < place["x"] < box["width"], name
        assert 0 < place["y"] < box["height"], name
    assert page.locator("#panel .steps li").count() > 0
    assert 9 / 14 <= page.evaluate("kgView.scale()") <= 1.25


def test_a_tap_on_a_phone_leaves_the_size_of_the_map(opened, real):
    page = opened(real.view(cause="metformin use", effect="paresthesia").html, width=390, height=844)
    box = page.locator("#map").bounding_box()
    place = page.evaluate("id => kgView.at(id)", real.term("paresthesia").iri)
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    assert heading(page) == "paresthesia"
    assert page.evaluate("kgView.scale()") <= 1


def test_a_page_says_whose_work_it_is_and_how_it_was_made(real):
    html = real.view(cause="metformin use", effect="paresthesia").html
    made = "kg view --from &#39;metformin use&#39; --to paresthesia"
    assert f"<footer><p>{CREDIT} Made by <code>{made}</code></p></footer>" in html
