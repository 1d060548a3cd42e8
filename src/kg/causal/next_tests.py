"""The test that would best tell a candidate from its nearest rival, and what to watch where nothing is found yet."""

from __future__ import annotations

from kg.causal.claim_rows import local, of
from kg.grounding.resolve import Term
from kg.rdf.vocabulary import CERTAINTY_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.causal.candidate import Candidate
    from kg.grounding.resolve import Asked

#: How directly a test tells of a state, what kind of test it is, how certain that is, and its label.
Grade = tuple[int, int, int, str]

#: Certainties, best first, as the graph names them.
_GRADES = tuple(CERTAINTY_NAMES)
#: Kinds of test as a practice would choose them: a value that a laboratory measures, a finding of one, a sign.
_KINDS = ("Biomarker", "LabFinding", "Sign")
#: In the label of a test that tells of a population and of nobody in it.
_OF_MANY = "of a population"
#: A dangerous rival is told apart first, where it scores so much of what the likeliest one does.
NEAR = 0.5


def rival_of_first(candidates: Sequence[Candidate], dangers: Collection[str]) -> int:
    """The place of the rival that the first candidate is to be told from: the likeliest, or one that must not be missed.

    Parameters:
        candidates: the candidates, best first, at least two.
        dangers: the states that must not be missed.
    """

    def dangerous(one: Candidate) -> bool:
        return not {one.iri, *one.stages}.isdisjoint(dangers)

    first, likeliest, *_ = candidates
    if dangerous(first) or dangerous(likeliest):
        return 1
    near = [place for place, one in enumerate(candidates) if place and dangerous(one) and one.score >= NEAR * likeliest.score]
    return near[0] if near else 1


def next_tests(
    rows: Asked, candidates: Sequence[tuple[str, ...]], told: set[str], rival_of_first: int = 1
) -> Iterator[tuple[str, Term]]:
    """For each candidate the test that best tells it from the first one, and for the first from its rival.

    Parameters:
        candidates: the states of each: its own and its stages, since what tells of a stage tells of it.
        rival_of_first: the place of the rival of the first.
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
        rival = rival_of_first if place == 0 else 0
        pairs = [(one, other) for one in group for other in candidates[rival]]
        stated = sorted(
            test for one, other in pairs for test in told_apart.get((one, other), []) + told_apart.get((other, one), [])
        )
        if stated:
            (*_, label), test = stated[0]
            yield group[0], Term(test, label, "Test")
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
) -> tuple[dict[str, dict[str, Grade]], dict[tuple[str, str], list[tuple[Grade, str]]]]:
    tests: dict[str, dict[str, Grade]] = {iri: {} for iri in states}
    told_apart: dict[tuple[str, str], list[tuple[Grade, str]]] = {}
    for state, test, label, kind, place, certainty, rival in of(rows, "tests_of", "state", states):
        if test.value in told or _OF_MANY in label.value:
            continue
        grade = (int(place.value), _KINDS.index(local(kind)), _GRADES.index(local(certainty)), label.value)
        if rival is not None:
            told_apart.setdefault((state.value, rival.value), []).append((grade, test.value))
        else:
            tests[state.value][test.value] = min(grade, tests[state.value].get(test.value, grade))
    return tests, told_apart


def _separating(known: Sequence[dict[str, Grade]], one: int, other: int) -> Term | None:
    """The test that tells of one of two candidates and not of the other.

    The most direct comes first, then what tells of the candidate itself and not of its rival, then what a laboratory measures,
    the most certain, and what tells of the fewest others.
    """
    graded = [
        (place, state != one, kind, certainty, sum(test in found for found in known), label, test)
        for state, rival in ((one, other), (other, one))
        for test, (place, kind, certainty, label) in known[state].items()
        if test not in known[rival]
    ]
    return Term(min(graded)[-1], min(graded)[-2], "Test") if graded else None
