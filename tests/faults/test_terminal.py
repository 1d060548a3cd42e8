"""Words of others do not steer a terminal, no password of an address is shown, and what cannot be printed has failed."""

import os
import re
import subprocess
import sys

import pytest

from kg.cli.terminal import harmless
from kg.sparql.address import without_passwords
from tests import command

#: What renames a window, clears a screen and turns letters round, as Turtle and as letters.
ESCAPED = r"\u001B]0;renamed\u0007\u009B2J\u202E"
RAW = "\x1b]0;renamed\x07\x9b2J\u202e"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(command.ROOT / "src")}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The small graph, with every label, note and title renaming the window."""
    folder = tmp_path_factory.mktemp("hostile") / "repository"
    subprocess.run(["cp", "-r", command.ROOT / "tests" / "small", folder], check=True)
    subprocess.run(
        ["cp", command.ROOT / "ontology" / "kg.ttl", command.ROOT / "ontology" / "prefixes.ttl", folder / "ontology"],
        check=True,
    )
    for path in (folder / "data").rglob("*.ttl"):
        words = re.sub(r'((?:rdfs:label|skos:\w+|kg:note|dcterms:title) ")', lambda found: found[1] + ESCAPED, path.read_text())
        path.write_text(words)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["term", "kg:magnesium"],
        ["paths", "kg:magnesium-deficiency", "kg:muscle-tightness"],
        ["explain", "kg:muscle-tightness"],
        ["correct", "kg:magnesium-deficiency"],
        ["query", "-e", "SELECT ?s ?l { ?s rdfs:label ?l }", "--format", "md"],
        ["term", RAW],
        ["query", "foods_richest_in", f"--{RAW}", "x"],
        ["build", f"--{RAW}"],
        [RAW],
    ],
)
def test_words_of_others_do_not_steer_a_terminal(hostile, words):
    status, out, told = command.kg("--source", str(hostile), *words, cwd=hostile.parent)
    assert status in (0, 2)
    assert "renamed" in out + told
    assert not STEERS.search(out + told)


def test_what_programs_read_is_left_as_it_is(hostile):
    query = "SELECT ?l { kg:magnesium rdfs:label ?l }"
    assert RAW in command.kg("--source", str(hostile), "query", "-e", query, cwd=hostile.parent)[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a\\u001b[2Jb"),
        ("a\rb\r\nc\n\td", "a\\u000db\r\nc\n\td"),
        ("a\u2066b\u061cc\x85", "a\\u2066b\\u061cc\\u0085"),
        ("zero\u200dwidth 日本 ü \u00a0", "zero\u200dwidth 日本 ü \u00a0"),
    ],
)
def test_what_steers_is_shown_by_its_code_point(text, shown):
    assert harmless(text) == shown


@pytest.mark.parametrize("words", [["--help"], ["query", "--help"], ["paths", "--help"], ["--version"], ["queries"]])
def test_what_cannot_be_printed_has_failed(words):
    with open("/dev/full", "w") as full:  # for writing, by the child alone
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=_environment(),
        )
    assert (done.returncode, done.stderr) == (3, "kg: output: No space left on device\n")


@pytest.mark.parametrize("words", [["serve"], ["validate"], ["build"], ["term", "x"], ["queries", "--format", "ttl"]])
@pytest.mark.parametrize("password", ["s3cret", "s3/c@ret", "%40s3cret"])
def test_no_password_is_shown(tmp_path, words, password):
    _, out, told = command.kg("--source", f"http://me:{password}@127.0.0.1:9/", *words, cwd=tmp_path)
    assert password not in out + told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://u:p@h/x and HTTPS://t@h:1/", "http://***@h/x and HTTPS://***@h:1/"),
        ("http://h:80/a@b http://h/?q=a:b@c", "http://h:80/a@b http://h/?q=a:b@c"),
    ],
)
def test_addresses_without_passwords_stay(text, shown):
    assert without_passwords(text) == shown


def test_an_argument_that_is_no_utf8_is_refused_but_a_file_may_have_any_name(tmp_path):
    name = b"n\xff.ttl"
    (tmp_path / "plain.ttl").write_bytes(b"<x:a> <x:p> 1 .")
    try:
        (tmp_path / "plain.ttl").rename((bytes(tmp_path) + b"/" + name).decode("utf-8", "surrogateescape"))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")

    def asked(*words: bytes) -> tuple[int, bytes, bytes]:
        line = [sys.executable.encode(), b"-m", b"kg", *words]
        done = subprocess.run(line, capture_output=True, check=False, cwd=tmp_path, env=_environment())
        return done.returncode, done.stdout, done.stderr

    assert asked(b"--source", name, b"query", b"-e", b"ASK { ?s ?p 1 }") == (0, b"true\n", b"")
    assert asked(b"query", b"-e", b'ASK { ?s ?p "\xff" }') == (
        2,
        b"",
        b'kg: ASK { ?s ?p "\\xff" }: not UTF-8; write it in UTF-8\n',
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--host", "a" * 70],
        ["--host", "a..b"],
        ["--public-url", "http://[::1"],
        ["--public-url", "http://x/\r\nA: b"],
        ["--cors", "x\ny"],
        ["--workers", "100000"],
        ["--memory", "9" * 30],
    ],
)
def test_a_server_that_cannot_be_is_refused_in_one_line(tmp_path, words):
    status, out, told = command.kg("serve", *words, cwd=tmp_path)
    assert (status in (2, 3), out, told.count("\n")) == (True, "", 1)
