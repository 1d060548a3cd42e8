"""What the data set says of itself in VoID and DCAT: the same words whether it is served or released as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, RDFS, SKOS, XSD
from kg.rdf.serializations import SERIALIZATIONS

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
OWL = "http://www.w3.org/2002/07/owl#"
SPDX = "http://spdx.org/rdf/terms#"
FOAF = "http://xmlns.com/foaf/0.1/"
PUBLISHER = "The nutrition-kg team"
KEYWORDS = ("nutrition", "knowledge graph", "causal mechanisms", "evidence", "micronutrient deficiency", "symptoms")
#: Of the European vocabulary of data themes, and of that of languages.
_THEME = "http://publications.europa.eu/resource/authority/data-theme/HEAL"
_ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
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
    "foaf": FOAF,
}
#: So many classes and properties, and properties within classes, are counted one by one; more are said to be left out.
_PARTITIONS = 2000
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
#: The properties of the members of each class, which is how tools learn a schema.
_NESTED = """SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c . ?s ?p ?o FILTER(ISIRI(?c)) } GROUP BY ?c ?p ORDER BY ?c DESC(?n) ?p"""


def statistics(rows: Callable[[str], Iterable[Any]]) -> dict[str, Any]:
    """The numbers of a VoID description, from what answers a query with rows."""
    one = {name: int(next(iter(rows(text)))[0].value) for name, text in _NUMBERS.items()}
    parts = {
        name: [(row[0].value, int(row[1].value)) for row in rows(text + f" LIMIT {_PARTITIONS}")]
        for name, text in _PARTS.items()
    }
    nested: dict[str, list[tuple[str, int]]] = {}
    for row in rows(_NESTED + f" LIMIT {_PARTITIONS}"):
        nested.setdefault(row[0].value, []).append((row[1].value, int(row[2].value)))
    return {**one, **parts, "nested": nested}


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

    def say_typed(self, name: str, value: str, datatype: str) -> None:
        """Say a property as a literal of an XML Schema type (its local name)."""
        self.add(name, ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)))

    def number(self, name: str, value: int) -> None:
        """Say a whole number."""
        self.say_typed(name, str(value), "integer")

    def part(self, name: str, kind: str | None) -> Description:
        """A node of its own that a property leads to."""
        part = Description(ox.BlankNode(f"b{len(self.triples)}"), self.triples)
        self.add(name, part.node)
        if kind:
            part.add("rdf:type", kind)
        return part

    def write(self, form: str) -> bytes:
        """The graph in a form: ttl, nt, jsonld or rdf."""
        prefixes = _PREFIXES if form in ("ttl", "rdf") else None
        return ox.serialize(self.triples, format=SERIALIZATIONS[form], prefixes=prefixes) or b""


def describe(node: str, version: str, counted: dict[str, Any], ours: bool = True, measured: str = "") -> Description:
    """The description of the data set ``node``.

    Parameters:
        counted: the numbers of :func:`statistics`; with ``header`` what the graph says of itself.
        ours: whether it is nutrition-kg.
        measured: how often the evidence errs, in words.
    """
    graph = Description(ox.NamedNode(node))
    graph.add("rdf:type", VOID + "Dataset")
    graph.add("rdf:type", DCAT + "Dataset")
    graph.add("dcterms:identifier", ox.Literal(version))
    if ours:
        _ours(graph)
    else:  # DCAT-AP wants both of every data set
        _, _, title, description, licence = counted.get("header") or ("",) * 5
        graph.say("dcterms:title", title or "A graph")
        graph.say("dcterms:description", description or "Data of one's own, served by kg serve.")
        if licence:
            graph.add("dcterms:license", licence)
    if measured:
        graph.say("rdfs:comment", measured)
    for name in _NUMBERS:
        graph.number(f"void:{name}", counted[name])
    for iri, count in counted["classPartition"]:
        partition = _partition(graph, "class", "entities", iri, count)
        for within, triples in counted["nested"].get(iri, ()):
            _partition(partition, "property", "triples", within, triples)
    for iri, count in counted["propertyPartition"]:
        _partition(graph, "property", "triples", iri, count)
    if sum(map(len, counted["nested"].values())) >= _PARTITIONS:
        graph.say("rdfs:comment", f"The properties of classes are listed up to {_PARTITIONS:,}.")
    return graph


def _ours(graph: Description) -> None:
    graph.say("dcterms:title", TITLE)
    graph.say("dcterms:description", "Causal claims that join states, each with its evidence for and against.")
    graph.add("dcterms:license", LICENCE)
    publisher = graph.part("dcterms:publisher", FOAF + "Agent")
    publisher.add("foaf:name", ox.Literal(PUBLISHER, language="en"))
    graph.add("dcterms:creator", publisher.node)
    for word in KEYWORDS:
        graph.say("dcat:keyword", word)
    graph.add("dcat:theme", _THEME)
    graph.add("dcterms:language", _ENGLISH)
    graph.add("void:uriSpace", KG)
    for vocabulary in (KG, SKOS, DCTERMS):
        graph.add("void:vocabulary", vocabulary)
    graph.add("void:exampleResource", KG + "magnesium-deficiency")


def _partition(graph: Description, kind: str, members: str, iri: str, count: int) -> Description:
    partition = graph.part(f"void:{kind}Partition", None)
    partition.add(f"void:{kind}", iri)
    partition.number(f"void:{members}", count)
    return partition
