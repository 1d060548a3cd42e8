"""A small store in which the rules of the build derive what follows for some claims: with all that the rules read beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.build import derive
from kg.rdf.namespaces import KG, RDFS, kg

SUBJECT, RELATION, OBJECT, STATUS, CAUSE, EFFECT = map(kg, ("subject", "relation", "object", "status", "cause", "effect"))
_CLAIM, _EVIDENCE = KG + "claim/", KG + "evidence/"
_REFUTED = kg("refuted")
#: What leads on from a record that is named to another one that the rules read.
_LEADS_ON = frozenset(map(kg, ("stateOf", "countsFor", "concerns", "studyKind", "lineKind", "quotedWork", "standing")))
_HIERARCHIES = (NamedNode(RDFS + "subPropertyOf"), NamedNode(RDFS + "subClassOf"))
#: What is derived for a claim, and may not be there when it is derived again.
_JUDGED = frozenset((*derive.JUDGED, derive.FREQUENCY))


def find_between(store: Store, one: NamedNode, this: Any, other: NamedNode, that: Any) -> set[Any]:
    """The records with these two values."""
    found = {quad.subject for quad in store.quads_for_pattern(None, one, this, None)}
    return found & {quad.subject for quad in store.quads_for_pattern(None, other, that, None)}


def derive_claims(built: Store, claims: set[NamedNode], own: set[NamedNode], written: list[Quad]) -> Store:
    """A small store in which all is derived that the graph says of some claims.

    Parameters:
        own: those that changed; all that is known of the others comes from the built graph.
        written: what is written of the ones that changed.
    """
    quads = [*written, *(quad for predicate in _HIERARCHIES for quad in built.quads_for_pattern(None, predicate, None, None))]
    for claim in claims - own:
        quads += _copy_claim(built, claim)
    for claim in claims:
        for quad in built.quads_for_pattern(None, kg("states"), claim, None):
            quads += built.quads_for_pattern(quad.subject, None, None, None)
    ends = {(quad.subject, quad.predicate): quad.object for quad in quads}
    for claim in claims:
        cause, effect, finding = (ends.get((claim, name)) for name in (CAUSE, EFFECT, SUBJECT))
        if cause and effect:
            for other in find_between(built, OBJECT, cause, SUBJECT, effect) - claims:
                quads += _copy_claim(built, other)
        for quad in built.quads_for_pattern(None, kg("biomarker"), finding, None) if finding else ():
            quads += built.quads_for_pattern(quad.subject, None, None, None)
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend(_close(built, quads))
    derive.derive(store)
    store.bulk_extend(list(derive.word_keys(store)))
    derive.label(store)
    return store


def _copy_claim(built: Store, claim: Any) -> Iterator[Quad]:
    """What the built graph says of a claim and its lines of evidence, but for what is judged."""
    for quad in built.quads_for_pattern(claim, None, None, None):
        if quad.predicate not in _JUDGED:
            yield quad
        if quad.predicate == derive.EVIDENCE:
            yield from built.quads_for_pattern(quad.object, None, None, None)  # type: ignore[arg-type]


def _close(built: Store, quads: list[Quad]) -> Iterator[Quad]:
    """What the built graph says of all that is named, and of what that leads on to."""
    seen: set[Any] = set()
    waiting = [quad.object for quad in quads]
    while waiting:
        node = waiting.pop()
        if (
            node in seen
            or not isinstance(node, NamedNode)
            or not node.value.startswith(KG)
            or node.value.startswith((_CLAIM, _EVIDENCE))
        ):
            continue
        seen.add(node)
        for quad in built.quads_for_pattern(node, None, None, None):
            yield quad
            if quad.predicate in _LEADS_ON:
                waiting.append(quad.object)


def list_facts(store: Store, claims: set[NamedNode]) -> set[Triple]:
    """What a graph says of claims and their lines of evidence."""
    found = {quad.triple for claim in claims for quad in store.quads_for_pattern(claim, None, None, None)}
    lines = {triple.object for triple in found if triple.predicate == derive.EVIDENCE}
    return found | {quad.triple for line in lines for quad in store.quads_for_pattern(line, None, None, None)}  # type: ignore[arg-type]


def list_plain(store: Store, claims: set[NamedNode]) -> set[Triple]:
    """The plain triples of claims."""
    found = set()
    for claim in claims:
        of: dict[Any, list[Any]] = {}
        for quad in store.quads_for_pattern(claim, None, None, None):
            of.setdefault(quad.predicate, []).append(quad.object)
        if any(status != _REFUTED for status in of.get(STATUS, ())):
            ends = product(of.get(SUBJECT, ()), of.get(RELATION, ()), of.get(OBJECT, ()))
            found |= {Triple(*parts) for parts in ends}
    return found
