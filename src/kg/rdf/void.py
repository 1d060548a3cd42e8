"""What the data set says of itself in VoID and DCAT: the same words whether it is served or released as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, RDFS, XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
OWL = "http://www.w3.org/2002/07/owl#"
SPDX = "http://spdx.org/rdf/terms#"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "nutrition-kg: how nutrition becomes physiology becomes symptoms"
_PREFIXES = {
    "sd": SD,
    "void": VOID,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "rdfs": RDFS,
    "formats": FORMATS,
    "xsd": XSD,
    "owl": OWL,
    "spdx": SPDX,
}
_SERIALISED = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
#: So many classes and properties are counted one by one.
_PARTITIONS = 60
_NUMBERS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(ISIRI(?s)) }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
}
_PARTS = {
    "classPartition": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c FILTER(ISIRI(?c)) } GROUP BY ?c ORDER BY DESC(?n) ?c",
    "propertyPartition": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
}


def statistics(rows: Callable[[str], Iterable[Any]]) -> dict[str, Any]:
    """The numbers of a VoID description, from what answers a query with rows."""
    one = {name: int(next(iter(rows(text)))[0].value) for name, text in _NUMBERS.items()}
    parts = {
        name: [(row[0].value, int(row[1].value)) for row in rows(text + f" LIMIT {_PARTITIONS}")]
        for name, text in _PARTS.items()
    }
    return {**one, **parts}


class Description:
    """A small graph that is written from one node outwards."""

    def __init__(self, node: ox.NamedNode | ox.BlankNode, triples: list[ox.Triple] | None = None) -> None:
        self.node = node
        self.triples: list[ox.Triple] = [] if triples is None else triples

    def add(self, name: str, value: str | ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
        """Say a property (a CURIE) of the node; a string is an IRI."""
        prefix, _, local = name.partition(":")
        predicate = RDF_TYPE if name == "rdf:type" else ox.NamedNode(_PREFIXES[prefix] + local)
        self.triples.append(ox.Triple(self.node, predicate, ox.NamedNode(value) if isinstance(value, str) else value))

    def say(self, name: str, text: str) -> None:
        """Say a property in English words."""
        self.add(name, ox.Literal(text, language="en"))

    def typed(self, name: str, value: str, datatype: str) -> None:
        """Say a property as a literal of an XML Schema type (its local name)."""
        self.add(name, ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)))

    def number(self, name: str, value: int) -> None:
        """Say a whole number."""
        self.typed(name, str(value), "integer")

    def part(self, name: str, kind: str | None) -> Description:
        """A node of its own that a property leads to."""
        part = Description(ox.BlankNode(f"b{len(self.triples)}"), self.triples)
        self.add(name, part.node)
        if kind:
            part.add("rdf:type", kind)
        return part

    def written(self, form: str) -> bytes:
        """The graph in a form: ttl, nt, jsonld or rdf."""
        prefixes = _PREFIXES if form in ("ttl", "rdf") else None
        return ox.serialize(self.triples, format=_SERIALISED[form], prefixes=prefixes) or b""


def described(node: str, version: str, counted: dict[str, Any], ours: bool = True) -> Description:
    """The description of the data set ``node``, with the numbers of :func:`statistics`; ``ours`` where it is nutrition-kg."""
    graph = Description(ox.NamedNode(node))
    graph.add("rdf:type", VOID + "Dataset")
    graph.add("rdf:type", DCAT + "Dataset")
    graph.say("dcterms:identifier", version)
    if ours:
        graph.say("dcterms:title", TITLE)
        graph.say("dcterms:description", "Causal claims that join states, each with its evidence for and against.")
        graph.add("dcterms:license", LICENCE)
        graph.add("void:uriSpace", KG)
        graph.add("void:exampleResource", KG + "magnesium-deficiency")
    for name in _NUMBERS:
        graph.number(f"void:{name}", counted[name])
    for kind, part, members in (("class", "classPartition", "entities"), ("property", "propertyPartition", "triples")):
        for iri, count in counted[part]:
            partition = graph.part(f"void:{part}", None)
            partition.add(f"void:{kind}", iri)
            partition.number(f"void:{members}", count)
    return graph
