"""Which properties RDF/XML can write: each becomes the name of an element, and not every IRI ends in what may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize


def refuse_unnameable(triples: Iterable[Any], known: dict[str, str] | None) -> Iterator[Any]:
    """The triples as they pass by; ``known`` are the prefixes that they are written with.

    Raises:
        ValueError: at a property that would make the document no XML.
    """
    named: set[NamedNode] = set()
    for triple in triples:
        if triple.predicate not in named:
            if not _is_nameable(triple.predicate, known):
                raise ValueError(f"RDF/XML has no name for the property {triple.predicate}; ask for Turtle")
            named.add(triple.predicate)
        yield triple


def _is_nameable(predicate: NamedNode, known: dict[str, str] | None) -> bool:
    tried = serialize([Triple(BlankNode("x"), predicate, Literal(""))], format=RdfFormat.RDF_XML, prefixes=known) or b""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(tried, True)
    except expat.ExpatError:
        return False
    return True
