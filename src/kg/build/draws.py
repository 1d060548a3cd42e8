"""Draws of evidence lines with a recorded seed, and the precision that a reader found in them.

A draw is kept in ``data/verification/draws``, one row a line as it stood on the day; it is never rewritten when lines are mended.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kg.build.cells import rows

COLUMNS = ("number", "line", "reader", "on", "text", "verdict", "fault", "done")
#: What a reader may say of a line that was drawn; the last is left out of the precision.
VERDICTS = ("supports", "partly", "doesNot", "contradicts", "notFound")
#: What became of a line after the draw.
DONE = ("", "kept", "indirect", "narrowed", "repointed", "stance", "locator", "removed")
#: The 97.5 % quantile of the normal distribution, for intervals of 95 %.
_QUANTILE = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Precision:
    """How many lines of a draw say what the reader found; ``not_found`` are those whose text was not at hand."""

    drawn: int
    supports: int
    partly: int
    does_not: int
    contradicts: int
    not_found: int

    @property
    def read(self) -> int:
        """The lines whose text was at hand."""
        return self.drawn - self.not_found

    def as_written(self) -> tuple[float, float, float]:
        """The share of lines read that hold as written, with its interval of 95 %."""
        return (self.supports / self.read if self.read else math.nan, *wilson(self.supports, self.read))


def draw(lines: Iterable[str], seed: int, number: int, without: Collection[str] = ()) -> list[str]:
    """``number`` of the lines, the same for the same seed: the names are sorted before they are drawn.

    Parameters:
        without: lines that are not to be drawn, such as those read before.

    >>> draw(["c", "a", "b"], seed=1, number=2, without=["b"])
    ['a', 'c']
    """
    pool = sorted(set(lines).difference(without))
    return random.Random(seed).sample(pool, min(number, len(pool)))


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval of 95 % for a share; the whole range where nothing was read.

    >>> [round(limit, 3) for limit in wilson(59, 70)]
    [0.74, 0.91]
    """
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _QUANTILE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _QUANTILE / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def tally(path: str) -> Precision:
    """The verdicts of a draw's table, counted.

    Raises:
        kg.errors.DataError: a cell that cannot be, or a line drawn twice, with file, line, column and fix.
    """
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for cells in rows(path, COLUMNS):
        counts[cells.one_of("verdict", VERDICTS)] += 1
        done = cells.one_of("done", DONE)
        if cells.row["verdict"] in ("partly", "doesNot", "contradicts") and not (cells.row["fault"] and done):
            raise cells.wrong("fault", "or done is empty", "say what is wrong and what was done about it")
        if cells.text("line") in seen:
            raise cells.wrong("line", f"names {cells.row['line']} twice", "a line is drawn once; delete one of the rows")
        seen.add(cells.row["line"])
    return Precision(sum(counts.values()), *(counts[verdict] for verdict in VERDICTS))
