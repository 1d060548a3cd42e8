"""Routes as plain values in the form that scripts and servers rely on: the JSON of ``kg paths`` and its kin."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.causal import CausalGraph, Claim
    from kg.paths import Route


def named(causal: CausalGraph, iri: str) -> dict[str, str]:
    """A state by its IRI and label."""
    return {"iri": iri, "label": causal.label(iri)}


def step(causal: CausalGraph, claim: Claim) -> dict[str, Any]:
    """One step of a route; ``onset`` only where the claim tells one."""
    told: dict[str, Any] = {
        "cause": named(causal, claim.cause),
        "relation": claim.relation,
        "effect": named(causal, claim.effect),
        "claim": claim.iri,
        "status": claim.status,
        "certainty": claim.certainty,
        "sources": list(dict.fromkeys(line.source.iri for line in claim.evidence)),
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
