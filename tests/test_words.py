"""The words of help texts, messages and documents are those of the glossary in CONTRIBUTING.md."""

import ast
import re
from pathlib import Path

import pytest

from kg.cli import COMMANDS, module_of
from kg.cli.parser import build_parser

ROOT = Path(__file__).parent.parent
#: Each phrase of the old dialect that help texts must not hold, with what to write.
INSTEAD = {
    r"\btold\b|\btells?\b": "report or print",
    r"\bis asked\b|\bare asked\b": "query, or kg asks for ...",
    r"\bthe first N\b|\bno more than\b|\bno longer\b(?! used)": "maximum number of",
    r"\bthe least\b|\bat least the\b": "minimum",
    r"\bnot there\b": "absent",
    r"\bat hand\b": "available",
    r"\bwhat is (?:found|there|refused|missing)\b": "name the thing: findings, existing records, refused rows",
    r"\bgiv(?:e|en) up\b": "stop, or remove",
    r"\bmay be (?:repeated|given several)": "repeatable",
    r"\bwhence\b|\bshall be\b|\bof late\b|\banew\b": "plain words",
    r"\bholds? the\b|\bthat hold\b(?! for)": "contain or include",
}
#: The same for errors and for the pages that people read.
PLAIN = {
    r"(?<!there )(?<!There )\bis no (?!longer|more|such|less|other|need|way|reason|room)(?=[a-z*])": "is not a",
    r"\banew\b": "again",
    r"\bnot whole\b|\bno whole\b": "not valid, or incomplete",
    r"\bmend(?:s|ed)?\b": "correct",
    r"\bnobody (?:says|said|told|signed)\b": "is not given",
    r"\bkeepers?\b": "operator",
    r"\bspeaks? of\b|\bspoke of\b": "mention, or be about",
    r"\bholds (?:no|nothing|none)\b": "contains no",
    r"\bwhence\b|\bof late\b|\bshall be\b": "plain words",
    r"\b(?:is|are|was) there already\b": "already exists",
    r"\bas (?:it was|they were)\b": "unchanged",
    r"\bin the place of\b|\bin its place\b": "replace",
    r"\bby way of\b(?! a step)": "through",
}
#: The pages that are written by hand; the others are made from results.
PAGES = (
    "README.md",
    "SECURITY.md",
    *(f"docs/{name}.md" for name in ("model", "explain", "strength", "engines", "extending", "package")),
)


def messages():
    """Each literal that is raised as an error or printed to standard error, with its file and line."""
    errors = {node.name for node in ast.walk(_parsed("errors.py")) if isinstance(node, ast.ClassDef)} | {"Problem"}
    for path in sorted((ROOT / "src" / "kg").rglob("*.py")):
        for call in (node for node in ast.walk(_parsed(path)) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            to_stderr = name == "print" and any(ast.unparse(word.value) == "sys.stderr" for word in call.keywords)
            if name in errors or to_stderr:
                for part in call.args:
                    words = "".join(
                        one.value for one in ast.walk(part) if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    )
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", words


def _parsed(path):
    return ast.parse((ROOT / "src" / "kg" / path).read_text(encoding="utf-8"))


def words_to_replace(text):
    """Each word of the dialect in a text, with what to write."""
    return [
        f"{match[0]!r}: write {better}"
        for phrase, better in PLAIN.items()
        for match in re.finditer(f".{{0,30}}(?:{phrase}).{{0,20}}", text)
    ]


def test_messages_speak_plain_english():
    every = list(messages())
    assert len(every) > 400
    assert [f"{place}: {word}" for place, text in every for word in words_to_replace(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_speak_plain_english(page):
    assert words_to_replace((ROOT / page).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'liver' is no state", ["is no "]),
        ("there is no page here", []),
        ("it is no longer here", []),
        ("the store is built anew", ["anew"]),
        ("no claim speaks of it; mend the file", ["mend", "speaks of"]),
    ],
)
def test_the_words_are_found(text, found):
    assert [word in line for word, line in zip(found, words_to_replace(text), strict=True)] == [True] * len(found)


def test_the_glossary_has_a_word_for_each_old_one():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text.partition("## Words")[2].partition("\n## ")[0], re.MULTILINE
    )
    assert len(rows) > 30
    assert [row for row in rows if not all(cell.strip() for cell in row)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_plain_english(command):
    text = " ".join(build_parser({command: COMMANDS[command]}, module_of(command)).format_help().split())
    about = " ".join((module_of(command).__doc__ or "").split())
    options = " ".join(action.help or "" for action in _actions(command))
    for phrase, better in INSTEAD.items():
        found = re.search(f".{{0,30}}(?:{phrase}).{{0,20}}", f"{text} {about} {options}")
        assert found is None, f"kg {command} --help: {found and found[0]!r}: write {better} (CONTRIBUTING.md, Words)"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_begins_with_what_the_command_does(command):
    about = module_of(command).__doc__ or ""
    verb = about.split(maxsplit=1)[0]
    assert re.fullmatch(r"[A-Z][a-z]+", verb), about
    assert verb not in {"The", "A", "An", "What", "Which", "One", "Two", "Each", "Names", "Records", "Another"}, about
    assert re.match(r"[a-z]+ ", COMMANDS[command])


def _actions(command):
    from argparse import ArgumentParser

    parser = ArgumentParser(add_help=False)
    module_of(command).arguments(parser)
    return parser._actions
