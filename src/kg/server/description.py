"""The service description (SPARQL 1.1 Service Description) and the data set's own description (VoID and DCAT)."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg import __version__
from kg.server.http import Scope, header
from kg.server.limits import Limits
from kg.vocabulary import DCTERMS, RDF_TYPE, RDFS, XSD

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_PREFIXES = {"sd": SD, "void": VOID, "dcat": DCAT, "dcterms": DCTERMS, "rdfs": RDFS, "formats": FORMATS, "xsd": XSD}
_SERIALISED = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


class Service:
    """What a server says of itself and of its data."""

    def __init__(self, facts: dict[str, Any], limits: Limits, public_url: str, built_in: bool) -> None:
        self.version: str = facts["version"]
        self.facts, self.limits, self.public_url, self.built_in = facts, limits, public_url.rstrip("/"), built_in

    def root(self, scope: Scope) -> str:
        """The address of the server as the client knows it, without a slash at the end."""
        return self.public_url or f"{scope['scheme']}://{header(scope, b'host')}"

    def address(self, scope: Scope) -> str:
        """The address that was asked, which relative IRIs in a query are relative to."""
        return self.root(scope) + str(scope["path"])

    def description(self, scope: Scope, form: str) -> bytes:
        """The service description of the endpoint at the address asked."""
        endpoint = ox.NamedNode(self.address(scope))
        graph = _Description(endpoint)
        graph.add("rdf:type", SD + "Service")
        graph.add("sd:endpoint", endpoint)
        graph.add("sd:supportedLanguage", SD + "SPARQL11Query")
        for name in (*_RESULTS, *_GRAPHS):
            graph.add("sd:resultFormat", FORMATS + name)
        graph.add("sd:feature", SD + "EmptyGraphs")
        graph.say("rdfs:label", f"nutrition-kg {__version__}" if self.built_in else "kg serve")
        for sentence in self.limits.sentences():
            graph.say("rdfs:comment", sentence)
        dataset = graph.part("sd:defaultDataset", SD + "Dataset")
        default = dataset.part("sd:defaultGraph", SD + "Graph")
        default.number("void:triples", self.facts["triples"])
        for name, count in self.facts["graphs"].items():
            named = dataset.part("sd:namedGraph", SD + "NamedGraph")
            named.add("sd:name", name)
            named.part("sd:graph", SD + "Graph").number("void:triples", count)
        return graph.written(form)

    def dataset(self, scope: Scope, form: str, statistics: dict[str, Any]) -> bytes:
        """The VoID and DCAT description of the data that is served."""
        root = self.root(scope)
        graph = _Description(ox.NamedNode(f"{root}/.well-known/void#dataset"))
        graph.add("rdf:type", VOID + "Dataset")
        graph.add("rdf:type", DCAT + "Dataset")
        graph.add("void:sparqlEndpoint", f"{root}/sparql")
        graph.say("dcterms:identifier", self.version)
        if self.built_in:
            graph.say("dcterms:title", "nutrition-kg: how nutrition becomes physiology becomes symptoms")
            graph.say("dcterms:description", "Causal claims that join states, each with its evidence for and against.")
            graph.add("dcterms:license", LICENCE)
            graph.add("void:uriSpace", "https://w3id.org/nutrition-kg/")
            graph.add("void:exampleResource", "https://w3id.org/nutrition-kg/magnesium-deficiency")
        for name in ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects"):
            graph.number(f"void:{name}", statistics[name])
        for kind, part, members in (("class", "classPartition", "entities"), ("property", "propertyPartition", "triples")):
            for iri, count in statistics[part]:
                partition = graph.part(f"void:{part}", None)
                partition.add(f"void:{kind}", iri)
                partition.number(f"void:{members}", count)
        service = graph.part("dcat:distribution", DCAT + "Distribution").part("dcat:accessService", DCAT + "DataService")
        service.add("dcat:endpointURL", f"{root}/sparql")
        service.add("dcat:endpointDescription", f"{root}/sparql")
        return graph.written(form)


class _Description:
    """A small graph that is written from one node outwards."""

    def __init__(self, node: ox.NamedNode | ox.BlankNode, triples: list[ox.Triple] | None = None) -> None:
        self.node = node
        self.triples: list[ox.Triple] = [] if triples is None else triples

    def add(self, name: str, value: str | ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
        prefix, _, local = name.partition(":")
        predicate = RDF_TYPE if name == "rdf:type" else ox.NamedNode(_PREFIXES[prefix] + local)
        self.triples.append(ox.Triple(self.node, predicate, ox.NamedNode(value) if isinstance(value, str) else value))

    def say(self, name: str, text: str) -> None:
        self.add(name, ox.Literal(text, language="en"))

    def number(self, name: str, value: int) -> None:
        self.add(name, ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer")))

    def part(self, name: str, kind: str | None) -> _Description:
        part = _Description(ox.BlankNode(f"b{len(self.triples)}"), self.triples)
        self.add(name, part.node)
        if kind:
            part.add("rdf:type", kind)
        return part

    def written(self, form: str) -> bytes:
        prefixes = _PREFIXES if form in ("ttl", "rdf") else None
        return ox.serialize(self.triples, format=_SERIALISED[form], prefixes=prefixes) or b""
