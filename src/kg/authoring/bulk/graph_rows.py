"""Graphs of others (KGX, RDF) as rows of the sheets that are known: claims, the table of ``kg export csv``, and mappings."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import locations
from kg.authoring.bulk import claim_rows
from kg.authoring.bulk.columns import COLUMNS, OF_CLAIM
from kg.authoring.bulk.mapping_import import BY_IRI
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.written import of_quads
from kg.build import read
from kg.errors import DataError, UsageError
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, iri_to_compact
from kg.rdf.vocabulary import STANCES

#: Columns that make a table of edges, and one of nodes.
EDGES, NODES = ("subject", "predicate", "object"), ("id", "category")
#: Our own edges as rows of the table of ``kg export csv``.
_OWN = {
    "claim": "id",
    "subject_id": "original_subject",
    "object_id": "original_object",
    **{stance: f"sources_{stance}" for stance in STANCES},
    **{column: column for column in ("status", "certainty", "rather_than", "population", "onset", "reversibility", "note")},
}


def own_edges(table: Table) -> Table | None:
    """The edges of ``kg export kgx`` as rows of ``kg export csv``; None where they are another's."""
    if not {"original_predicate", "sources_supports"} <= set(table.columns):
        return None
    rows = []
    for row in table.rows:
        cells = {ours: row.cells.get(theirs, "").replace("|", " ") for ours, theirs in _OWN.items()}
        cells["relation"] = row.cells["original_predicate"].removeprefix("kg:")
        rows.append(Row(row.number, cells, row.wrong))
    return Table(table.name, table.columns, rows, aliases={**_OWN, "relation": "original_predicate"})


def edges(table: Table, root: str, names: Names) -> tuple[Table, list[Outcome]]:
    """The edges of others as rows of a sheet of claims, one for each publication, and those that cannot be."""
    relations = _relations(root, names)
    rows: list[Row] = []
    refused: list[Outcome] = []
    for row in table.rows:
        try:
            if row.wrong:
                raise CellError(*next(iter(row.wrong.items())))
            rows += _edge(row, relations)
        except CellError as error:
            name = " ".join(row.cells[column] for column in EDGES)
            refused.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), error.about))
    return Table(table.name, table.columns, rows, aliases={"relation": "predicate", "source": "publications"}), refused


def nodes(table: Table, names: Names) -> list[Outcome]:
    """What is known of each node: there already, or refused, since a node has no words of our own."""
    found = []
    for row in table.rows:
        name = row.cells["id"]
        try:
            if row.wrong:
                raise UsageError(next(iter(row.wrong.values())))
            found.append(Outcome(row.number, name, THERE, "", names.label(names.term(name))))
        except UsageError as error:
            about = f"{error}; kg new term writes it, with a definition"
            found.append(Outcome(row.number, name, REFUSED, table.cell(row, "id"), about))
    return found


def of_rdf(path: str, names: Names) -> tuple[Table, Table, list[Outcome]]:
    """The claims and mappings of an RDF file as rows, and what else it says of named things.

    Raises:
        DataError: the file cannot be read, or contains nothing of the kind.
    """
    quads = read.rdf(path)
    claims = list(of_quads(quads, path))
    sheet = Table(path, [], [])
    for number, claim in enumerate(claims, 1):
        for at in range(max(1, len(claim.lines))):
            cells = claim_rows.row(names, claim, at)
            given = {column: cells[column] for column in COLUMNS if column not in ("claim", "line", "exported")}
            given |= {"subject": iri_to_compact(claim.subject), "object": iri_to_compact(claim.object)}
            sheet.rows.append(Row(number, given if at == 0 else {k: v for k, v in given.items() if k not in OF_CLAIM}))
    mappings = Table(path, [], [])
    for quad in quads:
        if quad.predicate.value in BY_IRI and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            cells = {
                "subject_id": iri_to_compact(quad.subject.value),
                "predicate_id": BY_IRI[quad.predicate.value],
                "object_id": iri_to_compact(quad.object.value),
            }
            mappings.rows.append(Row(len(claims) + len(mappings.rows) + 1, cells))
    others = _others(quads, names, len(claims) + len(mappings.rows))
    if not (claims or mappings.rows or others):
        raise DataError(
            f"{path}: contains no claims (kg:CausalClaim and the like) and no mappings (skos:exactMatch and the like)"
        )
    return sheet, mappings, others


def _others(quads: list[Quad], names: Names, number: int) -> list[Outcome]:
    """Records of our vocabulary that are no claims: known ones are there, new ones are written by ``kg new``."""
    found: list[Outcome] = []
    labels = {
        quad.subject: quad.object.value for quad in quads if quad.predicate == RDFS_LABEL and isinstance(quad.object, Literal)
    }
    for quad in quads:
        subject, kind = quad.subject, quad.object
        if quad.predicate != RDF_TYPE or not isinstance(kind, NamedNode) or not isinstance(subject, NamedNode):
            continue
        local = kind.value.removeprefix(KG)
        if local == kind.value or local.endswith("Claim") or local in ("EvidenceLine", "Commonness"):
            continue
        name, number = iri_to_compact(subject.value), number + 1
        if names.kind(subject.value):
            found.append(Outcome(number, name, THERE))
        else:
            record = "source" if local == "Source" else "term"
            about = f"no {record} of this repository ({labels.get(subject, 'no label')}); kg new {record} writes it"
            found.append(Outcome(number, name, REFUSED, "", about))
    return found


def _edge(row: Row, relations: dict[tuple[str, str], list[str]]) -> Iterator[Row]:
    for column in EDGES:
        if not row.cells[column]:
            raise CellError(column, f"{column} is empty; an edge has two ends and a predicate")
        if " " in row.cells[column]:
            raise CellError(column, f"{column} holds {row.cells[column]!r}; an id has no blanks")
    own = row.cells.get("original_predicate", "").removeprefix("kg:")
    direction = row.cells.get("object_direction_qualifier", "")
    known = {name for names in relations.values() for name in names}
    fitting = [own] if own in known else relations.get((row.cells["predicate"], direction), [])
    if len(fitting) != 1:
        choice = f"could be {' or '.join(fitting)}" if fitting else "is not a relation of ours"
        raise CellError(
            "predicate", f"{row.cells['predicate']} {direction}".strip() + f" {choice}; say which in original_predicate"
        )
    publications = [one for one in row.cells.get("publications", "").split("|") if one]
    if not publications:
        raise CellError("publications", "no publication; a claim needs what was read")
    stance = "disputes" if row.cells.get("negated", "").casefold() == "true" else "supports"
    for one in publications:
        ends = {"subject": row.cells["subject"], "relation": fitting[0], "object": row.cells["object"]}
        yield Row(row.number, ends | {"source": one, "stance": stance})


def _relations(root: str, names: Names) -> dict[tuple[str, str], list[str]]:
    """Our relations by the predicate and direction that Biolink has for them; one that has none there stands under its own name."""
    found: dict[tuple[str, str], list[str]] = {("", ""): list(names.relations)}
    own = os.path.join(root, "ontology", "biolink.tsv")
    path = own if os.path.exists(own) else os.path.join(locations.files(), "ontology", "biolink.tsv")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["name"] in names.relations:
                found.setdefault((row["biolink"], row["object_direction"] or ""), []).append(row["name"])
    return found
