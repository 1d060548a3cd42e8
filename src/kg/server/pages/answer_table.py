"""The table of an answer on its page: filtered, sorted, cut into pages, with facets, and the columns that matter first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.namespaces import KG
from kg.server.pages.links import Link, link
from kg.server.pages.responses import Visit
from kg.sparql.results import plain

#: Rows on one page.
SHOWN = 100
#: A column of no more different values than these, each of them often, can be chosen by value.
_FACET, _FACETS, _OFTEN = 12, 4, 3
#: From this length on a text is long; one that comes in many rows says little beside each of them, and stands last.
_LONG, _REPEATED = 30, 4
#: So much of a long text stands in its cell, less of one that comes again and again; the whole unfolds.
_CUT, _CUT_REPEATED, _SLACK = 110, 45, 20
#: So long is what stands for a value that can be chosen.
_CHIP = 44
#: Parameters of the table itself, which no question has.
SORT, TEXT, CHOSEN, PAGE = "_sort", "_has", "_is", "_page"


class Column(NamedTuple):
    """A column as the page shows it: where it stands in a row, its name in the query, its heading, whether it holds numbers or repeats long texts."""

    at: int
    name: str
    title: str
    number: bool
    repeats: bool


class Cell(NamedTuple):
    """What stands in one row under one column."""

    text: str
    place: Link | None
    column: Column

    @property
    def short(self) -> str:
        """What is shown of a long text, to the end of a word; empty where all of it is."""
        cut = _CUT_REPEATED if self.column.repeats else _CUT
        if len(self.text) <= cut + _SLACK:
            return ""
        return self.text[:cut].rpartition(" ")[0] or self.text[:cut]


class Wanted(NamedTuple):
    """What a reader wants to see of an answer."""

    text: str
    chosen: tuple[tuple[str, str], ...]
    sort: str
    page: int

    @classmethod
    def of(cls, visit: Visit) -> Wanted:
        """Read the parameters of the table."""
        page = visit.get(PAGE, "1")
        if not (page.isascii() and page.isdigit() and int(page[:9]) >= 1):
            raise UsageError(f"{PAGE} {page[:20]!r}: use a number, 1 or more")
        pairs = (value.partition(":")[::2] for key, value in visit.parameters if key == CHOSEN)
        return cls(visit.get(TEXT)[:200], tuple(dict.fromkeys(pairs)), visit.get(SORT), int(page[:9]))

    def query(self, **changes: Any) -> str:
        """The parameters with some changed, for an address."""
        one = self._replace(**changes)
        found = [(TEXT, one.text), *((CHOSEN, ":".join(pair)) for pair in one.chosen), (SORT, one.sort)]
        return urlencode([*((key, value) for key, value in found if value), *([(PAGE, one.page)] if one.page > 1 else [])])


class Shown(NamedTuple):
    """A page of a table, and what leads to the others: for each facet its values with how many rows have each."""

    columns: list[Column]
    rows: list[list[Cell]]
    same: list[Cell]
    facets: list[tuple[Column, list[tuple[str, int]]]]
    found: int
    total: int
    page: int
    pages: int

    @staticmethod
    def in_short(found: Sequence[tuple[str, int]]) -> dict[str, str]:
        """What stands for each value of a facet: a long one is cut, and where others begin alike in the middle, not at its end.

        >>> found = [("A table of many foods of a country, release 1", 3), ("A table of many foods of a country, release 2", 1)]
        >>> list(Shown.in_short(found).values())
        ['A table of many foods … a country, release 1', 'A table of many foods … a country, release 2']
        """
        values = [value for value, _ in found]
        heads = Counter(value[:_CHIP] for value in values)
        return {value: _cut(value, heads[value[:_CHIP]] > 1) for value in values}


def is_own(name: str) -> bool:
    """Whether a parameter is the table's, and not the question's."""
    return name in (SORT, TEXT, CHOSEN, PAGE)


def sift(names: Sequence[str], rows: Iterable[Any], wanted: Wanted) -> list[Any]:
    """The rows that are wanted, in the order that is wanted.

    Raises:
        UsageError: a column is named that the answer does not have.
    """
    key, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    for name in [*([key] if key else []), *(column for column, _ in wanted.chosen)]:
        if name not in names:
            raise UsageError(f"the answer has no column {name[:40]!r}; it has {', '.join(names)}")
    chosen: dict[int, set[str]] = {}
    for name, value in wanted.chosen:
        chosen.setdefault(names.index(name), set()).add(value)
    text = wanted.text.casefold()
    found = [
        row
        for row in rows
        if all(plain(row[at]) in values for at, values in chosen.items())
        and (not text or any(text in plain(node).casefold() for node in row))
    ]
    if not key:
        return found
    at = names.index(key)
    number = _numbers(plain(row[at]) for row in found)
    full = [row for row in found if plain(row[at])]
    full.sort(key=lambda row: float(plain(row[at])) if number else plain(row[at]).casefold(), reverse=down)
    return full + [row for row in found if not plain(row[at])]


def table(names: Sequence[str], rows: Sequence[Any], total: int, wanted: Wanted) -> Shown:
    """A page of rows that were sifted; a label that has its IRI in another column becomes a link, and that column is left out."""
    own = {
        name: name.removesuffix("_label") for name in names if name.endswith("_label") and name.removesuffix("_label") in names
    }
    kept = [at for at, name in enumerate(names) if name not in own.values()]
    texts = {at: [plain(row[at]) for row in rows] for at in kept}
    columns = [
        Column(at, names[at], _title(names[at]), _numbers(texts[at]), at != kept[0] and _repeats(texts[at])) for at in kept
    ]
    pages = max(1, -(-len(rows) // SHOWN))
    page = min(wanted.page, pages)
    same = [one for one in columns if len(rows) > 2 and len(set(texts[one.at])) == 1 and one.at != kept[0]]
    left = [one for one in columns if one not in same]
    left.sort(key=lambda one: one.repeats)
    return Shown(
        left,
        [[_cell(row, one, names, own) for one in left] for row in rows[(page - 1) * SHOWN : page * SHOWN]],
        [cell for one in same if (cell := _cell(rows[0], one, names, own)).text],
        [(one, found) for one in [*left, *same] if (found := _facet(one, texts[one.at], wanted))][:_FACETS],
        len(rows),
        total,
        page,
        pages,
    )


def _cell(row: Any, column: Column, names: Sequence[str], own: dict[str, str]) -> Cell:
    target = row[names.index(own[column.name])] if column.name in own else row[column.at]
    place = link(target.value) if isinstance(target, ox.NamedNode) else None
    shown = row[column.at]
    # The id of a claim, an amount or a cut-off is no name; the row says what it is about.
    unnamed = isinstance(shown, ox.NamedNode) and shown.value.startswith(KG) and "/" in shown.value.removeprefix(KG)
    return Cell("open" if unnamed and place and place.href else plain(shown), place, column)


def _cut(value: str, alike: bool) -> str:
    if len(value) <= _CHIP:
        return value
    if not alike:
        return value[:_CHIP].rpartition(" ")[0] + " …"
    return f"{value[: _CHIP // 2].rpartition(' ')[0]} … {value[-_CHIP // 2 :].partition(' ')[2]}"


def _title(name: str) -> str:
    """A column's heading.

    >>> _title("portion_percent_of_intake"), _title("food_label"), _title("portion_percent_of_ul")
    ('portion, % of intake', 'food', 'portion, % of UL')
    """
    words = name.removesuffix("_label").replace("_percent_of_", ", percent_of_").replace("percent_of_", "% of ")
    return " ".join(word.upper() if word in ("ul", "dv", "rda") else word for word in words.replace("_", " ").split())


def _numbers(texts: Iterable[str]) -> bool:
    """Whether a column holds numbers and nothing else."""
    found = [text for text in texts if text]
    try:
        return bool(found) and all(isfinite(float(text)) for text in found)
    except ValueError:
        return False


def _repeats(texts: Sequence[str]) -> bool:
    """Whether a column holds long texts that come again and again."""
    full = [text for text in texts if text]
    return bool(full) and max(map(len, full)) > _LONG and len(full) >= _REPEATED * len(set(full))


def _facet(column: Column, texts: Sequence[str], wanted: Wanted) -> list[tuple[str, int]]:
    found = Counter(text for text in texts if text)
    chosen = any(name == column.name for name, _ in wanted.chosen)
    few = 1 < len(found) <= _FACET and sum(found.values()) >= _OFTEN * len(found)
    return found.most_common() if chosen or (few and not column.number) else []
