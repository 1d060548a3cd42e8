"""The rows of a query held against those of another graph, such as a release that is kept: what is gone, what is new."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode

from kg.errors import UsageError
from kg.sparql.results import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many rows of each side are printed.
_LISTED = 5
#: What names the built-in graph of this version.
NOW = "now"


def source_of(name: str) -> str | None:
    """The source that a name of ``--compare`` means: a release, a file or folder, an endpoint, or the built-in graph.

    Raises:
        kg.errors.DataError: no release is called so.
    """
    if name == NOW:
        return None
    if (
        os.path.isfile(name)
        or name.lower().startswith(("http://", "https://"))
        or os.path.isdir(os.path.join(name, "ontology"))
    ):
        return name
    from kg.export.kept_releases import graph_of

    return graph_of(name)


def _cells(row: Iterable[Any]) -> tuple[str, ...]:
    return tuple("_:" if type(value) is BlankNode else plain(value) for value in row)


def tell(name: str, columns: Iterable[str], rows: Iterable[Any], other: Any) -> None:
    """Say on standard error how the rows of another graph differ. The name of a blank node means nothing outside its graph: all are one.

    Raises:
        UsageError: the other answer is of another kind.
    """
    if not hasattr(other, "columns"):
        raise UsageError(f"--compare {name}: answers with rows are compared, and there this one has none")
    if list(other.columns) != list(columns):
        print(f"kg: {name} has other columns: {', '.join(other.columns)}", file=sys.stderr)
    here, there = Counter(map(_cells, rows)), Counter(map(_cells, other))
    if here == there:
        print(f"kg: {name} gives the same {sum(here.values())} rows", file=sys.stderr)
        return
    only_here, only_there = sorted((here - there).elements()), sorted((there - here).elements())
    print(
        f"kg: {name} gives other rows: {len(only_there)} that are not here, {len(only_here)} fewer of those here",
        file=sys.stderr,
    )
    for mark, found in (("there", only_there), ("here ", only_here)):
        for row in found[:_LISTED]:
            print(f"kg:   only {mark}: {', '.join(cell for cell in row if cell)}", file=sys.stderr)
        if len(found) > _LISTED:
            print(f"kg:   only {mark}: and {len(found) - _LISTED} more", file=sys.stderr)
