"""Twenty command lines print on the small graph what they printed before, to the byte: see tests/command_lines.py."""

import pytest

from tests.command_lines import KEPT, LINES, printed, written

ANSWERS = KEPT.read_text(encoding="utf-8").split("\n\n$ ")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return written(tmp_path_factory.mktemp("lines"))


def test_each_line_is_kept():
    assert len(LINES) == len(set(LINES)) == 20
    assert [f"$ {text}".replace("$ $ ", "$ ").split("\n", 1)[0] for text in ANSWERS] == [f"$ {line}" for line in LINES]


@pytest.mark.parametrize("at", range(len(LINES)), ids=LINES)
def test_the_line_prints_what_is_kept(source, at):
    text = printed(LINES[at], source)
    kept = ANSWERS[at] if at == 0 else f"$ {ANSWERS[at]}"
    assert text.strip() == kept.strip(), "if the change is meant: python -m tests.command_lines > tests/command_lines.txt"
