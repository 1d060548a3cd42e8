"""OBO flat file format 1.4 of the vocabulary: a stanza for each class and object property."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, RDFS, SKOS, iri_to_compact
from kg.rdf.xml import replace_forbidden
from kg.sparql.header import Header

_OWL = "http://www.w3.org/2002/07/owl#"
_STANZAS = {_OWL + "Class": "Term", _OWL + "ObjectProperty": "Typedef"}


def obo(triples: Iterable[Any], header: Header) -> bytes:
    """The document. Data properties and the values of closed lists are left out: the format, or its readers, do not have them."""
    about: dict[Any, list[Any]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    stanzas = [_stanza(node, facts) for node, facts in sorted(about.items(), key=lambda one: str(one[0]))]
    return "\n\n".join([_header(about.get(NamedNode(header.iri or KG), []), header.slug), *filter(None, stanzas), ""]).encode()


def _header(facts: list[Any], slug: str) -> str:
    version = next((fact.object.value for fact in facts if fact.predicate.value == _OWL + "versionInfo"), "")
    lines = ["format-version: 1.4"]
    if version:
        lines.append(f"data-version: {_text(version)}")
    lines += [f"ontology: {slug}", f"idspace: kg {KG}"]
    for name in ("title", "description", "license"):
        for fact in facts:
            if fact.predicate.value == DCTERMS + name:
                value = fact.object.value
                said = f'"{_quote(value)}" xsd:string' if isinstance(fact.object, Literal) else _link(value)
                lines.append(f"property_value: {DCTERMS.replace(':', chr(92) + ':')}{name} {said}")
    return "\n".join(lines)


def _stanza(node: Any, facts: list[Any]) -> str:
    if not isinstance(node, NamedNode):
        return ""
    kinds = {fact.object.value for fact in facts if fact.predicate == RDF_TYPE}
    kind = next((name for iri, name in _STANZAS.items() if iri in kinds), "")
    if not kind:
        return ""
    lines = [f"[{kind}]", f"id: {_id(node.value)}"]
    for predicate, write in _CLAUSES:
        told = sorted({fact.object.value for fact in facts if fact.predicate.value == predicate})
        lines += [write(value) for value in told if not value.startswith("_:")]
    for predicate, tag in _LINKS[kind]:
        told = sorted(
            {fact.object.value for fact in facts if fact.predicate.value == predicate and isinstance(fact.object, NamedNode)}
        )
        lines += [f"{tag}: {_id(value)}" for value in told]
    return "\n".join(lines)


def _text(value: str) -> str:
    """The text of a clause without quotes."""
    line = " ".join(replace_forbidden(value).split())
    return "".join(f"\\{letter}" if letter in "\\{}!" else letter for letter in line)


def _quote(value: str) -> str:
    return " ".join(replace_forbidden(value).split()).replace("\\", "\\\\").replace('"', '\\"')


def _id(iri: str) -> str:
    name = iri_to_compact(iri)
    return _link(iri) if name == iri or not name.replace(":", "", 1).replace("-", "").replace("_", "").isalnum() else name


def _link(iri: str) -> str:
    return iri.replace("\\", "\\\\").replace(" ", "\\ ")


_CLAUSES: tuple[tuple[str, Callable[[str], str]], ...] = (
    (RDFS + "label", lambda value: f"name: {_text(value)}"),
    (SKOS + "definition", lambda value: f'def: "{_quote(value)}" []'),
    (SKOS + "scopeNote", lambda value: f"comment: {_text(value)}"),
    (SKOS + "altLabel", lambda value: f'synonym: "{_quote(value)}" EXACT []'),
    (SKOS + "exactMatch", lambda value: f"xref: {_id(value)}"),
)
#: The clauses of a stanza that name others, in the order of the format.
_LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "Term": ((RDFS + "subClassOf", "is_a"), (_OWL + "disjointWith", "disjoint_from")),
    "Typedef": (
        (RDFS + "domain", "domain"),
        (RDFS + "range", "range"),
        (RDFS + "subPropertyOf", "is_a"),
        (_OWL + "inverseOf", "inverse_of"),
    ),
}
