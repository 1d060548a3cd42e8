"""Records that are no longer used: ``data/tables/retired.tsv``, one row for each old id, with what replaced it.

An id is never used again and never forgotten: who has it in a notebook, a paper or an address still finds what became of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.cells import Cells, rows
from kg.grounding.normalize import fold
from kg.rdf.namespaces import DCTERMS, RDF_TYPE, RDFS_LABEL, SKOS, XSD, compact_to_iri, kg

TABLE = "data/tables/retired.tsv"
COLUMNS = ("id", "label", "how", "replaced_by", "on", "reason")
#: What may have become of a record.
HOW = ("renamed", "merged", "split", "retired")
DEPRECATED = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
REPLACED_BY, TERM_REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy"), NamedNode("http://purl.obolibrary.org/obo/IAO_0100001")


def path(root: str) -> str:
    """Where the table is."""
    return os.path.join(root, *TABLE.split("/"))


def read(root: str) -> Iterator[Cells]:
    """Every row, checked; none where there is no table.

    Raises:
        kg.errors.DataError: a cell that cannot be, with file, line, column and fix.
    """
    if not os.path.exists(path(root)):
        return
    after: dict[str, list[str]] = {}
    for cells in rows(path(root), COLUMNS):
        for name in (cells.text("id"), *cells.many("replaced_by")):
            if name.partition(":")[0] not in ("kg", "claim", "source") or not name.partition(":")[2] or " " in name:
                raise cells.wrong(
                    "id" if name == cells.row["id"] else "replaced_by", f"holds {name!r}", "write an id as kg:..."
                )
        cells.text("label")
        cells.one_of("how", HOW)
        old = cells.row["id"]
        after[old] = cells.many("replaced_by")
        back = next((name for name in after[old] if _leads_to(name, old, after)), None)
        if back is not None:
            problem = "which is the record itself" if back == old else "whose own replacement leads back to this record"
            raise cells.wrong("replaced_by", f"holds {back}, {problem}", "write what replaced it in the end, or nothing")
        yield cells


def find(root: str, name: str) -> Cells | None:
    """The row of a record that is no longer used, such as ``kg:glass-knee``; None where there is none.

    Raises:
        kg.errors.DataError: as of :func:`read`.
    """
    return next((cells for cells in read(root) if cells.row["id"] == name), None)


def _leads_to(start: str, end: str, after: dict[str, list[str]]) -> bool:
    """Whether a record is another one, or was replaced by it by way of others."""
    seen, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        if name == end:
            return True
        more = [one for one in after.get(name, ()) if one not in seen]
        seen.update(more)
        waiting += more
    return False


def quads(root: str) -> Iterator[Quad]:
    """The retired records as triples."""
    for cells in read(root):
        node = NamedNode(compact_to_iri(cells.row["id"]))
        yield Quad(node, RDF_TYPE, kg("RetiredRecord"))
        yield Quad(node, RDFS_LABEL, Literal(cells.row["label"], language="en"))
        yield Quad(node, DEPRECATED, Literal("true", datatype=NamedNode(XSD + "boolean")))
        yield Quad(node, kg("retiredBy"), Literal(cells.row["how"]))
        yield Quad(node, kg("nameKey"), Literal(fold(cells.row["label"])))
        successors = [NamedNode(compact_to_iri(name)) for name in cells.many("replaced_by")]
        for successor in successors:
            yield Quad(node, REPLACED_BY, successor)
        if len(successors) == 1:  # as OBO has it: a term is replaced by one, or by none
            yield Quad(node, TERM_REPLACED_BY, successors[0])
        if cells.row["on"]:
            yield Quad(node, NamedNode(DCTERMS + "modified"), Literal(cells.row["on"], datatype=NamedNode(XSD + "date")))
        if cells.row["reason"]:
            yield Quad(node, NamedNode(SKOS + "editorialNote"), Literal(cells.row["reason"]))
