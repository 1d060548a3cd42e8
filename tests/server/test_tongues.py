"""Pages in the language of the reader: by what the browser says it likes, or by the address."""

import re

import pytest

pytestmark = pytest.mark.slow
HTML = {"Accept": "text/html"}


def got(site, path: str, wanted: str = "", status: int = 200):
    answer = site.client.get(path, headers={**HTML, "Accept-Language": wanted})
    assert answer.status_code == status, answer.text
    assert answer.headers["vary"] == "accept, accept-language"
    return answer


def test_a_page_gives_names_in_the_language_that_the_browser_asks_for(site):
    answer = got(site, "/term/muscle-cramp", "de-AT, de;q=0.9, en;q=0.5")
    assert answer.headers["content-language"] == "de, en"
    assert '<h1 lang="de" dir="auto">Muskelkrampf</h1>' in answer.text
    assert 'lang="de" dir="auto">Hypomagnesiämie</a>' in answer.text
    assert "by machine translation, 2026-11-29; not yet read by a native clinician" in answer.text
    assert '<span lang="fr" dir="auto">crampe musculaire</span>' in answer.text


def test_english_is_what_others_get(site):
    pages = [
        got(site, "/term/muscle-cramp", wanted) for wanted in ("", "en-GB, de;q=0.5", "sw", "*", "de;q=0", "xx-nothing, ,;q=a")
    ]
    assert {page.headers["content-language"] for page in pages} == {"en"}
    assert {re.search("<h1.*?</h1>", page.text)[0] for page in pages} == {"<h1>muscle cramp</h1>"}


def test_a_language_in_the_address_is_kept_by_links_forms_and_redirects(site):
    answer = got(site, "/search?q=Muskelkr%C3%A4mpfe&lang=de", "fr", 303)
    assert answer.headers["location"] == "/term/muscle-cramp?lang=de"
    html = got(site, "/term/fatigue?lang=fr", "de").text
    assert '<h1 lang="fr" dir="auto">fatigue</h1>' in html
    assert 'href="/explain?lang=fr"' in html
    assert 'src="/view?term=https%3A//w3id.org/nutrition-kg/fatigue&amp;depth=1&amp;lang=fr"' in html
    assert 'action="/search"><input type="hidden" name="lang" value="fr">' in html
    assert 'href="/term/fatigue.ttl"' in html
    assert '<a href="/term/fatigue?lang=de" hreflang="de">German</a>' in html


def test_a_language_that_does_not_exist_is_a_problem_and_one_without_names_is_english(site):
    assert "is not a language of the registry" in got(site, "/term/fatigue?lang=xx9", status=400).text
    assert "<h1>fatigue</h1>" in got(site, "/term/fatigue?lang=sw").text


def test_a_view_bears_names_in_the_language_and_says_so(site):
    html = got(site, "/view?term=muscle-cramp&depth=1&lang=de").text
    assert '<td lang="de" dir="auto">Hypomagnesiämie<td>promotes<td lang="de" dir="auto">Muskelkrampf<td>' in html
    assert '<h1>Around <bdi lang="de">Muskelkrampf</bdi></h1>' in html
    assert '<div id="map" tabindex' in html  # its own name is English; names in the panel bear their language


def test_answers_for_programs_and_suggestions_know_the_language(site):
    answer = site.client.get("/term/muscle-cramp?lang=de", headers={"Accept": "application/json"}).json()
    assert (answer["label"], answer["definition_language"], answer["names"]["fr"]) == (
        "Muskelkrampf",
        "de",
        "crampe musculaire",
    )
    [first, *_] = site.client.get("/suggest?q=Muskelkra&lang=de", headers={"Accept": "application/json"}).json()
    assert (first["label"], first["href"]) == ("Muskelkrampf", "/term/muscle-cramp")
    assert (
        "Muskelkrampf"
        in site.client.get("/question/findings_reached_from.csv?state=Magnesiummangel&lang=de", headers=HTML).text
    )


#: A page in German, and a name in its text that no template marks by itself.
SPOKEN = {
    "/explain?finding=Muskelkrampf": 'routes to <bdi lang="de">Muskelkrampf</bdi>',
    "/question/findings_reached_from?state=Magnesiummangel": '<bdi lang="de">Hypomagnesiämie</bdi>',
    "/debates": '<bdi lang="de">Dehydratation</bdi> promotes',
    "/systems": '<bdi lang="de">Kalzium</bdi>, ',
}


def test_every_name_on_a_page_says_its_language_and_english_words_do_not(site):
    for path, words in SPOKEN.items():
        html = got(site, f"{path}{'&' if '?' in path else '?'}lang=de").text
        assert words in html, path
        assert '<html lang="en"' in html
        assert 'lang="de">Magnesium<' not in html, path
        assert "<bdi" not in re.search("<title>.*?</title>", html)[0]
        assert "<bdi" not in got(site, path.replace("Muskelkrampf", "muscle+cramp").replace("Magnesiummangel", "fatigue")).text
