"""What a person at a terminal gets: tables by content, help of one question, a hint for a command that is misspelt."""

import pytest

from kg.cli import main
from kg.cli.query_help import columns
from kg.cli.table import table
from kg.sparql import library

NAMES = ["food_label", "portion", "portion_percent_of_intake", "unit", "note", "food"]
ROWS = [
    ["wheat bran, the part of the grain that is sifted out of white flour", "1 cup", "111", "mg", "", "food:1"],
    ["natto", "1 cup", "63.5", "mg", "", "food:2"],
    ["tea", "1 cup, brewed", "", "mg", "", "food:3"],
]


def printed(capsys, monkeypatch, wide: int, names=NAMES, rows=ROWS) -> tuple[list[str], str]:
    monkeypatch.setenv("COLUMNS", str(wide))
    table(names, rows)
    out, err = capsys.readouterr()
    return out.splitlines(), err.strip()


def test_numbers_are_narrow_and_to_the_right_and_ids_give_way_to_labels(capsys, monkeypatch):
    lines, said = printed(capsys, monkeypatch, 60)
    assert lines == [
        "                                                     portion",
        "                                                     percent",
        "                                                          of",
        "food                                  portion         intake",
        "------------------------------------  -------------  -------",
        "wheat bran, the part of the grain     1 cup              111",
        "that is sifted out of white flour",
        "natto                                 1 cup             63.5",
        "tea                                   1 cup, brewed",
    ]
    assert said == "(3 rows; the same in all: unit mg; --format csv has the ids (food))"


@pytest.mark.parametrize("wide", [12, 20, 40, 79, 200])
def test_no_line_is_wider_than_the_screen_and_nothing_is_left_out_in_silence(capsys, monkeypatch, wide):
    lines, said = printed(capsys, monkeypatch, wide)
    assert max(map(len, lines)) <= max(wide, 14)
    heads = {"food", "portion", "intake"}
    missing = [name for name in heads if not any(name in line for line in lines)]
    assert all(name in said for name in missing)


def test_a_table_of_no_row_and_one_of_one_row_keep_their_columns(capsys, monkeypatch):
    assert printed(capsys, monkeypatch, 80, NAMES, [])[0][-2].split() == ["food", "portion", "intake", "unit", "note"]
    assert "mg" in " ".join(printed(capsys, monkeypatch, 80, NAMES, ROWS[:1])[0])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trem", "magnesium"], "kg: 'trem' is not a command; did you mean term? kg --help lists them all"),
        (["serv"], "kg: 'serv' is not a command; did you mean serve? kg --help lists them all"),
        (["zzzz"], "kg: 'zzzz' is not a command; kg --help lists them all"),
        (["queries", "zzzz"], "kg: no question contains 'zzzz'; kg queries lists them all, kg ask reads a question"),
    ],
)
def test_what_is_no_command_is_said_with_the_nearest_in_one_line(capsys, words, said):
    assert main(words) == 2
    assert capsys.readouterr().err.strip() == said


def test_every_question_has_a_help_with_its_parameters_and_columns(capsys):
    for name in library.names():
        assert main(["query", name, "--help"]) == 0
        out = capsys.readouterr().out
        question = library.question(name)
        assert all(f"--{one}" in out for one in question.parameters)
        names = columns(question.text)
        assert ("triples" in out) == (not names)
        assert all(one in out.replace("\n ", " ") for one in names)
        assert question.example in out


@pytest.mark.parametrize(
    ("words", "found"),
    [(["phytate"], ["foods_by_inhibitor"]), (["food", "inhib"], ["foods_by_inhibitor"]), (["CUTOFF"], ["cutoffs_of"])],
)
def test_the_library_is_searched_by_words(capsys, words, found):
    assert main(["queries", *words, "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert all(f'"{name}"' in out for name in found)
    assert '"foods_richest_in"' not in out


def test_a_pipe_gets_no_escapes_and_a_terminal_gets_bold_unless_it_says_no(capsys, monkeypatch):
    from kg.cli.terminal import print_styled

    print_styled("name", "bold")
    assert capsys.readouterr().out == "name\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    print_styled("na\x1b]me", "bold")
    assert capsys.readouterr().out == "\x1b[1mna\\u001b]me\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "")
    print_styled("name", "bold")
    assert capsys.readouterr().out == "name\n"


def test_long_lines_are_folded_with_the_rest_indented():
    from kg.cli.wrapping import wrap

    line = "     iron deficiency -> anemia   [established; well sourced]"
    assert wrap(line, 40) == "     iron deficiency -> anemia\n       [established; well sourced]"
    assert wrap("short\n\nlines", 40) == "short\n\nlines"
    assert (
        wrap("https://example.org/a-word-that-is-longer-than-the-line", 40)
        == "https://example.org/a-word-that-is-longer-than-the-line"
    )


def test_a_terminal_shows_the_first_of_what_ends_and_a_pipe_all(capsys, monkeypatch):
    from kg.cli.correct import MOST_SHOWN, _print_first

    lines = [f"  finding {at}" for at in range(MOST_SHOWN + 3)]
    _print_first(lines)
    assert capsys.readouterr().out.splitlines() == lines
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _print_first(lines)
    assert capsys.readouterr().out.splitlines() == [*lines[:MOST_SHOWN], "  and 3 more (all of them in a pipe: | less)"]
