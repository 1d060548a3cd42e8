"""kg validate remembers what has no problem, and --watch checks again after each change."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.checks import known, validate
from kg.cli.watching import Watch
from tests.command import ROOT

GOOD = "kg:muscle-cramp"


@pytest.fixture
def own_memory(tmp_path, monkeypatch) -> Path:
    """A cache in which nothing is remembered yet."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "validated.txt"


class Counted:
    """The checks, and how often they ran."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, root, only):
        self.runs += 1
        return validate(root, only)


def test_a_state_without_a_problem_is_checked_once(repository, own_memory):
    check, root = Counted(), str(repository)
    assert [known.validate_unless_known(check, root) for _ in range(3)] == [[], [], []]
    assert check.runs == 1
    one = str(repository / "data" / "small.ttl")
    assert known.validate_unless_known(check, root, [one]) == []
    assert check.runs == 1  # where the whole has no problem, no file has
    assert known.validate_unless_known(check, root, use_cache=False) == []
    assert check.runs == 2


def test_problems_are_never_remembered(repository, own_memory):
    path = repository / "data" / "small.ttl"
    path.write_text(path.read_text().replace(GOOD, "kg:muscle-crmap", 1))
    check = Counted()
    found = [known.validate_unless_known(check, str(repository)) for _ in range(2)]
    assert found[0] == found[1] == validate(str(repository)) != []
    assert check.runs == 2
    assert not own_memory.exists()


def change_query(root: Path) -> None:
    path = root / "queries" / "checks" / "no_self_loop.rq"
    path.write_text(path.read_text() + "# a comment\n")


def add_table(root: Path) -> None:
    (root / "data" / "languages").mkdir(exist_ok=True)
    (root / "data" / "languages" / "de.tsv").write_text("id\n")


def remove_file(root: Path) -> None:
    next((root / "queries" / "questions").glob("*.rq")).unlink()


def rename_file(root: Path) -> None:
    (root / "data" / "small.ttl").rename(root / "data" / "smaller.ttl")


def cite(root: Path) -> None:
    (root / "CITATION.cff").write_text("authors: []\n")


@pytest.mark.parametrize("change", [change_query, add_table, remove_file, rename_file, cite])
def test_whatever_a_check_can_read_makes_another_state(repository, change):
    before = known.hash_states(str(repository))
    assert known.hash_states(str(repository)) == before
    change(repository)
    assert known.hash_states(str(repository)) != before


def test_a_copy_elsewhere_is_the_same_state_and_a_draft_another(repository, tmp_path):
    shutil.copytree(repository, tmp_path / "copy")
    assert known.hash_states(str(repository)) == known.hash_states(str(tmp_path / "copy"))
    draft = tmp_path / "draft.ttl"
    draft.write_text("")
    of_draft = known.hash_states(str(repository), [str(draft)])
    assert len(of_draft) == 1
    draft.write_text("# more\n")
    assert known.hash_states(str(repository), [str(draft)]) != of_draft


def test_random_edits_give_what_a_whole_run_gives(repository, own_memory):
    """Lines are taken out, doubled and misspelt, and half of the edits are undone: the memory never hides or adds a problem."""
    chance = random.Random(20)
    files = [*repository.glob("data/**/*.ttl"), *repository.glob("queries/checks/*.rq")]
    outcomes = set()
    for _ in range(10):
        path = chance.choice(files)
        before = path.read_text()
        lines = before.splitlines(keepends=True)
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(["", lines[at] * 2, lines[at].replace("e", "ee", 1), lines[at] + "# said\n"])
        path.write_text("".join(lines))
        only = chance.choice([[], [str(path)]])
        whole = validate(str(repository), only)
        assert known.validate_unless_known(validate, str(repository), only) == whole
        outcomes.add(bool(whole))
        if chance.random() < 0.8:
            path.write_text(before)
    assert outcomes == {True, False}


@pytest.mark.parametrize("content", ["", "another program's\n", "\x00\xff", "kg validate: states without a problem, 0\nabc\n"])
def test_a_foreign_memory_is_reported_once_and_written_again(repository, own_memory, capsys, content):
    own_memory.parent.mkdir()
    own_memory.write_text(content, encoding="latin-1")
    check = Counted()
    assert [known.validate_unless_known(check, str(repository)) for _ in range(2)] == [[], []]
    assert check.runs == 1
    assert capsys.readouterr().err == f"kg: {own_memory}: not a list of kg validate; it is written again\n"


def test_without_a_cache_everything_is_checked(repository, monkeypatch):
    monkeypatch.setenv("KG_CACHE", os.devnull)
    check = Counted()
    assert [known.validate_unless_known(check, str(repository)) for _ in range(2)] == [[], []]
    assert check.runs == 2


def test_the_oldest_states_are_forgotten(repository, own_memory, monkeypatch):
    monkeypatch.setattr(known, "KEPT", 2)
    for number in range(3):
        (repository / "data" / "more.ttl").write_text(f"# {number}\n")
        assert known.validate_unless_known(validate, str(repository)) == []
    assert len(own_memory.read_text().splitlines()) == 3  # the head and two states


def test_a_watch_names_what_changed_came_and_went(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    watch = Watch(lambda: [str(one), str(two)], interval=0.01)
    two.write_text("2")
    one.unlink()
    assert watch.wait() == [str(one), str(two)]
    one.write_text("back")
    assert watch.wait() == [str(one)]


class Watching:
    """``kg validate --watch`` in a process of its own, and what it prints on both outputs."""

    def __init__(self, root: Path, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "kg", "--source", ".", "validate", "--watch", *words]
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def read_block(self) -> str:
        """The lines up to the one that counts the problems."""
        lines = []
        while not lines or not re.match(r"\d+ problems? in |kg: ", lines[-1]):
            line = self.process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line)
        return re.sub(r"\d\d:\d\d:\d\d", "TIME", "".join(lines[:-1])) + lines[-1].partition(" in ")[0].rstrip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_watching_prints_one_block_for_each_change_and_ends_on_ctrl_c(repository):
    path = repository / "data" / "small.ttl"
    good = path.read_text()
    watching = Watching(repository, str(path))
    try:
        assert watching.read_block() == "0 problems"
        path.write_text(good.replace("kg:effect kg:muscle-cramp", "kg:effect kg:muscle-crmap", 1))
        found = watching.read_block()
        assert found.startswith("\nTIME data/small.ttl changed\ndata/small.ttl:")
        assert "kg:muscle-crmap is used and declared nowhere. Did you mean kg:muscle-cramp?" in found
        path.unlink()
        assert watching.read_block() == (
            f"\nTIME data/small.ttl changed\nkg: {path}: No such file or directory; check the path and its permissions"
        )
        path.write_text(good)
        assert watching.read_block() == "\nTIME data/small.ttl changed\n0 problems"
        watching.process.send_signal(signal.SIGINT)
        assert watching.process.wait(10) == 130
    finally:
        watching.process.kill()
        rest = watching.process.stdout.read()
        watching.process.stdout.close()
    assert "Traceback" not in rest
