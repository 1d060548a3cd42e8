"""kg completion, asked by the shells that are there."""

import os
import shutil
import subprocess
import sys

import pytest

from kg.cli import COMMANDS, main
from kg.cli.completion_names import names
from kg.cli.completion_shells import SHELLS
from kg.cli.completion_words import commands
from kg.sparql import library


def script(shell: str) -> str:
    return SHELLS[shell](commands())


def completed(*words: str) -> list[str]:
    """What bash offers for a line that ends in the last word, also to somebody whose words part at line breaks alone."""
    line = f"""IFS=$'\\n'; COMP_WORDS=(kg {" ".join(f"'{word}'" for word in words)}); COMP_CWORD={len(words)}; _kg; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(
        ["bash", "--norc", "-c", script("bash") + line], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stderr == ""
    return done.stdout.split()


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


#: Lines that end where a value is wanted, with what every shell offers.
VALUES = [
    (["term", "--format", ""], ["text", "json"]),
    (["validate", "--format", "s"], ["sarif"]),
    (["--format", "sv"], ["svg"]),
    (["query", "foods_richest_in", "--format", "js"], ["json", "jsonld"]),
    (["export", "ontology", "--as", ""], ["ttl", "owl", "obo"]),
    (["export", "kgx", "--ids", "m"], ["mapped"]),
    (["import", "--template", "t"], ["terms", "translations"]),
    (["plate", "--diet", "veg"], ["vegan", "vegetarian"]),
    (["--source", "x", "diff", "--format", "m"], ["md"]),
    (["serve", "--port", ""], []),
]


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
        (["query", "foods_richest_in", "--n"], ["--nutrient"]),
        (["query", "foods_richest_in", "foo"], []),
        *VALUES,
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


@needs_bash
def test_bash_parts_an_option_from_its_value_at_the_equals_sign():
    assert completed("term", "--format", "=", "j") == ["json"]
    assert completed("term", "--format", "=") == ["text", "json"]


#: What the functions of completion do in zsh, for a test: each prints what it was given.
_ZSH = """
compset() { PREFIX=${PREFIX#*=} }
compadd() { if [[ ${@[-1]} == found ]]; then print -rl -- $found; else shift; print -rl -- ${(M)@:#$PREFIX*}; fi }
_files() { }
line() { words=(kg "$@"); CURRENT=$#words; PREFIX=${@[-1]}; print -r -- ${(j: :)${(f)"$(_kg)"}:#} }
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_offers_the_values_of_options():
    asked = "\n".join("line " + " ".join(f"'{word}'" for word in words) for words, _ in VALUES)
    asked += "\nline term --format=j\nline query foods_richest_in --n"
    done = subprocess.run(
        ["zsh", "-f"], input=script("zsh") + _ZSH + asked, capture_output=True, text=True, check=True, timeout=30
    )
    offered = [line.split() for line in done.stdout.splitlines()]
    assert (offered, done.stderr) == ([*(values for _, values in VALUES), ["json"], ["--nutrient"]], "")


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_offers_the_values_of_options():
    lines = [" ".join(["kg", *words]) for words, _ in VALUES] + ["kg query foods_richest_in --n", "kg --format json exp"]
    asked = "".join(f'\necho (complete -C "{line}" | cut -f1)' for line in lines)
    done = subprocess.run(["fish", "-N"], input=script("fish") + asked, capture_output=True, text=True, check=True, timeout=60)
    offered = [sorted(line.split()) for line in done.stdout.splitlines()]
    wanted = [sorted(values) for _, values in VALUES] + [["--nutrient"], ["explain", "export"]]
    assert (offered, done.stderr) == (wanted, "")


@needs_bash
def test_bash_offers_the_names_of_the_graph_and_protects_their_blanks(tmp_path, monkeypatch):
    command = tmp_path / "kg"
    command.write_text('#!/bin/sh\nshift 2; printf \'%s\\n\' "of $1" "from $2"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert completed("term", "vita") == ["of\\", "term", "from\\", "vita"]
    assert completed("term", "vitamin\\ b") == ["of\\", "term", "from\\", "vitamin\\", "b"]
    assert completed("paths", "fatigue", '"vitamin b') == ["of", "term", "from", "vitamin", "b"]
    assert completed("query", "foods_richest_in", "--nutrient", "ir") == ["of\\", "Nutrient", "from\\", "ir"]


def test_names_are_those_of_the_built_graph_that_begin_so(planted):
    assert names("Nutrient", "MAGN") == ["Magnesium", "magnesium", "magnésium"]
    assert names("LifeStage", "pregnancy 31") == ["pregnancy 31-50 y"]
    assert names("claim", "pernicious-anemia_promotes_v") == ["pernicious-anemia_promotes_vitamin-b12-deficiency"]
    assert names("choice:Stance") == ["disputes", "mixed", "supports"]
    assert names("class", "Sympt") == ["Symptom"]
    assert names("language", "d") == ["de"]
    assert all(name.casefold().startswith("b12") for name in names("term", "B12"))


@pytest.mark.parametrize("source", ["http://127.0.0.1:9/sparql", "no-such-file.ttl", "~nobody"])
def test_no_name_is_fetched_or_built_at_a_keystroke(source):
    assert names("term", "magn", source) == []


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


def test_what_is_missing_is_told_without_what_may_be_left_out(capsys):
    for line, told in [
        (["completion"], "required: bash|zsh|fish;"),
        (["export"], "required: FORMAT;"),
        (["new"], "required: RECORD;"),
    ]:
        assert main(line) == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["powershell", "", "BASH"])
def test_another_shell_is_told_which_there_are(shell):
    command = [sys.executable, "-m", "kg", "completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"kg: {shell}: no completion for this shell; choose one of bash, zsh, fish\n"
