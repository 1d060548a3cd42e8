"""Claims as nanopublications: what is asserted, where it comes from, and who published it, each in a graph of its own (TriG).

They bear the temporary names that unsigned nanopublications have; whoever signs one with the official library gives it its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.errors import UnknownName, UsageError
from kg.locations import __version__
from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, kg, prefixes
from kg.rdf.void import LICENCE
from kg.sparql.library import nearest_names, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph import Graph

NP, PROV = "http://www.nanopub.org/nschema#", "http://www.w3.org/ns/prov#"
#: Where a nanopublication lives until it is signed.
TEMPORARY = "http://purl.org/nanopub/temp/"
_GRAPH = NamedNode(KG)
_PREFIXES = ("kg", "claim", "evidence", "source", "rdfs", "xsd", "dcterms", "owl")
#: Statements of a claim that hold whomever they are about.
_GATES = ("onlyWhen", "population")


def nanopub(graph: Graph, claims: str = "") -> tuple[bytes]:
    """Nanopublications of claims.

    Parameters:
        claims: names of claims, parted by blanks; all that are not refuted where none are given.

    Raises:
        UnknownName: no claim is called so; the nearest are listed.
        UsageError: a claim that is refuted, of which there is nothing to assert.
    """
    wanted = [f"{KG}claim/{name.removeprefix(KG + 'claim/').removeprefix('claim:')}" for name in claims.split()]
    facts: dict[str, list[Any]] = {}
    for row in graph.rows(reading("nanopub", claim=wanted or None)):
        facts.setdefault(row["claim"].value, []).append(row)
    for iri in wanted:
        if iri not in facts:
            known = [row["claim"].value.rpartition("/")[2] for row in graph.rows(reading("claim_names"))]
            near = nearest_names(iri.rpartition("/")[2], known)
            hint = f"did you mean {', '.join(near)}?" if near else "kg term lists the claims of a term"
            raise UnknownName(f"no claim is called {iri.removeprefix(KG + 'claim/')!r}; {hint}", near)
        if _is_refuted(facts[iri]):
            raise UsageError(f"{iri.removeprefix(KG)}: the claim is refuted; there is nothing to assert")
    quads = [quad for iri, rows in facts.items() if not _is_refuted(rows) for quad in _one(iri, rows)]
    if not quads:
        raise UsageError("the graph contains no claim to publish")
    spaces = {name: prefixes()[name] for name in _PREFIXES} | {"np": NP, "prov": PROV}
    return (serialize(quads, format=RdfFormat.TRIG, prefixes=spaces) or b"",)


def _is_refuted(rows: Iterable[Any]) -> bool:
    return any(row["property"].value == KG + "status" and row["value"].value == KG + "refuted" for row in rows)


def _one(iri: str, rows: list[Any]) -> Iterator[Quad]:
    claim, base = NamedNode(iri), f"{TEMPORARY}{iri.removeprefix(KG + 'claim/')}#"
    this = NamedNode(base)
    head, assertion, provenance, publication = (
        NamedNode(base + name) for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(this, RDF_TYPE, NamedNode(NP + "Nanopublication"), head)
    yield Quad(this, NamedNode(NP + "hasAssertion"), assertion, head)
    yield Quad(this, NamedNode(NP + "hasProvenance"), provenance, head)
    yield Quad(this, NamedNode(NP + "hasPublicationInfo"), publication, head)
    said = {
        name: [row["value"] for row in rows if row["property"].value == KG + name] for name in ("subject", "relation", "object")
    }
    gated = any(row["property"].value == KG + name for row in rows for name in _GATES)
    if not gated:  # what holds only in some is said by the claim alone
        yield Quad(said["subject"][0], said["relation"][0], said["object"][0], assertion)
    makers = []
    stances: dict[NamedNode, str] = {}
    for row in rows:
        part, name = row["part"].value, row["property"]
        if part == "assertion":
            yield Quad(claim, RDF_TYPE if name.value == KG + "kind" else name, row["value"], assertion)
        elif part == "claim" and name.value == DCTERMS + "creator":
            makers.append(row["value"])
        elif part == "claim" and name.value == DCTERMS + "created":
            yield Quad(this, name, row["value"], publication)
        elif part == "claim":
            yield Quad(claim, name, row["value"], provenance)
        else:
            yield Quad(row["node"], name, row["value"], provenance)
            if name.value == KG + "stance":
                stances[row["node"]] = row["value"].value.removeprefix(KG)
    for line in sorted(stances, key=lambda one: one.value):
        yield Quad(claim, kg("evidence"), line, provenance)
        if stances[line] != "disputes":
            yield Quad(assertion, NamedNode(PROV + "wasDerivedFrom"), line, provenance)
    for maker in makers or [_GRAPH]:  # of a claim of which nobody knows the maker, the project is the publisher
        yield Quad(assertion, NamedNode(PROV + "wasAttributedTo"), maker, provenance)
        if maker != _GRAPH:
            yield Quad(this, NamedNode(DCTERMS + "creator"), maker, publication)
    yield Quad(this, NamedNode(DCTERMS + "publisher"), _GRAPH, publication)
    yield Quad(this, NamedNode(DCTERMS + "license"), NamedNode(LICENCE), publication)
    yield Quad(this, NamedNode(DCTERMS + "isPartOf"), _GRAPH, publication)
    yield Quad(this, NamedNode("http://www.w3.org/2002/07/owl#versionInfo"), Literal(__version__), publication)
