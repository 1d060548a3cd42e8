"""Every row of every table that the build could not read, where it stops at the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from kg.build import cells, readings, reliability, retired, reviews, tables, translations, withdrawal_lookups
from kg.checks.problems import Problem, of_error
from kg.errors import DataError

#: So many rows of one table are named; who saved it with another program mends them all alike.
MOST = 30


def find_all(root: str) -> Iterator[Problem]:
    """The first fault of each row, of each table the first :data:`MOST`."""
    readers: list[Callable[[], Iterable[Any]]] = [partial(tables.quads, root, [name]) for name in tables.TABLES]
    others = (retired.quads, translations.quads, readings.read, reviews.read, reliability.draws, withdrawal_lookups.read)
    for reader in [*readers, *(partial(other, root) for other in others)]:
        yield from _find(reader)


def _find(reader: Callable[[], Iterable[Any]]) -> Iterator[Problem]:
    passed: set[tuple[str, int]] = set()
    try:
        while len(passed) < MOST:
            try:
                for _ in reader():
                    pass
                return
            except DataError as error:
                yield of_error(str(error))
                row = re.match(r"(.+?):(\d+): ", str(error))
                if row is None or (row[1], int(row[2])) in cells.PASSED_OVER:
                    return  # what is wrong with a whole table cannot be passed over
                passed.add((row[1], int(row[2])))
                cells.PASSED_OVER.update(passed)
    finally:
        cells.PASSED_OVER.difference_update(passed)
