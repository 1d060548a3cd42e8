"""A temporary folder without room is named, with the way out; the command fails and writes nothing."""

import os
import resource
import subprocess
import sys
import tempfile
from contextlib import contextmanager

import pytest

from kg.errors import EngineError
from kg.rdf.scratch import Scratch
from tests import command

#: So many bytes a file may hold here: more than what a command says, less than what it puts aside.
ROOM = 20_000


@contextmanager
def little_room():
    """No file of this process may grow beyond ROOM: the nearest thing to a full disk that needs no disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_scratch_file_is_read_as_it_was_written():
    for in_memory in (0, 3, 1000):
        with Scratch(in_memory) as file:
            file.writelines([b"one\n", b"two\n"])
            assert file.write(b"three\n") == 6
            file.seek(0)
            assert (file.readline(), list(file)) == (b"one\n", [b"two\n", b"three\n"])


@pytest.mark.parametrize("in_memory", [0, 3])
@pytest.mark.parametrize("write", ["write", "writelines"])
def test_a_folder_without_room_is_named(in_memory, write):
    content = {"write": bytes(100_000), "writelines": [bytes(9_000)] * 9}[write]
    with little_room(), Scratch(in_memory) as file, pytest.raises(EngineError) as told:
        getattr(file, write)(content)
    assert str(told.value) == f"temporary folder {tempfile.gettempdir()}: File too large; set TMPDIR to a folder with room"


def test_no_folder_at_all_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "missing")])
    with pytest.raises(
        EngineError, match=r"^temporary files: No usable temporary directory found in .*; set TMPDIR to a folder"
    ):
        Scratch()


@pytest.mark.parametrize(
    "words",
    [
        "export nt -o out.nt",
        "export ttl",
        "export rdf12 -o out.ttl",
        "export trig",
        "build -o graph",
        "diff {0} {0}",
    ],
)
def test_a_command_that_finds_no_room_fails_in_one_line(repository, tmp_path, monkeypatch, words):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "here").mkdir()
    command.kg("--source", str(repository), "query", "contents", cwd=tmp_path)  # the store lies in the cache from now on
    call = ["--source", str(repository), *words.format(repository).split()]
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM})); from kg import cli; exit(cli.main({call!r}))"
    done = subprocess.run(
        [sys.executable, "-c", limited],
        cwd=tmp_path / "here",
        env={**os.environ, "PYTHONPATH": str(command.ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        "",
        f"kg: temporary folder {tmp_path / 'temporary'}: File too large; set TMPDIR to a folder with room\n",
    )
    assert list((tmp_path / "here").iterdir()) == []
