"""Which states would explain what is found: candidates ranked by a formula that fits on one page, see docs/explain.md.

score = the sum over findings present of  specificity * strength of the best route from the candidate
      + four times the sum over circumstances of  strength of the best route to the candidate
      - a quarter of the sum over findings absent of  specificity * strength of the best route from the candidate

A ranking of what the graph knows, no diagnosis.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from kg.causal.model import KIND
from kg.causal.stages import Stage, stages
from kg.causal.strength import EXPLAINING, Way, weight
from kg.causal.ways import LONGEST, causes, effects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.causal.model import CausalGraph, Claim

#: Kinds of state that explain something to a person. A step of mechanism does not, and a finding is what is explained.
CANDIDATES = ("NutrientStatus", "Condition", "Exposure")
#: What an absent finding counts, set against a present one: few causes bring all their findings, and not all at once.
ABSENT = 0.25
#: What a circumstance counts: as much as a finding of this specificity.
TOLD = 4.0
#: What belonging to a group at risk counts: age and sex are told of everyone.
GROUP = 0.5
#: What leads to a wider finding says of a narrower one: weakness of facial weakness.
WIDER = 0.4
#: What a finding counts that brings about a candidate itself, as heavy periods do, set against a circumstance.
ITSELF = 0.5
#: A circumstance counts by a short route: by a long one everything leads everywhere.
NEAR = 2
#: What an exposure counts that the context does not tell: a person knows what they eat, take and do.
UNTOLD = 0.5


class Case(NamedTuple):
    """What is known of a person: findings present and absent, and circumstances, as IRIs of states.

    ``risks`` are claims that a group of people is at risk of a state, for the groups that the person belongs to;
    ``kinds`` are pairs of a narrower state and the wider one that it is a kind of, for the findings; ``people`` are the groups.
    """

    present: tuple[str, ...]
    absent: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    risks: tuple[Claim, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A state that would explain something of a case.

    Attributes:
        iri, score: the state and its score.
        explained: the findings present that it promotes, each with the best route.
        unexplained: the findings present that it does not promote, and that do not bring it about.
        contradicted: the findings absent that it would lead to, each with the best route.
        context: the circumstances that make it likelier, each with the best route.
        also: states that are no rivals of it: ways into it, and conditions that it leads to.
        stages: other states of the same thing that explain something too: the lack, the low level, the disease of it.
        commonness: how common the state is, as a local name of the ontology; empty where no source says.
    """

    iri: str
    score: float
    explained: dict[str, Way]
    unexplained: tuple[str, ...]
    contradicted: dict[str, Way]
    context: dict[str, Way]
    also: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    commonness: str = ""


def ranked(graph: CausalGraph, case: Case, rivals: int) -> list[Candidate]:
    """The candidates for a case, best first.

    Parameters:
        graph: a graph whose claims into the findings are there, or can be read.
        rivals: how many candidate states the whole graph holds; what a finding says is measured against it.
    """
    _read(graph, case)
    clues = _Clues(graph, case, rivals)
    told = {*case.present, *case.absent, *case.context}
    # Where nothing is found, what the circumstances lead to is what a person is at risk of.
    named = {iri for ways in (clues.present or {**clues.context, **clues.groups}).values() for iri in ways}
    # A condition that was told is what is to be explained; a nutrient status, or what a person does, may be the answer.
    left = [iri for iri in sorted(named) if not (iri in told and graph.states[iri].kind == "Condition")]
    graph.ahead(left)  # what leads to a candidate tells whose story it is part of
    return _apart(graph, _sorted(graph, _weighed(graph, clues, left)))


def _weighed(graph: CausalGraph, clues: _Clues, left: list[str]) -> list[Candidate]:
    """The candidates, the stages of one thing as one: under the name that explains most, with what any of them explains."""
    groups: dict[Stage | str, list[Candidate]] = {}
    stage_of = stages(graph, left)
    for iri in left:
        groups.setdefault(stage_of.get(iri, iri), []).append(clues.weighed((iri,)))
    found = []
    for group in groups.values():
        first, *others = _sorted(graph, group)
        if others:
            together = clues.weighed((first.iri, *(one.iri for one in others)))
            first = together._replace(stages=tuple(one.iri for one in others))
        found.append(first)
    return found


def specificity(ways: Mapping[str, Way], rivals: int) -> float:
    """How much a finding says: the logarithm of how many candidates there are for each one that leads to it.

    Each counts as far as its route carries: a finding with two causes next door and a hundred far off is a telling one.
    """
    return log(1 + rivals / sum(way.strength for way in ways.values())) if ways else 0.0


def _read(graph: CausalGraph, case: Case) -> None:
    # From all findings and circumstances at once: the walks then find everything there, and a remote graph is asked a
    # few times only.
    upstream = {*case.present, *case.absent, *(state for pair in case.kinds for state in pair)}
    downstream = {*case.present, *case.context, *(claim.effect for claim in case.risks)}
    for step in range(LONGEST):
        graph.ahead(upstream | downstream if step < NEAR else upstream)
        graph.onward(downstream if step < NEAR else ())
        upstream = {claim.cause for state in upstream for claim in graph.into.get(state, ())}
        downstream = {claim.effect for state in downstream for claim in graph.out.get(state, ())}


class _Clues:
    """What each finding and circumstance says of each candidate."""

    def __init__(self, graph: CausalGraph, case: Case, rivals: int) -> None:
        self.graph, self.case = graph, case
        self.told = {*case.present, *case.context, *case.people}
        self.present = {finding: self._of_candidates(self._causes(finding, wider=True)) for finding in case.present}
        self.absent = {finding: self._of_candidates(self._causes(finding, wider=False)) for finding in case.absent}
        self.groups: dict[str, dict[str, Way]] = {}
        self.context = {state: self._of_candidates(effects(graph, state, NEAR, self.told)) for state in case.context}
        self.itself = {state: self._of_candidates(effects(graph, state, NEAR, self.told)) for state in case.present}
        for claim in case.risks:
            if claim.status != "refuted":
                self._add_risk(claim)
        for finding, ways in self.present.items():
            if graph.states[finding].kind == "NutrientStatus":
                ways[finding] = Way(1.0, ())  # where the lack itself was measured
        self.specificity = {state: specificity(ways, rivals) for state, ways in (*self.present.items(), *self.absent.items())}

    def _causes(self, finding: str, wider: bool) -> dict[str, Way]:
        """What leads to a finding: to it, to a kind of it, and, a step further, to what it is a kind of."""
        found = causes(self.graph, finding, told=self.told, shares=EXPLAINING)
        for narrow, wide in self.case.kinds:
            if wide == finding:
                _better(found, causes(self.graph, narrow, told=self.told, shares=EXPLAINING), 1.0)
            elif narrow == finding and wider:
                # What brings another kind of the wide one, as swollen joints, says nothing of a swollen muscle.
                ways = causes(self.graph, wide, told=self.told, shares=EXPLAINING)
                _better(found, {iri: way for iri, way in ways.items() if way.claims[-1].relation != KIND}, WIDER)
        return found

    def _of_candidates(self, ways: dict[str, Way]) -> dict[str, Way]:
        return {iri: way for iri, way in ways.items() if self.graph.states[iri].kind in CANDIDATES}

    def _add_risk(self, claim: Claim) -> None:
        ways = self.groups.setdefault(claim.cause, {})
        onward = self._of_candidates({claim.effect: Way(1.0, ()), **effects(self.graph, claim.effect, NEAR - 1, self.told)})
        _better(ways, {iri: Way(way.strength, (claim, *way.claims)) for iri, way in onward.items()}, weight(claim))

    def weighed(self, stages: tuple[str, ...]) -> Candidate:
        """What some states of one thing explain together, under the name of the first."""
        iri = stages[0]
        explained, contradicted = _to(stages, self.present), _to(stages, self.absent)
        context, groups, itself = _to(stages, self.context), _to(stages, self.groups), _to(stages, self.itself)
        # A person belongs to many groups that share their risks: only the likeliest one counts.
        score = self._worth(explained) - ABSENT * self._worth(contradicted)
        score += TOLD * sum(way.strength for way in context.values())
        score += TOLD * ITSELF * sum(way.strength for way in itself.values())
        score += GROUP * max((way.strength for way in groups.values()), default=0.0)
        if self.graph.states[iri].kind == "Exposure" and iri not in self.case.context and score > 0:
            score *= UNTOLD
        unexplained = tuple(finding for finding in self.case.present if finding not in explained and finding not in itself)
        return Candidate(iri, round(score, 4), explained, unexplained, contradicted, {**context, **itself, **groups})

    def _worth(self, ways: dict[str, Way]) -> float:
        return sum(self.specificity[state] * way.strength for state, way in ways.items())


def _better(known: dict[str, Way], others: dict[str, Way], kept: float) -> None:
    """Take over those of other ways that are stronger, after they lost what is not kept."""
    for iri, way in others.items():
        if iri not in known or known[iri].strength < kept * way.strength:
            known[iri] = Way(kept * way.strength, way.claims)


def _to(stages: tuple[str, ...], told: dict[str, dict[str, Way]]) -> dict[str, Way]:
    """For each state told, the best way to or from one of some stages; of equal ones that of the first."""
    found = {}
    for state, ways in told.items():
        known = [ways[iri] for iri in stages if iri in ways]
        if known:
            found[state] = max(known, key=lambda way: way.strength)
    return found


def _sorted(graph: CausalGraph, found: Iterable[Candidate]) -> list[Candidate]:
    # Among equals the nutrient status comes first: it can be corrected.
    def key(candidate: Candidate) -> tuple[float, int, str, str]:
        state = graph.states[candidate.iri]
        return -candidate.score, CANDIDATES.index(state.kind), state.label, state.iri

    return sorted(found, key=key)


def _apart(graph: CausalGraph, found: list[Candidate]) -> list[Candidate]:
    """The candidates that are rivals; the others stand with the one whose story they are part of."""
    heads: dict[str, Candidate] = {}
    for candidate in found:
        head = next((head for head in heads.values() if _same_story(graph, head, candidate)), None)
        if head:
            heads[head.iri] = head._replace(also=(*head.also, candidate.iri))
        else:
            heads[candidate.iri] = candidate
    return list(heads.values())


def _same_story(graph: CausalGraph, head: Candidate, other: Candidate) -> bool:
    kinds = graph.states[head.iri].kind, graph.states[other.iri].kind
    if kinds[1] == "NutrientStatus" or kinds[0] == "Exposure":
        return False
    if not other.explained:  # nothing is found: a risk that only comes by way of the other one
        return all(_passes(way, head.iri) for way in other.context.values())
    if kinds[0] == "NutrientStatus" and all(_passes(way, head.iri) for way in other.explained.values()):
        return True  # a way into the status, with nothing of its own to explain
    leads_to = any(claim.cause == head.iri for claim in graph.into.get(other.iri, ()) if claim.status != "refuted")
    return kinds[1] == "Condition" and leads_to and set(other.explained) <= set(head.explained)


def _passes(way: Way, iri: str) -> bool:
    return any(claim.effect == iri for claim in way.claims)
