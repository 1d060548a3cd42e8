"""The tables of words by which phrases and questions are read (``data/words``): one reader, and one list of their columns."""

from __future__ import annotations

import os
import re

from kg import locations
from kg.errors import DataError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The columns of each table, by its file in ``data``.
COLUMNS = {
    "tables/hpo_names.tsv": ("words", "id", "name", "nearest"),
    "words/abbreviations.tsv": ("short", "long"),
    "words/also_meant.tsv": ("word", "other", "only"),
    "words/body_parts.tsv": ("words", "system", "names"),
    "words/diets.tsv": ("names", "leaves_out"),
    "words/everyday.tsv": ("group", "words", "names"),
    "words/languages.tsv": ("kind", "subtags", "name"),
    "words/life_stages.tsv": ("words", "group", "age"),
    "words/other_languages.tsv": ("english", "language", "words"),
    "words/question_cues.tsv": ("cue", "words"),
    "words/question_forms.tsv": ("cues", "roles", "command"),
    "words/question_intents.tsv": ("asked", "said", "answered_by"),
    "words/question_turns.tsv": ("turn", "words"),
    "words/set_aside.tsv": ("kind", "words"),
}
#: Cells that are regular expressions, numbers (or empty), and words that may hold {groups} named in rows above.
_PATTERNS = {"words/body_parts.tsv": 2, "words/question_intents.tsv": 0, "words/question_turns.tsv": 0}
_NUMBERS = {"words/life_stages.tsv": 2}
_GROUPED = {"words/everyday.tsv": 1}
_GROUP = re.compile(r"\{(.+?)\}")


def read(name: str, root: str | None = None) -> list[list[str]]:
    """The rows of a table, each with as many cells as the table has columns; lines that begin with ``#`` are comments.

    Parameters:
        name: its file in ``data``, one of :data:`COLUMNS`.
        root: the repository (default: the built-in one).

    Raises:
        DataError: it cannot be read, has other columns or no rows, or the first row with more or fewer cells.
    """
    path = os.path.join(root or locations.files(), "data", *name.split("/"))
    columns = COLUMNS[name]
    try:
        with open(path, encoding="utf-8-sig") as file:
            told = [(number, line.rstrip("\n").split("\t")) for number, line in enumerate(file, 1) if not line.startswith("#")]
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: {error.reason} at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; take the file from the release or from git again") from None
    if not told or tuple(told[0][1]) != columns:
        at = told[0][0] if told else 1
        raise DataError(f"{path}:{at}: the columns are not {', '.join(columns)}; write them in this order, with tabs between")
    for number, cells in told[1:]:
        if len(cells) != len(columns):
            raise DataError(
                f"{path}:{number}: {len(cells)} cells for {len(columns)} columns; write one for each, with tabs between"
            )
    _refuse_wrong_cells(name, path, told[1:])
    if len(told) == 1:
        raise DataError(f"{path}: no rows below the header; take the file from the release or from git again")
    return [cells for _, cells in told[1:]]


def compile_pattern(name: str, text: str, flags: int = 0) -> re.Pattern[str]:
    """A cell that is a regular expression, ready for use.

    Raises:
        DataError: it is none; the message names the table and the cell.
    """
    try:
        return re.compile(text, flags)
    except re.error as error:
        raise DataError(f"{name}: {text!r} is not a regular expression ({error}); correct the cell") from None


def find_faults(root: str) -> Iterator[str]:
    """What is wrong with the tables of words of a repository, the first fault of each; one that it does not have is that of kg."""
    built_in = os.path.realpath(root) == os.path.realpath(locations.files())
    for name in COLUMNS:
        if not built_in and not os.path.exists(os.path.join(root, "data", *name.split("/"))):
            continue
        try:
            for cells in read(name, root):
                if name in _PATTERNS:
                    compile_pattern(os.path.join(root, "data", *name.split("/")), cells[_PATTERNS[name]])
        except DataError as error:
            yield str(error)


def _refuse_wrong_cells(name: str, path: str, rows: Iterable[tuple[int, list[str]]]) -> None:
    """Refuse a number that is none, and a group that no row above names."""
    groups: set[str] = set()
    for number, cells in rows if name in _NUMBERS or name in _GROUPED else ():
        if name in _NUMBERS and not re.fullmatch(r"(?:[0-9]+(?:\.[0-9]+)?)?", cells[_NUMBERS[name]]):
            raise DataError(f"{path}:{number}: {cells[_NUMBERS[name]]!r} is not a number; write years, such as 70, or nothing")
        unknown = set(_GROUP.findall(cells[_GROUPED[name]])) - groups if name in _GROUPED else set()
        if unknown:
            raise DataError(
                f"{path}:{number}: no row above names the group {min(unknown)!r}; name it first, or correct the word"
            )
        groups.add(cells[0])
