"""Two people's additions come together without a conflict that is none; what both changed to different ends still is one."""

import csv
import io
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.authoring import placement
from kg.authoring.record_merge import turtle
from kg.authoring.table_merge import table
from kg.cli import main
from kg.graph import connect
from tests.command import kg

ROOT = Path(__file__).parent.parent
HEAD = "@prefix kg: <https://w3id.org/nutrition-kg/> .\n\n"
BASE = (
    HEAD
    + """kg:b a kg:Sign ;
    rdfs:label "b"@en ;
    kg:note "x" ;
    kg:evidence [ kg:source source:one ; kg:stance kg:supports ] .

kg:y a kg:Sign ;
    rdfs:label "y"@en .
"""
).replace(
    "@prefix", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix source: <https://w3id.org/x/> .\n@prefix", 1
)


def joined(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[str]]:
    merged = turtle(base.encode(), ours.encode(), theirs.encode(), "x.ttl")
    return merged.text, merged.conflicts


def with_block(text: str, block: str) -> str:
    return placement.with_blocks(text, [block])


NEW = 'kg:{} a kg:Sign ;\n    rdfs:label "{}"@en ;\n    kg:note "same" .\n'


def test_two_additions_at_one_place_stand_one_after_the_other():
    ours, theirs = with_block(BASE, NEW.format("d", "d")), with_block(BASE, NEW.format("c", "c"))
    both = with_block(ours, NEW.format("c", "c"))
    assert joined(ours, theirs) == (both, [])
    assert joined(theirs, ours) == (both, [])


def test_lines_of_evidence_of_both_sides_stay():
    line = "    kg:evidence [ kg:source source:one ; kg:stance kg:supports ] ."
    mine, yours = (
        line.replace(" .", f" ;\n    kg:evidence [ kg:source source:{name} ; kg:stance kg:disputes ] .") for name in "pq"
    )
    text, conflicts = joined(BASE.replace(line, mine), BASE.replace(line, yours))
    assert conflicts == []
    assert [one.split("source:")[1].split(" ")[0] for one in text.splitlines() if "kg:evidence" in one] == ["one", "p", "q"]


def test_different_properties_of_one_record_come_together():
    ours, theirs = BASE.replace('kg:note "x"', 'kg:note "z"'), BASE.replace('"y"@en', '"yy"@en')
    assert joined(ours, theirs) == (ours.replace('"y"@en', '"yy"@en'), [])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (('kg:note "x"', 'kg:note "one"'), ('kg:note "x"', 'kg:note "two"')),
        (
            ("source:one ; kg:stance kg:supports", "source:one ; kg:stance kg:mixed"),
            ("source:one ; kg:stance kg:supports", "source:one ; kg:stance kg:disputes"),
        ),
    ],
)
def test_what_both_changed_to_different_ends_is_a_conflict_of_that_record(ours, theirs):
    text, conflicts = joined(BASE.replace(*ours), BASE.replace(*theirs))
    assert conflicts == ["kg:b"]
    assert (text.count("<<<<<<< ours\nkg:b "), text.count("=======\nkg:b "), text.count(">>>>>>> theirs\n")) == (1, 1, 1)
    assert text.endswith('kg:y a kg:Sign ;\n    rdfs:label "y"@en .\n')


def test_what_one_took_out_and_the_other_changed_is_a_conflict():
    gone = placement.rewritten(BASE, {"kg:b": ""})
    assert joined(gone, BASE.replace('"x"', '"z"'))[1] == ["kg:b"]
    assert joined(gone, BASE.replace('"y"@en', '"yy"@en')) == (gone.replace('"y"@en', '"yy"@en'), [])


def test_the_same_change_on_both_sides_is_none():
    ours = with_block(BASE.replace('"x"', '"z"'), NEW.format("c", "c"))
    assert joined(ours, ours) == (ours, [])


def test_rows_of_both_sides_stay_in_order():
    base = "id\tlabel\na\t1\nz\t9\n"
    merged = table(base, "id\tlabel\na\t1\nc\t3\nz\t9\n", "id\tlabel\na\t1\nb\t2\nd\t4\nz\t9\n")
    assert (merged.text, merged.conflicts) == ("id\tlabel\na\t1\nb\t2\nc\t3\nd\t4\nz\t9\n", [])
    merged = table(base, "id\tlabel\na\t1\n", "id\tlabel\na\t2\nz\t9\n")
    assert (merged.text, merged.conflicts) == ("id\tlabel\na\t2\n", [])
    merged = table(base, "id\tlabel\na\t3\nz\t9\n", "id\tlabel\na\t2\nz\t9\n")
    assert merged.conflicts == ["a"]
    assert merged.text == "id\tlabel\n<<<<<<< ours\na\t3\n=======\na\t2\n>>>>>>> theirs\nz\t9\n"


WIDE = "food\tnutrient\tamount\tunit\nx\tiron\t1\tmg\nx\tzinc\t2\tmg\ny\tiron\t3\tmg\n"
IRON, ZINC = "x\tiron\t1\tmg\n", "x\tzinc\t2\tmg\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        ((IRON, "x\tiron\t9\tmg\n"), (IRON, "x\tiron\t1\tug\n"), (IRON, "x\tiron\t9\tug\n")),  # two cells of one row
        ((IRON, "x\tiron\t9\tmg\n"), (IRON, "w\tiron\t1\tmg\n"), (IRON, "w\tiron\t9\tmg\n")),  # one side gave it another id
        ((IRON, "x\tiron\t9\tmg\n"), (ZINC, "x\tzinc\t8\tmg\n"), (IRON + ZINC, "x\tiron\t9\tmg\nx\tzinc\t8\tmg\n")),
        ((IRON, ""), (ZINC, "x\tzinc\t8\tmg\n"), (IRON + ZINC, "x\tzinc\t8\tmg\n")),
        ((IRON, ""), (IRON, ""), (IRON, "")),
    ],
)
def test_changes_of_rows_and_cells_come_together(ours, theirs, result):
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = table(WIDE, WIDE.replace(*one), WIDE.replace(*other))
        assert (merged.text, merged.conflicts) == (WIDE.replace(*result), [])


def test_a_row_that_one_took_out_and_the_other_changed_is_a_conflict():
    changed, marks = "x\tiron\t9\tmg\n", "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n"
    gone, kept = WIDE.replace(IRON, ""), WIDE.replace(IRON, changed)
    assert table(WIDE, gone, kept).text == WIDE.replace(IRON, marks.format("", changed))
    assert table(WIDE, kept, gone).text == WIDE.replace(IRON, marks.format(changed, ""))
    assert table(WIDE, kept, gone).conflicts == ["x"]


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(["git", *person, *words], cwd=folder, env=environment, capture_output=True, text=True, check=check)


def clone(folder: Path) -> Path:
    """The data of the repository under git, with the driver installed as a newcomer does it."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / ".gitattributes", folder / ".gitattributes")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    status, out, _ = kg("merge-driver", "--install", cwd=folder)
    assert (status, out) == (0, "from now on git merges the files of records by record in this clone\n")
    assert sys.executable in git(folder, "config", "merge.kg.driver").stdout
    return folder


@pytest.mark.slow
def test_two_branches_of_random_additions_merge_without_a_conflict(tmp_path):
    folder = clone(tmp_path)
    graph = connect(folder)
    chance = random.Random(20)
    states = sorted(graph.causal().states.values(), key=lambda state: state.label)
    cause = next(state for state in states if state.label == "copper deficiency")
    free = [
        state.label for state in states if not any(claim.effect == state.iri for claim in graph.causal().out.get(cause.iri, ()))
    ]
    labels = chance.sample(sorted(set(free) - {"copper deficiency"}), 8)
    for branch, effects in (("one", labels[::2]), ("two", labels[1::2])):  # of one nutrient, so that neighbours meet
        git(folder, "checkout", "-q", "-b", branch, "main")
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(["subject", "relation", "object", "source", "note"])
        writer.writerows(
            ["copper deficiency", "promotes", effect, "source:visualdx-copper-deficiency", "A test."] for effect in effects
        )
        (tmp_path / "new.csv").write_text(buffer.getvalue(), encoding="utf-8")
        _, _, error = kg("import", "new.csv", "--write", "--skip-refused", cwd=folder)
        assert "written to data/claims/" in error, error
        (tmp_path / "new.csv").unlink()
        path = folder / "data/tables/ontology_terms.tsv"
        rows = path.read_text(encoding="utf-8").splitlines()
        rows += [f"HP:99{chance.randrange(99999):05}\t{branch} {number}\tHP\tHPO 2026-02-16" for number in range(4)]
        path.write_text("\n".join([rows[0], *sorted(rows[1:])]) + "\n", encoding="utf-8")
        git(folder, "commit", "-qam", branch)
    merged = git(folder, "merge", "one", check=False)
    assert merged.returncode == 0, merged.stdout + merged.stderr
    text = (folder / "data/claims/copper.ttl").read_text(encoding="utf-8")
    names = [block.name for block in placement.blocks(text)]
    assert names == sorted(names)
    assert (
        text.count('kg:note "A test."')
        == sum(path.read_text().count('kg:note "A test."') for path in (folder / "data/claims").iterdir())
        == 8
    )
    assert kg("format", "--check", cwd=folder)[:2] == (0, "")
    assert (folder / "data/tables/ontology_terms.tsv").read_text().count("HP:99") == 8
    problems = kg("validate", cwd=folder)[1]
    assert "conflict" not in problems
    assert "told twice" not in problems


def test_a_conflict_that_is_one_is_told_by_git_and_by_kg_validate(repository, monkeypatch, capsys):
    monkeypatch.chdir(repository)
    shutil.copy(ROOT / ".gitattributes", repository / ".gitattributes")
    git(repository, "init", "-q", "-b", "main")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "base")
    assert main(["merge-driver", "--install"]) == 0
    text = (repository / "data/small.ttl").read_text()
    for branch, words in (("one", "months"), ("two", "weeks")):
        git(repository, "checkout", "-q", "-b", branch, "main")
        (repository / "data/small.ttl").write_text(text.replace('kg:onset "years"', f'kg:onset "{words}"'))
        git(repository, "commit", "-qam", branch)
    done = git(repository, "merge", "one", check=False)
    name = "claim:vitamin-b12-deficiency_promotes_impaired-myelin-maintenance"
    assert done.returncode == 1
    assert f"kg: data/small.ttl: {name}: both sides changed it; keep one between the markers" in done.stdout + done.stderr
    capsys.readouterr()
    main(["validate", "--quiet"])
    assert "conflict markers of a merge" in capsys.readouterr().out


@pytest.mark.parametrize(
    "path", ["data/small.ttl", "data/tables/foods.tsv", "ontology/mappings.sssom.tsv", "queries/questions/causes_of.rq"]
)
def test_markers_are_told_in_every_kind_of_file(repository, monkeypatch, capsys, path):
    monkeypatch.chdir(repository)
    text = (repository / path).read_text()
    (repository / path).write_text(text + "<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n")
    assert main(["validate", "--quiet"]) == 1
    assert (
        f"{path}:{text.count(chr(10)) + 1}: conflict markers of a merge. Keep one side and delete the markers"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "git calls this command itself; install it with kg merge-driver --install"),
        (["--install", "x"], "--install takes no files; leave them out"),
        (["a", "b", "c", "d.ttl"], "a: No such file or directory"),
    ],
)
def test_wrong_use_is_one_line(tmp_path, monkeypatch, capsys, words, complaint):
    monkeypatch.chdir(tmp_path)
    assert main(["merge-driver", *words]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n"), complaint in error) == ("", 1, True)


def test_what_is_no_turtle_is_merged_line_by_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("base", "one\ntwo\nthree\n"), ("ours", "one!\ntwo\nthree\n"), ("theirs", "one\ntwo\nthree!\n")):
        (tmp_path / name).write_text(text)
    assert main(["merge-driver", "base", "ours", "theirs", "x.ttl"]) == 0
    assert (tmp_path / "ours").read_text() == "one!\ntwo\nthree!\n"
