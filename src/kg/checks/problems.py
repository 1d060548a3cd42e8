"""A problem of the repository, with the place where it is mended."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

#: A file, whose name may hold colons too, the line and the column, and what is wrong.
_TOLD = re.compile(r"(.*?)(?::(\d+))?(?::\d+)?(?:: (.*))?", re.DOTALL)


class Problem(NamedTuple):
    """One problem and how to correct it. ``line`` is 0 where the whole file is meant; ``record`` is a CURIE or empty."""

    file: str
    line: int
    record: str
    problem: str
    fix: str

    def __str__(self) -> str:
        file = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in self.file)
        place = f"{file}:{self.line}" if self.line else file
        record = f" {self.record}:" if self.record else ""
        return f"{place}:{record} {self.problem}. {self.fix[:1].upper()}{self.fix[1:]}"


#: Folders whose files add nothing to what the records say of each other.
_BESIDE = frozenset(("questions", "federated", "verification", "draws", "reviews"))


def hinders(problem: Problem) -> bool:
    """Whether records cannot be held against each other before a problem is mended: a file of theirs, or of the rules, is not whole."""
    return not problem.record and os.path.basename(os.path.dirname(os.path.abspath(problem.file))) not in _BESIDE


def of_error(message: str) -> Problem:
    """The problem that the message of a :class:`kg.errors.DataError` tells: ``file:line: problem; fix``."""
    file, line, words = _TOLD.fullmatch(message).groups()  # type: ignore[union-attr]  # it fits any text
    problem, _, fix = (words or "").rpartition("; ")
    return Problem(show_path(file), int(line or 0), "", problem or words or "", fix if problem else "correct it")


def show_path(path: str) -> str:
    """A path as it is shown: from the working folder where the file lies below it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
