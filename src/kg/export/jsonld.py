"""The whole graph as JSON-LD 1.1 with our context: short keys, and IRIs as CURIEs of the prefix table."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.export.rdf import sort_triples
from kg.rdf.namespaces import KG, RDF_TYPE, XSD, iri_to_compact, prefixes

if TYPE_CHECKING:
    from kg.graph import Graph

OBJECT_PROPERTY = NamedNode("http://www.w3.org/2002/07/owl#ObjectProperty")


def jsonld(graph: Graph) -> tuple[bytes]:
    """One node object for each subject, in the order of the IRIs.

    Raises:
        UsageError: the graph contains triple terms, which JSON-LD cannot.
    """
    triples = list(sort_triples(graph))
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise UsageError("JSON-LD has no triple terms (RDF 1.2), and the graph contains some; export ttl, nt or trig")
    coerced = {t.subject for t in triples if t.predicate == RDF_TYPE and t.object == OBJECT_PROPERTY and _ours(t.subject)}
    nodes = [_node(subject, list(about), coerced) for subject, about in groupby(triples, key=lambda triple: triple.subject)]
    document = {"@context": context(coerced), "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=0, separators=(",", ": ")).encode() + b"\n",)


def context(object_properties: set[Any]) -> dict[str, Any]:
    """The prefixes, and our object properties as keys whose plain values are IRIs."""
    spaces = {name: {"@id": space, "@prefix": True} for name, space in sorted(prefixes().items())}
    terms = {iri_to_compact(p.value): {"@type": "@id"} for p in sorted(object_properties, key=lambda p: str(p.value))}
    return {"@version": 1.1, **spaces, **terms}


def _node(subject: Any, about: list[Any], coerced: set[Any]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(subject)}
    for predicate, group in groupby(about, key=lambda triple: triple.predicate):
        objects = [triple.object for triple in group]
        if predicate == RDF_TYPE:
            values: list[Any] = [_name(value) for value in objects]
        else:
            values = [_value(value, predicate in coerced) for value in objects]
        node["@type" if predicate == RDF_TYPE else _name(predicate)] = values[0] if len(values) == 1 else values
    return node


def _value(value: Any, coerced: bool) -> Any:
    if isinstance(value, Literal):
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == XSD + "string":
            return {"@value": value.value} if coerced else value.value
        return {"@value": value.value, "@type": _name(value.datatype)}
    return _name(value) if coerced else {"@id": _name(value)}


def _name(node: Any) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else iri_to_compact(node.value)


def _ours(node: Any) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(KG)
