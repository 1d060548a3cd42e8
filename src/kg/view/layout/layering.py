"""Which column a state stands in: foods, nutrients, ways in, nutrient status, mechanisms and conditions, findings; causes left of effects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, sqrt

from kg.causal.model import CausalGraph

STAGES = ("Other terms", "Foods", "Nutrients", "Ways in", "Nutrient status", "Mechanisms and conditions", "Findings")
#: Kinds that stand in a lane of their own, by the number of the lane.
_LANES = {"Food": 1, "Nutrient": 2, "Exposure": 3, "NutrientStatus": 4}
_BESIDE, _WAYS_IN, _MECHANISMS, _FINDINGS = 0, 3, 5, 6
FINDINGS = frozenset({"Symptom", "Sign", "LabFinding"})

Edge = tuple[str, str]
#: States where a map of routes starts and where it ends.
Flow = tuple[Sequence[str], Sequence[str]]


def columns(graph: CausalGraph, flow: Flow | None = None) -> tuple[dict[str, int], list[str]]:
    """The column of every state, and for every column the name of the stage it belongs to.

    A map of routes has no stages, since a finding may be passed on the way: what matters there is the ``flow`` from some
    states to others.
    """
    if flow:
        return _along(graph, flow)
    stages = _stages(graph)
    tallest = _rows_aimed_at(len(graph.states))
    column: dict[str, int] = {}
    headings: list[str] = []
    for number, name in enumerate(STAGES):
        members = [iri for iri in graph.states if stages[iri] == number]
        if not members:
            continue
        inside = _without_loops(members, _edges(graph, set(members)))
        places = _spread(members, inside, tallest, keep_right=number < _MECHANISMS)
        column.update({iri: len(headings) + place for iri, place in places.items()})
        headings += [name] * (max(places.values()) + 1)
    return column, headings


def _along(graph: CausalGraph, flow: Flow) -> tuple[dict[str, int], list[str]]:
    members = list(graph.states)
    edges = _edges(graph, set(members))
    gone, left = _steps(flow[0], _following(edges)), _steps(flow[1], _following((effect, cause) for cause, effect in edges))
    # The shorter the route through a claim, the more it has to run rightwards; what would close a loop runs back.
    far = len(members)
    edges.sort(key=lambda edge: gone.get(edge[0], far) + left.get(edge[1], far))
    place = _spread(members, _growing(edges), _rows_aimed_at(len(members)), keep_right=False)
    return place, [""] * (max(place.values()) + 1)


def _steps(starts: Iterable[str], following: Mapping[str, Sequence[str]]) -> dict[str, int]:
    steps = dict.fromkeys(starts, 0)
    waiting = list(steps)
    for state in waiting:
        for other in following.get(state, ()):
            if other not in steps:
                steps[other] = steps[state] + 1
                waiting.append(other)
    return steps


def _growing(edges: Iterable[Edge]) -> list[Edge]:
    """The edges that close no loop with those before them."""
    kept: list[Edge] = []
    following: dict[str, list[str]] = {}
    for cause, effect in edges:
        if cause not in _steps([effect], following):
            kept.append((cause, effect))
            following.setdefault(cause, []).append(effect)
    return kept


def _rows_aimed_at(states: int) -> int:
    """Rows that give a map of the shape of a screen, with columns 2.6 times as wide as rows are high."""
    return max(6, ceil(sqrt(3.4 * states)))


def _stages(graph: CausalGraph) -> dict[str, int]:
    """A mechanism stands before the nutrient statuses when it only leads to them, as poor absorption does."""
    statuses = [iri for iri, state in graph.states.items() if state.kind == "NutrientStatus"]
    causal = {end for claim in (*graph.claims, *graph.kind_steps) if claim.causal for end in (claim.cause, claim.effect)}
    beside = {end for claim in graph.claims if not claim.causal for end in (claim.cause, claim.effect)} - causal
    after = _reach(statuses, {cause: [claim.effect for claim in claims] for cause, claims in graph.out.items()})
    before = _reach(statuses, {effect: [claim.cause for claim in claims] for effect, claims in graph.into.items()})

    def stage(iri: str, kind: str) -> int:
        if kind in FINDINGS:
            return _FINDINGS
        if kind in _LANES:
            return _LANES[kind]
        if iri in beside:
            return _BESIDE
        return _WAYS_IN if iri in before and iri not in after else _MECHANISMS

    return {iri: stage(iri, state.kind) for iri, state in graph.states.items()}


def _reach(starts: Iterable[str], following: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [after for start in starts for after in following.get(start, ())]
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            waiting += following.get(iri, ())
    return found


def _edges(graph: CausalGraph, members: set[str]) -> list[Edge]:
    pairs = ((claim.cause, claim.effect) for claim in graph.claims)
    return list(dict.fromkeys(pair for pair in pairs if members.issuperset(pair) and pair[0] != pair[1]))


def _without_loops(members: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """The edges less those that close a loop in a depth-first walk; iterative, since chains may be long."""
    following = _following(edges)
    done: set[str] = set()
    walking: set[str] = set()
    kept: list[Edge] = []
    for root in members:
        if root in done:
            continue
        walking.add(root)
        stack = [(root, iter(following.get(root, ())))]
        while stack:
            cause, effects = stack[-1]
            effect = next(effects, None)
            if effect is None:
                stack.pop()
                walking.discard(cause)
                done.add(cause)
            elif effect not in walking:
                kept.append((cause, effect))
                if effect not in done:
                    walking.add(effect)
                    stack.append((effect, iter(following.get(effect, ()))))
    return kept


def _following(edges: Iterable[Edge]) -> dict[str, list[str]]:
    following: dict[str, list[str]] = {}
    for cause, effect in edges:
        following.setdefault(cause, []).append(effect)
    return following


def _order(members: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Causes before effects (Kahn), ties as they came."""
    following = _following(edges)
    missing = dict.fromkeys(members, 0)
    for _, effect in edges:
        missing[effect] += 1
    order = [iri for iri in members if not missing[iri]]
    for iri in order:
        for effect in following.get(iri, ()):
            missing[effect] -= 1
            if not missing[effect]:
                order.append(effect)
    return order


def _depths(order: Iterable[str], edges: Iterable[Edge]) -> dict[str, int]:
    following = _following(edges)
    depth = dict.fromkeys(order, 0)
    for iri in depth:
        for effect in following.get(iri, ()):
            depth[effect] = max(depth[effect], depth[iri] + 1)
    return depth


def _spread(members: Sequence[str], edges: Sequence[Edge], tallest: int, *, keep_right: bool) -> dict[str, int]:
    """Longest-path columns, in which a state with room to move goes to the emptiest column it may stand in."""
    order = _order(members, edges)
    earliest = _depths(order, edges)
    to_end = _depths(order[::-1], [(effect, cause) for cause, effect in edges])
    width = max(max(earliest.values()) + 1, ceil(len(members) / tallest))
    filled = [0] * width
    preceding = _following([(effect, cause) for cause, effect in edges])
    place: dict[str, int] = {}
    for iri in order:
        low = max((place[cause] + 1 for cause in preceding.get(iri, ())), default=0)
        choices = range(low, width - to_end[iri])
        home = choices[-1] if keep_right else choices[0]
        # A column is left only when it is full: short arrows matter more than equal columns.
        place[iri] = min(choices, key=lambda at: (max(0, filled[at] + 1 - tallest), abs(at - home)))
        filled[place[iri]] += 1
    return place
