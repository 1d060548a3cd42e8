"""Routes as plain values in the form that scripts and servers rely on: the JSON of ``kg paths`` and its kin."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.causal import CausalGraph, Claim
    from kg.correct import Consequences, Sets
    from kg.explain import Candidate
    from kg.inquiry import Explanation
    from kg.paths import Route
    from kg.strength import Way


def named(causal: CausalGraph, iri: str) -> dict[str, str]:
    """A state by its IRI and label."""
    return {"iri": iri, "label": causal.label(iri)}


def step(causal: CausalGraph, claim: Claim, sources: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """One step of a route, with the sources of its claim; ``onset`` only where the claim tells one."""
    lines = [line.source.iri for line in claim.evidence] if sources is None else sources.get(claim.iri, [])
    told: dict[str, Any] = {
        "cause": named(causal, claim.cause),
        "relation": claim.relation,
        "effect": named(causal, claim.effect),
        "claim": claim.iri,
        "status": claim.status,
        "certainty": claim.certainty,
        "sources": list(dict.fromkeys(lines)),
    }
    return {**told, "onset": claim.onset} if claim.onset else told


def route(causal: CausalGraph, found: Route) -> dict[str, Any]:
    """One route: its sign, its length, the certainty of its weakest step, and its steps."""
    steps = [step(causal, claim) for claim in found.claims]
    return {"sign": found.sign, "length": len(steps), "certainty": found.certainty, "steps": steps}


def paths(causal: CausalGraph, cause: str, effect: str, found: list[Route], more: bool) -> dict[str, Any]:
    """The answer of ``kg paths``; ``more`` says whether there are routes beyond the limit."""
    routes = [route(causal, one) for one in found]
    return {"cause": named(causal, cause), "effect": named(causal, effect), "paths": routes, "more": more}


def explanation(answer: Explanation) -> dict[str, Any]:
    """The answer of ``kg explain``; ``also`` are states that are no rivals of the candidate."""
    sources = answer.sources()
    return {
        "findings": [{"input": phrase, "iri": term.iri, "label": term.label} for phrase, term in answer.findings],
        "unresolved": list(answer.unresolved),
        "candidates": [_candidate(answer, candidate, sources) for candidate in answer.candidates],
    }


def _candidate(answer: Explanation, candidate: Candidate, sources: Mapping[str, list[str]]) -> dict[str, Any]:
    causal = answer.causal

    def steps(way: Way) -> list[dict[str, Any]]:
        return [step(causal, claim, sources) for claim in way.claims]

    return {
        **named(causal, candidate.iri),
        "kind": causal.states[candidate.iri].kind,
        "nutritional": candidate.iri in answer.nutritional,
        "score": candidate.score,
        "explained": [{"finding": iri, "path": steps(way)} for iri, way in candidate.explained.items()],
        "unexplained": list(candidate.unexplained),
        "contradicted": list(candidate.contradicted),
        "context": [{**named(causal, iri), "path": steps(way)} for iri, way in candidate.context.items()],
        "next_test": answer.next_tests[candidate.iri].iri if candidate.iri in answer.next_tests else None,
        "also": [named(causal, iri) for iri in candidate.also],
    }


def consequences(causal: CausalGraph, answer: Consequences) -> dict[str, Any]:
    """The answer of ``kg correct``."""
    return {
        "corrected": [named(causal, iri) for iri in answer.corrected],
        "lost": [named(causal, iri) for iri in answer.lost],
        "kept": [{**named(causal, iri), "through": list(through)} for iri, through in answer.kept.items()],
    }


def minimal_sets(causal: CausalGraph, finding: str, answer: Sets) -> dict[str, Any]:
    """The answer of ``kg correct --for``; ``beyond`` are origins whose routes no correction ends."""
    return {
        "finding": named(causal, finding),
        "minimal_sets": [[named(causal, iri) for iri in one] for one in answer.sets],
        "more": answer.more,
        "beyond": [named(causal, iri) for iri in answer.beyond],
    }
