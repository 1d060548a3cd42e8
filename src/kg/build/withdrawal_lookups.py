"""When it was looked up whether a work still stands: ``data/sources/standing_lookups.tsv``, one row for each look-up.

A row names the source, the identifier that was looked up, the day, the list in which (its name, the day on which it was issued, its
address), and whether the list names it. Lists are those of withdrawn, retracted and corrected works.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build.cells import Cells, rows
from kg.rdf.namespaces import KG, kg

FILE = "data/sources/standing_lookups.tsv"
COLUMNS = ("source", "identifier", "on", "list", "issued", "address", "found")
LISTED, NOT_LISTED = "listed", "notListed"


def read(root: str) -> Iterator[Cells]:
    """Every row of the table, each checked; none where there is no table.

    Raises:
        kg.errors.DataError: a cell that cannot be, with file, line, column and fix.
    """
    path = os.path.join(root, *FILE.split("/"))
    if not os.path.exists(path):
        return
    for cells in rows(path, COLUMNS):
        for column in ("source", "identifier", "list", "address"):
            cells.text(column)
        cells.one_of("found", (LISTED, NOT_LISTED))
        if cells.day("issued") > cells.day("on"):
            raise cells.wrong("on", f"holds {cells.row['on']!r}, before the list was issued", "write the day of the look-up")
        yield cells


def quads(root: str, store: Store) -> Iterator[Quad]:
    """The last look-up of each source of the store; one that no list names is in force, unless its record says otherwise."""
    found: defaultdict[NamedNode, list[Cells]] = defaultdict(list)
    for cells in read(root):
        found[NamedNode(f"{KG}source/{cells.row['source']}")].append(cells)
    for source, lookups in found.items():
        if next(store.quads_for_pattern(source, kg("access"), None, None), None) is None:
            continue
        for row in (cells.row for cells in lookups):
            yield Quad(source, kg("standingCheckedIn"), Literal(f"{row['list']}, issued {row['issued']}"))
        if next(store.quads_for_pattern(source, kg("standingChecked"), None, None), None) is None:
            yield Quad(source, kg("standingChecked"), Literal(max(cells.row["on"] for cells in lookups)))
        marked = next(store.quads_for_pattern(source, kg("standing"), None, None), None) is not None
        if not marked and all(cells.row["found"] == NOT_LISTED for cells in lookups):
            yield Quad(source, kg("standing"), kg("inForce"))
