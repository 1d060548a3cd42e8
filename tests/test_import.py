"""kg import: records in bulk, each new, already there, changed, or refused with its cell and reason; nothing is half written."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from kg.authoring.bulk import claim_rows
from kg.authoring.bulk.columns import COLUMNS
from kg.authoring.bulk.record_import import TERMS
from kg.authoring.naming import local_name
from kg.cli import main
from tests.command import kg
from tests.copies import copy

ROOT = Path(__file__).parent.parent
B12 = "claim:vitamin-b12-deficiency_promotes_impaired-myelin-maintenance"
DIET = "claim:strict-vegan-diet_promotes_vitamin-b12-deficiency"


@pytest.fixture
def here(repository, monkeypatch) -> Path:
    """The small repository, with the working folder in it."""
    shutil.copy(ROOT / "ontology" / "biolink.tsv", repository / "ontology" / "biolink.tsv")
    monkeypatch.chdir(repository)
    return repository


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sheet(path: Path, *rows: dict[str, object], columns: tuple[str, ...] = COLUMNS, name: str = "claims") -> str:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = name
    book.active.append(list(columns))
    for row in rows:
        book.active.append([row.get(column) for column in columns])
    book.save(path)
    return str(path)


def text(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([columns, *([row.get(column, "") for column in columns] for row in rows)])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return str(path)


def told(capsys, *words: str) -> tuple[int, list[dict[str, object]], str]:
    """Exit status, report and standard error of ``kg import``."""
    status = main(["import", *words, "--format", "json"])
    out, error = capsys.readouterr()
    return status, json.loads(out) if out.strip().startswith("[") else out, error


NEW = {
    "subject": "cobalamin deficiency",
    "relation": "promotes",
    "object": "charley horse",
    "source": "Textbook",
    "note": "Says so.",
}


def test_a_new_claim_with_two_sources_is_only_told_and_then_written(here, capsys, tmp_path):
    rows = (
        NEW | {"onset": "years"},
        NEW | {"source": "source:trials", "stance": "disputes", "directness": "indirect", "note": ""},
    )
    path = sheet(tmp_path / "s.xlsx", *rows)
    before = contents(here)
    name = "claim:vitamin-b12-deficiency_promotes_muscle-cramp"
    report = [
        {"row": 2, "record": name, "outcome": "new", "cell": "", "about": "claim"},
        {"row": 3, "record": name, "outcome": "new", "cell": "", "about": "evidence for a claim of this sheet"},
    ]
    counts = f"kg: {path}: 2 new, 0 already there, 0 changed, 0 refused; "
    assert told(capsys, path) == (0, report, counts + "nothing written; --write does it\n")
    assert contents(here) == before
    assert told(capsys, path, "--write") == (0, report, counts + "written to data/claims/vitamin-b12.ttl\n")
    assert (here / "data/claims/vitamin-b12.ttl").read_text().split("\n\n", 1)[1] == (
        f"""{name} a kg:CausalClaim ;
    kg:cause kg:vitamin-b12-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:muscle-cramp ;
    kg:onset "years" ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ; kg:note "Says so." ] ;
    kg:evidence [ kg:source source:trials ; kg:stance kg:disputes ; kg:directness kg:indirect ] .
"""
    )
    there = [row | {"outcome": "already there", "about": ""} for row in report]
    assert told(capsys, path, "--write")[:2] == (0, there)


def filled(capsys, path: Path, *words: str) -> Path:
    assert main(["import", "--template", "claims", "--filled", "-o", str(path), *words]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    return path


#: Which rows of the filled sheet are kept, by number, and what is said of the rest.
KEPT = {
    "all": (lambda at: True, None),
    "all but one": (lambda at: at != 2, "1 row that the sheet was written with is not in it (claim:"),
    "the first": (lambda at: at == 0, "rows that the sheet was written with are not in it (claim:"),
    "the last": (lambda at: at == -1, "rows that the sheet was written with are not in it (claim:"),
}


@pytest.mark.parametrize("kind", ["csv", "tsv", "xlsx"])
def test_a_sheet_comes_by_standard_input_too(here, capsys, monkeypatch, tmp_path, kind):
    content = {
        "csv": "\ufeffsubject,relation,object,source,note\ncobalamin deficiency,promotes,charley horse,Textbook,Says so.\n",
        "tsv": "# a note\nsubject\trelation\tobject\tsource\tnote\ncobalamin deficiency\tpromotes\tcharley horse\tTextbook\tSays so.\n",
    }
    raw = Path(sheet(tmp_path / "s.xlsx", NEW)).read_bytes() if kind == "xlsx" else content[kind].encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    status, report, error = told(capsys, "-")
    assert (status, [row["outcome"] for row in report]) == (0, ["new"])
    assert error.startswith("kg: standard input: ")


@pytest.mark.parametrize(
    "raw", [b"", b"\0\1", b"hello\n", b"PK\3\4broken", b"\xff", b"@prefix x", b"@prefix x: <http://x/> .\n"]
)
def test_what_comes_by_standard_input_and_is_no_sheet_is_refused_by_that_name(here, capsys, monkeypatch, raw):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert main(["import", "-"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("kg: standard input")
    assert told.count("\n") == 1
    assert "/" not in told.partition("start from")[0]


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_rows_that_were_deleted_from_a_sheet_are_reported_and_stay_in_the_graph(here, capsys, tmp_path, form):
    path = filled(capsys, tmp_path / f"s.{form}")
    cells = read_sheet(path)
    before = contents(here)
    for name, (kept, complaint) in KEPT.items():
        head, *rows = cells
        left = [row for at, row in enumerate(rows) if kept(at) or (name == "the last" and row is rows[-1])]
        write_sheet(path, [head, *reversed(left)])
        status, report, error = told(capsys, str(path), "--write")
        assert (status, {one["outcome"] for one in report}) == (0, {"already there"}), name
        lines = [line for line in error.splitlines() if "not in it" in line]
        if complaint is None:
            assert lines == []
        else:
            assert (len(lines), complaint in error) == (1, True), (name, error)
            assert lines[0].startswith(f"kg: {len(rows) - len(left)} row")
            assert lines[0].endswith("kg retire CLAIM retires a claim, and a line of evidence is deleted in its file")
    assert contents(here) == before


def test_a_sheet_about_one_term_misses_only_rows_on_it(here, capsys, tmp_path):
    path = filled(capsys, tmp_path / "s.csv", "--about", "vitamin B12 deficiency")
    assert "not in it" not in told(capsys, str(path))[2]
    head, first, *rest = read_sheet(path)
    write_sheet(path, [head, *rest])
    (line,) = [line for line in told(capsys, str(path))[2].splitlines() if "not in it" in line]
    assert line.startswith(f"kg: 1 row that the sheet was written with is not in it ({first[0]} line {first[1]}): ")


def test_a_record_that_came_after_the_sheet_is_not_taken_for_a_deleted_one(here, capsys, tmp_path):
    path = filled(capsys, tmp_path / "s.csv")
    head, *rows = read_sheet(path)
    words = ["vitamin B12 deficiency", "promotes", "muscle cramp", "--read", "textbook", "--write"]
    assert main(["new", "claim", *words]) == 0
    assert "not in it" not in told(capsys, str(path))[2]
    write_sheet(path, [head, *rows[1:]])
    (line,) = [line for line in told(capsys, str(path))[2].splitlines() if "not in it" in line]
    assert line.startswith("kg: 1 row that the sheet was written with is not in it: an import removes nothing")


def test_claims_that_were_deleted_from_the_exported_table_are_reported(here, capsys, tmp_path):
    path = tmp_path / "claims.csv"
    assert main(["--source", str(here), "export", "csv", "-o", str(path)]) == 0
    capsys.readouterr()
    head, *rows = read_sheet(path)
    assert "not in it" not in told(capsys, str(path))[2]
    write_sheet(path, [head, *rows[2:]])
    (line,) = [line for line in told(capsys, str(path))[2].splitlines() if "not in it" in line]
    assert line.startswith(
        f"kg: 2 claims of the repository are not in it ({rows[0][0]}, {rows[1][0]}): an import removes nothing"
    )


def read_sheet(path: Path) -> list[list[str]]:
    """The cells of a sheet of any form."""
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path)["claims"].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


def write_sheet(path: Path, rows: list[list[str]]) -> None:
    """Put other rows into a sheet."""
    if path.suffix == ".xlsx":
        sheet(path, *(dict(zip(rows[0], row, strict=True)) for row in rows[1:]))
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(rows)


@pytest.mark.parametrize("form", ["xlsx", "csv", "tsv"])
def test_what_goes_out_comes_back_unchanged(here, capsys, tmp_path, form):
    status, report, error = told(capsys, str(filled(capsys, tmp_path / f"s.{form}")), "--write")
    assert (status, {row["outcome"] for row in report}) == (0, {"already there"})
    assert error.endswith("0 changed, 0 refused; nothing to write\n")
    assert len(report) > 15


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_changed_row_comes_back_as_one_change_in_its_place(here, capsys, tmp_path, form):
    path = filled(capsys, tmp_path / f"s.{form}", "--about", "vitamin B12 deficiency")
    changed(
        path,
        {
            (DIET, "1"): {"locator": "Causes, 2", "note": "One in two."},
            (B12, "1"): {"onset": "", "reverses": "partlyreversible"},
        },
    )
    before = contents(here)
    status, report, _ = told(capsys, str(path), "--write")
    assert status == 0
    assert [(row["record"], row["about"]) for row in report if row["outcome"] != "already there"] == [
        (DIET, "locator: Causes -> Causes, 2; note: nothing -> One in two."),
        (B12, "onset: years -> nothing; reverses: nothing -> partlyreversible"),
    ]
    after = contents(here)
    assert [name for name in after if after[name] != before[name]] == ["data/small.ttl"]
    old, new = (version["data/small.ttl"].decode().splitlines() for version in (before, after))
    line = '    kg:evidence [ kg:source source:nhlbi-pernicious-anemia ; kg:stance kg:supports ; kg:locator "Causes'
    assert [one for one in old if one not in new] == [f'{line}" ] ;', '    kg:onset "years" ;']
    assert [one for one in new if one not in old] == [
        f'{line}, 2" ; kg:note "One in two." ] ;',
        "    kg:reverses kg:partlyReversible ;",
    ]
    assert {row["outcome"] for row in told(capsys, str(path))[1]} == {"already there"}


def changed(path: Path, changes: dict[tuple[str, str], dict[str, str]]) -> None:
    """Change cells of a filled sheet, by claim and line."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        rows = list(book["claims"].iter_rows())
        names = [cell.value for cell in rows[0]]
        for row in rows[1:]:
            for column, value in changes.get((row[0].value, row[1].value), {}).items():
                row[names.index(column)].value = value or None
        book.save(path)
        return
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    text(path, *(row | changes.get((row["claim"], row["line"]), {}) for row in rows))


def test_a_sheet_that_lay_for_a_while_takes_nothing_back(here, capsys, tmp_path):
    path = filled(capsys, tmp_path / "s.csv")
    changed(path, {(B12, "1"): {"onset": "months"}})
    old = (here / "data/small.ttl").read_text()
    (here / "data/small.ttl").write_text(old.replace('"Causes"', '"Causes, new"').replace('"years"', '"some years"'))
    status, report, _ = told(capsys, str(path), "--write")
    assert status == 1
    assert [row for row in report if row["outcome"] != "already there"] == [
        {
            "row": row_of(path, B12),
            "record": B12,
            "outcome": "refused",
            "cell": f"{letter('onset')}{row_of(path, B12)}",
            "about": "the record was changed since the sheet was written; write the sheet anew and change that",
        }
    ]


def row_of(path: Path, name: str) -> int:
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    return next(number for number, row in enumerate(rows, 1) if row[0] == name)


def letter(column: str) -> str:
    from kg.authoring.bulk.workbook import letters

    return letters(COLUMNS.index(column))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_csv_file_is_read_with_any_separator_and_any_quotes(here, capsys, tmp_path, sign, quoting):
    path = tmp_path / "s.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=sign, quoting=quoting).writerows([list(NEW), [*NEW.values()]])
    status, [row], _ = told(capsys, str(path))
    assert (status, row["outcome"], row["about"]) == (0, "new", "claim")


def test_the_exported_table_comes_back_where_nothing_is_built_yet(here, capsys, tmp_path, monkeypatch):
    path = tmp_path / "claims.csv"
    assert main(["export", "csv", "-o", str(path), "--source", "."]) == 0
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "empty"))
    capsys.readouterr()
    status, _, said = told(capsys, str(path))
    assert (status, " 0 new, " in said, " 0 changed, 0 refused" in said) == (0, True, True)


def test_the_table_of_kg_export_csv_has_a_way_back(here, capsys, tmp_path):
    path = tmp_path / "claims.csv"
    assert main(["export", "csv", "-o", str(path), "--source", "."]) == 0
    capsys.readouterr()
    rows = list(csv.DictReader(path.read_text().splitlines()))
    columns = tuple(rows[0])
    for row in rows:
        if row["claim"] == B12:
            row |= {"onset": "months", "disputes": row["supports"], "supports": "source:trials"}
    new = {
        "subject": "lack of B12",
        "relation": "promotes",
        "object": "hypomagnesaemia",
        "supports": "source:trials source:textbook",
    }
    text(path, *rows, new, columns=columns)
    status, report, _ = told(capsys, str(path), "--write")
    assert (status, [(row["record"], row["outcome"]) for row in report if row["outcome"] != "already there"]) == (
        0,
        [
            (B12, "changed"),
            *[("claim:vitamin-b12-deficiency_promotes_hypomagnesemia", "new")] * 2,
        ],
    )
    block = re.search(rf"^{B12} .*? \.$", (here / "data/small.ttl").read_text(), re.DOTALL | re.MULTILINE)[0]
    assert block.splitlines()[4:] == [
        '    kg:onset "months" ;',
        '    kg:reversibility "may stay" ;',
        "    kg:evidence [ kg:source source:textbook ; kg:stance kg:disputes ] ;",
        "    kg:evidence [ kg:source source:trials ; kg:stance kg:supports ] .",
    ]


@pytest.mark.parametrize(
    ("column", "value", "about"),
    [
        ("status", "probable", "status is derived by the build; leave 'established', and change the evidence"),
        ("subject", "magnesium deficiency", "subject is part of the claim's name; leave "),
        ("supports", "", "source:textbook is gone; a line of evidence is taken out by hand, in ./data/small.ttl"),
        ("population", "martians", "no Population is called 'martians'; "),
    ],
)
def test_what_the_table_of_kg_export_csv_cannot_change(here, capsys, tmp_path, column, value, about):
    path = tmp_path / "claims.csv"
    main(["export", "csv", "-o", str(path), "--source", "."])
    capsys.readouterr()
    rows = list(csv.DictReader(path.read_text().splitlines()))
    before = contents(here)
    rows = [row | ({column: value} if row["claim"] == B12 else {}) for row in rows]
    text(path, *rows, columns=tuple(rows[0]))
    status, report, _ = told(capsys, str(path), "--write")
    (refused,) = [row for row in report if row["outcome"] == "refused"]
    assert (status, refused["record"]) == (1, B12)
    assert about[:30] in refused["about"]
    assert contents(here) == before


CELLS = {
    "an unknown end": ({"object": "muscle crump"}, "object", "no State is called 'muscle crump'; nearest: muscle cramp"),
    "a substance as cause": ({"subject": "magnesium"}, "subject", "no State is called 'magnesium' (it is the name of a mineral)"),
    "no relation": ({"relation": "causes"}, "relation", "'causes' is not a relation; choose one of promotes"),
    "half a row": ({"object": None}, "object", "object is empty; a claim has two ends and a relation"),
    "no source": ({"source": None}, "source", "source is empty; name what was read"),
    "an unknown source": ({"source": "PMID:1"}, "source", "no Source is called 'PMID:1'"),
    "a stance there is not": ({"stance": "suports"}, "stance", "stance holds 'suports'; did you mean supports? choose one of disputes, mixed, supports"),
    "a number in words": ({"affected": "many"}, "affected", "affected holds 'many'; write a number"),
    "a share in percent": ({"share": 12}, "share", "share holds '12'; write a share between 0 and 1"),
    "half a person": ({"examined": 1.5}, "examined", "examined holds '1.5'; write a whole number"),
    "a time in words": ({"onset_from": "6 months"}, "onset_from", "onset_from holds '6 months'; write a duration such as P6M"),
    "a flag in other words": ({"by_definition": "maybe"}, "by_definition", "by_definition holds 'maybe'; write yes, or leave it empty"),
    "one claim with itself": ({"object": "lack of B12"}, "object", "both ends are vitamin B12 deficiency"),
    "a name that is none": ({"claim": "claim:no such claim"}, "claim", "claim:no such claim: no claim of this repository"),
    "a letter nobody sees": ({"note": "x\u200by"}, "note", "note contains U+200B, which cannot be seen; delete it"),
    "a treatment of nobody": ({"subject": "stretching", "relation": "treats", "object": "hypomagnesemia"}, "only_when", "only_when is empty; say in whom the treatment holds"),
    "a state as population": ({"population": "muscle cramp"}, "population", "no Population is called 'muscle cramp'"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_that_cannot_be_is_named_and_nothing_is_written(here, capsys, tmp_path, case):
    cells, column, about = CELLS[case]
    path = sheet(tmp_path / "s.xlsx", NEW | cells, {**NEW, "object": "muscle tightness"})
    before = contents(here)
    status, report, error = told(capsys, path, "--write")
    assert (status, [row["outcome"] for row in report]) == (1, ["refused", "new"])
    assert (report[0]["row"], report[0]["cell"]) == (2, f"{letter(column)}2")
    assert about in report[0]["about"]
    assert error.endswith("nothing written: mend what is refused, or add --skip-refused\n")
    assert contents(here) == before
    status, _, error = told(capsys, path, "--write", "--skip-refused")
    assert (status, error.endswith("written to data/claims/vitamin-b12.ttl\n")) == (1, True)
    assert "muscle-tightness" in (here / "data/claims/vitamin-b12.ttl").read_text()


def spoilt(path: Path, cell: str, value: object) -> str:
    book = openpyxl.load_workbook(path)
    book["claims"][cell] = value
    book.save(path)
    return str(path)


@pytest.mark.parametrize(
    ("value", "about"),
    [
        ("=A2&B2", "note contains a formula; paste its value"),
        ("#N/A", "note contains an error of the spreadsheet"),
        (__import__("datetime").date(2026, 3, 1), "note is a date of the spreadsheet; write it as text"),
        (__import__("datetime").time(3, 1), "note is a date of the spreadsheet; write it as text"),
    ],
)
def test_what_a_spreadsheet_makes_of_cells_is_refused(here, capsys, tmp_path, value, about):
    sheet(tmp_path / "s.xlsx", NEW)
    cell = f"{letter('note')}2"
    status, report, _ = told(capsys, spoilt(tmp_path / "s.xlsx", cell, value))
    assert (status, report[0]["outcome"], report[0]["cell"]) == (1, "refused", cell)
    assert report[0]["about"].startswith(about)


def test_rows_that_say_the_same_or_contradict_or_are_headers_are_refused(here, capsys, tmp_path):
    header = {column: column for column in COLUMNS}
    rows = (NEW | {"onset": "years"}, NEW, header, {}, NEW | {"source": "source:trials", "onset": "weeks"})
    status, report, _ = told(capsys, sheet(tmp_path / "s.xlsx", *rows))
    assert (status, [(row["row"], row["outcome"], row["cell"], row["about"]) for row in report]) == (
        1,
        [
            (2, "new", "", "claim"),
            (3, "refused", "", "says the same as row 2; delete one of the two"),
            (4, "refused", "", "a second header row; delete it"),
            (6, "refused", f"{letter('onset')}6", "row 2 says 'years' of the same claim; say one of the two"),
        ],
    )


def bad_files(folder: Path) -> dict[str, str]:
    """Each file that is none, with the complaint about it."""
    merged = openpyxl.load_workbook(sheet(folder / "merged.xlsx", NEW, NEW))
    merged["claims"].merge_cells("D2:D3")
    merged.save(folder / "merged.xlsx")
    two = openpyxl.load_workbook(sheet(folder / "two.xlsx", NEW))
    two.copy_worksheet(two["claims"]).title = "again"
    two.save(folder / "two.xlsx")
    above = openpyxl.load_workbook(sheet(folder / "above.xlsx", NEW))
    above["claims"].insert_rows(1)
    above["claims"]["A1"] = "My claims"
    above.save(folder / "above.xlsx")
    plain = text(folder / "plain.csv", NEW | {"note": "Muskelkrämpfe"})
    (folder / "latin.csv").write_bytes(Path(plain).read_text(encoding="utf-8").encode("latin-1"))
    (folder / "named.csv").write_bytes((folder / "two.xlsx").read_bytes())
    (folder / "cut.xlsx").write_bytes((folder / "two.xlsx").read_bytes()[:900])
    (folder / "quotes.csv").write_text('subject,relation,object\n"a,b,c\n', encoding="utf-8")
    (folder / "twice.csv").write_text("subject,relation,object,object\na,b,c,d\n", encoding="utf-8")
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "no.pdf").write_text("", encoding="utf-8")
    (folder / "none.ttl").write_text("<a:b> <c:d> <e:f> .\n", encoding="utf-8")
    (folder / "broken.ttl").write_text("<a:b> <c:d>\n", encoding="utf-8")
    sheet(folder / "other.xlsx", {"name": "x"}, columns=("name", "age"), name="people")
    return {
        "merged.xlsx": ": sheet claims: cells D2:D3 are merged; unmerge them, and fill in each row",
        "two.xlsx": ": several sheets have these columns; choose one of claims, again with --sheet",
        "above.xlsx": ": sheet claims: row 1: the column names stand in row 2, below other rows; delete what stands above them",
        "latin.csv": ":2: not UTF-8 (byte 0xe4); save it as CSV UTF-8",
        "named.csv": ": a workbook with the name of a text file; rename it .xlsx, or save it as CSV UTF-8",
        "cut.xlsx": ": cannot be read as a workbook (File is not a zip file); save it again as .xlsx, or as CSV UTF-8",
        "quotes.csv": ":2: not valid CSV (unexpected end of data); correct the quotes near row 2",
        "twice.csv": ": cell D1: a second column 'object'; delete one of the two",
        "empty.csv": ": is empty; start from kg import --template claims -o sheet.xlsx",
        "no.pdf": ": not a kind of file that can be imported; use .csv, .tsv, .xlsx, RDF such as .ttl, or a folder of KGX",
        "none.ttl": ": contains no claims (kg:CausalClaim and the like) and no mappings (skos:exactMatch and the like)",
        "broken.ttl": ":1:1: ",
        "other.xlsx": ": sheet people: row 1: no header with the columns object, relation, subject or ",
        "missing.csv": ": No such file or directory; check the path and its permissions",
    }


def test_a_file_that_is_none_is_one_line(here, capsys, tmp_path):
    before = contents(here)
    for name, complaint in bad_files(tmp_path).items():
        assert main(["import", str(tmp_path / name), "--write"]) == 2, name
        out, error = capsys.readouterr()
        assert (out, error.count("\n")) == ("", 1), name
        assert f"kg: {tmp_path / name}{complaint}" in error
    assert contents(here) == before


def test_other_encodings_and_delimiters_that_say_what_they_are(here, capsys, tmp_path):
    plain = Path(text(tmp_path / "plain.csv", NEW | {"note": "Muskelkrämpfe; ja"})).read_text(encoding="utf-8")
    (tmp_path / "wide.csv").write_text(plain, encoding="utf-16")
    (tmp_path / "marked.csv").write_text(plain, encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(plain)))
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    (tmp_path / "semicolon.csv").write_text(buffer.getvalue(), encoding="utf-8")
    (tmp_path / "tabs.tsv").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    for name in ("plain.csv", "wide.csv", "marked.csv", "semicolon.csv", "tabs.tsv"):
        assert [row["outcome"] for row in told(capsys, str(tmp_path / name))[1]] == ["new"], name


def test_the_empty_template_has_pick_lists_from_the_graph(here, capsys, tmp_path):
    assert main(["import", "--template", "claims", "-o", str(tmp_path / "s.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert [cell.value for cell in book["claims"][1]] == list(COLUMNS)
    assert book["lists"].sheet_state == "hidden"
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["lists"].columns}
    assert lists["choices of stance"] == ["disputes", "mixed", "supports"]
    assert "muscle cramp" in lists["choices of object"]
    assert "magnesium" not in lists["choices of object"]
    assert "Textbook" in lists["choices of source"]
    assert len(book["claims"].data_validations.dataValidation) == len(lists)
    capsys.readouterr()
    assert told(capsys, str(tmp_path / "s.xlsx"))[:2] == (0, [])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            ["--template", "claim", "-o", "s.xlsx"],
            "--template claim: did you mean claims? choose one of claims, sources, terms",
        ),
        (["--template", "claims"], "name the file of the sheet, as in -o claims.xlsx"),
        (["--template", "claims", "-o", "s.ods"], "s.ods: a sheet is written as .xlsx, .csv or .tsv; name it s.xlsx"),
        (["--template", "claims", "-o", "s.csv", "--about", "scurvy"], "--about belongs to --filled; add it"),
        (["--template", "claims", "--filled", "-o", "s.csv", "--about", "scurvy"], "nothing is called 'scurvy'"),
        (["s.csv", "--filled"], "--filled belongs to --template; leave it out"),
        (["s.csv", "--skip-refused"], "--skip-refused belongs to --write; add it, or leave both out"),
        (["s.csv", "--format", "xml"], "--format xml: kg import writes table, csv, tsv, json, md; choose one"),
        ([], "name a file to import, or --template KIND with -o FILE"),
    ],
)
def test_wrong_use_is_one_line(here, capsys, words, complaint):
    assert main(["import", *words]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert complaint in error


def test_outside_a_repository_the_fix_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["import", "s.csv"]) == 2
    assert capsys.readouterr().err == "kg: no folders ontology and data here; go to the top of the repository\n"


def test_mappings_of_others(here, capsys, tmp_path):
    (here / "data/tables/ontology_terms.tsv").write_text("id\tlabel\tontology\trelease\nHP:0003394\tMuscle spasm\tHP\t2025\n")
    path = tmp_path / "m.sssom.tsv"
    path.write_text(
        "# curie_map:\n#   hpo: http://purl.obolibrary.org/obo/HP_\n"
        "subject_id\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
        "kg:muscle-cramp\tskos:closeMatch\thpo:0003394\tMuscle spasm\tsemapv:ManualMappingCuration\n"
        "HP:0003394\tskos:narrowMatch\tkg:muscle-tightness\t\t\n"
        "kg:muscle-cramp\tskos:exactMatch\tHP:0000001\t\t\n"
        "kg:no-such\tskos:exactMatch\tHP:0003394\t\t\n"
        "kg:hypomagnesemia\towl:sameAs\tHP:0003394\t\t\n"
        "kg:hypo magnesemia\tskos:exactMatch\tHP:0003394\t\t\n"
    )
    status, report, _ = told(capsys, str(path), "--write", "--skip-refused")
    assert (status, [(row["row"], row["outcome"], row["cell"]) for row in report]) == (
        1,
        [
            (4, "already there", ""),
            (5, "new", ""),
            (6, "refused", "C6"),
            (7, "refused", "A7"),
            (8, "refused", "B8"),
            (9, "refused", "A9"),
        ],
    )
    assert "kg ids add HP:0000001 --from" in report[2]["about"]
    rows = (here / "ontology/mappings.sssom.tsv").read_text().splitlines()
    assert (
        "kg:muscle-cramp\tmuscle cramp\tskos:closeMatch\tHP:0003394\tMuscle spasm\tsemapv:ManualMappingCuration\t0.8\t" in rows
    )
    assert (
        "kg:muscle-tightness\tmuscle tightness\tskos:broadMatch\tHP:0003394\tMuscle spasm\tsemapv:UnspecifiedMatching\t\t"
        in rows
    )


def test_edges_of_others(here, capsys, tmp_path):
    path = tmp_path / "edges.tsv"
    path.write_text(
        "subject\tpredicate\tobject\tpublications\tnegated\n"
        "kg:magnesium-deficiency\tbiolink:contributes_to\tkg:muscle-tightness\tsource:textbook|source:trials\tfalse\n"
        "kg:magnesium-deficiency\tbiolink:related_to\tkg:muscle-cramp\tsource:textbook\t\n"
        "MONDO:1\tbiolink:contributes_to\tkg:muscle-cramp\tsource:textbook\t\n"
        "kg:hypomagnesemia\tbiolink:contributes_to\tkg:muscle-tightness\t\t\n"
    )
    status, report, _ = told(capsys, str(path))
    assert (status, [(row["row"], row["outcome"], row["cell"]) for row in report]) == (
        1,
        [(2, "new", ""), (2, "new", ""), (3, "refused", "B3"), (4, "refused", "A4"), (5, "refused", "D5")],
    )
    assert report[2]["about"] == "biolink:related_to could be indicates or distinguishes; say which in original_predicate"


def test_the_kgx_of_ones_own_comes_back(here, capsys, tmp_path):
    assert main(["export", "kgx", "-o", str(tmp_path / "kgx"), "--source", "."]) == 0
    capsys.readouterr()
    status, report, _ = told(capsys, str(tmp_path / "kgx"))
    assert (status, {row["outcome"] for row in report}) == (0, {"already there"})


def test_turtle_of_others(here, capsys, tmp_path):
    path = tmp_path / "theirs.ttl"
    known = re.search(rf"^{B12} .*? \.$", (here / "data/small.ttl").read_text(), re.DOTALL | re.MULTILINE)[0]
    head = "\n".join((here / "data/small.ttl").read_text().splitlines()[2:8])
    path.write_text(
        f"""{head}
{known}
<https://w3id.org/nutrition-kg/claim/mine> a kg:CausalClaim ; kg:cause kg:hypomagnesemia ; kg:relation kg:promotes ;
  kg:effect kg:muscle-tightness ; kg:evidence [ kg:source source:trials ; kg:stance kg:supports ] .
kg:wings a kg:Sign ; rdfs:label "wings"@en .
"""
    )
    status, report, _ = told(capsys, str(path))
    assert (status, [(row["record"], row["outcome"]) for row in report]) == (
        1,
        [
            (B12, "already there"),
            ("claim:hypomagnesemia_promotes_muscle-tightness", "new"),
            ("kg:wings", "refused"),
        ],
    )


SOURCE = {
    "title": "A new paper",
    "study_kind": "Review",
    "access": "original",
    "url": "",
    "identifier": "pmid 12 | DOI:10.1000/1",
}
TERM = {"label": "numb toes", "kind": "Symptom", "definition": "Toes that feel nothing.", "synonyms": "numb toe | dead toes"}
STATE = TERM | {"state_of": "myelin maintenance", "deviation": "impaired"}


def test_new_sources_and_terms_come_by_sheets_of_their_own(here, capsys, tmp_path):
    for kind in ("sources", "terms"):
        assert main(["import", "--template", kind, "-o", str(tmp_path / f"{kind}.xlsx")]) == 0
        capsys.readouterr()
        assert told(capsys, str(tmp_path / f"{kind}.xlsx"))[:2] == (0, [])
    path = text(
        tmp_path / "sources.csv",
        SOURCE,
        {"title": "Textbook", "study_kind": "Textbook", "access": "original"},
        columns=tuple(SOURCE),
    )
    status, report, error = told(capsys, path, "--write")
    assert (status, [(row["record"], row["outcome"]) for row in report]) == (
        0,
        [("source:a-new-paper", "new"), ("source:textbook", "already there")],
    )
    assert "kg: next, for source:a-new-paper: cite the source" in error
    assert (
        (here / "data/sources/literature.ttl").read_text().split("\n\n", 1)[1]
        == """source:a-new-paper a kg:Source ;
    rdfs:label "A new paper"@en ;
    kg:studyKind kg:Review ;
    kg:access kg:original ;
    dcterms:identifier "PMID:12" , "DOI:10.1000/1" .
"""
    )
    assert [row["outcome"] for row in told(capsys, path)[1]] == ["already there"] * 2
    (here / "data/terms").mkdir()
    shutil.move(here / "data/small.ttl", here / "data/terms/small.ttl")
    status, report, _ = told(capsys, text(tmp_path / "terms.csv", STATE, columns=tuple(STATE)), "--write")
    assert (status, [(row["record"], row["outcome"]) for row in report]) == (0, [("kg:numb-toes", "new")])
    block = re.search(r"^kg:numb-toes .*? \.$", (here / "data/terms/small.ttl").read_text(), re.DOTALL | re.MULTILINE)[0]
    assert block.splitlines()[1:3] == ['    rdfs:label "numb toes"@en ;', '    skos:altLabel "dead toes"@en , "numb toe"@en ;']


@pytest.mark.parametrize(
    ("base", "cells", "column", "about"),
    [
        (SOURCE, {"title": ""}, "title", "title is empty; fill it in, or delete the row"),
        (SOURCE, {"study_kind": "Trial"}, "study_kind", "study_kind holds 'Trial'; "),
        (SOURCE, {"url": "example.org"}, "url", "url holds 'example.org'; write the whole address, from https:// on"),
        (SOURCE, {"identifier": "38738598"}, "identifier", "identifier holds '38738598'; say what kind it is"),
        (
            SOURCE,
            {"url": "https://example.org/a b"},
            "url",
            "url holds 'https://example.org/a b'; an address contains no ' '; write %20",
        ),
        (
            SOURCE,
            {"url": "https://example.org/<1>"},
            "url",
            "url holds 'https://example.org/<1>'; an address contains no '<'; write %3C",
        ),
        (SOURCE, {"identifier": "PMID:12 34"}, "identifier", "identifier holds 'PMID:12 34'; write it without blanks"),
        (STATE, {"state_of": "", "deviation": ""}, "state_of", "state_of is empty; a state says what it is a state of"),
        (STATE, {"label": "charley horse"}, "label", "'charley horse' is a name of kg:muscle-cramp (Symptom) already"),
        (
            STATE,
            {"synonyms": "a | charley horse"},
            "synonyms",
            "'charley horse' is a name of kg:muscle-cramp (Symptom) already",
        ),
        (STATE, {"kind": "Symptum"}, "kind", "kind holds 'Symptum'; did you mean Symptom?"),
        (STATE, {"deviation": ""}, "deviation", "deviation is empty; a state says what it is a state of and how it deviates"),
        (STATE, {"state_of": "no such"}, "state_of", "nothing is called 'no such'"),
    ],
)
def test_a_source_or_term_that_cannot_be_is_refused_with_its_cell(here, capsys, tmp_path, base, cells, column, about):
    from kg.authoring.bulk.workbook import letters

    status, report, _ = told(capsys, text(tmp_path / "s.csv", base | cells, columns=tuple(base)))
    assert (status, report[0]["outcome"], report[0]["cell"]) == (1, "refused", f"{letters(list(base).index(column))}2")
    assert report[0]["about"].startswith(about)


def test_the_id_of_a_retired_term_is_no_name_of_a_new_one(here, capsys, tmp_path):
    table = here / "data" / "tables" / "retired.tsv"
    name = local_name(STATE["label"])
    table.write_text(f"id\tlabel\thow\treplaced_by\ton\treason\nkg:{name}\tan old one\tretired\t\t2026-11-30\tgone\n")
    status, report, _ = told(capsys, text(tmp_path / "s.csv", STATE, columns=tuple(STATE)))
    about = f"kg:{name} is retired, and an id is never used again; give another name"
    assert (status, report[0]["outcome"], report[0]["about"]) == (1, "refused", about)


@pytest.mark.parametrize("column", ["kindOf", "Kind of"])
def test_a_property_of_the_ontology_is_a_column_in_any_spelling(here, capsys, tmp_path, column):
    (here / "data/terms").mkdir()
    row = STATE | {column: "muscle cramp | muscle tightness", "unexplained": "TRUE"}
    status, report, error = told(capsys, text(tmp_path / "s.csv", row, columns=tuple(row)), "--write")
    assert status == 0, (report, error)
    assert (status, report[0]["outcome"], "not read" in error) == (0, "new", False)
    block = next((here / "data/terms").iterdir()).read_text()
    assert "kg:kindOf kg:muscle-cramp , kg:muscle-tightness" in block
    assert "kg:unexplained true" in block


@pytest.mark.parametrize(
    ("column", "cell", "about"),
    [
        ("kindOf", "muscle cramp|no such", "no Thing is called 'no such'"),
        ("measuredBy", "muscle cramp", "no Biomarker is called 'muscle cramp'"),
        ("From age", "ten", "kg:fromAge is 'ten', not a decimal"),
        ("unexplained", "maybe", "kg:unexplained is 'maybe', not a boolean"),
    ],
)
def test_a_property_that_cannot_be_is_refused_with_its_cell(here, capsys, tmp_path, column, cell, about):
    row = STATE | {column: cell}
    status, report, _ = told(capsys, text(tmp_path / "s.csv", row, columns=tuple(row)))
    assert (status, report[0]["outcome"], report[0]["cell"]) == (1, "refused", "G2")
    assert about in report[0]["about"]


def test_the_sheet_of_terms_offers_the_properties_of_the_ontology(here, capsys, tmp_path):
    assert main(["import", "--template", "terms", "-o", str(tmp_path / "s.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    columns = [cell.value for cell in book["terms"][1]]
    assert columns[: len(TERMS)] == list(TERMS)
    assert {"kindOf", "unexplained", "drugClass"} <= set(columns[len(TERMS) :])
    assert book["terms"].cell(1, columns.index("unexplained") + 1).comment.text.startswith("true where no claim")
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["lists"].columns}
    assert lists["choices of unexplained"] == ["true", "false"]
    assert "muscle cramp" in lists["choices of kindOf"]


def test_a_misspelt_column_is_refused_and_another_is_noted(here, capsys, tmp_path):
    columns = ("Subject", "Relation", "OBJECT", "source", "Only  When", "my remarks")
    row = dict(zip(columns, ("lack of B12", "promotes", "muscle tightness", "Textbook", "strict vegan diet", "x"), strict=True))
    status, report, error = told(capsys, text(tmp_path / "s.csv", row, columns=columns))
    assert (status, report[0]["outcome"]) == (0, "new")
    assert error.startswith(f"kg: {tmp_path / 's.csv'}: columns that are not read: my_remarks\n")
    assert main(["import", text(tmp_path / "s.csv", row, columns=(*columns[:4], "locater"))]) == 2
    assert f"{tmp_path / 's.csv'}: cell E1: no column is called 'locater'; did you mean locator?" in capsys.readouterr().err
    assert main(["import", text(tmp_path / "t.csv", STATE, columns=(*STATE, "kindOff"))]) == 2
    assert f"{tmp_path / 't.csv'}: cell G1: no column is called 'kindoff'; did you mean kindOf?" in capsys.readouterr().err


def test_thousands_of_rows_take_seconds(here, capsys, tmp_path):
    rows = [NEW | {"note": f"note {number}"} for number in range(10_000)]
    status, report, _ = told(capsys, text(tmp_path / "s.csv", *rows))
    assert (status, len(report), {row["outcome"] for row in report}) == (0, 10_000, {"new"})


def test_a_row_that_went_out_is_known_by_its_mark():
    cells = dict.fromkeys(COLUMNS, "") | {"note": "a"}
    assert claim_rows.mark(cells) == claim_rows.mark(cells | {"exported": "x", "dose": " "})
    assert claim_rows.mark(cells) != claim_rows.mark(cells | {"dose": "a"})
    assert claim_rows.mark(cells)[0] == "x"  # what is all digits, or digits around an e, a spreadsheet makes a number of


def office() -> str:
    """LibreOffice; the continuous integration has it, elsewhere the test says why it does not run."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found and os.environ.get("CI"):
        pytest.fail("LibreOffice is missing; CI must have it")
    if not found:
        pytest.skip("no LibreOffice in PATH, in which the sheet is changed")
    return found


@pytest.mark.slow
def test_two_hundred_claims_changed_in_ten_rows_in_libreoffice_come_back_as_ten_changes(tmp_path):
    soffice = office()
    checkout = tmp_path / "checkout"
    for name in ("ontology", "data", "queries"):
        copy(name, checkout / name)
    lacks = ("vitamin B12", "iron", "magnesium", "vitamin D", "thiamine", "zinc", "copper", "potassium", "folate")
    about = [word for name in lacks for word in ("--about", f"{name} deficiency")]
    assert kg("import", "--template", "claims", "--filled", "-o", "sheet.xlsx", *about, cwd=checkout)[0] == 0

    def converted(source: str, to: str) -> None:
        command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", to, source]
        subprocess.run(command, cwd=checkout, check=True, capture_output=True, timeout=120)

    converted("sheet.xlsx", "fods")
    flat = (checkout / "sheet.fods").read_text(encoding="utf-8")
    notes = re.findall(r"<text:p>([^<:_]{30,}\.)</text:p>", flat)
    once = [note for note in dict.fromkeys(notes) if flat.count(f"<text:p>{note}</text:p>") == 1][::5][:10]
    for note in once:
        flat = flat.replace(f"<text:p>{note}</text:p>", f"<text:p>{note} Read again.</text:p>")
    (checkout / "sheet.fods").write_text(flat, encoding="utf-8")
    converted("sheet.fods", "xlsx")
    status, report, error = kg("import", "sheet.xlsx", "--write", "--format", "csv", cwd=checkout)
    changes = [row for row in csv.DictReader(report.splitlines()) if row["outcome"] != "already there"]
    assert (status, [row["outcome"] for row in changes]) == (0, ["changed"] * 10), error
    assert all(row["about"].endswith(" Read again.") for row in changes)
    assert len({row["record"] for row in csv.DictReader(report.splitlines())}) >= 200
    written = "".join(path.read_text(encoding="utf-8") for path in (checkout / "data/claims").iterdir())
    assert written.count(" Read again.") == 10


@pytest.mark.parametrize("written", ["export csv -o out.csv", "import --template claims --filled -o out.csv"])
def test_a_table_from_before_a_rename_is_there_already(repository, written):
    assert kg(*shlex.split(written), "--source", ".", cwd=repository)[0] == 0
    assert kg("rename", "muscle cramp", "leg cramp", "--write", cwd=repository)[0] == 0
    before = {path: path.read_bytes() for path in (repository / "data").rglob("*.ttl")}
    status, told, _ = kg("import", "out.csv", "--write", cwd=repository)
    assert (status, " new " in told, "refused" in told) == (0, False, False), told
    assert {path: path.read_bytes() for path in (repository / "data").rglob("*.ttl")} == before


def test_what_r_writes_into_empty_cells_is_told_as_such(repository):
    assert kg("export", "csv", "-o", "out.csv", "--source", ".", cwd=repository)[0] == 0
    with (repository / "out.csv").open(newline="") as file:
        rows = [[cell or "NA" for cell in row] for row in csv.reader(file)]
    with (repository / "out.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    status, told, _ = kg("import", "out.csv", "--format", "json", cwd=repository)
    assert status == 1
    assert "'NA' is how R and pandas write an empty cell; leave it empty" in told
