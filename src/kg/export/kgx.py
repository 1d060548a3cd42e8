"""KGX: a table of nodes and one of edges in the terms of the Biolink Model (version 4.4.4; see ontology/biolink.tsv).

A state stays a state: its row keeps what it is a state of and how that deviates, and no edge ever joins the substance
in its place. The relation as we assert it stands in ``original_predicate``; the evidence against an edge beside that for it.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

from kg import locations
from kg.export.associations import ATTRIBUTES, association
from kg.export.claims import Assertion, Term, assertions, full, terms
from kg.rdf.namespaces import KG, iri_to_compact
from kg.rdf.vocabulary import STANCES
from kg.rdf.xml import replace_forbidden
from kg.sparql.library import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph

NODE_COLUMNS = (
    *("id", "category", "name", "description", "synonym", "xref", "equivalent_identifiers", "iri", "has_attribute_type"),
    *("kind", "state_of", "deviation", "provided_by"),
)
EDGE_COLUMNS = (
    "id",
    "subject",
    "predicate",
    "object",
    "category",
    "original_subject",
    "original_predicate",
    "original_object",
    "qualified_predicate",
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
#: The graph itself, as Biolink names sources of knowledge.
SOURCE = "infores:{}"
#: How nodes are named: by our own ids, by the public id that means the same where there is one, or only those that have one.
IDS = ("own", "mapped", "public")
#: Public ids that the context of the Biolink Model knows, those that its graphs are joined by first.
_PUBLIC = ("MONDO", "HP", "CHEBI", "GO", "UBERON", "CL", "FOODON", "MAXO", "DOID", "NCIT", "MESH", "EFO", "ECTO", "ENVO")


def kgx(graph: Graph, ids: str = "own") -> tuple[bytes, bytes]:
    """The node table and the edge table.

    Parameters:
        ids: one of :data:`IDS`; with ``public`` the nodes without a public id and their edges are left out, which makes what
            is left valid for readers that know no prefix but Biolink's. ``mapped`` has a column ``same_as``, by which KGX merges
            cliques, though its own check takes no list there.
    """
    biolink = _biolink(graph)
    found = terms(graph)
    names = _names(found, ids)
    source = SOURCE.format(graph.header.slug)
    nodes = [_node(term, names[term.iri], biolink, source) for term in found if term.iri in names]
    columns: tuple[str, ...] = NODE_COLUMNS
    if ids == "mapped":
        columns = (*columns, "same_as")
        at = NODE_COLUMNS.index("equivalent_identifiers")
        nodes = [[*node, node[at]] for node in nodes]
    kinds = {term.iri: biolink[term.kind][0] for term in found}
    kept = (claim for claim in assertions(graph) if {claim.subject, claim.object} <= names.keys())
    edges = [_edge(claim, names, kinds, biolink, source) for claim in kept]
    return _table(columns, nodes), _table(EDGE_COLUMNS, edges)


def _names(found: list[Term], ids: str) -> dict[str, str]:
    if ids == "own":
        return {term.iri: term.iri for term in found}
    public = {term.iri: min(map(_rank, term.same), default=(len(_PUBLIC), "")) for term in found}
    used = Counter(name for _, name in public.values())
    names = {iri: name for iri, (rank, name) in public.items() if rank < len(_PUBLIC) and used[name] == 1}
    return names if ids == "public" else {term.iri: names.get(term.iri, term.iri) for term in found}


def _rank(same: str) -> tuple[int, str]:
    prefix = same.partition(":")[0]
    return (_PUBLIC.index(prefix) if prefix in _PUBLIC else len(_PUBLIC), same)


class _Biolink(dict[str, tuple[str, str]]):
    """What Biolink calls our classes and relations, with its direction; anything else is a thing or related."""

    def __missing__(self, name: str) -> tuple[str, str]:
        return ("biolink:NamedThing", "") if name[:1].isupper() else ("biolink:related_to", "")


def _biolink(graph: Graph) -> _Biolink:
    """The table of ``ontology/biolink.tsv``; a class or relation that is not in it is what its ``skos:closeMatch`` says."""
    found = _Biolink()
    for row in graph.rows(reading("biolink_matches")):
        found[row["name"].value.removeprefix(KG)] = (iri_to_compact(row["match"].value), "")
    with open(os.path.join(locations.files(), "ontology", "biolink.tsv"), encoding="utf-8", newline="") as file:
        found.update({row["name"]: (row["biolink"], row["object_direction"]) for row in csv.DictReader(file, delimiter="\t")})
    return found


def _node(term: Term, name: str, biolink: dict[str, tuple[str, str]], source: str) -> list[str]:
    category = biolink[term.kind][0]
    same = [other for other in (*sorted(term.same, key=_rank), term.iri) if other != name]
    of = (_many(term.state_of), _many(term.deviation))
    # What is measured is its own type of attribute: we have no instances of measurements.
    attribute = name if category in ATTRIBUTES else ""
    named = (name, category, term.label, term.definition)
    iri = full(term.iri)
    return [*named, _many(term.synonyms), _many(term.same), _many(same), iri, attribute, f"kg:{term.kind}", *of, source]


def _edge(
    claim: Assertion, names: dict[str, str], kinds: dict[str, str], biolink: dict[str, tuple[str, str]], source: str
) -> list[str]:
    told = association(kinds[claim.subject], *biolink[claim.relation], kinds[claim.object])
    publications = [name for stance in STANCES for name in claim.publications[stance]]
    return [
        claim.iri,
        names[claim.subject],
        told.predicate,
        names[claim.object],
        told.category,
        claim.subject,
        f"kg:{claim.relation}",
        claim.object,
        told.qualified,
        told.direction,
        "true" if claim.status == "refuted" else "false",
        "knowledge_assertion",
        "manual_agent",
        source,
        _many([name.replace("|", "%7C") for name in dict.fromkeys(publications)]),
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
        buffer.write("\t".join(" ".join(replace_forbidden(cell).split()) for cell in row) + "\n")
    return buffer.getvalue().encode()
