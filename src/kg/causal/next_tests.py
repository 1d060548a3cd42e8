"""The test that would best tell a candidate from its nearest rival, and what to watch where nothing is found yet."""

from __future__ import annotations

from kg.causal.claim_rows import local, of
from kg.grounding.resolve import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.grounding.resolve import Asked

#: How directly a test tells of a state, how certain that is, and its label.
Grade = tuple[int, int, str]

#: Certainties, best first, as the graph names them.
_GRADES = ("highCertainty", "moderateCertainty", "lowCertainty", "veryLowCertainty")


def next_tests(rows: Asked, candidates: Sequence[tuple[str, ...]], told: set[str]) -> Iterator[tuple[str, Term]]:
    """For each candidate the test that best tells it from the first one, and for the first from the second.

    Parameters:
        candidates: the states of each: its own and its stages, since what tells of a stage tells of it.
    """
    tests, told_apart = _read(rows, [iri for group in candidates for iri in group], told)
    known: list[dict[str, Grade]] = []
    for group in candidates:
        merged: dict[str, Grade] = {}
        for iri in group:
            merged.update((test, min(grade, merged.get(test, grade))) for test, grade in tests[iri].items())
        known.append(merged)
    for place, group in enumerate(candidates):
        if len(candidates) < 2:
            return
        rival = 1 if place == 0 else 0
        pairs = [(one, other) for one in group for other in candidates[rival]]
        stated = sorted(
            test for one, other in pairs for test in told_apart.get((one, other), []) + told_apart.get((other, one), [])
        )
        if stated:
            yield group[0], Term(stated[0][1], stated[0][0], "Test")
        elif found := _separating(known, place, rival):
            yield group[0], found


def to_watch(rows: Asked, candidates: Sequence[tuple[str, ...]], told: set[str]) -> Iterator[tuple[str, Term]]:
    """For each candidate the test that tells of it most directly and surely."""
    tests, _ = _read(rows, [iri for group in candidates for iri in group], told)
    for group in candidates:
        graded = [(*grade, test) for iri in group for test, grade in tests[iri].items()]
        if graded:
            *_, label, test = min(graded)
            yield group[0], Term(test, label, "Test")


def _read(
    rows: Asked, states: list[str], told: set[str]
) -> tuple[dict[str, dict[str, Grade]], dict[tuple[str, str], list[tuple[str, str]]]]:
    tests: dict[str, dict[str, Grade]] = {iri: {} for iri in states}
    told_apart: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for state, test, label, place, certainty, rival in of(rows, "tests_of", "state", states):
        if test.value in told:
            continue
        if rival is not None:
            told_apart.setdefault((state.value, rival.value), []).append((label.value, test.value))
        else:
            grade = (int(place.value), _GRADES.index(local(certainty)), label.value)
            tests[state.value][test.value] = min(grade, tests[state.value].get(test.value, grade))
    return tests, told_apart


def _separating(known: Sequence[dict[str, Grade]], one: int, other: int) -> Term | None:
    """The test that tells of one of two candidates: the most direct and certain, and of those the one that tells of the fewest others."""
    graded = [
        (place, certainty, sum(test in found for found in known), label, test)
        for state, rival in ((one, other), (other, one))
        for test, (place, certainty, label) in known[state].items()
        if test not in known[rival]
    ]
    return Term(min(graded)[4], min(graded)[3], "Test") if graded else None
