"""kg completion, asked by the shells that are there."""

import os
import shutil
import subprocess
import sys

import pytest

from kg.cli import COMMANDS
from kg.cli.completion import SHELLS, commands
from kg.sparql import library


def script(shell: str) -> str:
    return SHELLS[shell](commands())


def completed(*words: str) -> list[str]:
    """What bash offers for a line that ends in the last word."""
    line = f"""COMP_WORDS=(kg {" ".join(f"'{word}'" for word in words)}); COMP_CWORD={len(words)}; _kg; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(
        ["bash", "--norc", "-c", script("bash") + line], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stderr == ""
    return done.stdout.split()


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["comp"], ["compare", "completion"]),
        (["exp"], ["explain", "export"]),
        ([""], list(COMMANDS)),
        (["--source", "x.ttl", "exp"], ["explain", "export"]),
        (["--qui"], ["--quiet"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["export", "gra"], ["graphml"]),
        (["export", "--i"], ["--ids"]),
        (["--format", "json", "export", "--i"], ["--ids"]),
        (["query", "foods_ri"], ["foods_richest_in"]),
        (["paths", "--max"], ["--max-steps"]),
        (["serve", "--public"], ["--public-url"]),
        (["nothing", "-"], []),
    ],
)
def test_bash_offers_what_may_follow(words, offered):
    assert completed(*words) == offered


@needs_bash
def test_bash_offers_files_where_a_file_is_wanted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.ttl").write_text("")
    assert completed("--source", "gra") == ["graph.ttl"]
    assert completed("export", "nt", "-o", "gra") == ["graph.ttl"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_that_is_there_reads_its_completion(shell, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    path = tmp_path / "completion"
    path.write_text(script(shell))
    done = subprocess.run([shell, "-n", str(path)], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_with_its_options_and_every_question_is_there(shell):
    text = script(shell)
    assert all(name in text for name in (*COMMANDS, *library.names(), "max-steps", "public-url"))
    assert "/tmp" not in text


@pytest.mark.parametrize("shell", ["powershell", "", "BASH"])
def test_another_shell_is_told_which_there_are(shell):
    command = [sys.executable, "-m", "kg", "completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"kg: {shell}: no completion for this shell; choose one of bash, zsh, fish\n"
