"""Fills a :class:`kg.causal.model.CausalGraph` from the graph, by the queries in ``queries/reading``.

Whole, with all evidence, for views; or bit by bit, upstream from where a search stands, without evidence. The second is
how routes, explanations and corrections read: the same on an engine in this process and on a remote endpoint.
"""

from __future__ import annotations

from itertools import islice

from kg.causal.model import CausalGraph, Claim, Evidence, Source, State
from kg.causal.path_source import MODIFIERS, modified
from kg.causal.paths import Route
from kg.grounding.resolve import Term
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from kg.grounding.resolve import Asked

#: How many IRIs go into one query: servers limit its length.
BATCH = 500

_CERTAINTIES = {"highCertainty": "high", "moderateCertainty": "moderate", "lowCertainty": "low", "veryLowCertainty": "very low"}


def causal(rows: Asked) -> CausalGraph:
    """The states and causal claims of a graph with their evidence, in the order of their IRIs."""
    return CausalGraph(_states(rows), _claims(of(rows, "causal_claims", "claim", None), _evidence(rows, None)))


class Upstream(CausalGraph):
    """A causal graph that is read as it is walked: claims without their evidence, mostly against their direction.

    Only what lies upstream of the states it was made with is fetched, one query for each step back; and what some
    circumstance leads to, where that is asked for.
    """

    def __init__(self, rows: Asked, *ends: Term) -> None:
        self.rows = rows
        self.into: dict[str, list[Claim]] = {}
        self.out: dict[str, list[Claim]] = {}
        self.read_onward: set[str] = set()
        self.led_out: set[tuple[str, str]] = set()
        self.states: dict[str, State] = {end.iri: State(end.iri, end.label, end.kind) for end in ends}
        self.modified: dict[str, list[Claim]] = {}
        for end in ends:
            if end.kind in MODIFIERS:
                self._let_modify(end)

    def add_name(self, term: Term) -> None:
        """Let a thing that is no state, such as a group of people, be told by its label."""
        self.states.setdefault(term.iri, State(term.iri, term.label, term.kind))

    def _let_modify(self, thing: Term) -> None:
        """Let a food-side factor that is no state act on the states that stand for what it does to a process."""
        for claim, cause, relation, effect, status, certainty, onset, _label, _kind in modified(self.rows, thing):
            self.modified.setdefault(effect.value, []).append(_claim(claim, cause, relation, effect, status, certainty, onset))

    def ahead(self, states: Iterable[str]) -> None:
        """Fetch the claims into those of ``states`` whose claims are not known yet."""
        unread = sorted(set(states).difference(self.into))
        found = [claim for state in unread for claim in self.modified.get(state, ())]
        found += self._fetched("claims_into", "effect", unread)
        self.into.update((state, []) for state in unread)
        for claim in sorted(found):
            self.into[claim.effect].append(claim)
            self._lead_out(claim)

    def onward(self, states: Iterable[str]) -> None:
        """Fetch the claims out of those of ``states`` whose effects are not all known yet."""
        unread = sorted(set(states) - self.read_onward)
        self.read_onward.update(unread)
        for claim in sorted(self._fetched("claims_from", "cause", unread)):
            self._lead_out(claim)

    def _fetched(self, query: str, end: str, states: list[str]) -> list[Claim]:
        found = []
        for claim, cause, relation, effect, status, certainty, onset, label, kind in of(self.rows, query, end, states):
            far = cause.value if end == "effect" else effect.value
            if far not in self.states:
                self.states[far] = State(far, label.value, _local(kind))
            found.append(_claim(claim, cause, relation, effect, status, certainty, onset))
        return found

    def _lead_out(self, claim: Claim) -> None:
        # A claim may be met from both of its ends.
        if (claim.iri, claim.effect) not in self.led_out:
            self.led_out.add((claim.iri, claim.effect))
            self.out.setdefault(claim.cause, []).append(claim)


def told(rows: Asked, found: list[Route]) -> list[Route]:
    """Routes with the evidence of their claims."""
    claims = iter(with_evidence(rows, [claim for route in found for claim in route.claims]))
    return [Route(tuple(islice(claims, len(route.claims)))) for route in found]


def with_evidence(rows: Asked, bare: Iterable[Claim]) -> list[Claim]:
    """Claims with the evidence and notes that they were read without."""
    bare = list(bare)
    names = sorted({claim.iri for claim in bare})
    evidence = _evidence(rows, names)
    told = {claim.iri: claim for claim in _claims(of(rows, "causal_claims", "claim", names), evidence)}
    # A step that a modifier claim stands for is no causal claim, and has evidence all the same.
    return [told.get(claim.iri) or claim._replace(evidence=tuple(evidence.get(claim.iri, ()))) for claim in bare]


def risks(rows: Asked, groups: list[str]) -> list[tuple[Claim, Term]]:
    """The claims that groups of people are at risk of a state, each with the state; ``cause`` is the group."""
    found = []
    for *claim, label, kind in of(rows, "risks", "group", groups):
        found.append((_claim(*claim), Term(claim[3].value, label.value, _local(kind))))
    return found


def kinds(rows: Asked, findings: list[str]) -> list[tuple[tuple[str, str], Term]]:
    """Pairs of a narrower and a wider state, one of them a finding, each with the other one as a term."""
    return [
        (
            (finding.value, other.value) if wider.value == "true" else (other.value, finding.value),
            Term(other.value, label.value, _local(kind)),
        )
        for finding, other, label, kind, wider in of(rows, "kinds", "finding", findings)
    ]


def claim_sources(rows: Asked, claims: Iterable[str]) -> dict[str, list[str]]:
    """The IRIs of the sources of claims."""
    found: dict[str, list[str]] = {}
    for claim, source in of(rows, "claim_sources", "claim", sorted(set(claims))):
        found.setdefault(claim.value, []).append(source.value)
    return found


def of(rows: Asked, name: str, variable: str, values: list[str] | None) -> Iterator[Any]:
    """The rows of a reading query for some values of a variable, or for all: its VALUES row is replaced, or taken out."""
    text = reading(name)
    start = text.index(f"VALUES ?{variable} {{")
    before, after = text[:start], text[text.index("}", start) + 1 :]
    if values is None:
        yield from rows(before + after)
        return
    for first in range(0, len(values), BATCH):
        batch = " ".join(f"<{value}>" for value in values[first : first + BATCH])
        yield from rows(f"{before}VALUES ?{variable} {{ {batch} }}{after}")


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


def _claims(told: Iterable[Any], evidence: dict[str, list[Evidence]]) -> tuple[Claim, ...]:
    found = []
    for claim, cause, relation, effect, status, certainty, onset, reversibility, note in told:
        bare = _claim(claim, cause, relation, effect, status, certainty, onset)
        more = {"reversibility": _text(reversibility), "note": _text(note)}
        found.append(bare._replace(evidence=tuple(evidence.get(bare.iri, ())), **more))
    return tuple(sorted(found, key=lambda claim: claim.iri))


def _claim(claim: Any, cause: Any, relation: Any, effect: Any, status: Any, certainty: Any, onset: Any) -> Claim:
    ends = cause.value, _local(relation), effect.value
    return Claim(claim.value, *ends, _local(status), _CERTAINTIES[_local(certainty)], onset=_text(onset))


def _evidence(rows: Asked, claims: list[str] | None) -> dict[str, list[Evidence]]:
    told = list(of(rows, "evidence", "claim", claims))
    sources = None if claims is None else sorted({row["source"].value for row in told})
    identifiers: dict[str, list[str]] = {}
    for source, identifier in of(rows, "identifiers", "source", sources):
        identifiers.setdefault(source.value, []).append(identifier.value)
    lines: dict[str, tuple[str, Any, list[str]]] = {}
    for claim, line, source, title, url, access, stance, study, directness, locator, note in told:
        # The address of a mere copy on another site is no citation.
        address = "" if access is None or _local(access) == "otherSiteCopy" else _text(url)
        where = Source(source.value, title.value, address, tuple(identifiers.get(source.value, ())))
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
