"""Each evidence line against its readings and, where a text is at hand, each reading against the text."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from kg.build.cells import Cells
from kg.build.readings import BY_PROGRAM
from kg.checks.passages import find, words

#: What became of a line, best first.
OUTCOMES = ("found again", "moved", "not at hand", "changed", "not found by a reader", "not read", "not public")
#: Those of lines whose text anybody may fetch whole.
PUBLIC = OUTCOMES[:5]

#: Whether a word is a name of that end of the line's claim, and of no other term.
Names = Callable[[str, str, str], tuple[bool, bool]]


@dataclass(slots=True)
class Outcome:
    """What is known of one evidence line today; ``problems`` are for whoever keeps the records."""

    line: str
    outcome: str
    verdicts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain values."""
        return asdict(self)


class Texts:
    """The texts in a folder, by the address of the file: ``FOLDER/owner/repository/path``, ``FOLDER/repository/path`` or ``FOLDER/name``."""

    def __init__(self, folder: str | None) -> None:
        self.folder = folder
        self._read: dict[str, list[str] | None] = {}

    def words(self, address: str) -> list[str] | None:
        """The words of the text at an address; None where it is not at hand."""
        if address not in self._read:
            self._read[address] = self._words(address)
        return self._read[address]

    def _words(self, address: str) -> list[str] | None:
        if self.folder is None:
            return None
        parts = [part for part in unquote(urlsplit(address).path).split("/") if part not in ("", ".", "..")]
        if urlsplit(address).hostname == "github.com" and len(parts) > 4:
            parts = [*parts[:2], *parts[4:]]  # without blob and the commit
        for first in (0, 1, len(parts) - 1):
            path = os.path.join(self.folder, *parts[first:])
            if os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    return words(file.read(), markup=path.endswith((".xml", ".cnxml", ".html", ".htm")))
        return None


def verify(
    readings: Iterable[Cells],
    lines: Iterable[str],
    texts: Texts,
    names: Names,
    closed: Collection[str] = (),
    retired: Collection[str] = (),
) -> list[Outcome]:
    """The outcome of every line, and problems of readings of lines that are gone.

    Parameters:
        names: for a line, cause or effect, and the source's word: whether it is a name of an end of the claim, and of no other term.
        closed: the lines whose source has no address that a reader may open.
        retired: the names of claims that were given up, whose readings are history.
    """
    by_line: dict[str, list[Cells]] = defaultdict(list)
    for cells in readings:
        by_line[cells.row["line"]].append(cells)
    known = list(dict.fromkeys(lines))
    found = [_outcome(line, by_line.pop(line, []), texts, names) for line in known]
    for one in found:
        if one.outcome == "not read" and one.line in closed:
            one.outcome = "not public"
    for line, left in by_line.items():
        if any(line.startswith(f"{claim}_") for claim in retired):
            continue
        place = f"{left[0].path}:{left[0].line}"
        found.append(
            Outcome(line, "not read", [], [f"{place}: {line}: no such evidence line; delete the row or mend its name"])
        )
    return found


def by_source(found: Iterable[Outcome], sources: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """How many lines of each source came out how; sources with the most lines first.

    Parameters:
        sources: the source of each line that there is.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.line in sources:
            counts[sources[one.line]][one.outcome] += 1
    ranked = sorted(counts, key=lambda source: (-counts[source].total(), source))
    return {source: {outcome: counts[source][outcome] for outcome in OUTCOMES if counts[source][outcome]} for source in ranked}


def _outcome(line: str, readings: list[Cells], texts: Texts, names: Names) -> Outcome:
    if not readings:
        return Outcome(line, "not read")
    told = Outcome(line, "not read", [cells.row["verdict"] for cells in readings])
    outcomes = []
    for cells in readings:
        outcome, problem = _hold_against(cells, texts)
        outcomes.append(outcome)
        told.problems += [f"{cells.path}:{cells.line}: {line}: {problem}"] if problem else []
        for column in ("cause", "effect"):
            if (word := cells.row[column]) and (problem := _word_problem(names(line, column, word), word)):
                told.problems.append(f"{cells.path}:{cells.line}: {line}: {problem}")
    human = {cells.row["verdict"] for cells in readings} - {
        *BY_PROGRAM,
        "notFound",
    }  # who has not found the text says nothing of it
    if len(human) > 1:
        place = f"{readings[0].path}:{readings[0].line}"
        told.problems.append(f"{place}: {line}: readers disagree ({', '.join(sorted(human))}); read it a third time")
    told.outcome = min(outcomes, key=OUTCOMES.index)
    return told


def _hold_against(cells: Cells, texts: Texts) -> tuple[str, str]:
    row = cells.row
    if not row["hash"]:
        return ("not found by a reader" if row["verdict"] in ("notFound", "notNamed") else "not at hand"), ""
    text = texts.words(row["text"])
    if text is None:
        return "not at hand", ""
    place = find(text, int(row["start"]), int(row["length"]), row["hash"])
    if place is None:
        return "changed", f"the passage is no longer in {row['text']}; read it again"
    return ("found again", "") if place == int(row["start"]) else ("moved", "")


def _word_problem(told: tuple[bool, bool], word: str) -> str:
    own, alone = told
    if not own:
        return f"{word!r} is not a name of this end of the claim; add the synonym, or file the line under the term that has it"
    return "" if alone else f"{word!r} is also a name of another term; take the synonym from one of the two"
