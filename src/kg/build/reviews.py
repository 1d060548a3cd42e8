"""What people who reviewed claims say of them: ``data/reviews/*.tsv``, one row for each person, claim and day."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build.cells import Cells, rows, tables_of
from kg.build.people import is_orcid
from kg.rdf.namespaces import KG, RDF_TYPE, kg

FOLDER = "data/reviews"
COLUMNS = ("claim", "reviewer", "orcid", "on", "judgement", "comment", "evidence")
JUDGEMENTS = ("agree", "partly", "disagree")


def files(root: str) -> list[str]:
    """The tables of reviews of a repository, in order of name."""
    return tables_of(root, FOLDER)


def read(root: str) -> Iterator[Cells]:
    """Every row of every table, each checked.

    Raises:
        kg.errors.DataError: a cell that cannot be, with file, line, column and fix.
    """
    for path in files(root):
        for cells in rows(path, COLUMNS):
            cells.text("claim")
            cells.text("reviewer")
            cells.one_of("judgement", JUDGEMENTS)
            cells.day("on")
            if cells.row["orcid"] and not is_orcid(cells.row["orcid"]):
                raise cells.wrong("orcid", f"holds {cells.row['orcid']!r}", "copy it from orcid.org, or leave it out")
            yield cells


def quads(root: str, store: Store) -> Iterator[Quad]:
    """The reviews of claims that the store holds, as triples."""
    for number, cells in enumerate(read(root), 1):
        row = cells.row
        claim = NamedNode(f"{KG}claim/{row['claim']}")
        if next(store.quads_for_pattern(claim, kg("status"), None, None), None) is None:
            continue
        review = NamedNode(f"{KG}review/{number}")
        yield Quad(review, RDF_TYPE, kg("ExpertReview"))
        yield Quad(review, kg("reviewOf"), claim)
        yield Quad(review, kg("readBy"), Literal(row["reviewer"]))
        yield Quad(review, kg("readOn"), Literal(row["on"]))
        yield Quad(review, kg("judgement"), Literal(row["judgement"]))
        if row["orcid"]:
            yield Quad(review, kg("orcid"), Literal(row["orcid"]))
        if row["comment"]:
            yield Quad(review, kg("note"), Literal(row["comment"]))
