"""How far the evidence was checked and how often it errs, in words that README, pages and the description of the data share.

All is counted: readings from the graph, the draws from their tables. Nothing of it is typed in anywhere.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.build.cells import day_of, tables_of
from kg.build.cells import lines as lines_of
from kg.build.draws import Precision, tally
from kg.build.readings import BY_PROGRAM
from kg.errors import DataError

FOLDER = "data/verification/draws"
_SEED, _DAY = re.compile(r"\bseed (\d+)"), re.compile(r"\b(\d{4}-\d\d-\d\d)\b")


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: its name, its seed, the day, and what the reader found."""

    name: str
    seed: str
    on: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Reliability:
    """How many lines rest on a text, and who held them against it."""

    lines: int
    by_reader: int
    by_program: int
    draws: tuple[Draw, ...]


def reliability(rows: Callable[[str], Iterable[Any]], query: str, root: str) -> Reliability:
    """What was read of a graph.

    Parameters:
        rows: asks the graph; ``query`` is the reading query ``lines_read``.
        root: the repository that holds the tables of draws.
    """
    said: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(query):
        said[row["line"].value] |= {row["found"].value} if row["found"] is not None else set()
    readers = sum(bool(found - {*BY_PROGRAM, "notFound"}) for found in said.values())
    return Reliability(len(said), readers, sum("named" in found for found in said.values()), tuple(draws(root)))


def draws(root: str) -> list[Draw]:
    """The draws of a repository, the oldest first.

    Raises:
        kg.errors.DataError: a table that cannot be read, or does not say its seed and its day above the header.
    """
    found = []
    for path in tables_of(root, FOLDER):
        head = " ".join(line for line in lines_of(path) if line.startswith("#"))
        seed, day = _SEED.search(head), _DAY.search(head)
        if seed is None or day is None or day_of(day[1]) is None:
            raise DataError(f"{path}:1: the seed or the day is missing; write '# seed NUMBER; ... on YEAR-MONTH-DAY'")
        found.append(Draw(os.path.basename(path).removesuffix(".tsv"), seed[1], day[1], tally(path)))
    return sorted(found, key=lambda one: (one.on, one.name))


def of_draw(draw: Draw) -> str:
    """A draw as one sentence.

    >>> of_draw(Draw("a", "7", "2026-11-29", Precision(12, 8, 1, 1, 0, 2)))
    '12 lines were drawn (seed 7, 2026-11-29) and 10 could be read again: 80 % say what the claim says (95 % interval 49 to 94), 1 in part, 1 not.'
    """
    found = draw.precision
    share, low, high = (round(100 * part) for part in found.as_written()) if found.read else (0, 0, 100)
    wrong = found.does_not + found.contradicts
    return (
        f"{found.drawn:,} lines were drawn (seed {draw.seed}, {draw.on}) and {found.read:,} could be read again: "
        f"{share} % say what the claim says (95 % interval {low} to {high}), {found.partly} in part, {wrong} not."
    )


def in_words(known: Reliability) -> str:
    """All of it as a few sentences, draw by draw; empty where no line rests on a text."""
    return " ".join([*(of_draw(draw) for draw in known.draws), _readers(known)]) if known.lines else ""


def in_brief(known: Reliability) -> str:
    """The same with all draws in one sentence, for pages that are about something else."""
    return f"{_of_draws(known.draws)} {_readers(known)}".strip() if known.lines else ""


def _of_draws(found: Iterable[Draw]) -> str:
    some = [draw.precision for draw in found if draw.precision.read]
    if not some:
        return ""
    shares = sorted(round(100 * one.as_written()[0]) for one in some)
    share = f"{shares[0]} to {shares[-1]} %, draw by draw," if shares[0] < shares[-1] else f"{shares[0]} %"
    wrong = sum(one.does_not + one.contradicts for one in some)
    return (
        f"In {len(some)} random draw{'' if len(some) == 1 else 's'} of {sum(one.drawn for one in some):,} lines "
        f"{sum(one.read for one in some):,} could be read again: {share} say what the claim says, "
        f"{sum(one.partly for one in some):,} in part, {wrong:,} not."
    )


def _readers(known: Reliability) -> str:
    return (
        f"Of {known.lines:,} lines of evidence on a text {known.by_reader:,} were held against their text by a second reader, "
        f"and in {known.by_program:,} a program finds the names of both ends; the others were read by their author alone."
    )
