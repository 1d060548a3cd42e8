"""The IRIs that code needs by name, and the prefix table."""

from __future__ import annotations

import os

from pyoxigraph import NamedNode

from kg import locations

KG = "https://w3id.org/nutrition-kg/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL = NamedNode(RDFS + "label")


_terms: dict[str, NamedNode] = {}


def kg(name: str) -> NamedNode:
    """A term of our own namespace."""
    found = _terms.get(name)
    if found is None:
        found = _terms[name] = NamedNode(KG + name)
    return found


_prefixes: dict[str, str] = {}


def prefixes() -> dict[str, str]:
    """Prefix to namespace, as ``ontology/prefixes.ttl`` lists them; read once."""
    if not _prefixes:
        _prefixes.update(_read())
    return _prefixes


def prefixes_in(text: str) -> dict[str, str]:
    """The part of the table whose prefixes stand in a text, and perhaps some more: the engine takes few faster than many."""
    return {name: space for name, space in prefixes().items() if f"{name}:" in text} if ":" in text else {}


def _read() -> dict[str, str]:
    found = {}
    with open(os.path.join(locations.files(), "ontology", "prefixes.ttl"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("@prefix "):
                _, name, namespace, _ = line.split()
                found[name[:-1]] = namespace[1:-1]
    return found


def compact_to_iri(curie: str) -> str:
    """The IRI of a CURIE of the prefix table.

    Raises:
        KeyError: the prefix is not in the table.
    """
    prefix, _, local = curie.partition(":")
    return prefixes()[prefix] + local


_longest_first: list[tuple[str, str]] = []


def iri_to_compact(iri: str) -> str:
    """The CURIE of an IRI with the longest namespace that fits, or the IRI itself."""
    if not _longest_first:
        _longest_first.extend(sorted(((space, name) for name, space in prefixes().items()), key=lambda one: -len(one[0])))
    for space, name in _longest_first:
        if iri.startswith(space):
            return f"{name}:{iri[len(space) :]}"
    return iri
