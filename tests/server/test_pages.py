"""The pages as a browser without scripts, or a program, gets them."""

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

#: What DCAT-AP asks of a data set, a distribution and a service.
DCAT_AP = Path(__file__).parent.parent / "readers" / "dcat_ap.ttl"
pytestmark = pytest.mark.slow

KG = "https://w3id.org/nutrition-kg/"
JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def page(site, path: str, status: int = 200) -> str:
    answer = site.client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer.text


def links(html: str) -> set[str]:
    return set(re.findall(r'href="(/[^"#]*)', html.replace("&amp;", "&")))


def test_the_front_page_says_what_it_is_and_leads_everywhere(site):
    html = page(site, "/")
    assert "Information, not medical advice." in html
    assert "vitamin B12 deficiency lead to muscle tightness" in html
    assert {"/questions", "/query", "/question/foods_richest_in", "/term/vitamin-b12-deficiency"} <= links(html)
    assert f"{site.client.get('/health').json()['triples']:,}" not in html  # what counts is claims, not triples


def test_every_link_of_the_front_page_and_of_a_term_leads_somewhere(site):
    found = links(page(site, "/")) | links(page(site, "/term/vitamin-b12-deficiency")) | links(page(site, "/term/magnesium"))
    assert len(found) > 100
    wrong = {path: site.client.get(path, headers=HTML).status_code for path in sorted(found) if not path.startswith("/view")}
    assert {path: status for path, status in wrong.items() if status not in (200, 303)} == {}


def test_a_term_has_all_that_is_known_of_it(site):
    html = page(site, "/term/vitamin-b12-deficiency")
    assert re.search(r'<p class="kind">\s*nutrient status', html)
    assert "B12 deficiency" in html
    assert '<dt>State of</dt><dd><a href="/term/vitamin-b12">' in html
    assert "Symptoms and signs it may lead to" in html
    assert "supports" in html
    assert 'src="/view?term=https%3A//w3id.org/nutrition-kg/vitamin-b12-deficiency' in html
    assert 'class="outside" rel="noopener noreferrer"' in html  # a mapping, linked out
    assert not re.search(r'<span class="quiet">skos:', html)  # how near it is, in words


def test_a_claim_has_its_evidence_for_and_against(site):
    contested = site.get(
        "SELECT ?c { ?c a kg:CausalClaim ; kg:status kg:contested ; kg:evidence/kg:stance kg:disputes , kg:supports } ORDER BY ?c LIMIT 1",
        "text/csv",
    )
    path = contested.text.split()[1].removeprefix(KG)
    html = page(site, f"/{path}")
    assert "Evidence for" in html
    assert "Evidence against" in html
    assert '<span class="status contested">contested</span>' in html


@pytest.mark.parametrize(
    "kind", ["Food", "Source", "Statement", "Population", "Treatment", "Portion", "ReferenceIntake", "Article", "Biomarker"]
)
def test_a_record_of_every_kind_has_a_page(site, kind):
    iri = site.get(f"SELECT ?r {{ ?r a kg:{kind} }} ORDER BY ?r LIMIT 1", "text/csv").text.split()[1]
    local = iri.removeprefix(KG)
    html = page(site, f"/{local if '/' in local else 'term/' + local}")
    assert "<h1>" in html
    assert f"<code>{iri}</code>" in html
    assert [found for found in re.findall("<table[^>]*>", html) if "aria-label" not in found] == []


def test_a_line_of_evidence_leads_to_its_place_in_its_claim(site):
    rows = site.get("SELECT ?l ?c { ?c kg:evidence ?l } ORDER BY ?l LIMIT 1", "text/csv").text.split()[1].split(",")
    line, claim = (iri.removeprefix(KG) for iri in rows)
    answer = site.client.get(f"/{line}", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{claim}#{line.removeprefix('evidence/')}")
    assert f'id="{line.removeprefix("evidence/")}"' in page(site, f"/{claim}")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_record_is_rdf_for_who_asks_for_it_and_by_its_ending(site, accept, form):
    answer = site.client.get("/term/magnesium-deficiency", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert answer.headers["vary"] == "accept"
    triples = {str(quad.triple) for quad in ox.parse(answer.content, format=form)}
    assert f'<{KG}magnesium-deficiency> <http://www.w3.org/2000/01/rdf-schema#label> "magnesium deficiency"@en' in triples
    assert any(f"<{KG}cause> <{KG}magnesium-deficiency>" in triple for triple in triples)
    ending = {"text/turtle": "ttl", "application/n-triples": "nt", "application/ld+json": "jsonld"}.get(accept, "rdf")
    by_ending = site.client.get(f"/term/magnesium-deficiency.{ending}", headers=HTML)
    assert by_ending.content == answer.content


def test_a_term_as_json_is_that_of_the_command(site):
    told = site.client.get("/term/magnesium-deficiency", headers={"Accept": "application/json"}).json()
    assert {"iri", "label", "kind", "synonyms", "mappings"} <= told.keys()
    assert told["iri"] == KG + "magnesium-deficiency"


def test_blanks_may_be_plus_signs_as_a_form_writes_them(site):
    assert site.client.get("/term/pins+and+needles", headers=HTML).headers["location"] == "/term/paresthesia"
    assert site.client.get("/term/no+such+thing", headers=HTML).status_code == 404


@pytest.mark.parametrize("name", ["pins and needles", "Paraesthesia", "tingling", "HP:0003401"])
def test_a_term_is_found_by_any_name(site, name):
    answer = site.client.get(f"/term/{name}", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/term/paresthesia")
    assert site.client.get("/search", params={"q": name}, headers=HTML).headers["location"] == "/term/paresthesia"


@pytest.mark.parametrize(
    "path",
    [
        "/term/magnesum-deficiency",
        "/claim/a_promotes_b",
        "/source/none",
        "/question/none",
        "/nowhere",
        "/term/",
        "/term/a%0Ab",
        "/a%0Ab",
        "/%00",
        "/term/%00",
    ],
)
def test_what_is_not_there_is_404_for_people_and_programs(site, path):
    assert "Not found" in page(site, path, 404)
    answer = site.client.get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_an_unknown_term_gets_the_nearest_names(site):
    assert '<a href="/search?q=magnesium%20deficiency">' in page(site, "/term/magnesum deficiency", 404)


def test_suggestions_come_from_all_names_the_best_first(site):
    told = site.client.get("/suggest", params={"q": "charley"}).json()
    assert told[0]["href"] == "/term/muscle-cramp"
    assert told[0]["name"] != told[0]["label"]
    assert site.client.get("/suggest", params={"q": ""}).json() == []
    assert len(site.client.get("/suggest", params={"q": "a"}).json()) == 12


# ---------------------------------------------------------------- the library


def names(site) -> list[str]:
    return sorted(link.removeprefix("/question/") for link in links(page(site, "/questions")) if link.startswith("/question/"))


def test_every_question_of_the_library_is_answered_with_its_defaults(site):
    found = names(site)
    assert len(found) >= 20
    for name in found:
        assert re.search(r"<strong>[\d,]+</strong> (row|triple)s?", page(site, f"/question/{name}")), name


def test_a_question_takes_parameters_by_any_name_and_gives_the_rows_of_the_command(site):
    html = page(site, "/question/foods_richest_in?nutrient=Mg")
    assert 'value="Mg"' in html
    assert '<a href="/food/' in html
    whole = site.client.get("/question/foods_richest_in.csv?nutrient=Mg")
    assert whole.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(whole.text)))
    assert f"<strong>{len(rows)}</strong> rows" in html
    assert rows[0]["food"].startswith(KG + "food/")


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ("nutrient=magnesum", "magnesium"),
        ("nutrent=magnesium", "did you mean --nutrient?"),
        ("nutrient=%3C%3E%7D%20UNION%20%7B", "o Nutrient is called"),
        ("nutrient=kg:magnesium%20%7D%20SERVICE%20%3Chttp://127.0.0.1/%3E%20%7B", "o Nutrient is called"),
        ("nutrient=%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;"),
    ],
)
def test_a_wrong_parameter_is_told_and_never_becomes_part_of_the_query(site, parameters, told):
    html = page(site, f"/question/foods_richest_in?{parameters}", 400)
    assert told in html
    assert "<script>alert" not in html


def test_a_view_is_drawn_for_a_term_and_for_two_ends(site):
    around = site.client.get("/view", params={"term": "magnesium deficiency", "depth": "1"})
    assert around.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "Around magnesium deficiency" in around.text
    routes = site.client.get("/view", params={"from": "B12 deficiency", "to": "tight muscles"})
    assert "From vitamin B12 deficiency to muscle tightness" in routes.text


@pytest.mark.parametrize(
    "query",
    [
        "term=x",
        "from=dehydration",
        "term=dehydration&depth=0",
        "term=dehydration&depth=x",
        "from=a&to=b&term=c",
        "from=muscle+tightness&to=strict+vegan+diet",
    ],
)
def test_a_view_that_cannot_be_drawn_is_told(site, query):
    assert site.client.get(f"/view?{query}", headers=HTML).status_code in (400, 404)


def test_the_data_describes_itself(site):
    answer = site.client.get("/.well-known/void")
    triples = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    count = [
        q.object.value
        for q in triples
        if q.predicate.value == "http://rdfs.org/ns/void#triples" and q.subject.value.endswith("#dataset")
    ]
    assert count == [str(site.client.get("/health").json()["triples"])]
    assert {q.object.value for q in triples} >= {
        "http://rdfs.org/ns/void#Dataset",
        "http://www.w3.org/ns/dcat#Dataset",
        f"{site.url}/sparql",
    }
    conforms, _, report = pyshacl.validate(
        rdflib.Graph().parse(data=answer.content, format="turtle"), shacl_graph=rdflib.Graph().parse(DCAT_AP)
    )
    assert conforms, report


def test_pages_have_a_policy_and_a_tag(site):
    answer = site.client.get("/", headers=HTML)
    assert "default-src 'none'; script-src 'self';" in answer.headers["content-security-policy"]
    again = site.client.get("/", headers={**HTML, "If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_is_only_read(site):
    assert site.client.post("/term/magnesium").status_code == 405
    assert site.client.get("/term/magnesium", headers={"Accept": "image/png"}).status_code == 406


def test_an_editor_without_a_query_offers_three_that_can_be_asked(site):
    offered = [link for link in links(page(site, "/query")) if link.startswith("/query?query=")]
    assert len(offered) == 3


def test_other_data_has_a_front_page_an_editor_and_no_nutrition(server):
    html = page(server, "/")
    assert "4 triples" in html
    assert "medical" not in html
    assert "SPARQL" in page(server, "/query")
    assert page(server, "/term/nothing", 404)


def test_the_assets_are_there_and_nothing_else(site):
    for name, kind in (
        ("site.css", "text/css"),
        ("site.js", "text/javascript"),
        ("yasgui.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
    ):
        answer = site.client.get(f"/assets/{name}")
        assert answer.headers["content-type"].startswith(kind)
        assert site.client.get(f"/assets/{name}", headers={"Accept-Encoding": "identity"}).content == answer.content
    for name in ("none.js", "..%2f__init__.py", "%2e%2e/__init__.py", "VENDORED.md"):
        assert site.client.get(f"/assets/{name}").status_code == 404


# ---------------------------------------------------------------- explain and correct


def test_findings_are_explained_by_form_and_as_the_json_of_the_command(site):
    html = page(site, "/explain?finding=pins+and+needles%0Afatigue&context=metformin")
    assert '<h3>1. <a href="/term/' in html
    assert "no diagnosis" in html
    told = site.client.get(
        "/explain", params={"finding": ["pins and needles", "fatigue"], "context": "metformin"}, headers=JSON
    ).json()
    assert [found["label"] for found in told["findings"]] == ["paresthesia", "fatigue"]
    assert f'1. <a href="/term/{told["candidates"][0]["iri"].removeprefix(KG)}">' in html


def test_correcting_tells_what_ends_and_what_to_correct(site):
    told = site.client.get("/correct", params={"state": "vitamin B12 deficiency"}, headers=JSON).json()
    html = page(site, "/correct?state=vitamin+B12+deficiency")
    for title, group in (("Ends", "lost"), ("Improves", "improved"), ("Stays where another cause is there", "kept")):
        assert f'{title} <span class="quiet">{len(told[group])}</span>' in html
    assert "elevated homocysteine" in [found["label"] for found in told["lost"]]
    assert "is said by a source only where" in html
    sets = site.client.get("/correct", params={"for": "tetany"}, headers=JSON).json()
    assert sets["finding"]["label"] == "tetany"
    assert "What leads most strongly to tetany" in page(site, "/correct?for=tetany")


@pytest.mark.parametrize(
    "path",
    [
        "/explain?finding=nonsensical",
        "/correct?state=nonsensical",
        "/correct?for=nonsensical",
        "/correct?for=tetany&state=dehydration",
        "/correct?state=fatigue",
    ],
)
def test_a_finding_or_state_that_is_not_known_is_told(site, path):
    assert 'role="alert"' in page(site, path, 400)
    answer = site.client.get(path, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    ("term", "chart"), [("magnesium", "foods.svg?nutrient="), ("serum-ferritin", "cutoffs.svg?biomarker="), ("fatigue", None)]
)
def test_a_term_that_has_a_chart_shows_it(site, term, chart):
    shown = re.findall(r'<img src="(/chart/[^"]*)"', page(site, f"/term/{term}"))
    assert len(shown) == (1 if chart else 0)
    for path in shown:
        assert chart in path
        answer = site.client.get(path.replace("&amp;", "&"))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
        assert answer.text.startswith("<svg ")


def test_a_chart_that_is_not_there_is_told(site):
    assert "there are foods, cutoffs, systems, debate" in page(site, "/chart/fods", 404)
    assert "no parameter x" in page(site, "/chart/debate?x=y", 400)


def test_the_page_of_a_claim_says_how_well_sourced_it_is_who_read_it_and_what_was_withdrawn(site):
    html = page(site, "/claim/zinc-supplementation_treats_common-cold")
    assert re.search(r"<dt>Sources</dt><dd>(well|fairly well|thinly|hardly) sourced <span", html)
    assert "<strong>withdrawn</strong>" in html
    html = page(site, "/claim/hypokalemia_promotes_muscle-cramp")
    assert re.search(
        r'Held against its text \d times?</summary><p class="quiet">By names-in-passage-1 on 2026-11-29: '
        "it (names both ends|does not name both ends)",
        html,
    )


def test_the_claims_of_a_term_stand_in_sections_by_what_they_say(site):
    html = page(site, "/term/vitamin-b12-deficiency")
    titles = re.findall(r'<h2 id="(\w[\w-]*)">', html)
    assert [name for name in titles if name in ("causes", "risk", "signs", "effects", "laboratory", "tests", "lookalikes", "treatment")] == [
        "causes", "risk", "signs", "effects", "laboratory", "tests", "lookalikes", "treatment",
    ]  # fmt: skip


def test_a_nutrient_opens_with_need_limit_foods_lack_and_tests(site):
    html = page(site, "/term/iron")
    order = [html.index(f'id="{name}"') for name in ("need", "foods-most", "lack", "judged", "needed-for")]
    assert order == sorted(order)
    assert "27 mg" in html  # the RDA in pregnancy
    assert "serum ferritin" in html


def test_a_food_is_a_card_for_a_portion_and_a_stage_of_life(site):
    html = page(site, "/food/ndb-11458?portion=1%20cup&life_stage=pregnant")
    assert "pregnancy 19-30 y" in html
    assert "tea and coffee polyphenols" in html
    assert "megaloblastic anemia" in html
    for wrong in ("portion=1%20bucket", "life_stage=dragon"):
        assert site.client.get(f"/food/ndb-11458?{wrong}", headers=HTML).status_code in (400, 404)


def test_a_group_of_foods_lists_them_and_a_drug_says_what_taking_it_does(site):
    assert 'href="/food/ndb-11458"' in page(site, "/term/spinach")
    assert "vitamin B12 deficiency" in page(site, "/term/metformin")


def test_the_editor_is_told_of_names_that_are_not_there(site):
    answer = site.client.get("/hints", params={"query": "SELECT ?s { ?s kg:promotse kg:muscle-cramp }"}, headers=JSON)
    assert answer.json() == ["kg:promotse is not in the graph; did you mean kg:promotes?"]
    assert site.client.get("/hints", headers=JSON).json() == []


def test_a_sheet_to_print_sets_findings_against_candidates(site):
    html = page(site, "/sheet?finding=pins+and+needles&finding=fatigue&context=vegan+diet")
    assert "no diagnosis" in html
    assert re.search(r'<th scope="col">1\. <a href="/term/', html)
    assert "explains it" in html
    assert not re.search(r"[1-9]\.\d{3} |\d\d\.\d\d | u(g|mol)\b", html)  # three figures, and µ
    assert "May not go back once it is there" in html
    html = page(site, "/sheet?finding=pica&finding=heavy+periods")
    assert "is made likelier by it" in html  # lack of iron, by heavy periods, which it does not explain
    assert re.search('<tr><th scope="row">Cut-offs</th>.*?ferritin', html, re.DOTALL)
    assert ">very common</span>" in html
    assert site.client.get("/sheet", headers=HTML).status_code == 303
    assert site.client.get("/sheet?finding=xyzzyq", headers=HTML).status_code in (400, 404)
    assert "<script>alert" not in site.client.get("/sheet?finding=fatigue&finding=%3Cscript%3Ealert(1)", headers=HTML).text


def test_suggestions_keep_to_the_kind_that_is_asked_for(site):
    told = site.client.get("/suggest", params={"q": "iron", "kind": "Nutrient"}).json()
    assert [(one["label"], one["kind"], one["kind_label"]) for one in told][:1] == [("iron", "Mineral", "mineral")]
    assert {one["kind"] for one in told} <= {"Mineral", "Nutrient", "Vitamin", "FattyAcid"}
    assert {one["kind"] for one in site.client.get("/suggest", params={"q": "iron", "kind": "State"}).json()}.isdisjoint(
        {"Mineral", "Drug"}
    )
    assert site.client.get("/suggest", params={"q": "iron", "kind": "Nonsense"}).json() == []
    assert 'list="life-stages"' in page(site, "/question/foods_richest_in")


def test_the_table_of_an_answer_can_be_narrowed_sorted_turned_and_taken_along(site):
    html = page(site, "/question/statements?_is=verdict_label:contested&_has=muscle")
    rows = re.findall(r"<tr><td.*?</tr>", html)
    assert 0 < len(rows) < 100
    assert all("uscle" in row for row in rows)
    assert "The same in every row: verdict contested" in html
    assert 'aria-current="true"' in html
    part = site.client.get("/question/statements.csv?_is=verdict_label:contested&_has=muscle")
    assert len(list(csv.DictReader(io.StringIO(part.text)))) == len(rows)
    second = page(site, "/question/foods_richest_in?_page=2&_sort=food_label")
    assert "Page 2 of 3" in second
    assert 'aria-sort="ascending"' in second
    assert 'rel="prev"' in second
    assert "the answer has no column" in page(site, "/question/statements?_sort=nonsense", 400).lower()
    triples = page(site, "/question/pathway?_has=iron&cause=iron+deficiency&effect=fatigue")
    assert re.search(r"<strong>\d+</strong> of \d+ triples", triples)
    assert 'href="/view?query=' in triples


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("CONSTRUCT WHERE { kg:magnesium-deficiency kg:promotes ?o }", 200, "What the query built around magnesium deficiency"),
        ("SELECT * { ?s ?p ?o }", 400, "CONSTRUCT triples of kg:promotes"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o", 400, "the query ends with 1 { not closed"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 30000", 400, "more than 20,000 triples"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE is refused"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", 400, "Line 1"),
    ],
)
def test_what_a_construct_builds_opens_as_the_map(site, query, status, words):
    answer = site.client.get("/view", params={"query": query}, headers=HTML)
    assert answer.status_code == status
    assert words in answer.text


def test_the_front_page_leads_by_six_ways_to_what_stands_in_the_graph(site):
    for path, words in {
        "/nutrients": ">magnesium</a>",
        "/foods": ">spinach, raw</a>",
        "/symptoms": ">muscle cramp</a>",
        "/drugs": ">metformin</a>",
        "/debates": 'data-label="Against"',
        "/articles": "verdict_label%3Acontested",
    }.items():
        assert path in links(page(site, "/"))
        assert words in page(site, path)


def test_each_number_of_the_organ_systems_opens_the_map_of_what_it_counts(site):
    html = page(site, "/systems")
    cells = re.findall(r'<a href="(/view\?term=[^"]*)"><span class="away">([^<]*): </span>(\d+)', html.replace("&amp;", "&"))
    rows = list(csv.DictReader(io.StringIO(site.client.get("/question/findings_by_organ_system.csv").text)))
    assert sorted(int(count) for _, _, count in cells) == sorted(int(row["findings"]) for row in rows)
    path, _, count = next(cell for cell in cells if cell[1] == "iron, breathing")
    drawn = site.client.get(path).text
    assert "What a lack or excess of iron does: breathing" in drawn
    assert drawn.count("<tr data-claim=") >= int(count)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("why am I tired", "/question/causes_of?finding=fatigue"),
        ("how does magnesium deficiency lead to cramps", "/view?from=magnesium+deficiency&to=muscle+cramp"),
        ("tired and pale", "/explain?finding=fatigue&finding=pallor"),
        ("tired, vegan, on metformin", "/explain?finding=fatigue&context="),
        ("asdfgh", "/explain"),
        ("<script>alert(1)</script>", "/nutrients"),
        ("'" * 50, "/foods"),
    ],
)
def test_a_search_that_names_nothing_leads_on(site, text, found):
    html = site.client.get("/search", params={"q": text}, headers=HTML).text
    assert found in html.replace("&amp;", "&")
    assert "<script>alert" not in html


def test_a_statement_says_who_says_it_and_what_outside_evidence_says(site):
    html = page(site, "/statement/S1-129")
    assert "So says <a" in html
    assert "Outside evidence: <strong>supported</strong>" in html
    assert "The claim that it makes" in html
    assert "dcterms:" not in html
    assert "What points to it" not in html
    assert "Why it makes no claim here" in page(site, "/statement/S1-001")
    source = site.get("SELECT ?s { ?s a kg:Source ; dcterms:issued ?i ; dcterms:source ?u } ORDER BY ?s LIMIT 1", "text/csv")
    html = page(site, "/" + source.text.split()[1].removeprefix(KG))
    assert "<dt>Where it is</dt>" in html
    assert "<dt>dcterms:" not in html


def test_the_picture_of_the_editor_names_what_the_graph_has_and_its_lists_are_closed(site):
    html = page(site, "/query")
    picture = html[html.index('<details class="schema">') :]
    told = site.client.get("/vocabulary.json", headers=JSON).json()
    words = [*(iri for iri, *_ in told["words"]), *(iri for listed in told["values"].values() for iri in listed)]
    known = {iri.removeprefix(KG) for iri in words}
    drawn = set(re.findall(r"kg:([\w-]+)", picture))
    assert len(drawn) > 30
    assert drawn <= known
    pairs = [pair for pair in re.findall(r"kg:([a-z]\w+) kg:(\w+)", picture) if KG + pair[0] in told["values"]]
    assert len(pairs) > 4
    assert [one for one in pairs if KG + one[1] not in told["values"][KG + one[0]]] == []


@pytest.mark.parametrize(
    ("path", "said"), [("/method", "How a claim is judged"), ("/verification", "How often the evidence errs")]
)
def test_what_the_handbook_has_as_pages_is_told_here_too(site, path, said):
    answer = site.client.get(path, headers=HTML, follow_redirects=False)
    assert (answer.status_code // 100, answer.headers["location"]) == (3, f"/about#{path[1:]}")
    about = page(site, "/about")
    assert re.search(rf'<h2 id="{path[1:]}">{said}</h2>', about)
    assert re.search(r'<dt>probable <span class="quiet">[\d,]+</span></dt>', about)
