"""The service description (SPARQL 1.1 Service Description) and the data set's own description (VoID and DCAT)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.locations import __version__
from kg.rdf.void import DCAT, FORMATS, LICENCE, SD, Description, describe
from kg.server.http.limits import Limits
from kg.server.http.messages import Scope, header
from kg.server.pages.links import whole
from kg.sparql.self_description import DESCRIPTION, EXAMPLES

_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


class Service:
    """What a server says of itself and of its data."""

    def __init__(self, facts: dict[str, Any], limits: Limits, public_url: str, built_in: bool) -> None:
        self.version: str = facts["version"]
        self.facts, self.limits, self.public_url, self.built_in = facts, limits, public_url.rstrip("/"), built_in
        #: The path under which a proxy shows the server, empty where it is the root.
        self.base = urlsplit(self.public_url).path

    def root(self, scope: Scope) -> str:
        """The address of the server as the client knows it, without a slash at the end."""
        return self.public_url or f"{scope['scheme']}://{header(scope, b'host')}"

    def address(self, scope: Scope) -> str:
        """The address that was asked, which relative IRIs in a query are relative to."""
        return self.root(scope) + str(scope["path"])

    def description(self, scope: Scope, form: str) -> bytes:
        """The service description of the endpoint at the address asked."""
        endpoint = ox.NamedNode(self.address(scope))
        graph = Description(endpoint)
        graph.add("rdf:type", SD + "Service")
        graph.add("sd:endpoint", endpoint)
        graph.add("sd:supportedLanguage", SD + "SPARQL11Query")
        for name in (*_RESULTS, *_GRAPHS):
            graph.add("sd:resultFormat", FORMATS + name)
        graph.add("sd:feature", SD + "EmptyGraphs")
        graph.say("rdfs:label", f"nutrition-kg {__version__}" if self.built_in else "kg serve")
        for sentence in self.limits.sentences():
            graph.say("rdfs:comment", sentence)
        graph.add("rdfs:seeAlso", f"{self.root(scope)}/.well-known/void")
        if self.built_in:
            graph.add("rdfs:seeAlso", f"{self.root(scope)}/examples")
        dataset = graph.part("sd:defaultDataset", SD + "Dataset")
        default = dataset.part("sd:defaultGraph", SD + "Graph")
        default.number("void:triples", self.facts["triples"])
        for name in (EXAMPLES, DESCRIPTION) if self.built_in else ():
            dataset.part("sd:namedGraph", SD + "NamedGraph").add("sd:name", name)
        for name, count in self.facts["graphs"].items():
            named = dataset.part("sd:namedGraph", SD + "NamedGraph")
            named.add("sd:name", name)
            named.part("sd:graph", SD + "Graph").number("void:triples", count)
        return graph.write(form)

    def dataset(self, scope: Scope, form: str, statistics: dict[str, Any]) -> bytes:
        """The VoID and DCAT description of the data that is served."""
        root = self.root(scope)
        graph = describe(
            f"{root}/.well-known/void#dataset", self.version, statistics, self.built_in, statistics.get("measured", "")
        )
        graph.add("void:sparqlEndpoint", f"{root}/sparql")
        endpoint = graph.part("dcat:distribution", DCAT + "Distribution")
        endpoint.add("dcat:accessURL", f"{root}/sparql")
        service = endpoint.part("dcat:accessService", DCAT + "DataService")
        service.say("dcterms:title", "SPARQL endpoint")
        service.add("dcat:servesDataset", graph.node)
        service.add("dcat:endpointURL", f"{root}/sparql")
        licences = [LICENCE] if self.built_in else []
        for licence in licences:
            endpoint.add("dcterms:license", licence)
        for media, address in whole(root):
            graph.add("void:dataDump", address)
            file = graph.part("dcat:distribution", DCAT + "Distribution")
            file.add("dcat:accessURL", f"{root}/download")
            file.add("dcat:downloadURL", address)
            file.add("dcat:mediaType", f"https://www.iana.org/assignments/media-types/{media}")
            for licence in licences:
                file.add("dcterms:license", licence)
        service.add("dcat:endpointDescription", f"{root}/sparql")
        return graph.write(form)
