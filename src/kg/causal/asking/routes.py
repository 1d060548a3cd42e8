"""The sentence for a question of cause and effect: the verdict on the best route; where there is none, what comes nearest to it."""

from __future__ import annotations

import shlex

from kg.causal.asking.small_words import agree
from kg.causal.verdict import ask, choose, judge
from kg.errors import UsageError
from kg.grounding.asked_parts import NUTRIENTS, Part
from kg.grounding.asked_roles import Roles
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.asked_graph import AskedGraph


def find_ends(graph: AskedGraph, cause: str, effect: str) -> tuple[str, str]:
    """The cause and the effect; where no way joins them, but one leads to another low (or high) state of the same nutrient, that state.

    What lowers the calcium of the blood leads to hypocalcemia and not to a lack of calcium in what is eaten.
    """
    try:
        if graph.paths(cause, effect, limit=1):
            return cause, effect
        for other in _other_states(graph, effect):
            if other != cause and graph.paths(cause, other, limit=1):
                return cause, other
        for degree, other, end in _others(graph, cause, effect):
            if degree == "excess" and graph.paths(other, end, limit=1):
                return other, end  # what a nutrient brings on when it is taken, it does in excess
    except UsageError:
        pass
    return cause, effect


def _other_states(graph: AskedGraph, state: str) -> list[str]:
    """The other states of what a nutrient's state is a state of, that deviate the same way, the shortest name first."""
    found = find(graph.rows, state, "NutrientStatus")
    if found is None:
        return []
    alike = graph.rows(reading("states_alike", state=found.iri))
    return [row["label"].value for row in alike]


def describe_route(graph: AskedGraph, cause: str, effect: str) -> str:
    """Whether a cause leads to an effect, how sure that is, and by what way; or that no route is known, and the nearest one."""
    found = graph.paths(cause, effect)
    if not found:
        return describe_no_route(graph, cause, effect)
    best = choose(found)
    label = found.causal.label
    way = ", ".join(map(label, best.states[1:-1]))
    return " ".join((ask(found.causal, best), *judge(found.causal, best), *([f"The way: {way}."] if way else [])))


def describe_nearest_route(graph: AskedGraph, cause: str, effect: str) -> str:
    """The same; of a nutrient of which no route is known, the route from its lack."""
    if not graph.paths(cause, effect, limit=1):
        for degree, other, end in _others(graph, cause, effect):
            if degree and graph.paths(other, end, limit=1):
                return describe_route(graph, other, end)
    return describe_route(graph, cause, effect)


def describe_no_route(graph: AskedGraph, cause: str, effect: str) -> str:
    """That no route leads from a cause to an effect, and the nearest that there is."""
    nearest = find_nearest(graph, cause, effect)
    leads = agree(cause, "leads")
    known = "" if nearest else _known_effects(graph, cause)
    return f"The graph knows no way in which {cause} {leads} to {effect}{f'; {nearest}' if nearest else ''}.{known}"


def _known_effects(graph: AskedGraph, cause: str) -> str:
    """What a drug or a way of living is known to lead to most strongly."""
    try:
        term = find(graph.rows, cause)
    except UsageError:
        return ""
    if term is None or term.kind not in ("Drug", "Exposure"):
        return ""
    uses = [row[1].value for row in graph.rows(reading("drug_uses", named=[term.iri]))] if term.kind == "Drug" else [term.iri]
    found = graph.rows(reading("effects_of", state=uses)) if uses else []
    told = list(dict.fromkeys(row["finding_label"].value for row in found))
    return f" Known is that {cause} {agree(cause, 'leads')} to {listed(told)}, the strongest first." if told else ""


def find_nearest(graph: AskedGraph, cause: str, effect: str) -> str:
    """What does lead there: the lack or the excess of the nutrient that was named; or that the effect leads to the cause."""
    for _, other, end in _others(graph, cause, effect):
        try:
            found = graph.paths(other, end, limit=1)
        except UsageError:
            continue
        if found:
            what = f"{other} leads to it" if end == effect else f"{effect} leads to {cause}"
            return f"but {what}: {shlex.join(['kg', 'paths', other, end])}"
    return ""


def _others(graph: AskedGraph, cause: str, effect: str) -> list[tuple[str, str, str]]:
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
            named.append((degree, state, effect))
    return [*named, ("", effect, cause)]
