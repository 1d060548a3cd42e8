"""One CSV table of all claims, for a spreadsheet: both ends in words and as CURIEs, and the sources for and against."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from kg.export.claims import STANCES, assertions, terms

if TYPE_CHECKING:
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
    label = {term.iri: term.label for term in terms(graph)}
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in assertions(graph):
        ends = label.get(claim.subject, claim.subject), claim.relation, label.get(claim.object, claim.object)
        lists = [*(claim.sources[stance] for stance in STANCES), claim.rather_than, claim.population]
        words = claim.onset, claim.reversibility, claim.note
        judged = claim.status, claim.certainty
        writer.writerow([claim.iri, claim.kind, *ends, *judged, *map(" ".join, lists), *words, claim.subject, claim.object])
    return (buffer.getvalue().encode(),)
