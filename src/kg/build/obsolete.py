"""External ids that a release of their ontology has made obsolete: ``data/tables/obsolete_ids.tsv``; nothing is mapped to them any more."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kg.build.cells import Cells, rows

TABLE = "data/tables/obsolete_ids.tsv"
COLUMNS = ("id", "label", "replaced_by", "release")


def path(root: str) -> str:
    """Where the table is."""
    return os.path.join(root, *TABLE.split("/"))


def read(root: str) -> Iterator[Cells]:
    """Every row; none where there is no table.

    Raises:
        kg.errors.DataError: a row that cannot be read.
    """
    if os.path.exists(path(root)):
        yield from rows(path(root), COLUMNS)
