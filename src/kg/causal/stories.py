"""Candidates that are no rivals but part of one story, so that the first three are three causes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.causal.candidate import Candidate
    from kg.causal.model import CausalGraph
    from kg.causal.route import Route

#: The share of another candidate's score from which a condition stands on its own, and with which a cause stands for a condition.
NEARLY = 0.5
#: The least strength with which a circumstance makes that cause likelier.
SUPPORTED = 0.3


def apart(graph: CausalGraph, found: list[Candidate], told: Collection[str]) -> list[Candidate]:
    """The candidates that are rivals; the others stand with the one whose story they are part of.

    Parameters:
        found: the candidates, best first.
        told: the circumstances.
    """
    heads: dict[str, Candidate] = {}
    for candidate in found:
        near = _near(graph, candidate)
        head = next(
            (one for iri, one in heads.items() if (near is None or iri in near) and _same_story(graph, one, candidate)), None
        )
        if head:
            heads[head.iri] = head._replace(also=(*head.also, candidate.iri))
        else:
            heads[candidate.iri] = candidate
    statuses = [
        iri
        for iri, one in heads.items()
        if graph.states[iri].kind == "NutrientStatus" and not one.context.keys().isdisjoint(told)
    ]
    for condition in [one for one in heads.values() if statuses and graph.states[one.iri].kind == "Condition"]:
        cause = next((heads[iri] for iri in statuses if _stands_for(graph, heads[iri], condition, told)), None)
        if cause:
            heads[cause.iri] = cause._replace(also=(*cause.also, condition.iri, *condition.also))
            del heads[condition.iri]
    return list(heads.values())


def _near(graph: CausalGraph, other: Candidate) -> set[str] | None:
    """The only states whose story a candidate can be part of: those on its first route, and those a claim leads from; None for all.

    To look at these alone spares a pass over all pairs of candidates.
    """
    if graph.states[other.iri].kind == "NutrientStatus":
        return set()
    routes = other.explained or other.context
    if not routes:
        return None
    first = next(iter(routes.values()))
    return {claim.effect for claim in first.claims} | {claim.cause for claim in graph.into.get(other.iri, ())}


def _same_story(graph: CausalGraph, head: Candidate, other: Candidate) -> bool:
    kinds = graph.states[head.iri].kind, graph.states[other.iri].kind
    if kinds[1] == "NutrientStatus" or kinds[0] == "Exposure":
        return False
    if not other.explained:  # nothing is found: a risk that only comes by way of the other one
        return all(_passes(route, head.iri) for route in other.context.values())
    if kinds[0] == "NutrientStatus" and all(_passes(route, head.iri) for route in other.explained.values()):
        return True  # a way into the status, with nothing of its own to explain
    if kinds[1] != "Condition" or other.score >= NEARLY * head.score:
        return False
    return _leads_to(graph, head, other) and set(other.explained) <= set(head.explained)


def _stands_for(graph: CausalGraph, cause: Candidate, condition: Candidate, told: Collection[str]) -> bool:
    """Whether a lack, as the circumstances make it likely, is what is behind a condition: vitamin B6 behind neuropathy under isoniazid."""
    return (
        not condition.stages
        and cause.score >= NEARLY * condition.score
        and set(condition.explained) <= set(cause.explained)
        and _leads_to(graph, cause, condition)
        and any(
            iri in told
            and route.strength >= SUPPORTED
            and not _passes(route, condition.iri)
            and not _leads_more_strongly(condition.context.get(iri), route, cause.iri)
            for iri, route in cause.context.items()
        )
    )


def _leads_more_strongly(own: Route | None, route: Route, cause: str) -> bool:
    """Whether a circumstance leads to a condition by a way of its own, stronger than to the cause: alcohol to cirrhosis, past iron."""
    return own is not None and own.strength > route.strength and not _passes(own, cause)


def _leads_to(graph: CausalGraph, cause: Candidate, effect: Candidate) -> bool:
    """Whether a claim leads straight from one candidate to the other."""
    return any(claim.cause == cause.iri and claim.status != "refuted" for claim in graph.into.get(effect.iri, ()))


def _passes(route: Route, iri: str) -> bool:
    return any(claim.effect == iri for claim in route.claims)
