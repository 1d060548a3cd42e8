"""The sentence for a question of cause and effect: the verdict on the best route; where there is none, what comes nearest to it."""

from __future__ import annotations

import shlex

from kg.causal.verdict import ask, choose, judge
from kg.errors import UsageError
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_terms import NUTRIENTS, Part
from kg.grounding.resolve import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.asked_graph import AskedGraph


def describe_route(graph: AskedGraph, cause: str, effect: str) -> str:
    """Whether a cause leads to an effect, how sure that is, and by what way; or that no route is known, and the nearest one."""
    found = graph.paths(cause, effect)
    if not found:
        return describe_no_route(graph, cause, effect)
    best = choose(found)
    label = found.causal.label
    way = ", ".join(map(label, best.states[1:-1]))
    return " ".join((ask(found.causal, best), *judge(found.causal, best), *([f"The way: {way}."] if way else [])))


def describe_no_route(graph: AskedGraph, cause: str, effect: str) -> str:
    """That no route leads from a cause to an effect, and the nearest that there is."""
    nearest = find_nearest(graph, cause, effect)
    return f"The graph knows no way in which {cause} leads to {effect}{f'; {nearest}' if nearest else ''}."


def find_nearest(graph: AskedGraph, cause: str, effect: str) -> str:
    """What does lead there: the lack or the excess of the nutrient that was named; or that the effect leads to the cause."""
    for other, end in _others(graph, cause, effect):
        try:
            found = graph.paths(other, end, limit=1)
        except UsageError:
            continue
        if found:
            what = f"{other} leads to it" if end == effect else f"{effect} leads to {cause}"
            return f"but {what}: {shlex.join(['kg', 'paths', other, end])}"
    return ""


def _others(graph: AskedGraph, cause: str, effect: str) -> list[tuple[str, str]]:
    roles = Roles(graph.rows)
    named = []
    for degree in ("lack", "excess"):
        try:
            term = find(graph.rows, cause)
        except UsageError:
            term = None
        part = (
            Part(0, 1, term, degree=degree)
            if term and (term.kind in NUTRIENTS or roles.play("supply", Part(0, 1, term)))
            else None
        )
        nutrient = roles.play("nutrient", part) if part else ""
        bare = find(graph.rows, nutrient, "Nutrient") if nutrient else None
        state = roles.play("state", Part(0, 1, bare, degree=degree)) if bare else ""
        if state and state != cause:
            named.append((state, effect))
    return [*named, (effect, cause)]
