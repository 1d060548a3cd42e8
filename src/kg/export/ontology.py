"""The vocabulary alone, without the records: as Turtle, as RDF/XML (for Protégé, owlready2 and catalogues) and as OBO."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.errors import DataError, UsageError
from kg.export.obo import obo
from kg.export.rdf import sort_triples
from kg.locations import __version__
from kg.rdf.element_names import refuse_unnameable
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS, prefixes
from kg.rdf.xml import replace_in_document

if TYPE_CHECKING:
    from kg.graph import Graph

OWL = "http://www.w3.org/2002/07/owl#"
#: The forms, as ``--as`` names them.
FORMS = ("ttl", "owl", "obo")
#: The release of the vocabulary, which is that of the data.
VERSION = f"{KG}{__version__}"
#: What the build adds to terms for its own use.
_DERIVED = frozenset((KG + "kind", KG + "nameKey", KG + "wordKey"))
_IMPORTS = NamedNode(OWL + "imports")
_ABOVE = NamedNode(RDFS + "subClassOf")


def ontology(graph: Graph, style: str = "ttl") -> tuple[bytes]:
    """The vocabulary of a graph in one of :data:`FORMS`.

    Raises:
        UsageError: no such form.
        DataError: the graph declares no vocabulary.
    """
    if style not in FORMS:
        raise UsageError(f"--as {style}: the ontology is available as {', '.join(FORMS)}")
    triples = find_declarations(list(sort_triples(graph)))
    if not triples:
        raise DataError("the graph declares no owl:Ontology, class or property; export one that contains its vocabulary")
    if style == "obo":
        return (obo(triples, graph.header),)
    kind = RdfFormat.TURTLE if style == "ttl" else RdfFormat.RDF_XML
    try:
        passed = triples if style == "ttl" else list(refuse_unnameable(triples, prefixes()))
    except ValueError as error:
        raise DataError(f"--as owl: {error}") from None
    written = serialize(passed, format=kind, prefixes=prefixes()) or b""
    return (replace_in_document(written) if style == "owl" else written,)


def find_declarations(triples: list[Triple]) -> list[Triple]:
    """The triples that make up the vocabulary, with its version: declarations, axioms, and the values of closed lists."""
    types: dict[Any, set[Any]] = {}
    for triple in triples:
        if triple.predicate == RDF_TYPE:
            types.setdefault(triple.subject, set()).add(triple.object)
    wanted = {subject for subject, kinds in types.items() if any(kind.value.startswith(OWL) for kind in kinds)}
    if not wanted:
        return []
    wanted |= _values(triples, types)
    about: dict[Any, list[Triple]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    found: list[Triple] = []
    waiting = sorted(wanted, key=str)
    seen = set(waiting)
    while waiting:
        for triple in about.get(waiting.pop(0), ()):
            if triple.predicate.value in _DERIVED:
                continue
            found.append(triple)
            if isinstance(triple.object, BlankNode) and triple.object not in seen:
                seen.add(triple.object)
                waiting.insert(0, triple.object)
    return [one for one in found if not _brings_what_is_here(one, wanted)] + _version(found)


def _brings_what_is_here(triple: Triple, declared: set[Any]) -> bool:
    """An import of an ontology whose declarations stand in the same file: a reader would fetch it, and may find nobody there."""
    return triple.predicate == _IMPORTS and triple.object in declared


def _values(triples: Iterable[Triple], types: dict[Any, set[Any]]) -> set[Any]:
    """Values such as "low" or "supports": names of our own without a folder, of a class that stands under no other."""
    under = {triple.subject for triple in triples if triple.predicate == _ABOVE}
    lists = {kind for kinds in types.values() for kind in kinds} - under - {NamedNode(KG + "Thing")}
    return {subject for subject, kinds in types.items() if kinds <= lists and _plain(subject) and not _is_owl(kinds)}


def _plain(node: Any) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(KG) and "/" not in node.value[len(KG) :]


def _is_owl(kinds: set[Any]) -> bool:
    return any(kind.value.startswith(OWL) for kind in kinds)


def _version(triples: list[Triple]) -> list[Triple]:
    this, info, version = NamedNode(KG), NamedNode(OWL + "versionInfo"), NamedNode(OWL + "versionIRI")
    told = {triple.predicate for triple in triples if triple.subject == this}
    added = [Triple(this, version, NamedNode(VERSION)), Triple(this, info, Literal(__version__))]
    return [triple for triple in added if told and triple.predicate not in told]
