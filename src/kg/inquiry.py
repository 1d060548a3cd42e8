"""From what is told of a person to an explanation: phrases become a case, the case becomes ranked candidates.

What the ranking needs beside the causal claims is read here: the risks of groups, how many rivals there are, which
state is one of a nutrient, and the tests that would tell the first candidates apart.
"""

from __future__ import annotations

from typing import NamedTuple

from kg import phrases
from kg.errors import UnknownName, UsageError
from kg.explain import Candidate, Case, ranked
from kg.library import reading
from kg.reading import Upstream, claim_sources, kinds, of, risks
from kg.terms import Term, nearest_terms
from kg.vocabulary import KG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.causal import CausalGraph
    from kg.phrases import Reading
    from kg.terms import Asked


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
    """

    findings: tuple[tuple[str, Term], ...]
    unresolved: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    causal: CausalGraph
    nutritional: frozenset[str]
    next_tests: dict[str, Term]
    notes: tuple[str, ...]
    rows: Asked

    def sources(self) -> dict[str, list[str]]:
        """The sources of the claims in all routes that the candidates tell, by claim."""
        told = [(*one.explained.values(), *one.context.values()) for one in self.candidates]
        return claim_sources(self.rows, [claim.iri for ways in told for way in ways for claim in way.claims])


class _Told(NamedTuple):
    """The phrases, read."""

    present: list[Reading]
    absent: list[Reading]
    context: list[Reading]


class Inquiry(NamedTuple):
    """What was told, as terms: the case, the part of the graph it is asked of, and how the words were taken."""

    case: Case
    causal: Upstream
    findings: tuple[tuple[str, Term], ...]
    unresolved: tuple[str, ...]
    notes: tuple[str, ...]


def understood(rows: Asked, findings: Sequence[str], absent: Sequence[str] = (), context: Sequence[str] = ()) -> Inquiry:
    """Phrases as a case; see :func:`explained`."""
    if not findings:
        raise UsageError("no finding is given; name what is felt, seen or measured, as in kg explain fatigue 'MCV: high'")
    told = _Told(phrases.findings(rows, findings), phrases.findings(rows, absent), phrases.context(rows, context))
    present, ruled_out, circumstances, notes = _sorted_out(told)
    _refuse_contradiction(told)
    if not present:
        raise _nothing_understood(rows, told.present)
    states = {iri: term for iri, term in circumstances.items() if term.kind not in ("Population", "Drug")}
    groups = risks(rows, [iri for iri, term in circumstances.items() if term.kind == "Population"])
    related = kinds(rows, [*present, *ruled_out])
    case = Case(
        tuple(present),
        tuple(iri for iri in ruled_out if iri not in present),
        tuple(states),
        tuple(claim for claim, _ in groups),
        tuple(dict.fromkeys(pair for pair, _ in related)),
    )
    causal = Upstream(rows, *present.values(), *ruled_out.values(), *states.values(), *(term for _, term in related))
    for claim, state in groups:
        causal.add_name(circumstances[claim.cause])
        causal.add_name(state)
    return Inquiry(
        case,
        causal,
        tuple((one.phrase, term) for one in told.present for term in one.terms if term.iri in present),
        tuple(one.phrase for one in (*told.present, *told.absent, *told.context) if not one.understood),
        notes,
    )


def explained(
    rows: Asked, findings: Sequence[str], absent: Sequence[str] = (), context: Sequence[str] = (), top: int = 10
) -> Explanation:
    """Rank the states that would explain findings; see :mod:`kg.explain` for the method.

    Parameters:
        rows: what answers a query text with rows.
        findings, absent: symptoms, signs and test results, in the words of people and reports.
        context: diet, drugs, conditions, operations, age and sex.
        top: how many candidates.

    Raises:
        UsageError: no finding is given, or one is said to be both there and not there.
        UnknownName: no finding was understood; the nearest names are told.
    """
    asked = understood(rows, findings, absent, context)
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
    )


def _sorted_out(told: _Told) -> tuple[dict[str, Term], dict[str, Term], dict[str, Term], tuple[str, ...]]:
    present = {term.iri: term for one in (*told.present,) for term in one.terms}
    ruled_out = {term.iri: term for one in told.absent for term in one.terms}
    ruled_out.update({term.iri: term for one in (*told.present, *told.context) for term in one.ruled_out})
    circumstances = {term.iri: term for one in told.context for term in one.terms}
    notes = []
    for iri, term in list(present.items()):
        if term.kind == "Exposure":
            circumstances[iri] = present.pop(iri)
            notes.append(f"{term.label} is no finding but an exposure; taken as context (--context)")
    return present, ruled_out, circumstances, tuple(notes)


def _refuse_contradiction(told: _Told) -> None:
    # Where words were set aside the two need not mean the same: weak legs and no weakness of the arms.
    there = {term.iri: one.phrase for one in told.present if not one.aside for term in one.terms}
    for one in (*told.absent, *told.present):
        for term in (*one.terms, *one.ruled_out) if one in told.absent else one.ruled_out:
            if term.iri in there and not one.aside:
                raise UsageError(
                    f"{there[term.iri]!r} and {one.phrase!r}: {term.label} is said to be there and not to be; leave one out"
                )


def _nothing_understood(rows: Asked, read: Sequence[Reading]) -> UnknownName:
    nearest = [name for one in read[:3] for name in nearest_terms(rows, one.phrase, "State", 3)]
    told = "; ".join(repr(one.phrase) for one in read)
    hint = f"nearest: {'; '.join(dict.fromkeys(nearest))}" if nearest else "kg term shows what is known of a name"
    return UnknownName(f"no finding is understood of {told}; {hint}", tuple(dict.fromkeys(nearest)))


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
