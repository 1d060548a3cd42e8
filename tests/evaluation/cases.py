"""The published cases of ``cases.tsv``, read, and the names of their true states as terms of the graph."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.graph import Graph

FILE = Path(__file__).parent / "cases.tsv"


class Told(NamedTuple):
    """One case: what was there, what was not, the circumstances, and the names that count as the true state."""

    name: str
    target: str
    names: tuple[str, ...]
    findings: tuple[str, ...]
    absent: tuple[str, ...]
    context: tuple[str, ...]
    sources: tuple[str, ...]
    title: str


def cases() -> list[Told]:
    """All cases; the tests that name the answer (``confirming_labs``) are left out."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Told(
            row["vignette_id"],
            row["target_state"],
            (row["target_state"], *_list(row["acceptable_targets"])),
            (*_list(row["findings_present"]), *_list(row["labs"])),
            _list(row["findings_absent"]),
            _list(row["context"]),
            (*_list(row["source_url"]), *_list(row["doi_or_pmid"])),
            row["source_title"].partition(" (")[0],
        )
        for row in rows
    ]


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def true_states(graph: Graph, told: Told) -> set[str]:
    """The states that count as the answer, as far as the graph holds them."""
    found = set()
    for name in told.names:
        try:
            found.add(graph.term(name, "State").iri)
        except KgError:
            continue
    return found
