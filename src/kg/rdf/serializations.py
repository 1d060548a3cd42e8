"""The forms in which a graph goes out over HTTP: their short names, as in ``?format=ttl``."""

from __future__ import annotations

from pyoxigraph import RdfFormat

SERIALIZATIONS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
