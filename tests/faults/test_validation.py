"""``kg validate`` looks at every kind of file, names each fault with its line, and says what it looked at."""

import os
import shutil
from pathlib import Path

import pytest

from kg.build import draws
from kg.checks import texts, validate
from kg.rdf import word_tables
from kg.rdf.namespaces import DCTERMS, KG
from tests import command

ROOT = Path(__file__).parents[2]


@pytest.fixture
def at(repository, monkeypatch):
    """The small repository, in which one stands."""
    monkeypatch.chdir(repository)
    assert validate(".") == []
    return repository


def problems(repository) -> list[str]:
    return [str(problem) for problem in validate(str(repository))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_a_wide_encoding_is_one_problem(at, encoding):
    (at / "data" / "wide.ttl").write_bytes('<http://x/a> <http://x/p> "A" .\n'.encode(encoding) * 9)
    assert problems(at) == ["data/wide.ttl:1: UTF-16, not UTF-8. Save the file as UTF-8"]


def test_it_says_what_it_looked_at(at):
    status, out, told = command.kg("validate", cwd=at)
    assert (status, out) == (0, "")
    assert told.startswith("0 problems in ")
    assert told.endswith(f" queries of {at}\n")


def test_the_repository_is_found_from_a_folder_within(at):
    (at / "data" / "small.ttl").open("a").write("garbage\n")
    inner = command.kg("validate", cwd=at / "data")
    assert inner[0] == 1
    assert "small.ttl:" in inner[1]


def test_where_no_repository_is_none_is_checked(tmp_path):
    status, out, told = command.kg("validate", cwd=tmp_path)
    assert (status, out) == (2, "")
    assert told == "kg: no folders ontology and data here or above; go to a repository, or name its folder with --source\n"


@pytest.mark.parametrize("named", ["notes.md", "empty"])
def test_what_is_not_looked_at_is_not_passed(at, named):
    (at / "notes.md").write_text("words")
    (at / "empty").mkdir()
    status, out, told = command.kg("validate", named, cwd=at)
    assert (status, out) == (2, "")
    assert "can be checked" in told


MARKED = "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    "path",
    ["data/small.ttl", "data/tables/foods.tsv", "queries/questions/foods_richest_in.rq", "queries/checks/new.rq", "queries/reading/new.rq",
     "data/words/set_aside.tsv", "ontology/new.ttl", "queries/federated/new.rq"],
)  # fmt: skip
@pytest.mark.parametrize("marks", [MARKED, "<<<<<<< HEAD\n", ">>>>>>> theirs\n", "=======\n", "||||||| base\r\n"])
def test_conflict_markers_are_told_in_every_kind_of_file(at, path, marks):
    target = at / path
    target.parent.mkdir(exist_ok=True)
    before = target.read_text() if target.exists() else ""
    target.write_text(before + marks)
    line = before.count("\n") + 1
    assert f"{path}:{line}: conflict markers of a merge. Keep one side and delete the markers" in problems(at)


def test_a_name_with_no_file_behind_it_is_told(at):
    (at / "data" / "gone.ttl").symlink_to("elsewhere.ttl")
    os.mkfifo(at / "queries" / "checks" / "pipe.rq")
    (at / "data" / ".#small.ttl").symlink_to("me@here.1")  # a lock of an editor
    status, out, _ = command.kg("validate", cwd=at)
    assert (status, out.splitlines()) == (
        1,
        [
            "data/gone.ttl: a link to elsewhere.ttl, which is not there: it is not read. Put the file there, or delete the name",
            "queries/checks/pipe.rq: a pipe or device: it is not read. Put the file there, or delete the name",
        ],
    )
    assert command.kg("validate", "ontology", cwd=at)[0] == 0


OF_ANOTHER_KIND = (
    "a file of this kind is not read here. Write it as Turtle (.ttl), as a table (.tsv) or as a query (.rq), or move it out"
)


@pytest.mark.parametrize(
    "name",
    [
        "data/New.TTL",
        "data/x.turtle",
        "data/deep/x.nt",
        "data/x.ttl.gz",
        "data/x.ttl.txt",
        "data/tables/x.TSV",
        "data/tables/x.csv",
        "data/tables/x.XLSX",
        "queries/questions/x.sparql",
    ],
)
def test_a_file_of_another_kind_that_looks_like_data_is_told(at, name):
    (at / name).parent.mkdir(exist_ok=True)
    (at / name).write_text("broken")
    (at / "data" / "notes.md").write_text("no data")
    assert command.kg("validate", cwd=at)[:2] == (1, f"{name}: {OF_ANOTHER_KIND} of ontology, data and queries\n")


def test_a_parameter_of_a_question_names_what_the_graph_has(at):
    rows = "VALUES ?state { kg:no-such-lack } VALUES ?most { 3 } VALUES ?term { kg:muscle-cramp } ?state kg:promotes ?term"
    (at / "queries" / "questions" / "zzz.rq").write_text(
        "#+ summary: x\n#+ parameter state: Stat. the lack\n#+ parameter most: integer. how many\n#+ parameter term: State. the end\n"
        f"PREFIX kg: <https://w3id.org/nutrition-kg/>\nSELECT ?state ?most {{ {rows} }}\n"
    )
    known = "a class of the ontology, such as State, or one of integer, decimal, text, LifeStage"
    default = "the default kg:no-such-lack of state is not in the graph. Use a term that it has: kg find WORD lists them"
    kind = f"the parameter state is of the kind 'Stat', which is no class. Did you mean State? Else name {known}"
    assert problems(at) == [f"queries/questions/zzz.rq:2: {default}", f"queries/questions/zzz.rq:2: {kind}"]


def test_a_row_that_stands_twice_is_told_with_the_first(at):
    table = at / "data" / "tables" / "food_portions.tsv"
    rows = table.read_text().splitlines()
    table.write_text("\n".join([*rows, rows[1]]) + "\n")
    assert problems(at) == [
        f"data/tables/food_portions.tsv:{len(rows) + 1}: ndb-1: the row stands twice (also at line 2). Keep one of the two"
    ]


def test_an_unknown_term_of_a_table_is_told_at_its_row(at):
    """Also where a table of translations was looked through for it, whose last row is another's."""
    (at / "data" / "languages").mkdir()
    (at / "data" / "languages" / "de.tsv").write_text(
        "id\tlabel\tsynonyms\tdefinition\ttranslated_by\ton\tread_by\nkg:muscle-cramp\tMuskelkrampf\t\t\tAda Example\t2026-11-30\t\n"
    )
    table = at / "data" / "tables" / "food_portions.tsv"
    rows = table.read_text().splitlines()
    row = next(number for number, line in enumerate(rows) if number and not line.startswith(("#", "food")))
    rows.insert(row + 1, "no-such-food\t" + rows[row].partition("\t")[2])
    table.write_text("\n".join(rows) + "\n")
    for words in ((), (str(table),)):
        told = command.kg("validate", *words, cwd=at)[1]
        assert told.startswith(f"data/tables/food_portions.tsv:{row + 2}: food:no-such-food: "), told


def test_a_broken_question_or_reading_hides_nothing_of_the_records(at):
    (at / "queries" / "questions" / "zzz.rq").write_text("#+ summary: x\n\nSELECT broken {\n")
    (at / "data" / "verification" / "draws").mkdir(parents=True)
    (at / "data" / "verification" / "a.tsv").write_text("line\nx\n")
    head, row = "\t".join(draws.COLUMNS), "1\tx\tA reader\t2026-12-01\tbook\tpartly\t\t"
    (at / "data" / "verification" / "draws" / "b.tsv").write_text(f"# seed 1, read on 2026-12-01\n{head}\n{row}\n")
    with (at / "data" / "small.ttl").open("a") as file:
        file.write("kg:muscle-cramp kg:cauze kg:muscle-tightness .\n")
    found = problems(at)
    assert {problem.partition(":")[0] for problem in found} == {
        "data/small.ttl",
        "data/verification/a.tsv",
        "data/verification/draws/b.tsv",
        "queries/questions/zzz.rq",
    }
    assert any("the property kg:cauze is not in the ontology" in problem for problem in found)


def test_what_keeps_records_from_being_checked_says_so(at):
    (at / "data" / "zzz.ttl").write_text("broken")
    assert command.kg("validate", cwd=at)[2].splitlines()[-1] == (
        "kg: what the records say is checked as a whole once every file of theirs can be read"
    )


def test_a_line_break_in_the_name_of_a_file_makes_no_second_line(at):
    (at / "a\nb.ttl").write_text("@prefix x: <http://x/> . x:a x:p broken")
    assert command.kg("validate", "a\nb.ttl", cwd=at)[1].startswith("a\\u000ab.ttl:1: ")
    (at / "c\nd.ttl").write_text("@prefix x: <http://x/> .\nx:a   x:p x:b .\n")
    assert command.kg("format", "c\nd.ttl", cwd=at)[1] == "c d.ttl\n"


@pytest.mark.parametrize("folder", ["questions", "checks", "checks/written", "reading", "derive", "federated"])
def test_a_query_that_does_not_parse_is_told_with_its_file_and_line(at, folder):
    (at / "queries" / folder).mkdir(exist_ok=True)
    path = f"queries/{folder}/zzz.rq"
    (at / path).write_text("#+ summary: x\n\nSELECT broken {\n")
    found = problems(at)
    assert [problem for problem in found if problem.startswith(f"{path}:3: the query does not parse: ")]


def test_a_question_without_a_summary_and_a_check_without_its_columns_are_told(at):
    (at / "queries" / "questions" / "zzz.rq").write_text("SELECT ?s { ?s ?p ?o }")
    assert problems(at) == ["queries/questions/zzz.rq:1: the question has no summary. Begin the file with #+ summary: ..."]
    os.unlink(at / "queries" / "questions" / "zzz.rq")
    (at / "queries" / "checks" / "zzz.rq").write_text("SELECT ?record { ?record ?p ?o }")
    assert problems(at) == ["queries/checks/zzz.rq: the check has no column fix, problem. Select ?record, ?problem and ?fix"]


QUESTION = "#+ summary: which\n# SERVICE is a word of this comment\nSELECT ?s { ?s ?p ?o }\n"
NO_NAME = "no question can have the name of this file. Use letters, digits and underscores alone, a letter first"
NO_FOLDER = "no command reads a query in this folder. Move it to a folder of queries that is read, such as queries/questions"


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("questions/my question.rq", QUESTION, f"my question.rq: {NO_NAME}"),
        ("questions/my-question.rq", QUESTION, f"my-question.rq: {NO_NAME}"),
        ("questions/2nd.rq", QUESTION, f"2nd.rq: {NO_NAME}"),
        ("questions/own/mine.rq", QUESTION, f"own/mine.rq: {NO_FOLDER}"),
        ("mine.rq", QUESTION, f"mine.rq: {NO_FOLDER}"),
        (
            "questions/asks.rq",
            "#+ summary: which\nSELECT ?s {\n  sErvice silent <http://x/> { ?s ?p ?o }\n}\n",
            "asks.rq:3: the question asks another endpoint, which the built-in engine does not do. Leave SERVICE out, or move the file to queries/federated",
        ),
        ("questions/mine.rq", QUESTION, ""),
    ],
)
def test_a_query_that_no_command_would_run_is_told(at, path, text, told):
    place = at / "queries" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    found = problems(at)
    place.unlink()
    assert found == ([f"queries/{os.path.dirname(path)}/".replace("//", "/").replace("/own/", "/") + told] if told else [])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('"{}"', "label is in quotes, as a spreadsheet saves it; write "),
        ("{}\u00a0", "label contains U+00A0, which cannot be seen; delete it, or write a blank"),
        ("{}\u200b", "label contains U+200B, which cannot be seen; delete it, or write a blank"),
        ("{}\u202e", "label contains U+202E, which cannot be seen; delete it, or write a blank"),
        ("{}\x07", "label contains U+0007, which cannot be seen; delete it, or write a blank"),
        ("\ufeff{}", "label contains U+FEFF, which cannot be seen; delete it, or write a blank"),
        ("{} ", "with a blank at an end; write "),
        (" {}", "with a blank at an end; write "),
    ],
)
def test_what_a_spreadsheet_leaves_in_a_table_is_told_with_line_and_column(at, cell, told):
    path = at / "data" / "tables" / "foods.tsv"
    lines = path.read_text().split("\n")
    cells = lines[2].split("\t")
    place = lines[0].split("\t").index("label")
    cells[place] = cell.format(cells[place])
    lines[2] = "\t".join(cells)
    path.write_text("\n".join(lines))
    found = problems(at)
    assert len(found) == 1
    assert found[0].startswith("data/tables/foods.tsv:3: label ")
    assert told.rpartition("; ")[0] in found[0]


@pytest.mark.parametrize("number", ["1,5", "1e3", "1_000", "１２", "+5", ".5", "5.", "Infinity", "NaN", "0x1F", "-1"])
def test_a_number_has_one_spelling(at, number):
    path = at / "data" / "tables" / "food_composition.tsv"
    lines = path.read_text().split("\n")
    cells = lines[1].split("\t")
    cells[lines[0].split("\t").index("amount_per_100g")] = number
    lines[1] = "\t".join(cells)
    path.write_text("\n".join(lines))
    assert [
        problem
        for problem in problems(at)
        if problem.startswith(f"data/tables/food_composition.tsv:2: amount_per_100g holds '{number}'")
    ]


@pytest.mark.parametrize("letter", ["\u0001", "\u001b", "\u200b", "\u202e", "\u00ad", "\\u0001", "\\u202E", "\\u001b"])
def test_letters_that_cannot_be_seen_are_named_by_their_code_point(at, letter):
    path = at / "data" / "small.ttl"
    text = path.read_text()
    path.write_text(text + f"# be{letter}fore\n")
    code = ord(letter.encode().decode("unicode_escape")) if letter.isascii() else ord(letter)
    line = text.count("\n") + 1
    assert problems(at) == [
        f"data/small.ttl:{line}: the line contains U+{code:04X}, which cannot be seen. Delete it, or write a blank"
    ]


def test_what_steers_a_terminal_is_shown_by_its_code_point(tmp_path):
    (tmp_path / "esc.ttl").write_text('<http://x/a> <http://x/p> "\\u001b]0;PWNED\\u0007\\u001b[2J" .')
    asked = ("--source", "esc.ttl", "query", "-e", "SELECT ?o { ?s ?p ?o }", "--format")
    for form in ("table", "md"):
        assert "\\u001b]0;PWNED\\u0007\\u001b[2J" in command.kg(*asked, form, cwd=tmp_path)[1]
    told = command.kg("--source", "\x1b[2J.ttl", "query", "-e", "ASK {}", cwd=tmp_path)
    assert told == (2, "", "kg: \\u001b[2J.ttl: no such file or folder; check the path\n")


def test_a_query_is_utf8_and_may_begin_with_a_mark(tmp_path):
    assert command.kg("query", "-", cwd=tmp_path, said="\ufeffASK {}") == (0, "true\n", "")
    (tmp_path / "Q.RQ").write_bytes(b"\xef\xbb\xbfASK {}")
    (tmp_path / "q.txt").write_bytes(b"ASK {}")
    (tmp_path / "latin.rq").write_bytes("ASK { ?s ?p 'ä' }".encode("latin-1"))
    assert command.kg("query", "Q.RQ", cwd=tmp_path) == (0, "true\n", "")
    assert command.kg("query", "q.txt", cwd=tmp_path) == (0, "true\n", "")
    assert command.kg("query", "latin.rq", cwd=tmp_path) == (
        2,
        "",
        "kg: latin.rq: not UTF-8 at byte 13; save the file as UTF-8\n",
    )
    assert command.kg("query", "-e", "ASK {}", "--format", "nope", cwd=tmp_path)[0] == 2


@pytest.mark.parametrize("written", ["https://doi.org/10.1000/1", "doi:10.1000/1", "PMID: 12", "pmid:12", "PMC12"])
def test_an_identifier_in_another_spelling_is_told(at, written):
    path = at / "data" / "small.ttl"
    path.write_text(path.read_text() + f'<{KG}source/one> <{DCTERMS}identifier> "{written}" .\n')
    assert [problem for problem in problems(at) if f"source:one: the identifier is written '{written}'. Write '" in problem]


def test_every_row_that_cannot_be_read_is_told_at_once(at):
    foods, portions = at / "data" / "tables" / "foods.tsv", at / "data" / "tables" / "food_portions.tsv"
    for path in (foods, portions):
        lines = path.read_text().splitlines()
        start = next(number for number, line in enumerate(lines) if not line.startswith("#"))
        lines[start + 1] += "\t\t"
        lines[start + 2] += "\t"
        path.write_text("\n".join(lines) + "\n")
    found = problems(at)
    assert len(found) == 4
    assert all("cells instead of" in one for one in found)


def test_a_named_file_is_not_passed_where_another_keeps_it_from_being_checked(at):
    (at / "data" / "words").mkdir(exist_ok=True)
    (at / "data" / "words" / "set_aside.tsv").write_text("word\n<<<<<<< HEAD\n")
    status, out, told = command.kg("validate", "data/tables/foods.tsv", cwd=at)
    assert (status, out) == (
        1,
        "data/words/set_aside.tsv:2: conflict markers of a merge. Keep one side and delete the markers\n",
    )
    assert told.startswith("1 problem in 1 named")


@pytest.mark.parametrize("end", ["<<<<<<< HEAD\n", "kg:Broken a sh:NodeShape ; sh:property [ \n"])
def test_the_shapes_are_read_though_they_are_no_part_of_the_graph(at, end):
    shapes = at / "ontology" / "shapes.ttl"
    shapes.write_text((shapes.read_text() if shapes.exists() else "") + end)
    assert [one.partition(":")[0] for one in problems(at)] == ["ontology/shapes.ttl"]
    assert [one.file for one in validate(".", ["ontology/shapes.ttl"])] == ["ontology/shapes.ttl"]


@pytest.mark.parametrize("failed", ["#REF!", "#NAME?", "#N/A", "#DIV/0!", "Err:502"])
def test_a_cell_in_which_a_spreadsheet_failed_is_told(at, failed):
    path = at / "data" / "tables" / "foods.tsv"
    lines = path.read_text().split("\n")
    lines[2] = "\t".join([lines[2].split("\t")[0], failed, *lines[2].split("\t")[2:]])
    path.write_text("\n".join(lines))
    [found] = problems(at)
    assert found.startswith(f"data/tables/foods.tsv:3: label holds {failed}, with which a spreadsheet says that it failed")


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("#+ summary: Foods: a list", [1]),
        ("#+ summary: foods\n#+ tags: [x", [2]),
        ('#+ summary: "foods', [1]),
        ("#+ summary: @foods", [1]),
        ("#+ summary: \"Foods: a list\"\n#+ tags: [x, y]\n#+ example: kg query x --term 'a b'", []),
    ],
)
def test_a_header_that_is_no_yaml_is_told_with_its_line(at, header, lines):
    (at / "queries" / "questions").mkdir(parents=True, exist_ok=True)
    (at / "queries" / "questions" / "new.rq").write_text(header + "\nSELECT * { ?s ?p ?o }\n")
    told = [one for one in validate(".") if one.problem == "the header is not valid YAML"]
    assert [one.line for one in told] == lines


def test_a_file_named_through_a_link_is_the_one_of_the_repository(at, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "data"
    elsewhere.symlink_to(at / "data")
    assert validate(".", [str(path) for path in elsewhere.glob("*.ttl")]) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("queries/questions/causes_of.rq", ":2: the line contains U+202E"),
        ("queries/checks/written/no_unknown_class.rq", ":2: the line contains U+202E"),
        ("data/words/everyday.tsv", ":2: the line contains U+202E"),
    ],
)
def test_an_unseen_letter_of_a_query_or_a_comment_is_told(at, name, told):
    path = at / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (ROOT / name).read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], "# \u202ec", *lines[1:]]), encoding="utf-8")
    unseen = [*texts.of_tables(str(at)), *texts.of_queries(str(at))]
    assert [str(one) for one in unseen] == [f"{name}{told}, which cannot be seen. Delete it, or write a blank"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("set_aside", "", ":1: the columns are not kind, words; write them in this order, with tabs between"),
        ("set_aside", "kind\twords\n", ": no rows below the header; take the file from the release or from git again"),
        ("set_aside", "words\tkind\nleft\tside\n", ":1: the columns are not kind, words; write them in this order, with tabs between"),
        ("everyday", "# c\ngroup\twords\tnames\nlegs\n", ":3: 1 cells for 3 columns; write one for each, with tabs between"),
        ("everyday", "group\twords\tnames\n\t{legs}\tlimb pain\n", ":2: no row above names the group 'legs'; name it first, or correct the word"),
        ("life_stages", "words\tgroup\tage\nold\t\tvery\n", ":2: 'very' is not a number; write years, such as 70, or nothing"),
        ("question_turns", "turn\twords\n(((\ta\n", ": '(((' is not a regular expression (missing ), unterminated subpattern at position 2); correct the cell"),
    ],
)  # fmt: skip
def test_a_table_of_words_that_cannot_be_read_is_told(tmp_path, name, text, told):
    shutil.copytree(ROOT / "data" / "words", tmp_path / "data" / "words")
    (tmp_path / "data" / "tables").mkdir()
    shutil.copy(ROOT / "data" / "tables" / "hpo_names.tsv", tmp_path / "data" / "tables")
    assert list(word_tables.find_faults(str(tmp_path))) == []
    path = tmp_path / "data" / "words" / f"{name}.tsv"
    path.write_text(text, encoding="utf-8")
    assert list(word_tables.find_faults(str(tmp_path))) == [f"{path}{told}"]
