"""Values come into a query by its VALUES row alone: each spelling of a row is found, and a row that is not there is an error."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.errors import UsageError
from kg.sparql import library
from kg.sparql.binding import MissingRow, bind, example, serialise

READING = sorted((Path(__file__).parent.parent / "queries" / "reading").glob("*.rq"))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("{ VALUES ?x { kg:a } }", "{ VALUES ?x { <b> } }"),
        ("{ VALUES ?x {kg:a kg:b} }", "{ VALUES ?x { <b> } }"),
        ("{ VALUES\n  ?x\n{\n kg:a\n} }", "{ VALUES ?x { <b> } }"),
        ("{ VALUES ?x { } }", "{ VALUES ?x { <b> } }"),
        ('{ VALUES ?x { "a } b" } }', "{ VALUES ?x { <b> } }"),
        ('{ VALUES ?x { "say \\"}\\"" } }', "{ VALUES ?x { <b> } }"),
        ("{ VALUES ?x { <http://e.org/}> } }", "{ VALUES ?x { <b> } }"),
        ("# the row VALUES ?x { a } is replaced\n{ VALUES ?x { kg:a } }", "# the row VALUES ?x { a } is replaced\n{ VALUES ?x { <b> } }"),
        ("{ VALUES ?xy { kg:a } VALUES ?x { kg:a } }", "{ VALUES ?xy { kg:a } VALUES ?x { <b> } }"),
        ("{ VALUES ?x { kg:a } { VALUES ?x { kg:a } } }", "{ VALUES ?x { <b> } { VALUES ?x { <b> } } }"),
    ],
)  # fmt: skip
def test_every_row_of_a_variable_gets_the_terms(text, bound):
    assert bind(text, "x", ["<b>"]) == bound


def test_a_row_is_taken_out_to_ask_about_all():
    assert bind("{ VALUES ?x { kg:a } ?x ?p ?o }", "x", None) == "{  ?x ?p ?o }"


def test_what_is_put_into_a_row_is_not_read_again():
    assert (
        bind("{ VALUES ?x { 1 } VALUES ?y { 2 } }", "x", ['"VALUES ?x { 3 }"'])
        == '{ VALUES ?x { "VALUES ?x { 3 }" } VALUES ?y { 2 } }'
    )


@pytest.mark.parametrize(
    "text",
    ["{ ?x ?p ?o }", "{ VALUES ?xy { kg:a } }", "{ VALUES (?x ?y) { (1 2) } }", "# VALUES ?x { kg:a }\n{ ?x ?p ?o }", "{ VALUES ?x { kg:a"],
)  # fmt: skip
def test_a_query_without_the_row_is_an_error(text):
    with pytest.raises(MissingRow, match="VALUES"):
        bind(text, "x", ["<b>"])
    with pytest.raises(MissingRow):
        bind(text, "x", None)


def test_a_reading_query_names_the_file_whose_row_is_missing():
    with pytest.raises(MissingRow, match=r"names\.rq: the query has no row VALUES \?term"):
        library.reading("names", term="https://example.org/a")


@pytest.mark.parametrize("value", ["no iri", "https://example.org/a> } #", "", "https://example.org/\n"])
def test_what_is_no_iri_is_refused(value):
    with pytest.raises(UsageError, match="not a valid IRI"):
        serialise(value)


@pytest.mark.parametrize("word", ['a "quote"', "a \\ b", "two\nlines", "} VALUES ?x {", "µ 中"])
def test_any_word_comes_back_from_the_engine_as_it_was_put_in(small, word):
    text = bind('SELECT ?x { VALUES ?x { "example" } }', "x", [serialise(Literal(word))])
    assert [row["x"].value for row in small.rows(text)] == [word]


def test_nobody_replaces_the_example_of_a_query_by_hand():
    """The example in a file is free to change: no code may name it, or look for a row by itself."""
    assert "kg:phytate" in {
        example(path.read_text(encoding="utf-8"), "thing") for path in READING if path.stem == "modified_by"
    }
    source = Path(__file__).parent.parent / "src" / "kg"
    by_hand = re.compile(r"""\breading\([^()]*\)\s*\.replace\(|re\.sub\(\s*r?f?["']VALUES|["']VALUES \?\w+ \{ """)
    codes = {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in source.rglob("*.py")}
    assert [name for name, code in codes.items() if by_hand.search(code) and name != "sparql/binding.py"] == []
