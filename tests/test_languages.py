"""Terms in several languages: found by any of their names, shown in the reader's, and told where a tag or a name cannot be."""

import json
import re
import shutil
from pathlib import Path

import pytest

import kg
from kg.build import translations
from kg.checks import validate
from kg.cli import main
from kg.errors import DataError, UnknownName, UsageError
from kg.graph import Graph, connect
from kg.grounding.free_text import heard
from kg.rdf.language_tags import fault

ROOT = Path(__file__).parent.parent
HEAD = "id\tlabel\tsynonyms\tdefinition\ttranslated_by\ton\tread_by\n"
CRAMP = (
    "kg:muscle-cramp\tMuskelkrampf\tWadenkrampf|Krämpfe\tEin schmerzhaftes Zusammenziehen.\tmachine translation\t2026-11-29\t\n"
)
ARABIC = "kg:muscle-cramp\tتشنج عضلي\t\t\tmachine translation\t\t\nkg:magnesium-deficiency\tنقص المغنيسيوم\t\t\tmachine translation\t\t\n"


@pytest.fixture
def speaking(repository) -> Path:
    """The small repository with a term in German, in a table, and one in French, in its own block."""
    shutil.copy(ROOT / "ontology" / "biolink.tsv", repository / "ontology" / "biolink.tsv")
    (repository / "data" / "languages").mkdir()
    (repository / "data" / "languages" / "de.tsv").write_text(HEAD + CRAMP, encoding="utf-8")
    write(
        repository, 'rdfs:label "magnesium deficiency"@en', 'rdfs:label "magnesium deficiency"@en , "carence en magnésium"@fr'
    )
    return repository


def write(repository: Path, old: str, new: str) -> int:
    """Replace a text of the small graph; the line on which it stands."""
    path = repository / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Graph:
    """The built graph of that repository."""
    folder = tmp_path_factory.mktemp("languages") / "repository"
    shutil.copytree(ROOT / "tests" / "small", folder)
    shutil.copytree(ROOT / "queries", folder / "queries")
    for name in ("kg.ttl", "prefixes.ttl", "shapes.ttl"):
        shutil.copy(ROOT / "ontology" / name, folder / "ontology" / name)
    (folder / "data" / "languages").mkdir()
    (folder / "data" / "languages" / "de.tsv").write_text(HEAD + CRAMP, encoding="utf-8")
    (folder / "data" / "languages" / "ar.tsv").write_text(HEAD + ARABIC, encoding="utf-8")
    write(folder, 'rdfs:label "magnesium deficiency"@en', 'rdfs:label "magnesium deficiency"@en , "carence en magnésium"@fr')
    write(folder, 'skos:definition "Too little magnesium."@en', 'skos:definition "Too little magnesium."@en , "Trop peu."@fr')
    return connect(folder)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Muskelkrampf", "muscle cramp"),
        ("muskelkrämpfe".replace("muskel", ""), "muscle cramp"),
        ("Kraempfe", "muscle cramp"),
        ("KRAMPFE", "muscle cramp"),
        ("Carence en magnesium", "magnesium deficiency"),
        ("تشنج عضلي", "muscle cramp"),
        ("charley horse", "muscle cramp"),
    ],
)
def test_a_term_is_found_by_its_name_in_any_language(graph, typed, label):
    assert graph.term(typed).label == label


def test_a_phrase_is_read_in_any_language(graph):
    assert [term.label for _, term in graph.explain(["Wadenkrampf"]).findings] == ["muscle cramp"]


def test_the_questions_have_one_row_for_each_term(graph, small):
    for name in ("findings_reached_from", "causes_of", "contents"):
        assert graph.query(name).to_csv() == small.query(name).to_csv()
    assert len(graph.rows(kg.sparql.library.reading("states"))) == len(small.rows(kg.sparql.library.reading("states")))


def test_names_are_given_in_the_language_of_the_reader_and_else_in_english(graph):
    graph.speak("de-AT")
    try:
        route, *_ = graph.paths("magnesium deficiency", "Wadenkrampf", strength=0)
        labels = [graph.causal().label(iri) for iri in route.states]
        assert (labels[0], labels[-1]) == ("magnesium deficiency", "Muskelkrampf")
        assert {row["finding_label"].value for row in graph.query("findings_reached_from", state="magnesium deficiency")} == {
            "Muskelkrampf"
        }
        assert graph.term("charley horse").label == "Muskelkrampf"
    finally:
        graph.speech = None


def test_another_language_changes_labels_and_nothing_else_of_the_causal_graph():
    english, german = kg.open().causal(), kg.open(lang="de").causal()
    assert german.states["https://w3id.org/nutrition-kg/muscle-cramp"].label == "Muskelkrampf"
    plain = {iri: (state.label, state.language) for iri, state in english.states.items()}
    back = {iri: state._replace(label=plain[iri][0], language=plain[iri][1]) for iri, state in german.states.items()}
    assert back == english.states
    assert german.diseases == english.diseases != {}
    assert (german.claims, german.kinds, german.credit) == (english.claims, english.kinds, english.credit)


def test_a_source_with_labels_in_two_languages_side_by_side_knows_one_term(tmp_path):
    (tmp_path / "foreign.ttl").write_text(
        """@prefix kg: <https://w3id.org/nutrition-kg/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        kg:tetany a kg:Condition , kg:State ; kg:kind kg:Condition ; rdfs:label "Tetanie"@de , "tetany"@en ; kg:nameKey "tetany" , "tetanie" .
        kg:migraine a kg:Condition , kg:State ; kg:kind kg:Condition ; rdfs:label "migraine"@fr , "migraine"@en ; kg:nameKey "migraine" .
        """,
        encoding="utf-8",
    )
    foreign = connect(tmp_path / "foreign.ttl")
    assert [foreign.term(name).label for name in ("Tetanie", "tetany", "migraine")] == ["tetany", "tetany", "migraine"]
    assert [term.label for _, term in foreign.explain(["tetanie", "migraine"]).findings] == ["tetany", "migraine"]
    foreign.speak("de")
    assert foreign.term("tetany").label == "Tetanie"


def test_the_command_line_speaks_and_says_what_is_still_english(speaking, capsys):
    there = ["--source", str(speaking)]
    assert main(["term", "Wadenkrampf", "--lang", "de", "--format", "json", *there]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["label"], facts["names"]) == ("Muskelkrampf", {"de": "Muskelkrampf"})
    assert (facts["definition"], facts["synonyms"]) == ("Ein schmerzhaftes Zusammenziehen.", ["Krämpfe", "Wadenkrampf"])
    assert main(["--lang", "de", "paths", "magnesium deficiency", "Krämpfe", "--strength", "0", *there]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Can magnesium deficiency lead to Muskelkrampf? Yes: ")
    assert (
        "kg: 3 of 4 names not yet translated into German, shown in English: hypomagnesemia, magnesium deficiency, nerve misfiring\n"
        in err
    )
    assert (
        main(["query", "findings_reached_from", "--lang=de", "--state", "magnesium deficiency", "--format", "csv", *there]) == 0
    )
    out, err = capsys.readouterr()
    assert ("Muskelkrampf" in out, err) == (True, "kg: names that are not yet translated into German are shown in English\n")
    assert main(["find", "Zusammenzieh", "--lang", "de", "--format", "csv", *there]) == 0
    assert "Muskelkrampf,Symptom,definition" in capsys.readouterr().out
    assert main(["term", "muscle cramp", "--lang", "sw", *there]) == 0
    out, err = capsys.readouterr()
    assert "nothing is translated into Swahili yet, so names are shown in English; names are there in de, fr" in err
    assert main(["term", "muscle cramp", "--lang", "sw", "--quiet", *there]) == 0
    assert capsys.readouterr() == (out, "\nInformation, not medical advice.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["term", "muscle cramp", "--lang", "german"], "kg: 'german' is not a language of the registry; did you mean de?\n"),
        (["term", "muscle cramp", "--lang", "de_DE"], "kg: 'de_DE' is not a tag of a language; write de-DE\n"),
        (["term", "muscle cramp", "--lang", ""], "kg: '' is not a tag of a language; write one such as de or pt-BR\n"),
        (["validate", "--lang", "de"], "kg: --lang de: kg validate has no names in other languages; leave --lang out\n"),
    ],
)
def test_a_language_that_cannot_be_is_refused(speaking, capsys, words, told):
    assert main([*words, "--source", str(speaking)]) == 2
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    "tag", ["de", "DE", "de-CH", "sr-Latn", "zh-Hant-TW", "es-419", "sl-rozaj", "de-CH-1996", "yue", "en-x-ours"]
)
def test_tags_that_exist(tag):
    assert fault(tag) == ""


@pytest.mark.parametrize(
    "tag", ["xx", "deu", "deutsch", "de-", "de_DE", "", "de-Deut", "de-ZZ9", "de-DE-Latn", "d", "de DE", "12"]
)
def test_tags_that_do_not(tag):
    assert fault(tag)


def problems(repository: Path) -> list[str]:
    found = [str(one) for one in validate(str(repository)) if "data" in one.file]
    return [re.sub(r"^.*/repository/", "", one) for one in found]


def test_good_words_in_other_languages_have_no_problem(speaking):
    before = problems(speaking)
    write(speaking, 'skos:altLabel "cobalamin"@en', 'skos:altLabel "cobalamin"@en , "Cobalamin"@de , "قوبالامين"@ar')
    assert problems(speaking) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'skos:altLabel "cobalamin"@en',
            'skos:altLabel "cobalamin"@en , "Cobalamin"@de-Latin',
            "data/small.ttl:{line}: @de-Latin holds 'Latin', which is not a script, region or variant of the registry in that place. Write de",
        ),
        (
            'skos:altLabel "cobalamin"@en',
            'skos:altLabel "cobalamin"@en , "Cobalamin"@xx',
            "data/small.ttl:{line}: @xx is not a language of the registry. Write one such as de or pt-BR",
        ),
        (
            'skos:altLabel "cobalamin"@en',
            'skos:prefLabel "B12"@de ;\n    skos:prefLabel "Vitamin B12"@de',
            "data/small.ttl:{next}: kg:vitamin-b12: 2 preferred labels in de: 'B12', 'Vitamin B12'. Keep one, and make the other a skos:altLabel",
        ),
        (
            'rdfs:label "vitamin B12"@en',
            'rdfs:label "vitamin B12"@en , "vitamine B12"@fr ; skos:prefLabel "B12"@fr',
            "data/small.ttl:{line}: kg:vitamin-b12: 2 preferred labels in fr: 'B12', 'vitamine B12'. Keep one, and make the other a skos:altLabel",
        ),
        (
            'skos:definition "A vitamin."@en',
            'skos:definition "A vitamin."@en , "Ein Vitamin."@de , "Ein Stoff."@de',
            "data/small.ttl:{line}: kg:vitamin-b12: 2 definitions in de: 'Ein Stoff.', 'Ein Vitamin.'. Keep one",
        ),
        (
            'rdfs:label "vitamin B12"@en',
            'rdfs:label "Vitamin B12"@de',
            (
                "data/small.ttl:{record}: kg:vitamin-b12: the term has 0 labels and 1 definitions. Give it one rdfs:label and one skos:definition, "
                "both @en; what is written in other languages stands beside them with its own tag"
            ),
        ),
        (
            'rdfs:label "vitamin B12"@en',
            'rdfs:label "vitamin B12"@en ; skos:prefLabel "Vitamin B12"',
            "data/small.ttl:{record}: kg:vitamin-b12: skos:prefLabel 'Vitamin B12' has no language. Write its language, as in \"Vitamin B12\"@de",
        ),
    ],
)
def test_a_bad_tag_or_a_second_name_is_told_at_its_line(speaking, old, new, told):
    before = problems(speaking)
    line = write(speaking, old, new)
    record = (speaking / "data" / "small.ttl").read_text().split("kg:vitamin-b12 a", 1)[0].count("\n") + 1
    expected = told.format(line=line, next=line + 1, record=record)
    assert [one for one in problems(speaking) if one not in before] == [expected]


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        (
            "xx.tsv",
            CRAMP,
            "data/languages/xx.tsv: xx is not a language of the registry; name the file after its language, as in de.tsv",
        ),
        (
            "en.tsv",
            CRAMP,
            "data/languages/en.tsv: the English text belongs to the terms; write it in their files in data/terms",
        ),
        (
            "it.tsv",
            CRAMP + CRAMP,
            "data/languages/it.tsv:3: id holds kg:muscle-cramp, as line 2 does; one row is enough; make its label a synonym",
        ),
        ("it.tsv", CRAMP.replace("Muskelkrampf", ""), "data/languages/it.tsv:2: label is empty; fill it in or delete the row"),
        (
            "it.tsv",
            CRAMP.replace("machine translation", ""),
            "data/languages/it.tsv:2: translated_by is empty; fill it in or delete the row",
        ),
        (
            "it.tsv",
            CRAMP.replace("2026-11-29", "29.11.2026"),
            "data/languages/it.tsv:2: on holds '29.11.2026'; write the day as year-month-day",
        ),
        (
            "it.tsv",
            CRAMP.replace("machine translation", "0000-0002-1825-0098"),
            (
                "data/languages/it.tsv:2: translated_by holds '0000-0002-1825-0098', which is not an ORCID: its last digit would be 7; "
                "copy it from the page of the person"
            ),
        ),
        (
            "it.tsv",
            CRAMP.replace("kg:muscle", "muscle"),
            "data/languages/it.tsv:2: id holds 'muscle-cramp'; write the id of a term, as in kg:muscle-cramp",
        ),
    ],
)
def test_a_bad_table_of_a_language_is_told_with_file_and_line(speaking, name, rows, told):
    (speaking / "data" / "languages" / name).write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        connect(speaking)
    assert str(caught.value) == f"{speaking}/{told}"


def test_a_translation_of_no_term_is_told_at_its_row(speaking):
    path = speaking / "data" / "languages" / "de.tsv"
    path.write_text(HEAD + CRAMP + CRAMP.replace("kg:muscle-cramp", "kg:muscel-cramp").replace("Muskelkrampf", "Krampf"))
    assert "data/languages/de.tsv:3: kg:muscel-cramp: <https://w3id.org/nutrition-kg/muscel-cramp>" in "\n".join(
        problems(speaking)
    ).replace("kg:muscel-cramp is used", "<https://w3id.org/nutrition-kg/muscel-cramp> is used")


def test_a_second_name_across_table_and_block_is_told_at_the_row(speaking):
    write(speaking, 'skos:altLabel "charley horse"@en', 'skos:altLabel "charley horse"@en ; skos:prefLabel "Krampf"@de')
    found = [one for one in problems(speaking) if "preferred" in one]
    assert found == [
        "data/languages/de.tsv:2: kg:muscle-cramp: 2 preferred labels in de: 'Krampf', 'Muskelkrampf'. Keep one, and make the other a skos:altLabel"
    ]


def test_an_unknown_language_of_the_library_is_an_error_of_use(small):
    with pytest.raises(UsageError, match="is not a language of the registry"):
        kg.open(str(ROOT / "tests" / "small"), lang="qq1")


def test_a_merged_term_keeps_its_names_in_other_languages(speaking, monkeypatch, capsys):
    monkeypatch.chdir(speaking)
    path = speaking / "data" / "languages" / "de.tsv"
    path.write_text(
        HEAD
        + CRAMP
        + CRAMP.replace("kg:muscle-cramp", "kg:nerve-misfiring").replace("Muskelkrampf\tWadenkrampf|Krämpfe", "Fehlfeuern\t"),
        encoding="utf-8",
    )
    found = translations.join_rows(str(path), path.read_text().replace("kg:nerve-misfiring", "kg:muscle-cramp"))
    assert found == HEAD + CRAMP.replace("Wadenkrampf|Krämpfe", "Wadenkrampf|Krämpfe|Fehlfeuern")
    assert main(["rename", "kg:nerve-misfiring", "misfiring of nerves", "--write"]) == 0
    assert "\nkg:misfiring-of-nerves\tFehlfeuern\t" in path.read_text(encoding="utf-8")


def test_arabic_runs_from_the_right_on_pages_and_views(graph, browser):
    from kg.server.pages.responses import Visit
    from kg.server.pages.router import Site

    site = Site(graph.engine.store)
    record = site.answer(Visit("/term/muscle-cramp", [], "html", "", ("ar-eg",))).body.decode()
    assert '<h1 lang="ar" dir="auto">تشنج عضلي</h1>' in record
    drawn = site.answer(Visit("/view", [("term", "muscle-cramp"), ("depth", "1")], "html", "", ("ar",))).body.decode()
    page = browser.new_page()
    try:
        for html, place, words in (
            (record, "h1", "تشنج عضلي"),
            (drawn, "td[lang=ar]", "تشنج عضلي"),
            (record, ".kind", "symptom"),
        ):
            page.set_content(html, wait_until="domcontentloaded")
            found = page.locator(place).filter(has_text=words).first
            wanted = "ltr" if place == ".kind" else "rtl"
            assert found.evaluate("one => getComputedStyle(one).direction") == wanted
    finally:
        page.close()


@pytest.mark.parametrize(
    ("said", "present", "absent"),
    [
        ("ich habe Krämpfe und muscle tightness", ["muscle cramp", "muscle tightness"], []),
        ("Wadenkrampf, muscle tightness", ["muscle cramp", "muscle tightness"], []),
        ("keine Krämpfe", [], ["muscle cramp"]),
        ("ohne Muskelkrampf", [], ["muscle cramp"]),
        ("تشنج عضلي، muscle tightness", ["muscle cramp", "muscle tightness"], []),
        ("عندي تشنج عضلي", ["muscle cramp"], []),
        ("بدون تشنج عضلي", [], ["muscle cramp"]),
        ("嗯抽筋", [], []),
    ],
)
def test_lists_and_denials_are_read_in_other_languages(graph, said, present, absent):
    readings = heard(graph.rows, [said]).present
    assert [term.label for one in readings for term in one.terms] == present
    assert [term.label for one in readings for term in one.ruled_out] == absent


def test_a_part_of_a_name_is_found_in_scripts_that_join_words(graph):
    assert graph.find("مغنيسيوم")[0].label == "magnesium deficiency"
    with pytest.raises(UnknownName):  # elsewhere a word is found by how it begins
        graph.find("ampf")


def test_a_tag_with_capitals_is_one_language(speaking, monkeypatch, capsys):
    (speaking / "data" / "languages" / "zh-Hant.tsv").write_text(
        HEAD + "kg:muscle-cramp\t抽筋\t\t\tmachine translation\t\t\n", encoding="utf-8"
    )
    monkeypatch.chdir(speaking)
    assert main(["term", "抽筋", "--source", "."]) == 0
    assert "in other languages: de Muskelkrampf; zh-hant 抽筋\n" in capsys.readouterr().out
    assert main(["term", "抽筋", "--source", ".", "--lang", "zh-TW"]) == 0
    assert "zh-hant: by machine translation" in capsys.readouterr().out


NEW = ["new", "translation", "nerve misfiring", "de", "Nervenfehlzündung", "--synonym", "Fehlzündung", "--by", "Ada Example"]


def test_a_newcomer_adds_a_translation_in_one_line(speaking, monkeypatch, capsys):
    monkeypatch.chdir(speaking)
    assert main(NEW) == 0
    out, err = capsys.readouterr()
    assert out.startswith("kg:nerve-misfiring\tNervenfehlzündung\tFehlzündung\t\tAda Example\t20")
    assert err == "kg: it belongs in data/languages/de.tsv; --write puts it there\n"
    assert main([*NEW[:3], "DE", *NEW[4:], "--write"]) == 0
    assert capsys.readouterr() == ("data/languages/de.tsv:3\n", "")
    assert main(["term", "fehlzuendung", "--lang", "de", "--source", "."]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Nervenfehlzündung  (PhysiologicalState)\n")
    assert "de: by Ada Example, 20" in out
    assert main([*NEW, "--write"]) == 2
    assert capsys.readouterr().err == (
        "kg: data/languages/de.tsv: kg:nerve-misfiring has the label 'Nervenfehlzündung' there; change that row, or take a sheet: kg import\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nerve misfiring", "german", "X"], "'german' is not a language of the registry; did you mean de?"),
        (["nerve misfiring", "en", "X"], "English stands with the terms; change the block of the term, or kg rename it"),
        (["nerve misfirng", "de", "X"], "nothing is called 'nerve misfirng'; nearest: nerve misfiring"),
        (["nerve misfiring", "it", "a|b"], "'a|b' holds | or a tab, which part cells; leave it out"),
        (["nerve misfiring", "it", "X"], "who translated? set KG_CREATOR or git config kg.orcid, or say it with --by"),
        (
            ["nerve misfiring", "it", "X", "--by", "0000-0002-1825-0098"],
            "'0000-0002-1825-0098' is not an ORCID: its last digit would be 7",
        ),
        (
            ["nerve misfiring", "it"],
            "say the term, the language and the label, as in kg new translation 'muscle cramp' de Muskelkrampf",
        ),
    ],
)
def test_a_translation_that_cannot_be_is_refused(speaking, monkeypatch, capsys, words, told):
    monkeypatch.chdir(speaking)
    assert main(["new", "translation", *words, "--write"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"kg: {told}")) == ("", True), err
    assert not (speaking / "data" / "languages" / "it.tsv").exists()


def test_a_sheet_of_translations_goes_out_and_comes_back(speaking, monkeypatch, capsys):
    monkeypatch.chdir(speaking)
    monkeypatch.setenv("KG_CREATOR", "Ada Example")
    assert main(["import", "--template", "translations", "--filled", "-o", "words.csv"]) == 0
    text = (speaking / "words.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == (
        "kg:muscle-cramp,de,Muskelkrampf,Wadenkrampf|Krämpfe,Ein schmerzhaftes Zusammenziehen.,machine translation,2026-11-29,,x:1:1:"
    )
    capsys.readouterr()
    assert main(["import", "words.csv"]) == 0
    assert "kg: words.csv: 0 new, 1 already there, 0 changed, 0 refused; nothing to write" in capsys.readouterr().err
    (speaking / "words.csv").write_text(text.splitlines()[0] + "\nmagnesium,fr,magnésium,,,,,,x:2:2:\n", encoding="utf-8")
    assert main(["import", "words.csv"]) == 0
    said = (
        "1 row that the sheet was written with is not in it (kg:muscle-cramp de): an import removes nothing; delete their rows"
    )
    assert f"kg: {said} in data/languages\n" in capsys.readouterr().err
    more = "magnesium deficiency,fr,carence en magnésium,,,,,,\nmuscle cramp,DE,Krampf,,,,,,\nmuscel,de,X,,,,,,\nmagnesium,qq,X,,,,,,\n"
    (speaking / "more.csv").write_text(text.splitlines()[0] + "\n" + more, encoding="utf-8")
    assert main(["import", "more.csv", "--format", "csv"]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].startswith("2,kg:magnesium-deficiency fr,new,,carence en magnésium")
    assert rows[2].startswith("3,kg:muscle-cramp de,changed,,label: Muskelkrampf -> Krampf; synonyms: ")
    assert rows[3].startswith("4,muscel,refused,A4,nothing is called 'muscel'")
    assert rows[4].startswith("5,magnesium,refused,B5,'qq' is not a language of the registry")
    assert main(["import", "more.csv", "--write", "--skip-refused", "--quiet"]) == 1
    french = (speaking / "data" / "languages" / "fr.tsv").read_text(encoding="utf-8").splitlines()
    assert french[1].startswith("kg:magnesium-deficiency\tcarence en magnésium\t\t\tAda Example\t20")
    assert "\nkg:muscle-cramp\tKrampf\t" in (speaking / "data" / "languages" / "de.tsv").read_text(encoding="utf-8")


def test_the_table_of_claims_goes_out_in_german_and_comes_back_unchanged(speaking, monkeypatch, capsys):
    monkeypatch.chdir(speaking)
    assert main(["export", "csv", "--lang", "de", "--source", ".", "-o", "claims.csv"]) == 0
    assert ",Muskelkrampf," in (speaking / "claims.csv").read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert main(["import", "claims.csv"]) == 0
    assert " 0 changed, 0 refused; nothing to write" in capsys.readouterr().err
    assert main(["export", "nt", "--lang", "de", "--source", "."]) == 2
    assert capsys.readouterr().err == "kg: --lang de: nt holds all languages, or ids alone; it belongs to csv\n"
