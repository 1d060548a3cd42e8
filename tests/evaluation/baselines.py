"""Three plain rankings to be beaten: overlap of findings, overlap weighted by rarity, and shortest path.

Each sees the same terms, candidates and circumstances as the ranking of :mod:`kg.causal.ranking`. A circumstance counts for a
candidate as a finding does, with the arrow turned round.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log

from kg.causal.clues import CANDIDATES, Case
from kg.causal.model import CausalGraph

#: How many steps from a finding a state still counts as one of its causes, in the two overlaps; one and three rank worse.
NEAR = 2
#: The same for the shortest path.
FAR = 12


def overlap(graph: CausalGraph, case: Case) -> list[str]:
    """By how many findings a candidate leads to within two steps."""
    return _ranked(graph, case, NEAR, lambda distance, reached: 1.0)


def rarity(graph: CausalGraph, case: Case) -> list[str]:
    """The same, each finding weighted by the logarithm of how few candidates lead to it."""
    rivals = sum(state.kind in CANDIDATES for state in graph.states.values())
    return _ranked(graph, case, NEAR, lambda distance, reached: log(rivals / reached))


def shortest_path(graph: CausalGraph, case: Case) -> list[str]:
    """By the sum, over the findings, of one divided by the number of steps to it."""
    return _ranked(graph, case, FAR, lambda distance, reached: 1 / distance)


BASELINES = {"overlap of findings": overlap, "overlap by rarity": rarity, "shortest path": shortest_path}


def _ranked(graph: CausalGraph, case: Case, most: int, worth: Callable[[int, int], float]) -> list[str]:
    scores: dict[str, float] = {}
    explaining: set[str] = set()
    circumstances = (*case.context, *(claim.effect for claim in case.risks))
    for told, back in [*((one, True) for one in case.present), *((one, False) for one in circumstances)]:
        distances = _distances(graph, told, most, back)
        for iri, distance in distances.items():
            scores[iri] = scores.get(iri, 0.0) + worth(distance, len(distances))
        explaining |= set(distances) if back else set()
    known = {*case.present, *case.context, *case.absent}
    left = [iri for iri in explaining if not (iri in known and graph.states[iri].kind == "Condition")]
    return sorted(left, key=lambda iri: (-scores[iri], CANDIDATES.index(graph.states[iri].kind), graph.label(iri)))


def _distances(graph: CausalGraph, start: str, most: int, back: bool) -> dict[str, int]:
    found, edge = {start: 0}, {start}
    for distance in range(1, most + 1):
        claims = [claim for state in edge for claim in (graph.into if back else graph.out).get(state, ())]
        reached = {claim.cause if back else claim.effect for claim in claims if claim.status != "refuted"}
        edge = reached - set(found)
        found.update(dict.fromkeys(edge, distance))
    return {iri: distance for iri, distance in found.items() if distance and graph.states[iri].kind in CANDIDATES}
