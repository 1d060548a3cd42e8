"""The rows of the tables that the checks can tell apart: most amounts of food and of intake repeat names and units of others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from pyoxigraph import Quad, Store

from kg.build import amounts, derive, tables
from kg.build.cells import AMOUNTS, Cells

#: The tables with most of the rows; of these one in eight tells a check or a rule something of its own.
LARGE = (tables.CONTENTS, tables.INTAKES)


def large(path: str) -> bool:
    """Whether a file is one of these tables."""
    return path.replace(os.sep, "/").endswith(LARGE)


def tell(root: str, store: Store) -> None:
    """Add the triples of the rows to a store of the claims; of the large tables only rows that hold something new or that a rule reads.

    New is a food, a source, a nutrient with its unit. Of two amounts under one name both are reported. A mistake of names is found
    in the first row that makes it; who wants every such row has to read the table whole.

    Raises:
        DataError: the first row that cannot be read, left out or not.
    """
    store.bulk_extend(tables.quads(root, [name for name in tables.TABLES if name not in LARGE]))
    claimed = derive.find_claimed_amounts(store)
    store.bulk_extend(_telling(root, tables.CONTENTS, _content, lambda row: (row["food"], row["nutrient"]) in claimed))
    store.bulk_extend(_telling(root, tables.INTAKES, _intake, lambda row: row["kind"] == "DV"))


#: The name of a row's record and what it holds that may be new; every cell of the row is read for it.
Told = Callable[[Cells], tuple[str, set[object]]]


def _content(row: Cells) -> tuple[str, set[object]]:
    row.number("amount_per_100g")
    name, unit = amounts.content_name(row), row.one_of("unit", AMOUNTS)
    return name, {row.row["food"], row.row["source"], (row.row["nutrient"], unit)}


def _intake(row: Cells) -> tuple[str, set[object]]:
    row.number("amount")
    name, unit = amounts.intake_name(row), row.one_of("unit", AMOUNTS)
    return name, {row.text("source"), (row.row["nutrient"], unit)}


def _telling(root: str, table: str, told: Told, read_by_rules: Callable[[dict[str, str]], bool]) -> Iterator[Quad]:
    seen: set[object] = set()
    left_out: dict[str, Cells] = {}
    for row, mapping in tables.read(root, [table]):
        name, holds = told(row)
        if read_by_rules(row.row) or name in seen or not holds <= seen:
            if name in left_out:
                yield from mapping(left_out.pop(name))
            yield from mapping(row)
        else:
            left_out[name] = row
        seen |= {name, *holds}
