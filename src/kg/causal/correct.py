"""What ends when states are corrected, and the smallest sets of states to correct so that a finding ends.

A finding stands while a route leads to it from an origin: a state that nothing promotes, as far as the graph knows. A
loop that no such state enters keeps itself going: its nutrient statuses and exposures count as origins, until something
in it or before it is corrected. Only promoting claims that are not refuted make such routes, of any length.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.answer import Answer, named
from kg.causal.cut_sets import Net, smallest_sets
from kg.causal.model import FINDINGS
from kg.errors import UsageError
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from kg.causal.model import CausalGraph, Claim
    from kg.grounding.resolve import Term

#: Kinds of state that can be corrected: by intake, by leaving an exposure, by treatment. A step of mechanism is corrected
#: through its causes, and a finding is what is to end.
CORRECTABLE = frozenset({"NutrientStatus", "Exposure", "Condition"})
#: Kinds of state that keep a loop going which nothing enters.
_SELF_KEPT = frozenset({"NutrientStatus", "Exposure"})


class Consequences(NamedTuple):
    """What becomes of the findings that some states lead to.

    Attributes:
        corrected: the states that are corrected.
        lost: findings that no route leads to any more.
        kept: findings that something else still leads to, each with its direct causes that remain.
    """

    corrected: tuple[str, ...]
    lost: tuple[str, ...]
    kept: dict[str, tuple[str, ...]]


class Sets(NamedTuple):
    """The sets of states to correct so that a finding has no route left.

    Attributes:
        sets: none of which holds another, the smallest first.
        more: whether there are more than were asked for.
        beyond: origins that lead to the finding by nothing that can be corrected; their routes stay.
    """

    sets: tuple[tuple[str, ...], ...]
    more: bool
    beyond: tuple[str, ...]


class Correction(Answer, Consequences):
    """:class:`kg.causal.correct.Consequences` that show themselves."""

    causal: CausalGraph

    @classmethod
    def of(cls, causal: CausalGraph, states: Sequence[str]) -> Correction:
        """What becomes of the findings when states (IRIs) are corrected."""
        answer = cls(*consequences(causal, states))
        answer.causal = causal
        return answer

    def table(self) -> Table:
        """A row for each finding: whether it ends, and what else leads to it."""
        label = self.causal.label
        ended = [[label(iri), "ends", ""] for iri in self.lost]
        stays = [[label(iri), "stays", "; ".join(map(label, through))] for iri, through in self.kept.items()]
        return Table(("finding", "what becomes of it", "through"), ended + stays)

    def to_dict(self) -> dict[str, Any]:
        return correction_to_dict(self.causal, self)


class Remedies(Answer, Sets):
    """:class:`kg.causal.correct.Sets` that show themselves."""

    causal: CausalGraph
    finding: str

    @classmethod
    def of(cls, causal: CausalGraph, finding: str, limit: int) -> Remedies:
        """The first ``limit`` smallest sets to correct so that a finding (IRI) ends."""
        answer = cls(*sets_for(causal, finding, limit))
        answer.causal, answer.finding = causal, finding
        return answer

    def table(self) -> Table:
        """A row for each set of states."""
        rows = [[str(len(one)), "; ".join(map(self.causal.label, one))] for one in self.sets]
        return Table(("states", "to correct"), rows)

    def to_dict(self) -> dict[str, Any]:
        return sets_to_dict(self.causal, self.finding, self)


def to_correct(terms: Sequence[Term]) -> list[Term]:
    """The terms that are given to be corrected, each once.

    Raises:
        UsageError: none is given, or a finding.
    """
    if not terms:
        raise UsageError("no state is given; name what is to be corrected, or give --for FINDING")
    for term in terms:
        if term.kind in FINDINGS:
            raise UsageError(
                f"{term.label!r} is a finding and ends with its causes; kg correct --for {term.label!r} tells which"
            )
    return list({term.iri: term for term in terms}.values())


def consequences(graph: CausalGraph, corrected: Collection[str]) -> Consequences:
    """Which findings lose every route when ``corrected`` (IRIs) are corrected, and which keep one."""
    reached = _closure(graph, corrected, onward=True)
    findings = sorted((iri for iri in reached.difference(corrected) if graph.is_finding(iri)), key=graph.label)
    net = _net(graph, findings)
    standing = net.standing(frozenset(corrected))
    kept = {
        finding: tuple(sorted({cause for cause in net.into[finding] if cause in standing}))
        for finding in findings
        if finding in standing
    }
    return Consequences(tuple(corrected), tuple(finding for finding in findings if finding not in kept), kept)


def sets_for(graph: CausalGraph, finding: str, limit: int) -> Sets:
    """The smallest sets of states to correct so that ``finding`` has no route left."""
    net = _net(graph, [finding])
    if not net.into[finding]:
        return Sets((), False, ())
    correctable = frozenset(iri for iri in net.into if iri != finding and graph.states[iri].kind in CORRECTABLE)
    beyond = net.beyond(finding, correctable)
    found, more = smallest_sets(Net(net.into, net.self_kept, beyond), finding, correctable, limit)
    named = sorted(
        (tuple(sorted(one, key=graph.label)) for one in found), key=lambda one: (len(one), [graph.label(iri) for iri in one])
    )
    return Sets(tuple(named), more, tuple(sorted(beyond, key=graph.label)))


def _net(graph: CausalGraph, findings: Iterable[str]) -> Net:
    upstream = _closure(graph, findings, onward=False)
    into = {state: sorted({claim.cause for claim in graph.into.get(state, ()) if _leads(claim)}) for state in sorted(upstream)}
    return Net(into, frozenset(state for state in upstream if graph.states[state].kind in _SELF_KEPT))


def _closure(graph: CausalGraph, states: Iterable[str], onward: bool) -> set[str]:
    found = edge = set(states)
    while edge:
        if onward:
            graph.onward(edge)
            edge = {claim.effect for state in edge for claim in graph.out.get(state, ()) if _leads(claim)} - found
        else:
            graph.ahead(edge)
            edge = {claim.cause for state in edge for claim in graph.into.get(state, ()) if _leads(claim)} - found
        found = found | edge
    return found


def _leads(claim: Claim) -> bool:
    return claim.relation == "promotes" and claim.status != "refuted"


def correction_to_dict(causal: CausalGraph, answer: Consequences) -> dict[str, Any]:
    """The answer of ``kg correct``."""
    return {
        "corrected": [named(causal, iri) for iri in answer.corrected],
        "lost": [named(causal, iri) for iri in answer.lost],
        "kept": [{**named(causal, iri), "through": list(through)} for iri, through in answer.kept.items()],
    }


def sets_to_dict(causal: CausalGraph, finding: str, answer: Sets) -> dict[str, Any]:
    """The answer of ``kg correct --for``; ``beyond`` are origins whose routes no correction ends."""
    return {
        "finding": named(causal, finding),
        "minimal_sets": [[named(causal, iri) for iri in one] for one in answer.sets],
        "more": answer.more,
        "beyond": [named(causal, iri) for iri in answer.beyond],
    }
