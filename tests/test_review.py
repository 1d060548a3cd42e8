"""An expert's sheet goes out, is filled in without our tools, and comes back; and what comes back in another shape."""

import json
from pathlib import Path

import pytest

from kg.authoring.review import FORMAT, fingerprint, read_back, sheet
from kg.build import reviews
from kg.build.store import build_graph
from kg.checks import validate
from kg.errors import DataError, KgError
from kg.graph import Graph
from kg.rdf.namespaces import KG
from kg.server.pages.context import Stock
from kg.server.pages.record_pages import record
from kg.server.pages.responses import Visit
from kg.sparql.embedded import Embedded
from tests.command import kg

CLAIM = "magnesium-deficiency_promotes_hypomagnesemia"
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def own(repository) -> Graph:
    return Graph(Embedded(build_graph(str(repository))))


def review(graph: Graph, **changes: object) -> dict[str, object]:
    answers = {CLAIM: {"verdict": "partly", "comment": "In grave lack.", "evidence": fingerprint(graph, KG + "claim/" + CLAIM)}}
    told = {"format": FORMAT, "topic": "hypomagnesemia", "release": "1", "reviewer": "A. Reader", "orcid": ORCID}
    return told | {"on": "2026-11-29", "answers": answers} | changes


def saved(tmp_path: Path, content: object) -> str:
    path = tmp_path / "review.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_a_review_becomes_rows(own, tmp_path):
    rows, told = read_back(own, saved(tmp_path, review(own)))
    assert told == []
    (row,) = rows
    assert row["claim"] == CLAIM
    assert (row["reviewer"], row["orcid"], row["on"]) == ("A. Reader", ORCID, "2026-11-29")
    assert (row["judgement"], row["comment"]) == ("partly", "In grave lack.")


def test_tabs_and_lines_of_a_comment_do_not_break_the_table(own, tmp_path):
    content = review(own)
    content["answers"][CLAIM]["comment"] = "one\ttwo\n\nthree"  # type: ignore[index]
    ((row,), _) = read_back(own, saved(tmp_path, content))
    assert row["comment"] == "one two three"


def test_evidence_that_changed_since_is_told_and_the_judgement_kept(own, tmp_path):
    content = review(own)
    content["answers"][CLAIM]["evidence"] = "0" * 16  # type: ignore[index]
    rows, told = read_back(own, saved(tmp_path, content))
    assert len(rows) == 1
    assert told == [
        f"{tmp_path / 'review.json'}: {CLAIM}: its evidence is another than on the sheet; the judgement is of the earlier"
    ]


def test_a_claim_of_another_release_is_told_and_the_others_kept(own, tmp_path):
    content = review(own)
    content["answers"]["gone_promotes_away"] = {"verdict": "agree", "comment": "", "evidence": ""}  # type: ignore[index]
    rows, told = read_back(own, saved(tmp_path, content))
    assert len(rows) == 1
    assert "gone_promotes_away: no claim of this release; its judgement is left out and stays in the file" in told[0]


WRONG = {
    "cut short": (lambda told: json.dumps(told)[:-40], "not valid JSON; it was cut short or edited"),
    "empty": (lambda told: "", "not valid JSON"),
    "nested without end": (lambda told: "[" * 100_000, "not valid JSON"),
    "another file": (lambda told: {"some": "thing"}, "not a review of this kind"),
    "a list": (lambda told: [told], "not a review of this kind"),
    "another version": (lambda told: told | {"format": "nutrition-kg review 9"}, "not a review of this kind"),
    "a key taken out": (lambda told: {key: told[key] for key in told if key != "on"}, "on is missing"),
    "answers in another shape": (lambda told: told | {"answers": []}, "edited, and no longer in the form of a review"),
    "a name in another shape": (lambda told: told | {"reviewer": 7}, "edited, and no longer in the form of a review"),
    "nobody": (lambda told: told | {"reviewer": "  "}, "it is not signed"),
    "a false ORCID": (lambda told: told | {"orcid": "0000-0002-1825-0098"}, "is not an ORCID"),
    "a day that is none": (lambda told: told | {"on": "2026-13-01"}, "is not a date"),
    "a day of no calendar": (lambda told: told | {"on": "2026-02-31"}, "is not a date"),
    "another judgement": (lambda told: told | {"answers": {CLAIM: {"verdict": "perhaps"}}}, "the judgement is not one of"),
    "no judgement": (lambda told: told | {"answers": {CLAIM: "agree"}}, "the judgement is not one of"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_comes_back_in_another_shape_is_one_line_and_nothing_is_taken(own, tmp_path, name):
    change, complaint = WRONG[name]
    with pytest.raises(DataError, match=complaint) as failed:
        read_back(own, saved(tmp_path, change(review(own))))
    assert "\n" not in str(failed.value)


def test_a_file_that_is_not_there_is_told(own, tmp_path):
    with pytest.raises(DataError, match=r"gone.json: No such file or directory"):
        read_back(own, str(tmp_path / "gone.json"))


def test_reviewers_who_disagree_stay_side_by_side(repository):
    folder = repository / "data" / "reviews"
    folder.mkdir()
    row = CLAIM + "\t{}\t\t2026-11-29\t{}\t\t\n"
    text = "\t".join(reviews.COLUMNS) + "\n" + row.format("One", "agree") + row.format("Two", "disagree")
    (folder / "two.tsv").write_text(text, encoding="utf-8")
    assert validate(str(repository)) == []
    asked = f"PREFIX kg: <{KG}> SELECT ?by ?says {{ ?r a kg:ExpertReview ; kg:reviewOf ?c ; kg:readBy ?by ; kg:judgement ?says }} ORDER BY ?by"
    found = [(row["by"].value, row["says"].value) for row in build_graph(str(repository)).query(asked)]
    assert found == [("One", "agree"), ("Two", "disagree")]


@pytest.mark.parametrize(
    ("cell", "value", "complaint"),
    [
        (1, "", "reviewer is empty"),
        (2, "7", "orcid holds '7'"),
        (3, "today", "on holds 'today'"),
        (4, "yes", "judgement holds 'yes'"),
    ],
)
def test_a_row_that_cannot_be_is_one_problem(repository, cell, value, complaint):
    folder = repository / "data" / "reviews"
    folder.mkdir()
    cells = [CLAIM, "One", ORCID, "2026-11-29", "agree", "", ""]
    cells[cell] = value
    (folder / "one.tsv").write_text("\t".join(reviews.COLUMNS) + "\n" + "\t".join(cells) + "\n", encoding="utf-8")
    (problem,) = validate(str(repository))
    assert complaint in f"{problem.problem}"
    assert problem.line == 2


def test_a_topic_that_no_claim_speaks_of_has_no_sheet(repository):
    lonely = """
@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:lonely a kg:Condition ; rdfs:label "a lonely state"@en ; kg:stateOf kg:serum-magnesium ; kg:deviation kg:low .
"""
    (repository / "data" / "lonely.ttl").write_text(lonely, encoding="utf-8")
    with pytest.raises(KgError, match="a lonely state: no claim mentions it, so there is nothing to review"):
        sheet(Graph(Embedded(build_graph(str(repository)))), "a lonely state")


@pytest.mark.parametrize(
    "words",
    [
        ["review"],
        ["review", "iron", "--import", "x.json"],
        ["review", "hypokalemia"],
        ["review", "no such thing", "-o", "x.html"],
    ],
)
def test_a_command_that_lacks_something_is_one_line(words, tmp_path):
    status, _, err = kg(*words, cwd=tmp_path)
    assert (status != 0, err.count("\n")) == (True, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_sheet_goes_out_and_comes_back_in_a_browser(own, browser, tmp_path):
    """By keyboard, offline, on a phone; what it saves is opened again, and taken in."""
    path = tmp_path / "sheet.html"
    path.write_text(sheet(own, "hypomagnesemia"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True, accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#reviewer", "A. Reader")
    page.fill("#orcid", ORCID)
    first = page.locator("section.claim").first
    first.locator("textarea").fill("In grave <b>lack</b>.")
    page.click("button[type=submit]")
    assert page.inner_text("#told").startswith("A comment stands without a judgement")
    first.locator("input[value=agree]").focus()
    page.keyboard.press("ArrowRight")
    with page.expect_download() as download:
        page.locator("button[type=submit]").focus()
        page.keyboard.press("Enter")
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == "review-hypomagnesemia.json"
    rows, told = read_back(own, str(kept))
    assert told == []
    assert [(row["judgement"], row["comment"], row["orcid"]) for row in rows] == [("partly", "In grave <b>lack</b>.", ORCID)]

    again = context.new_page()
    again.goto(path.as_uri())
    again.set_input_files("#earlier", str(kept))
    again.wait_for_function("document.getElementById('told').textContent.startsWith('Opened: 1 of 1')")
    assert again.locator("input[type=radio]:checked").get_attribute("value") == "partly"
    assert again.input_value("#reviewer") == "A. Reader"
    assert complaints == []
    context.close()


@pytest.mark.slow
def test_the_sheet_is_accessible(own, browser, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "sheet.html"
    path.write_text(sheet(own, "hypomagnesemia"), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.get_by_label("Agree", exact=True).first.check()
    page.wait_for_function("document.getElementById('told').textContent.startsWith('1 of ')")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    context.close()


def test_a_page_shows_each_review_and_that_they_differ(repository):
    """Reviewer, ORCID, day and comment; two who disagree stand side by side, and no mark of a page is taken from a comment."""
    folder = repository / "data" / "reviews"
    folder.mkdir()
    rows = [
        [CLAIM, "A. Reader", ORCID, "2026-11-29", "agree", "", ""],
        [CLAIM, "B. <b>Reader</b>", "", "2026-11-30", "disagree", "Not <script>here</script>.", ""],
    ]
    lines = ["\t".join(reviews.COLUMNS), *("\t".join(one) for one in rows)]
    (folder / "two.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    site = Stock(build_graph(str(repository)))
    html = record(site, Visit(f"/claim/{CLAIM}", [], "html", "http://localhost"), "claim", CLAIM).body.decode()
    shown = html.split("<h2>Reviews")[1].split("</section>")[0]
    assert f'A. Reader <a class="outside" rel="noopener noreferrer" href="https://orcid.org/{ORCID}">' in shown
    assert [shown.count(word) for word in (">agrees<", ">disagrees<", "2026-11-29", "2026-11-30")] == [1, 1, 1, 1]
    assert "B. &lt;b&gt;Reader&lt;/b&gt;" in shown
    assert "<script>" not in shown
    assert "The reviewers do not agree." in shown
