"""The words of the help texts are those of the glossary in CONTRIBUTING.md."""

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
