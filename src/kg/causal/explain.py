"""From the description of a person to an explanation: phrases become a case, the case becomes ranked candidates.

What the ranking needs beside the causal claims is read here: the risks of groups, how many rivals there are, which
state is one of a nutrient, how common it is, and the tests that would tell the first candidates apart.
"""

from __future__ import annotations

from kg.causal.answer import Answer, name_state, own_part, step
from kg.causal.candidate import Candidate
from kg.causal.case import understood
from kg.causal.claim_rows import of
from kg.causal.commonness import by_commonness, say_commonness
from kg.causal.frozen import Frozen
from kg.causal.loader import claim_sources
from kg.causal.model import CausalGraph
from kg.causal.next_tests import next_tests, rival_of_first, to_watch
from kg.causal.ranking import rank_candidates
from kg.causal.warnings import as_html, as_lines, as_plain, warnings
from kg.errors import UnknownName, texts
from kg.grounding.red_flags import dangers
from kg.sparql.library import reading
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, ClassVar

    from kg.causal.case import Piece
    from kg.causal.kept_steps import KeptSteps
    from kg.causal.route import Route
    from kg.grounding.laboratory import Measured
    from kg.grounding.red_flags import RedFlag
    from kg.grounding.resolve import Asked, Term

#: So many candidates beyond those wanted are looked at for how common they are.
NEAR_BY = 5


class Explanation(Answer, Frozen):
    """The answer of ``kg explain``.

    Attributes:
        findings: each finding that was understood, as it was typed, with its term.
        unresolved: what no term was found for.
        candidates: the states that would explain the findings, best first; without findings, those that the circumstances
            put a person at risk of.
        causal: the states and claims of the routes that the candidates tell.
        nutritional: the candidates that are a nutrient's being short or in excess.
        next_tests: for the first candidate the test that would best tell it from its rival, for each other one the
            test that would best tell it from the first; without findings, for each what to watch.
        rival: the candidate that the first is to be told from: the likeliest other one, or one that must not be missed; empty
            where there is none.
        notes: what a person should know of how the words were taken.
        cited: the IRIs of the sources of the claims, by claim.
        red_flags: combinations of signs that need care now; empty in most cases.
        numbers: the values of laboratories, as they were read.
        pieces: each piece of the description with what it was taken for.
    """

    _fields = (
        *("findings", "unresolved", "candidates", "causal", "nutritional", "next_tests"),
        *("notes", "cited", "red_flags", "numbers", "pieces", "rival"),
    )
    _defaults: ClassVar[dict[str, Any]] = {"red_flags": (), "numbers": (), "pieces": (), "rival": ""}
    findings: tuple[tuple[str, Term], ...]
    unresolved: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    causal: CausalGraph
    nutritional: frozenset[str]
    next_tests: dict[str, Term]
    notes: tuple[str, ...]
    cited: dict[str, list[str]]
    red_flags: tuple[RedFlag, ...]
    numbers: tuple[Measured, ...]
    pieces: tuple[Piece, ...]
    rival: str

    def sources(self) -> dict[str, list[str]]:
        """The sources of the claims in all routes that the candidates tell, by claim."""
        return self.cited

    def table(self) -> Table:
        """A row for each candidate."""
        columns = (
            "candidate",
            "score",
            "explains",
            "leaves unexplained",
            "absent, against it",
            "likelier with",
            "how common",
            "next test",
        )
        rows = []
        for one in self.candidates:
            test = self.next_tests[one.iri].label if one.iri in self.next_tests else ""
            lists = [self._labels(group) for group in (one.explained, one.unexplained, one.contradicted, one.context)]
            rows.append([self.causal.label(one.iri), f"{one.score:.2f}", *lists, say_commonness(one.commonness), test])
        return Table(columns, rows)

    def to_dict(self) -> dict[str, Any]:
        return explanation_to_dict(self)

    def __repr__(self) -> str:
        return "\n".join([*as_lines(self.red_flags), super().__repr__()])

    def _repr_html_(self) -> str:
        return f"{as_html(self.red_flags)}{super()._repr_html_()}"

    def _labels(self, states: Iterable[str]) -> str:
        return "; ".join(map(self.causal.label, states))


#: The name of an :class:`Explanation` before it could show itself.
Ranking = Explanation


def explain_findings(
    rows: Asked,
    findings: Sequence[str],
    absent: Sequence[str] = (),
    context: Sequence[str] = (),
    top: int = 10,
    steps: KeptSteps | None = None,
) -> Explanation:
    """Rank the states that would explain findings; see :mod:`kg.causal.ranking` for the method.

    Parameters:
        rows: what answers a query text with rows.
        findings, absent: symptoms, signs and test results, in the words of people and reports.
        context: diet, drugs, conditions, operations, age and sex. Given alone, the answer is what they put a person at risk of.
        top: how many candidates.
        steps: the steps of the graph, where they are kept beside its store.

    Raises:
        UsageError: nothing is given, or a finding is said to be both there and not there.
        UnknownName: no finding was understood; the error gives the nearest names.
    """
    findings, absent, context = (texts(told, "the findings and circumstances") for told in (findings or (), absent, context))
    try:
        asked = understood(rows, findings, absent, context, steps)
    except UnknownName:
        # What needs care now is said even where the graph knows no word of it.
        flags = warnings(rows, findings, absent, context)
        if not flags:
            raise
        return Explanation((), tuple(findings), (), CausalGraph({}, ()), frozenset(), {}, (), {}, flags)
    flags = warnings(rows, findings, absent, context, (*asked.case.present, *asked.case.context), asked.case.absent)
    ranking = rank_candidates(asked.causal, asked.case, rivals(rows))[: top + NEAR_BY]
    best = by_commonness(rows, ranking, asked.case.people)
    found = tuple(best[:top])
    shown = [candidate.iri for candidate in found]
    groups = [(candidate.iri, *candidate.stages) for candidate in found]
    known = {*asked.case.present, *asked.case.absent}
    rival = rival_of_first(found, dangers()) if len(found) > 1 and asked.case.present else 0
    tests = next_tests(rows, groups, known, rival) if asked.case.present else to_watch(rows, groups, known)
    claims = [claim for one in found for route in _routes(one) for claim in route.claims]
    named_states = [iri for one in found for iri in (one.iri, *one.also, *one.stages, *one.context)]
    return Explanation(
        asked.findings,
        asked.unresolved,
        found,
        own_part(asked.causal, claims, [*named_states, *asked.case.present, *asked.case.absent, *asked.case.context]),
        frozenset(state.value for (state,) in of(rows, "nutrient_states", "state", shown)),
        dict(tests),
        asked.notes,
        claim_sources(rows, [claim.iri for claim in claims]),
        flags,
        asked.numbers,
        asked.pieces,
        found[rival].iri if rival else "",
    )


def _routes(candidate: Candidate) -> tuple[Route, ...]:
    return (*candidate.explained.values(), *candidate.context.values(), *candidate.contradicted.values())


def explanation_to_dict(answer: Explanation) -> dict[str, Any]:
    """The answer of ``kg explain``; ``also`` are states that are no rivals of the candidate, ``stages`` the same thing elsewhere."""
    sources = answer.sources()
    candidates = [_candidate_to_dict(answer, candidate, sources) for candidate in answer.candidates]
    return {
        "red_flags": as_plain(answer.red_flags),
        "numbers": [{**one._asdict(), "by": list(one.by)} for one in answer.numbers],
        "heard": [{"text": one.text, "as": one.taken, "labels": list(one.labels)} for one in answer.pieces],
        "findings": [{"input": phrase, "iri": term.iri, "label": term.label} for phrase, term in answer.findings],
        "unresolved": list(answer.unresolved),
        "candidates": candidates,
        "nutritional": [
            {"iri": one["iri"], "label": one["label"], "rank": rank, "score": one["score"]}
            for rank, one in enumerate(candidates, 1)
            if one["nutritional"]
        ],
    }


def _candidate_to_dict(answer: Explanation, candidate: Candidate, sources: Mapping[str, list[str]]) -> dict[str, Any]:
    causal = answer.causal

    def steps(route: Route) -> list[dict[str, Any]]:
        return [step(causal, claim, sources) for claim in route.claims]

    return {
        **name_state(causal, candidate.iri),
        "kind": causal.states[candidate.iri].kind,
        "nutritional": candidate.iri in answer.nutritional or not answer.nutritional.isdisjoint(candidate.stages),
        "score": candidate.score,
        "explained": [{"finding": iri, "path": steps(route)} for iri, route in candidate.explained.items()],
        "unexplained": list(candidate.unexplained),
        "contradicted": list(candidate.contradicted),
        "context": [{**name_state(causal, iri), "path": steps(route)} for iri, route in candidate.context.items()],
        "next_test": answer.next_tests[candidate.iri].iri if candidate.iri in answer.next_tests else None,
        "next_test_from": _rival(answer, candidate.iri),
        "also": [name_state(causal, iri) for iri in candidate.also],
        "stages": [name_state(causal, iri) for iri in candidate.stages],
        "commonness": candidate.commonness or None,
    }


def _rival(answer: Explanation, iri: str) -> str | None:
    """The candidate that the next test tells one from."""
    if iri not in answer.next_tests or not answer.rival:
        return None
    return answer.rival if iri == answer.candidates[0].iri else answer.candidates[0].iri


def rivals(rows: Asked) -> int:
    """How many states of the graph can explain something."""
    return max(int(row[0].value) for row in rows(reading("rivals")))
