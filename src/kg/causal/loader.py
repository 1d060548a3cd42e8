"""Fills a :class:`kg.causal.model.CausalGraph` from the graph, whole and with all evidence, by the queries in ``queries/reading``.

Routes, explanations and corrections read bit by bit instead, see :mod:`kg.causal.upstream`, and come here for the evidence of
what they found.
"""

from __future__ import annotations

from itertools import islice

from kg.causal.claim_rows import join_gates, local, local_or_none, of, read_claim, read_evidence, span, text
from kg.causal.kinds import closure
from kg.causal.model import CausalGraph, Claim, Evidence, Source, State
from kg.causal.route import Route
from kg.grounding.resolve import Term
from kg.sparql.header import header
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.grounding.resolve import Asked


def causal(rows: Asked) -> CausalGraph:
    """The states and causal claims of a graph with their evidence, in the order of their IRIs."""
    found = _whole(rows, _claims(of(rows, "causal_claims", "claim", None), _evidence(rows, None)))
    about = header(rows)
    found.credit = "" if about.native else about.credit()
    return found


def bare(rows: Asked) -> CausalGraph:
    """The same without evidence, which a walk does not look at."""
    return _whole(rows, _claims(of(rows, "causal_claims", "claim", None), {}))


def _whole(rows: Asked, claims: tuple[Claim, ...]) -> CausalGraph:
    states = _states(rows)
    groups = sorted({gate for claim in claims for gate in claim.only_when} - states.keys())
    for group, label, kind, *_ in of(rows, "scopes", "state", groups):
        states[group.value] = State(group.value, label.value, local(kind))
    return CausalGraph(states, claims, _kinds(rows), own_diseases(rows))


def _kinds(rows: Asked) -> dict[str, frozenset[str]]:
    """What is a kind of what; the closure is made here, since not every engine walks a path without a start."""
    return closure((narrower.value, wider.value) for narrower, wider in rows(reading("kind_pairs")))


def own_diseases(rows: Asked) -> dict[str, str]:
    """The diseases that are a nutrient status's own, each with the status."""
    return {disease.value: status.value for disease, status in rows(reading("own_diseases"))}


def add_evidence(rows: Asked, found: list[Route]) -> list[Route]:
    """Routes with the evidence of their claims."""
    claims = iter(with_evidence(rows, [claim for route in found for claim in route.claims]))
    return [route._replace(claims=tuple(islice(claims, len(route.claims)))) for route in found]


def with_evidence(rows: Asked, bare: Iterable[Claim]) -> list[Claim]:
    """Claims with the evidence and notes that they were read without."""
    bare = list(bare)
    names = sorted({claim.iri for claim in bare})
    evidence = _evidence(rows, names)
    told = {claim.iri: claim for claim in _claims(of(rows, "causal_claims", "claim", names), evidence)}
    # A step that a modifier claim stands for is not a causal claim, and has evidence all the same.
    return [told.get(claim.iri) or claim._replace(evidence=tuple(evidence.get(claim.iri, ()))) for claim in bare]


def risks(rows: Asked, groups: list[str]) -> list[tuple[Claim, Term]]:
    """The claims that groups of people are at risk of a state, each with the state; ``cause`` is the group."""
    found = []
    for claim, group, relation, state, status, certainty, onset, prominence, label, kind in of(rows, "risks", "group", groups):
        risk = read_claim(claim, group, relation, state, status, certainty, onset, prominence=prominence)
        found.append((risk, Term(state.value, label.value, local(kind))))
    return found


def kinds(rows: Asked, findings: list[str]) -> list[tuple[tuple[str, str], Term]]:
    """Pairs of a narrower and a wider state, one of them a finding, each with the other one as a term."""
    return [
        (
            (finding.value, other.value) if wider.value in ("true", "1") else (other.value, finding.value),
            Term(other.value, label.value, local(kind)),
        )
        for finding, other, label, kind, wider in of(rows, "kinds", "finding", findings)
    ]


def claim_sources(rows: Asked, claims: Iterable[str]) -> dict[str, list[str]]:
    """The IRIs of the sources of claims."""
    found: dict[str, list[str]] = {}
    for claim, source in of(rows, "claim_sources", "claim", sorted(set(claims))):
        found.setdefault(claim.value, []).append(source.value)
    return found


def _states(rows: Asked) -> dict[str, State]:
    found: dict[str, tuple[State, list[str]]] = {}
    told = sorted(rows(reading("states")), key=lambda row: (row[0].value, text(row[4])))
    for state, label, kind, definition, synonym, about, deviation in told:
        facts = State(state.value, label.value, local(kind), text(definition), (), text(about), local_or_none(deviation))
        _facts, synonyms = found.setdefault(state.value, (facts, []))
        if synonym is not None and synonym.value not in synonyms:
            synonyms.append(synonym.value)
    return {iri: facts._replace(synonyms=tuple(synonyms)) for iri, (facts, synonyms) in found.items()}


def _claims(told: Iterable[Any], evidence: dict[str, list[Evidence]]) -> tuple[Claim, ...]:
    found: dict[str, Claim] = {}
    for *facts, reversibility, note, reverses, soonest, latest in told:
        bare = read_claim(*facts)
        claim = bare._replace(
            evidence=tuple(evidence.get(bare.iri, ())),
            reversibility=text(reversibility),
            note=text(note),
            reverses=local_or_none(reverses),
            recovery=span(text(soonest), text(latest)),
        )
        found[bare.iri] = join_gates(found.get(bare.iri), claim)
    return tuple(sorted(found.values(), key=lambda claim: claim.iri))


def _evidence(rows: Asked, claims: list[str] | None) -> dict[str, list[Evidence]]:
    told = read_evidence(rows, claims)
    sources = None if claims is None else sorted({row["source"].value for row in told})
    identifiers: dict[str, list[str]] = {}
    for source, identifier in of(rows, "identifiers", "source", sources):
        identifiers.setdefault(source.value, []).append(identifier.value)
    lines: dict[str, tuple[str, Any, list[str]]] = {}
    for claim, line, source, title, url, access, stance, study, directness, locator, note in told:
        # The address of a mere copy on another site is not a citation.
        address = "" if access is None or local(access) == "otherSiteCopy" else text(url)
        where = Source(source.value, title.value, address, tuple(identifiers.get(source.value, ())))
        facts = (where, local(stance), study.value, _note(directness, note))
        # An article may state a claim in several sections: one line, all its places.
        places = lines.setdefault(line.value, (claim.value, facts, []))[2]
        if locator is not None and locator.value not in places:
            places.append(locator.value)
    found: dict[str, list[Evidence]] = {}
    for claim, (where, stance, study, note), places in lines.values():
        found.setdefault(claim, []).append(Evidence(where, stance, study, "; ".join(places), note))
    return found


def _note(directness: Any, note: Any) -> str:
    words = text(note)
    return f"indirect: {words}".rstrip(": ") if directness is not None and local(directness) == "indirect" else words
