"""Writes the index of ``docs/decisions`` from the files in it: part of ``make docs``; needs no graph."""

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "docs" / "decisions"
#: The head of every decision: its title, then what it is, one fact a line.
HEAD = re.compile(
    r"# (?P<title>.+)\n\n- Number: (?P<number>\d{4})\n- Date: (?P<date>\d{4}-\d\d-\d\d)\n- Status: (?P<status>.+)\n(?:- Changes: .+\n)?\n"
)
OPENING = """# Decisions

What was chosen, why, and what was given up, in the order in which it was decided.
A new decision is a file of its own with the next number: copy the head of the last one.
One that replaces or changes an earlier one says so, and the earlier one's status names it (`replaced by`, `changed in part by`).
`python tools/list_decisions.py` writes this page.

| number | decision | date | status |
| --- | --- | --- | --- |
"""


class Decision(NamedTuple):
    """The head of one file."""

    file: str
    number: str
    title: str
    date: str
    status: str


def decisions(folder: Path = FOLDER) -> list[Decision]:
    """Return the head of each decision, by number.

    Raises:
        ValueError: a file whose head is incomplete, or whose name does not begin with its number.
    """
    found = []
    for path in sorted(folder.glob("[0-9]*.md")):
        head = HEAD.match(path.read_text(encoding="utf-8"))
        if head is None:
            raise ValueError(f"{path.name}: needs a title, then the lines Number, Date and Status, as the other decisions have")
        if not path.name.startswith(f"{head['number']}-"):
            raise ValueError(f"{path.name}: its number is {head['number']}; name the file after it")
        found.append(Decision(path.name, head["number"], head["title"], head["date"], head["status"]))
    return found


def index(folder: Path = FOLDER) -> str:
    """Return the index page of the decisions in ``folder``."""
    return OPENING + "".join(
        f"| {item.number} | [{item.title}]({item.file}) | {item.date} | {item.status} |\n" for item in decisions(folder)
    )


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
