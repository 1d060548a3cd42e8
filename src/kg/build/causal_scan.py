"""The causal part of a store as the walk of influences needs it: read by scans of single properties, half the time of a query.

It has no definitions, evidence or notes, which no walk looks at. What is written twice of a record counts once, the first in
the order of the text.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Store

from kg.causal.kinds import closure
from kg.causal.model import CausalGraph, Claim, State
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, kg
from kg.rdf.vocabulary import CERTAINTY_NAMES, MOST_PROMINENT


def scan_causal(store: Store) -> CausalGraph:
    """The states and causal claims of a store."""
    claims = _scan_claims(store)
    of, deviations = (_scan(store, name) for name in ("stateOf", "deviation"))
    states = {}
    for state in _members(store, "State"):
        if named := find_named(store, state):
            states[state] = named._replace(of=of.get(state, ""), deviation=deviations.get(state, "").removeprefix(KG))
    for gate in {gate for claim in claims for gate in claim.only_when} - states.keys():
        if named := find_named(store, gate):
            states[gate] = named
    return CausalGraph(states, claims, closure(find_pairs(store, "kindOf")), _scan(store, "diseaseOf"))


def find_named(store: Store, iri: str) -> State | None:
    """The label and kind of a record; None where it lacks one."""
    node = NamedNode(iri)
    kinds = [_value(quad.object) for quad in store.quads_for_pattern(node, kg("kind"), None, None)]
    label = next(store.quads_for_pattern(node, RDFS_LABEL, None, None), None)
    return State(iri, _value(label.object), min(kinds).removeprefix(KG)) if kinds and label else None


def _scan_claims(store: Store) -> tuple[Claim, ...]:
    names = (
        "cause",
        "relation",
        "effect",
        "status",
        "certainty",
        "frequency",
        "compensatesFor",
        "byDefinition",
        "onset",
        "listedAlone",
        "prominence",
    )
    columns = {name: _scan(store, name) for name in names}
    cause, relation, effect, status, certainty, frequency, answered, definition, onset, listed, prominence = columns.values()
    gates: dict[str, list[str]] = {}
    for claim, gate in find_pairs(store, "onlyWhen"):
        gates.setdefault(claim, []).append(gate)
    whole = _members(store, "CausalClaim")
    for column in (cause, relation, effect, status, certainty):
        whole &= column.keys()
    return tuple(
        Claim(
            claim,
            cause[claim],
            relation[claim].removeprefix(KG),
            effect[claim],
            status[claim].removeprefix(KG),
            CERTAINTY_NAMES[certainty[claim].removeprefix(KG)],
            onset=onset.get(claim, ""),
            frequency=frequency.get(claim, "").removeprefix(KG),
            only_when=tuple(sorted(gates.get(claim, ()))),
            compensates_for=answered.get(claim, ""),
            by_definition=definition.get(claim) in ("true", "1"),
            listed=listed.get(claim) in ("true", "1"),
            prominence=int(prominence.get(claim, MOST_PROMINENT)),
        )
        for claim in sorted(whole)
    )


def _members(store: Store, name: str) -> set[str]:
    return {_value(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, kg(name), None)}


def find_pairs(store: Store, name: str) -> list[tuple[str, str]]:
    """The records that have a property, each with a value of it."""
    return [(_value(quad.subject), _value(quad.object)) for quad in store.quads_for_pattern(None, kg(name), None, None)]


def _scan(store: Store, name: str) -> dict[str, str]:
    """The value of a property by record."""
    return dict(sorted(find_pairs(store, name), reverse=True))


def _value(node: Any) -> str:
    return str(getattr(node, "value", node))
