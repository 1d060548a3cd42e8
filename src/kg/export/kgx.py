"""KGX: a table of nodes and one of edges in the terms of the Biolink Model (version 4.4.4; see ontology/biolink.tsv).

A state stays a state: its row keeps what it is a state of and how that deviates, and no edge ever joins the substance
in its place. The relation as we assert it stands in ``original_predicate``; the evidence against an edge beside that for it.
"""

from __future__ import annotations

import csv
import os
from io import StringIO
from typing import TYPE_CHECKING

from kg import locations
from kg.export.claims import STANCES, Assertion, Term, assertions, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph

NODE_COLUMNS = ("id", "category", "name", "description", "synonym", "xref", "kind", "state_of", "deviation", "provided_by")
EDGE_COLUMNS = (
    "id",
    "subject",
    "predicate",
    "object",
    "category",
    "original_predicate",
    "object_direction_qualifier",
    "negated",
    "knowledge_level",
    "agent_type",
    "primary_knowledge_source",
    "publications",
    "kind",
    "status",
    "certainty",
    *(f"sources_{stance}" for stance in STANCES),
    "rather_than",
    "population",
    "onset",
    "reversibility",
    "note",
)
#: The graph itself; it has no infores identifier yet.
SOURCE = "https://w3id.org/nutrition-kg/"


def kgx(graph: Graph) -> tuple[bytes, bytes]:
    """The node table and the edge table."""
    biolink = _biolink()
    nodes = [_node(term, biolink) for term in terms(graph)]
    edges = [_edge(claim, biolink) for claim in assertions(graph)]
    return _table(NODE_COLUMNS, nodes), _table(EDGE_COLUMNS, edges)


def _biolink() -> dict[str, tuple[str, str]]:
    with open(os.path.join(locations.files(), "ontology", "biolink.tsv"), encoding="utf-8", newline="") as file:
        return {row["name"]: (row["biolink"], row["object_direction"]) for row in csv.DictReader(file, delimiter="\t")}


def _node(term: Term, biolink: dict[str, tuple[str, str]]) -> list[str]:
    lists = (term.synonyms, term.same)
    of = (_many(term.state_of), _many(term.deviation))
    named = (term.iri, biolink[term.kind][0], term.label, term.definition)
    return [*named, *map(_many, lists), f"kg:{term.kind}", *of, SOURCE]


def _edge(claim: Assertion, biolink: dict[str, tuple[str, str]]) -> list[str]:
    predicate, direction = biolink[claim.relation]
    publications = [name for stance in STANCES for name in claim.publications[stance]]
    return [
        claim.iri,
        claim.subject,
        predicate,
        claim.object,
        "biolink:Association",
        f"kg:{claim.relation}",
        direction,
        "true" if claim.status == "refuted" else "false",
        "knowledge_assertion",
        "manual_agent",
        SOURCE,
        _many(publications),
        f"kg:{claim.kind}",
        claim.status,
        claim.certainty,
        *(_many(claim.sources[stance]) for stance in STANCES),
        _many(claim.rather_than),
        _many(claim.population),
        claim.onset,
        claim.reversibility,
        claim.note,
    ]


def _many(values: list[str]) -> str:
    return "|".join(value.replace("|", "/") for value in values)


def _table(columns: tuple[str, ...], rows: Iterable[list[str]]) -> bytes:
    # KGX tables have no quoting: what would break a row becomes a blank.
    buffer = StringIO()
    for row in (columns, *rows):
        buffer.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
    return buffer.getvalue().encode()
