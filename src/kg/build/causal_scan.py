"""The causal part of a store as the walk of influences needs it: read by scans of single properties, half the time of a query.

It has no names, definitions, evidence or notes, which no walk looks at. What is written twice of a record counts once, the first in
the order of the text.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Store

from kg.causal.kinds import closure
from kg.causal.model import CausalGraph, Claim, State
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, kg
from kg.rdf.vocabulary import CERTAINTY_NAMES


def scan_causal(store: Store) -> CausalGraph:
    """The states and causal claims of a store."""
    claims = _scan_claims(store)
    of, deviations = (_scan(store, name) for name in ("stateOf", "deviation"))
    states = {}
    for state in _members(store, "State"):
        if kind := _find_kind(store, state):
            states[state] = State(state, "", kind, of=of.get(state, ""), deviation=deviations.get(state, "").removeprefix(KG))
    for gate in {gate for claim in claims for gate in claim.only_when} - states.keys():
        if kind := _find_kind(store, gate):
            states[gate] = State(gate, "", kind)
    return CausalGraph(states, claims, closure(_pairs(store, "kindOf")), _scan(store, "diseaseOf"))


def _find_kind(store: Store, iri: str) -> str:
    """The kind of a record; empty where it has none, or no name."""
    node = NamedNode(iri)
    kinds = [_value(quad.object) for quad in store.quads_for_pattern(node, kg("kind"), None, None)]
    named = next(store.quads_for_pattern(node, RDFS_LABEL, None, None), None)
    return min(kinds, default="").removeprefix(KG) if named else ""


def _scan_claims(store: Store) -> tuple[Claim, ...]:
    names = ("cause", "relation", "effect", "status", "certainty", "frequency", "compensatesFor", "byDefinition")
    cause, relation, effect, status, certainty, frequency, answered, definition = (_scan(store, name) for name in names)
    gates: dict[str, list[str]] = {}
    for claim, gate in _pairs(store, "onlyWhen"):
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
            frequency=frequency.get(claim, "").removeprefix(KG),
            only_when=tuple(sorted(gates.get(claim, ()))),
            compensates_for=answered.get(claim, ""),
            by_definition=definition.get(claim) in ("true", "1"),
        )
        for claim in sorted(whole)
    )


def _members(store: Store, name: str) -> set[str]:
    return {_value(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, kg(name), None)}


def _pairs(store: Store, name: str) -> list[tuple[str, str]]:
    return [(_value(quad.subject), _value(quad.object)) for quad in store.quads_for_pattern(None, kg(name), None, None)]


def _scan(store: Store, name: str) -> dict[str, str]:
    """The value of a property by record."""
    return dict(sorted(_pairs(store, name), reverse=True))


def _value(node: Any) -> str:
    return str(getattr(node, "value", node))
