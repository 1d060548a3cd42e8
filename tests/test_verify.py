"""Readings held against texts of our own: found again, moved, changed, not at hand; and records that are wrong."""

import json
from pathlib import Path

import pytest

from kg.build import readings
from kg.build.cells import Cells
from kg.build.store import build_graph
from kg.checks import validate
from kg.checks.passages import find, passage_hash, words
from kg.checks.verify import Outcome, Texts, by_source, verify
from kg.cli import main
from kg.errors import DataError
from kg.rdf.namespaces import KG
from tests.command import kg

TEXT = "<p>Low magnesium.</p> <p>A person short of magnesium may have muscle cramps at night.</p>"
ADDRESS = "https://github.com/owner/book/blob/0123abc/chapters/magnesium.xml"
WORDS = words(TEXT, markup=True)
LINE = "magnesium-deficiency_promotes_muscle-cramp_textbook"


def row(**cells: str) -> dict[str, str]:
    told = dict.fromkeys(readings.COLUMNS, "") | {"line": LINE, "reader": "a reader", "on": "2026-11-29", "ends": "both"}
    told |= {"text": ADDRESS, "start": "5", "length": "6", "hash": passage_hash(WORDS[5:11]), "verdict": "supports"}
    return told | cells


def texts(folder: Path, text: str = TEXT, place: str = "owner/book/chapters") -> Texts:
    (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / place / "magnesium.xml").write_text(text, encoding="utf-8")
    return Texts(str(folder))


def outcome(held: Texts, *rows: dict[str, str], names: tuple[bool, bool] = (True, True)) -> Outcome:
    cells = [Cells("readings.tsv", number, told) for number, told in enumerate(rows, 2)]
    (found,) = verify(cells, [LINE], held, lambda line, column, word: names)
    return found


@pytest.mark.parametrize("place", ["owner/book/chapters", "book/chapters", "."])
def test_a_passage_is_found_again_where_it_was(tmp_path, place):
    assert outcome(texts(tmp_path, place=place), row()) == Outcome(LINE, "found again", ["supports"])


def test_neither_typography_nor_markup_matters(tmp_path):
    text = TEXT.upper().replace("<P>", "<para id='7'>").replace("MUSCLE CRAMPS", "\n **muscle**&nbsp;cramps")
    assert outcome(texts(tmp_path, text), row()).outcome == "found again"


def test_a_passage_that_moved_is_found_by_its_hash(tmp_path):
    assert outcome(texts(tmp_path, "<p>A new introduction.</p>" + TEXT), row()) == Outcome(LINE, "moved", ["supports"])


def test_a_stale_hash_is_one_line_with_its_place(tmp_path):
    found = outcome(texts(tmp_path, TEXT.replace("may have", "never has")), row())
    assert found.outcome == "changed"
    assert found.problems == [f"readings.tsv:2: {LINE}: the passage is no longer in {ADDRESS}; read it again"]


@pytest.mark.parametrize("folder", [None, "."])
def test_a_text_that_is_not_there_is_no_fault(tmp_path, folder):
    assert outcome(Texts(folder and str(tmp_path)), row()) == Outcome(LINE, "not at hand", ["supports"])


def test_an_address_leads_nowhere_out_of_the_folder(tmp_path):
    (tmp_path / "secret.xml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    held = Texts(str(tmp_path / "texts"))
    assert held.words("https://github.com/a/b/blob/c/../../../secret.xml") is None


def test_a_line_that_nobody_read_and_one_that_nobody_found():
    assert outcome(Texts(None)) == Outcome(LINE, "not read")
    nowhere = row(text="", start="", length="", hash="", verdict="notFound", ends="none")
    assert outcome(Texts(None), nowhere) == Outcome(LINE, "not found by a reader", ["notFound"])


def test_readers_who_disagree_are_one_line(tmp_path):
    found = outcome(texts(tmp_path), row(), row(reader="another", verdict="partly"), row(reader="a program", verdict="named"))
    assert found.problems == [f"readings.tsv:2: {LINE}: readers disagree (partly, supports); read it a third time"]
    assert found.verdicts == ["supports", "partly", "named"]


def test_who_has_not_found_the_text_disagrees_with_nobody(tmp_path):
    nowhere = row(reader="another", text="", start="", length="", hash="", verdict="notFound", ends="none")
    assert outcome(texts(tmp_path), row(), nowhere).problems == []


def test_our_own_readings_fit_our_own_lines(capsys):
    """No name that moved to another term is left in a reading as the name of the old one, and no two readers disagree."""
    assert main(["verify"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ((False, True), "'dysrhythmia' is not a name of this end of the claim; add the synonym, or file the line under the term that has it"),
        ((True, False), "'dysrhythmia' is also a name of another term; take the synonym from one of the two"),
    ],
)  # fmt: skip
def test_a_head_word_is_a_name_of_the_term_and_of_no_other(tmp_path, names, problem):
    assert outcome(texts(tmp_path), row(effect="dysrhythmia"), names=names).problems == [f"readings.tsv:2: {LINE}: {problem}"]


def test_a_reading_of_a_line_that_is_gone_is_told_and_nothing_else_lost(tmp_path):
    cells = [Cells("readings.tsv", 2, row(line="gone")), Cells("readings.tsv", 3, row())]
    first, second = verify(cells, [LINE], texts(tmp_path), lambda *asked: (True, True))
    assert first.outcome == "found again"
    assert second.problems == ["readings.tsv:2: gone: no such evidence line; delete the row or mend its name"]


def test_a_short_text_and_a_passage_longer_than_it():
    assert find(["one"], 0, 5, passage_hash(["two"])) is None
    assert find([], 3, 1, passage_hash(["two"])) is None


WRONG = {
    "a head word that is a quotation": ({"effect": "cramps of the calf"}, "effect holds 4 words; at most 3"),
    "a day that is none": ({"on": "29.11.2026"}, "on holds '29.11.2026'; write the day as year-month-day"),
    "a day of no calendar": ({"on": "2026-02-31"}, "on holds '2026-02-31'; write the day as year-month-day"),
    "an unknown verdict": ({"verdict": "yes"}, "verdict holds 'yes'; use one of contradicts, doesNot"),
    "a hash without its place": ({"start": ""}, "hash does not come with text, start, length and 64 hexadecimal digits"),
    "a hash that is none": ({"hash": "abc"}, "hash does not come with text"),
    "a hash without its text": ({"text": ""}, "hash does not come with text"),
    "no reader": ({"reader": ""}, "reader is empty; fill it in or delete the row"),
    "a title for the address of the text": (
        {"text": "Notes on alkalosis (copy)"},
        "text holds 'Notes on alkalosis (copy)', which is no address; write one that begins with https://, or none",
    ),
    "an unknown kind of passage": ({"passage": "rumour"}, "passage holds 'rumour'; use one of"),
}


def written(repository: Path, *rows: dict[str, str]) -> Path:
    path = repository / "data" / "verification" / "small.tsv"
    path.parent.mkdir(exist_ok=True)
    lines = ["\t".join(readings.COLUMNS), *("\t".join(told[name] for name in readings.COLUMNS) for told in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", WRONG)
def test_a_row_that_cannot_be_is_one_problem_of_validate(repository, name):
    cells, complaint = WRONG[name]
    path = written(repository, row(), row(**cells))
    (problem,) = validate(str(repository))
    assert (problem.file.endswith("small.tsv"), problem.line) == (True, 3)
    assert complaint in f"{problem.problem}; {problem.fix}"
    with pytest.raises(DataError, match=f"{path.name}:3: "):
        list(readings.read(str(repository)))


def test_readings_are_records_of_the_graph_and_those_of_lines_that_are_gone_are_not(repository):
    store = build_graph(str(repository))
    query = f"PREFIX kg: <{KG}> SELECT ?line {{ ?line a kg:EvidenceLine }} ORDER BY ?line LIMIT 1"
    line = next(iter(store.query(query)))["line"].value
    written(repository, row(line=line.removeprefix(KG + "evidence/"), effect="cramps"), row(line="gone"))
    asked = f"PREFIX kg: <{KG}> SELECT * {{ ?r a kg:Reading ; kg:readingOf ?line ; kg:found ?f ; kg:wordForEffect ?e ; kg:readText ?t }}"
    (found,) = build_graph(str(repository)).query(asked)
    assert [found[name].value for name in ("line", "f", "e", "t")] == [line, "supports", "cramps", ADDRESS]


def test_the_command_tells_each_line_of_a_claim(tmp_path):
    status, out, err = kg("verify", "hypokalemia_promotes_muscle-weakness", "--format", "json", cwd=tmp_path)
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert {one["outcome"] for one in told["lines"]} <= {"not at hand", "not found by a reader", "not read", "not public"}
    assert sum(told["counts"].values()) == len(told["lines"]) > 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["no-such-claim"], "no-such-claim: no claim of that name has evidence"),
        (["--texts", "nowhere"], "nowhere: no such folder; name the folder that contains the texts"),
        (["--format", "csv"], "--format csv: kg verify writes text, json; choose one"),
    ],
)
def test_what_cannot_be_verified_is_one_line(arguments, complaint, tmp_path):
    status, _, err = kg("verify", *arguments, cwd=tmp_path)
    assert (status != 0, err.count("\n")) == (True, 1)
    assert complaint in err


def test_outcomes_are_counted_for_each_source_those_with_most_lines_first():
    found = [Outcome("a", "found again"), Outcome("b", "not read"), Outcome("c", "found again"), Outcome("gone", "not read")]
    assert by_source(found, {"a": "book", "b": "leaflet", "c": "book"}) == {
        "book": {"found again": 2},
        "leaflet": {"not read": 1},
    }


def test_a_line_whose_source_has_no_address_is_not_public_until_somebody_reads_it(tmp_path):
    names = (True, True)
    (unread,) = verify([], [LINE], Texts(None), lambda *asked: names, {LINE})
    (held,) = verify([Cells("readings.tsv", 2, row())], [LINE], texts(tmp_path), lambda *asked: names, {LINE})
    assert (unread.outcome, held.outcome) == ("not public", "found again")


def test_a_place_that_a_program_notes_is_no_reading_of_its_own(tmp_path):
    """Words of both ends lie there, and a reader has held the line against the text: it is found again, and nobody disagrees."""
    said = row(text=ADDRESS, start="", length="", hash="")
    found = outcome(texts(tmp_path), said, row(reader="words-in-passage-1", verdict="placed"))
    assert found == Outcome(LINE, "found again", ["supports", "placed"])


NOTES = """@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix claim: <https://w3id.org/nutrition-kg/claim/> .
@prefix source: <https://w3id.org/nutrition-kg/source/> .
claim:hypomagnesemia_promotes_muscle-cramp kg:evidence [ kg:source source:textbook ; kg:stance kg:supports %s ; kg:note "%s" ] .
"""


@pytest.mark.parametrize(
    ("note", "more", "told"),
    [
        ("Under the name muscle tightness.", "", 1),  # another state
        ("Under the names muscle tightness and magnesium deficiency.", "", 1),
        ("Under the name charley horses.", "", 0),  # the term's own, in another form
        ("Under the names cramps and muscle tightness.", "", 0),  # a name that nothing bears may be the term's
        ("Under the name muscle tightness or charley horse.", "", 0),
        ("Under the name muscle tightness.", "; kg:directness kg:indirect", 0),
        ("Muscle tightness as well.", "", 0),
    ],
)
def test_a_note_that_names_another_state_is_a_problem_of_a_direct_line(repository, note, more, told):
    (repository / "data" / "notes.ttl").write_text(NOTES % (more, note), encoding="utf-8")
    found = [str(problem) for problem in validate(str(repository)) if "another state" in problem.problem]
    assert len(found) == told
    assert all("claim:hypomagnesemia_promotes_muscle-cramp: a note says that textbook speaks of" in one for one in found)
