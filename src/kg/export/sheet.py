"""One CSV table of all claims, for a spreadsheet: both ends in words and as CURIEs, and the sources for and against."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from kg.export.claims import assertions, terms
from kg.rdf.vocabulary import STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

COLUMNS = (
    "claim",
    "kind",
    "subject",
    "relation",
    "object",
    "status",
    "certainty",
    *STANCES,
    "rather_than",
    "population",
    "onset",
    "reversibility",
    "note",
    "subject_id",
    "object_id",
)


def sheet(graph: Graph) -> tuple[bytes]:
    """The table, a row for each claim; several values in a cell are joined by blanks."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([COLUMNS, *rows(graph)])
    return (buffer.getvalue().encode(),)


def rows(graph: Graph) -> Iterator[list[str]]:
    """The rows of the table, which ``kg import`` holds a table that comes back against."""
    label = {term.iri: term.label for term in terms(graph)}
    for claim in assertions(graph):
        ends = label.get(claim.subject, claim.subject), claim.relation, label.get(claim.object, claim.object)
        lists = [*(claim.sources[stance] for stance in STANCES), claim.rather_than, claim.population]
        words = claim.onset, claim.reversibility, claim.note
        judged = claim.status, claim.certainty
        yield [claim.iri, claim.kind, *ends, *judged, *map(" ".join, lists), *words, claim.subject, claim.object]
