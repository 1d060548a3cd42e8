"""From what is told of a person to an explanation: phrases become a case, the case becomes ranked candidates.

What the ranking needs beside the causal claims is read here: the risks of groups, how many rivals there are, which
state is one of a nutrient, and the tests that would tell the first candidates apart.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.answer import Answer, named, step
from kg.causal.case import understood
from kg.causal.loader import claim_sources, of
from kg.causal.model import CausalGraph
from kg.causal.ranking import Candidate, ranked
from kg.causal.warnings import as_html, as_lines, as_plain, warnings
from kg.errors import UnknownName
from kg.grounding.resolve import Term
from kg.rdf.namespaces import KG
from kg.sparql.library import reading
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.causal.path_strength import Way
    from kg.grounding.laboratory import Measured
    from kg.grounding.red_flags import RedFlag
    from kg.grounding.resolve import Asked


class Explanation(NamedTuple):
    """The answer of ``kg explain``.

    Attributes:
        findings: each finding that was understood, as it was typed, with its term.
        unresolved: what no term was found for.
        candidates: the states that would explain the findings, best first.
        causal: the part of the causal graph that was read, with the labels of the states.
        nutritional: the candidates that are a nutrient's being short or in excess.
        next_tests: for the first candidate the test that would best tell it from the second, for each other one the
            test that would best tell it from the first.
        notes: what a person should know of how the words were taken.
        red_flags: combinations of signs that need care now; empty in most cases.
        numbers: the values of laboratories, as they were read.
    """

    findings: tuple[tuple[str, Term], ...]
    unresolved: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    causal: CausalGraph
    nutritional: frozenset[str]
    next_tests: dict[str, Term]
    notes: tuple[str, ...]
    rows: Asked
    red_flags: tuple[RedFlag, ...] = ()
    numbers: tuple[Measured, ...] = ()

    def sources(self) -> dict[str, list[str]]:
        """The sources of the claims in all routes that the candidates tell, by claim."""
        told = [(*one.explained.values(), *one.context.values()) for one in self.candidates]
        return claim_sources(self.rows, [claim.iri for ways in told for way in ways for claim in way.claims])


class Ranking(Answer, Explanation):
    """An :class:`kg.causal.explain.Explanation` that shows itself."""

    def table(self) -> Table:
        """A row for each candidate."""
        columns = ("candidate", "score", "explains", "leaves unexplained", "absent, against it", "likelier with", "next test")
        rows = []
        for one in self.candidates:
            test = self.next_tests[one.iri].label if one.iri in self.next_tests else ""
            lists = [self._labels(group) for group in (one.explained, one.unexplained, one.contradicted, one.context)]
            rows.append([self.causal.label(one.iri), f"{one.score:.2f}", *lists, test])
        return Table(columns, rows)

    def to_dict(self) -> dict[str, Any]:
        return explanation_to_dict(self)

    def __repr__(self) -> str:
        return "\n".join([*as_lines(self.red_flags), super().__repr__()])

    def _repr_html_(self) -> str:
        return f"{as_html(self.red_flags)}{super()._repr_html_()}"

    def _labels(self, states: Iterable[str]) -> str:
        return "; ".join(map(self.causal.label, states))


def explained(
    rows: Asked, findings: Sequence[str], absent: Sequence[str] = (), context: Sequence[str] = (), top: int = 10
) -> Explanation:
    """Rank the states that would explain findings; see :mod:`kg.causal.ranking` for the method.

    Parameters:
        rows: what answers a query text with rows.
        findings, absent: symptoms, signs and test results, in the words of people and reports.
        context: diet, drugs, conditions, operations, age and sex.
        top: how many candidates.

    Raises:
        UsageError: no finding is given, or one is said to be both there and not there.
        UnknownName: no finding was understood; the nearest names are told.
    """
    try:
        asked = understood(rows, findings, absent, context)
    except UnknownName:
        # What needs care now is said even where the graph knows no word of it.
        flags = warnings(rows, findings, absent, context)
        if not flags:
            raise
        return Explanation((), tuple(findings), (), CausalGraph({}, ()), frozenset(), {}, (), rows, flags)
    found = tuple(ranked(asked.causal, asked.case, rivals(rows))[:top])
    shown = [candidate.iri for candidate in found]
    return Explanation(
        asked.findings,
        asked.unresolved,
        found,
        asked.causal,
        frozenset(state.value for (state,) in of(rows, "nutrient_states", "state", shown)),
        dict(_next_tests(rows, shown, {*asked.case.present, *asked.case.absent})),
        asked.notes,
        rows,
        warnings(rows, findings, absent, context, (*asked.case.present, *asked.case.context), asked.case.absent),
        asked.numbers,
    )


def explanation_to_dict(answer: Explanation) -> dict[str, Any]:
    """The answer of ``kg explain``; ``also`` are states that are no rivals of the candidate."""
    sources = answer.sources()
    return {
        "red_flags": as_plain(answer.red_flags),
        "numbers": [{**one._asdict(), "by": list(one.by)} for one in answer.numbers],
        "findings": [{"input": phrase, "iri": term.iri, "label": term.label} for phrase, term in answer.findings],
        "unresolved": list(answer.unresolved),
        "candidates": [_candidate_to_dict(answer, candidate, sources) for candidate in answer.candidates],
    }


def _candidate_to_dict(answer: Explanation, candidate: Candidate, sources: Mapping[str, list[str]]) -> dict[str, Any]:
    causal = answer.causal

    def steps(way: Way) -> list[dict[str, Any]]:
        return [step(causal, claim, sources) for claim in way.claims]

    return {
        **named(causal, candidate.iri),
        "kind": causal.states[candidate.iri].kind,
        "nutritional": candidate.iri in answer.nutritional,
        "score": candidate.score,
        "explained": [{"finding": iri, "path": steps(way)} for iri, way in candidate.explained.items()],
        "unexplained": list(candidate.unexplained),
        "contradicted": list(candidate.contradicted),
        "context": [{**named(causal, iri), "path": steps(way)} for iri, way in candidate.context.items()],
        "next_test": answer.next_tests[candidate.iri].iri if candidate.iri in answer.next_tests else None,
        "also": [named(causal, iri) for iri in candidate.also],
    }


def rivals(rows: Asked) -> int:
    """How many states of the graph can explain something."""
    return max(int(row[0].value) for row in rows(reading("rivals")))


def _next_tests(rows: Asked, candidates: Sequence[str], told: set[str]) -> Iterator[tuple[str, Term]]:
    """For each candidate the test that best tells it from the first one, and for the first from the second."""
    if len(candidates) < 2:
        return
    tests: dict[str, dict[str, tuple[int, int, str]]] = {iri: {} for iri in candidates}
    told_apart: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for state, test, label, place, certainty, rival in of(rows, "tests_of", "state", list(candidates)):
        if test.value in told:
            continue
        if rival is not None:
            told_apart.setdefault((state.value, rival.value), []).append((label.value, test.value))
        else:
            grade = (int(place.value), _GRADES.index(certainty.value.removeprefix(KG)), label.value)
            tests[state.value][test.value] = min(grade, tests[state.value].get(test.value, grade))
    for iri in candidates:
        rival = candidates[1] if iri == candidates[0] else candidates[0]
        known = sorted(told_apart.get((iri, rival), []) + told_apart.get((rival, iri), []))
        if known:
            yield iri, Term(known[0][1], known[0][0], "Test")
        elif found := _separating(tests, iri, rival):
            yield iri, found


def _separating(tests: dict[str, dict[str, tuple[int, int, str]]], one: str, other: str) -> Term | None:
    """The test that tells of one of two states: the most direct and certain, and of those the one that tells of the fewest others."""
    graded = [
        (place, certainty, sum(test in found for found in tests.values()), label, test)
        for state, rival in ((one, other), (other, one))
        for test, (place, certainty, label) in tests[state].items()
        if test not in tests[rival]
    ]
    return Term(min(graded)[4], min(graded)[3], "Test") if graded else None


#: Certainties, best first, as the graph names them.
_GRADES = ("highCertainty", "moderateCertainty", "lowCertainty", "veryLowCertainty")
