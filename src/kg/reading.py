"""Fills a :class:`kg.causal.CausalGraph` from the graph, by the queries in ``queries/reading``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.causal import CausalGraph, Claim, Evidence, Source, State
from kg.library import reading
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.terms import Asked


def causal(rows: Asked) -> CausalGraph:
    """The states and causal claims of a graph with their evidence, in the order of their IRIs."""
    return CausalGraph(_states(rows), _claims(rows, _evidence(rows)))


def _states(rows: Asked) -> dict[str, State]:
    found: dict[str, tuple[tuple[str, str, str], list[str]]] = {}
    for state, label, kind, definition, synonym in rows(reading("states")):
        _facts, synonyms = found.setdefault(state.value, ((label.value, _local(kind), _text(definition)), []))
        if synonym is not None and synonym.value not in synonyms:
            synonyms.append(synonym.value)
    return {
        iri: State(iri, label, kind, definition, tuple(synonyms))
        for iri, ((label, kind, definition), synonyms) in found.items()
    }


def _claims(rows: Asked, evidence: dict[str, list[Evidence]]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            claim.value,
            cause.value,
            _local(relation),
            effect.value,
            _local(status),
            certainty.value,
            tuple(evidence.get(claim.value, ())),
            _text(onset),
            _text(reversibility),
            _text(note),
        )
        for claim, cause, relation, effect, status, certainty, onset, reversibility, note in rows(reading("causal_claims"))
    )


def _evidence(rows: Asked) -> dict[str, list[Evidence]]:
    identifiers: dict[str, list[str]] = {}
    for source, identifier in rows(reading("identifiers")):
        identifiers.setdefault(source.value, []).append(identifier.value)
    lines: dict[str, tuple[str, Any, list[str]]] = {}
    for claim, line, source, title, url, stance, study, directness, locator, note in rows(reading("evidence")):
        where = Source(source.value, title.value, _text(url), tuple(identifiers.get(source.value, ())))
        facts = (where, _local(stance), study.value, _note(directness, note))
        # An article may state a claim in several sections: one line, all its places.
        places = lines.setdefault(line.value, (claim.value, facts, []))[2]
        if locator is not None and locator.value not in places:
            places.append(locator.value)
    found: dict[str, list[Evidence]] = {}
    for claim, (where, stance, study, note), places in lines.values():
        found.setdefault(claim, []).append(Evidence(where, stance, study, "; ".join(places), note))
    return found


def _note(directness: Any, note: Any) -> str:
    words = _text(note)
    return f"indirect: {words}".rstrip(": ") if directness is not None and _local(directness) == "indirect" else words


def _local(node: Any) -> str:
    return str(node.value).removeprefix(KG)


def _text(node: Any) -> str:
    return "" if node is None else str(node.value)
