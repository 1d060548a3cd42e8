"""On a terminal kg explain asks back what it does not understand; in a pipe it never waits, and it never guesses."""

import io
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.cli import ask_back
from kg.grounding.resolve import nearest_terms
from tests.command import kg as called

ROOT = Path(__file__).parent.parent


def said(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.mark.parametrize(
    ("typed", "meant"), [("1\n", ["paraesthesia"]), ("tingling\n", ["tingling"]), ("\n", []), ("", []), ("99\n", ["99"])]
)
def test_a_number_picks_words_replace_and_enter_leaves_out(real, monkeypatch, capsys, typed, meant):
    said(monkeypatch, typed)
    assert ask_back.put_right(real, ["paresthsia"], ["paresthsia"]) == meant
    assert "'paresthsia' is not understood\n  1 paraesthesia\n" in capsys.readouterr().err


def test_what_was_understood_is_not_asked(real, monkeypatch):
    said(monkeypatch, "")
    assert ask_back.put_right(real, ["fatigue"], []) == ["fatigue"]


def test_a_pipe_is_never_asked(tmp_path):
    code, _, err = called("explain", "paresthsia", cwd=tmp_path, said="1\n")
    assert code == 2
    assert "nearest: paraesthesia" in err


def test_a_terminal_is_asked(tmp_path):
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "kg", "explain", "fatgiue", "--top", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.Popen(
        command, cwd=tmp_path, stdin=slave, stderr=slave, stdout=subprocess.PIPE, text=True, env=environment
    )
    os.close(slave)
    seen, until = "", time.monotonic() + 60
    while "leave it out" not in seen and time.monotonic() < until:
        if select.select([master], [], [], 1)[0]:
            seen += os.read(master, 1000).decode()
    os.write(master, b"1\n")
    out, _ = done.communicate(timeout=60)
    os.close(master)
    assert done.returncode == 0
    assert "explains fatigue" in out or "is what was found: fatigue" in out


@pytest.mark.parametrize("phrase", ["INR 4", "albuminn 20", "MCVV 112", "ferritinn 900"])
def test_beside_a_number_no_direction_is_suggested(real, phrase):
    names = " ".join(nearest_terms(real.rows, phrase, "State"))
    assert not {"low", "high", "raised", "prolonged"} & set(names.split())


def test_a_number_that_cannot_be_read_says_how_to_write_it(tmp_path):
    code, _, err = called("explain", "PTT 90", cwd=tmp_path)
    assert code == 2
    assert "write 'PTT: high' or 'PTT: low'" in err
