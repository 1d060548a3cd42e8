"""Which states would explain what is found: candidates ranked by a formula that fits on one page, see docs/explain.md.

score = the sum over findings present of  specificity * strength of the best route from the candidate
      + five times  1 - the product over circumstances of  1 - strength of the best route to the candidate
      - a quarter of the sum over findings absent of  specificity * strength of the best route from the candidate

A ranking of what the graph knows, no diagnosis.
"""

from __future__ import annotations

from math import prod

from kg.causal.candidate import Candidate
from kg.causal.clues import CANDIDATES, Case, Clues, read
from kg.causal.disease_stages import Stage, stages
from kg.causal.stories import apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.causal.model import CausalGraph
    from kg.causal.route import Route

#: What an absent finding counts, set against a present one: few causes bring all their findings, and not all at once.
ABSENT = 0.25
#: What a circumstance counts: as much as a finding of this specificity.
TOLD = 5.0
#: What belonging to a group at risk counts: age and sex are told of everyone.
GROUP = 0.5
#: What a finding counts that brings about a candidate itself, as heavy periods do, set against a circumstance.
ITSELF = 0.5
#: What an exposure counts that the context does not tell: a person knows what they eat, take and do.
UNTOLD = 0.5


def rank_candidates(graph: CausalGraph, case: Case, rivals: int) -> list[Candidate]:
    """The candidates for a case, best first.

    Parameters:
        graph: a graph whose claims into the findings are there, or can be read.
        rivals: how many candidate states the whole graph holds; what a finding says is measured against it.
    """
    read(graph, case)
    clues = Clues(graph, case, rivals)
    # Where nothing is found, what the circumstances lead to is what a person is at risk of.
    named = {iri for routes in (clues.present or {**clues.context, **clues.groups}).values() for iri in routes}
    # A condition that was told is what is to be explained; a nutrient status, or what a person does, may be the answer.
    told = {*_with_wider(graph, {*case.present, *case.context}), *case.absent}
    left = [iri for iri in sorted(named) if not (iri in told and graph.states[iri].kind == "Condition")]
    graph.ahead(left)  # what leads to a candidate tells whose story it is part of
    return apart(graph, _sort(graph, _weigh(graph, clues, left)), case.context)


def _with_wider(graph: CausalGraph, states: set[str]) -> set[str]:
    """States and what they are kinds of: who tells of severe diarrhea told of diarrhea."""
    return states | {wide for wide, kinds in graph.kinds.items() if not kinds.isdisjoint(states)}


def _weigh(graph: CausalGraph, clues: Clues, left: list[str]) -> list[Candidate]:
    """The candidates, the stages of one thing as one: under the name that explains most, with what any of them explains."""
    groups: dict[Stage | str, list[Candidate]] = {}
    stage_of = stages(graph, left)
    for iri in left:
        groups.setdefault(stage_of.get(iri, iri), []).append(_candidate(clues, (iri,)))
    found = []
    for group in groups.values():
        first, *others = _sort(graph, group)
        if others:
            together = _candidate(clues, (first.iri, *(one.iri for one in others)))
            first = together._replace(stages=tuple(one.iri for one in others))
        found.append(first)
    return found


def _candidate(clues: Clues, stages: tuple[str, ...]) -> Candidate:
    """What some states of one thing explain together, under the name of the first."""
    iri = stages[0]
    explained, contradicted = _to(stages, clues.present), _to(stages, clues.absent)
    context, groups, itself = _to(stages, clues.context), _to(stages, clues.groups), _to(stages, clues.itself)
    # That a lack brings its own low level is not a circumstance of the lack.
    itself = {state: route for state, route in itself.items() if state not in stages}
    score = _worth(clues, explained) - ABSENT * _worth(clues, contradicted)
    # Circumstances overlap, as malabsorption and a short bowel do: together they count less than their sum.
    score += TOLD * (1 - prod(1 - route.strength for route in context.values()))
    score += TOLD * ITSELF * sum(route.strength for route in itself.values())
    # A person belongs to many groups that share their risks: only the likeliest one counts.
    score += GROUP * max((route.strength for route in groups.values()), default=0.0)
    if clues.graph.states[iri].kind == "Exposure" and iri not in clues.case.context and score > 0:
        score *= UNTOLD
    unexplained = tuple(finding for finding in clues.case.present if finding not in explained and finding not in itself)
    return Candidate(iri, round(score, 4), explained, unexplained, contradicted, {**context, **itself, **groups})


def _worth(clues: Clues, routes: dict[str, Route]) -> float:
    return sum(clues.specificity[state] * route.strength for state, route in routes.items())


def _to(stages: tuple[str, ...], told: dict[str, dict[str, Route]]) -> dict[str, Route]:
    """For each state told, the best way to or from one of some stages; of equal ones that of the first."""
    found = {}
    for state, routes in told.items():
        known = [routes[iri] for iri in stages if iri in routes]
        if known:
            found[state] = max(known, key=lambda route: route.strength)
    return found


def _sort(graph: CausalGraph, found: Iterable[Candidate]) -> list[Candidate]:
    # Among equals the nutrient status comes first: it can be corrected.
    def key(candidate: Candidate) -> tuple[float, int, str, str]:
        state = graph.states[candidate.iri]
        return -candidate.score, CANDIDATES.index(state.kind), state.label, state.iri

    return sorted(found, key=key)
