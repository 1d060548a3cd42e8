"""The claims of a repository as their authors wrote them: in which file, with which properties, line by line of evidence in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kg import locations
from kg.build import read
from kg.rdf.namespaces import KG, RDF_TYPE

#: Values by property (a local name): IRIs, or words as they stand.
Facts = dict[str, list[str]]


@dataclass(slots=True)
class Written:
    """A claim as it stands in a file; ``lines`` are its lines of evidence in order."""

    iri: str
    path: str
    kind: str = ""
    facts: Facts = field(default_factory=dict)
    lines: list[Facts] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The IRI of the end that the claim begins with."""
        return (self.facts.get("cause") or self.facts.get("subject") or [""])[0]

    @property
    def object(self) -> str:
        """The IRI of the other end."""
        return (self.facts.get("effect") or self.facts.get("object") or [""])[0]

    @property
    def relation(self) -> str:
        """What it asserts, as a local name."""
        return self.facts.get("relation", [""])[0].removeprefix(KG)


def claims(root: str) -> dict[str, Written]:
    """The claims of ``data/`` by IRI, in the order of files and blocks.

    Raises:
        kg.errors.DataError: a file that cannot be read.
    """
    found: dict[str, Written] = {}
    for path in paths(root):
        for claim in of_quads(read.parse_turtle(path), path):
            found.setdefault(claim.iri, claim)
    return found


def paths(root: str) -> list[str]:
    """The Turtle files of ``data/``, sorted."""
    found = []
    for place, _, names in locations.walk(os.path.join(root, "data")):
        found += [os.path.join(place, name) for name in names if name.endswith(".ttl") and locations.is_source(place, name)]
    return read.once(sorted(found))


def of_quads(quads: list[Any], path: str) -> Iterator[Written]:
    """The claims among the quads of one file, in order."""
    claims: dict[Any, Written] = {}
    lines: dict[Any, Facts] = {}
    for quad in quads:
        if quad.predicate == RDF_TYPE and str(quad.object.value).startswith(KG) and quad.object.value.endswith("Claim"):
            iri = quad.subject.value
            claims[quad.subject] = Written(iri, path, quad.object.value.removeprefix(KG))
    for quad in quads:
        name = quad.predicate.value.removeprefix(KG)
        if quad.subject in claims and name == "evidence" and isinstance(quad.object, BlankNode | NamedNode):
            facts = lines.setdefault(quad.object, {})
            claims[quad.subject].lines.append(facts)
        elif quad.subject in claims:
            claims[quad.subject].facts.setdefault(name, []).append(_value(quad.object))
    for quad in quads:
        if quad.subject in lines:
            lines[quad.subject].setdefault(quad.predicate.value.removeprefix(KG), []).append(_value(quad.object))
    yield from claims.values()


def _value(node: Any) -> str:
    return str(node.value) if isinstance(node, Literal | NamedNode | BlankNode) else str(node)
