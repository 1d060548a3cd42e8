"""The claims of a repository as rows of a sheet, and the mark by which a row that was changed is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from kg.authoring.bulk import values
from kg.authoring.bulk.columns import COLUMNS, OF_CLAIM, OF_LINE, Column
from kg.authoring.bulk.names import Names
from kg.authoring.written import Written
from kg.rdf.namespaces import iri_to_compact

#: Columns with too many values for a list in a cell are left without one: they are checked when they come back.
_LISTED = {**OF_LINE, **OF_CLAIM}


def rows(names: Names, claims: Iterable[Written]) -> Iterator[list[str]]:
    """A row for each line of evidence, and one for a claim that has none of its own."""
    for claim in claims:
        for number in range(max(1, len(claim.lines))):
            cells = row(names, claim, number)
            yield [cells[column] for column in COLUMNS]


def row(names: Names, claim: Written, number: int) -> dict[str, str]:
    """The cells of one line of a claim, counted from 0; what holds for the whole claim stands in the first row alone."""
    line = claim.lines[number] if number < len(claim.lines) else {}
    cells = {
        "claim": iri_to_compact(claim.iri),
        "line": str(number + 1) if claim.lines else "",
        "subject": names.label(claim.subject),
        "relation": claim.relation,
        "object": names.label(claim.object),
        **values.cells(names, line, OF_LINE),
        **values.cells(names, claim.facts if number == 0 else {}, OF_CLAIM),
    }
    return cells | {"exported": mark(cells)}


def mark(cells: Mapping[str, str]) -> str:
    """A short hash of a row as it goes out.

    >>> mark({"claim": "claim:a"}) == mark({"claim": "claim:a", "note": "", "exported": "x"})
    True
    """
    told = "\x1f".join(
        f"{column}={' '.join(cells[column].split())}" for column in COLUMNS[:-1] if cells.get(column, "").strip()
    )
    return "x" + blake2b(told.encode(), digest_size=5).hexdigest()  # a letter first: no spreadsheet takes it for a number


def choices(names: Names, sources: Iterable[str], states: Iterable[str]) -> dict[str, list[str]]:
    """The pick-lists of a sheet of claims: labels of states, relations, titles of sources, and what the ontology lets one choose from."""
    labels = sorted(states, key=str.casefold)
    found: dict[str, list[str]] = {"subject": labels, "relation": list(names.relations), "object": labels}
    found["source"] = sorted(sources, key=str.casefold)
    for name, column in _LISTED.items():
        found |= _list(names, name, column)
    return found


def _list(names: Names, name: str, column: Column) -> dict[str, list[str]]:
    if column.kind == "choice":
        return {name: sorted(names.choices(column.of))}
    return {name: ["yes"]} if column.kind == "flag" else {}
