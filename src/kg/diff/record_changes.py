"""The terms and claims of a graph as comparable records, and how two sets of them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, iri_to_compact, kg

EVIDENCE, LABEL = kg("evidence"), RDFS_LABEL.value
#: What the build derives for a record from itself: it says nothing that the record does not.
ECHOES = {RDF_TYPE.value, *(KG + name for name in ("nameKey", "wordKey", "subject", "object", "expressedBy"))}
RELATION = kg("relation")

Facts = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """A record that both graphs hold, with each property that says something else: name, old and new values."""

    iri: str
    label: str
    properties: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Records of one sort that were added, removed or changed; each as IRI and label, in the order of the IRIs."""

    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def iris(self) -> list[str]:
        """All records that differ."""
        return sorted([iri for iri, _ in (*self.added, *self.removed)] + [change.iri for change in self.changed])


@dataclass
class Records:
    """The facts of each record by IRI: property (CURIE) to sorted values."""

    terms: dict[str, Facts] = field(default_factory=dict)
    claims: dict[str, Facts] = field(default_factory=dict)


def read(store: Store) -> Records:
    """The terms and claims of a store."""
    found = Records()
    # The plain triples of claims, which the claims themselves tell.
    edges = {
        quad.object.value for quad in store.quads_for_pattern(None, RELATION, None, None) if isinstance(quad.object, NamedNode)
    }
    for graph_class, records in (("Thing", found.terms), ("Claim", found.claims)):
        for quad in store.quads_for_pattern(None, RDF_TYPE, kg(graph_class), None):
            if isinstance(quad.subject, NamedNode):
                records[quad.subject.value] = _facts(store, quad.subject, edges)
    return found


def _facts(store: Store, record: NamedNode, edges: set[str]) -> Facts:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(record, None, None, None):
        name = quad.predicate.value
        if quad.predicate == EVIDENCE:
            values["kg:evidence"].add(_line(store, quad.object))
        elif name not in ECHOES and name not in edges:
            values[iri_to_compact(name)].add(_plain(quad.object))
    return {name: tuple(sorted(found)) for name, found in sorted(values.items())}


def _line(store: Store, line: Any) -> str:
    facts = {q.predicate.value.removeprefix(KG): _plain(q.object) for q in store.quads_for_pattern(line, None, None, None)}
    parts = [facts.get(name, "").removeprefix("kg:") for name in ("stance", "source", "directness", "locator", "note")]
    return " ".join(filter(None, parts))


def _plain(value: Any) -> str:
    return iri_to_compact(value.value) if isinstance(value, NamedNode) else str(value.value)


def difference(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> Difference:
    """How two sets of records differ."""
    return Difference(
        tuple((iri, label(new[iri], iri)) for iri in sorted(new.keys() - old.keys())),
        tuple((iri, label(old[iri], iri)) for iri in sorted(old.keys() - new.keys())),
        tuple(
            Change(iri, label(new[iri], iri), _properties(old[iri], new[iri]))
            for iri in sorted(old.keys() & new.keys())
            if old[iri] != new[iri]
        ),
    )


def label(facts: Facts, iri: str) -> str:
    """The label of a record, or its CURIE where it has none, as claims do."""
    return facts.get("rdfs:label", (iri_to_compact(iri),))[0]


def _properties(old: Facts, new: Facts) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    names = sorted(old.keys() | new.keys())
    return tuple((name, old.get(name, ()), new.get(name, ())) for name in names if old.get(name) != new.get(name))
