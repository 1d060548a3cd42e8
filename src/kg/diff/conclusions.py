"""What follows from a graph, as comparable conclusions: answers, reach and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.causal.model import CausalGraph, Claim
from kg.errors import KgError
from kg.graph import Graph
from kg.rdf.vocabulary import CERTAINTIES
from kg.sparql import library
from kg.sparql.results import plain

#: Questions about the graph itself: their answers change with every record and conclude nothing.
ABOUT_ITSELF = {"overview", "coverage", "upkeep", "alignment"}

Answer = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion that changed. ``kind`` is answer, route or verdict; ``claims`` are the IRIs of those that did it."""

    kind: str
    name: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    claims: tuple[str, ...] = ()


def questions() -> Iterator[library.Question]:
    """The questions whose answers are conclusions."""
    for name in library.names():
        question = library.question(name)
        if not ABOUT_ITSELF & set(question.tags):
            yield question


def answer(graph: Graph, question: library.Question) -> Answer:
    """The rows of a question with its defaults, as plain values; empty where the engine cannot answer it."""
    try:
        rows = graph.answer(question.text)
    except KgError:
        return frozenset()
    return frozenset(tuple(plain(value) for value in row) for row in rows)  # type: ignore[union-attr]


def verdicts(graph: Graph) -> dict[str, str]:
    """The verdict on each statement of the articles."""
    return {row[0].value: row[1].value for row in graph.rows(library.reading("verdicts"))}


def reach(causal: CausalGraph, start: str, used: Callable[[Claim], bool] = lambda claim: True) -> dict[str, str]:
    """The findings that a state reaches, each with the certainty of the best route's weakest step."""
    found: dict[str, str] = {}
    edge, seen = [start], {start}
    for rank, certainty in enumerate(CERTAINTIES):
        edge = list(seen)
        while edge:
            state = edge.pop()
            for claim in causal.out.get(state, ()):
                if claim.rank <= rank and claim.status != "refuted" and claim.effect not in seen and used(claim):
                    seen.add(claim.effect)
                    edge.append(claim.effect)
                    if causal.is_finding(claim.effect):
                        found[claim.effect] = certainty
    return found


def starts(causal: CausalGraph) -> list[str]:
    """The nutrient statuses, from which routes are compared."""
    return sorted(iri for iri, state in causal.states.items() if state.kind == "NutrientStatus")


def describe_rows(rows: Answer) -> tuple[str, ...]:
    """Rows as lines, in order."""
    return tuple(" | ".join(row) for row in sorted(rows))


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """The keys of two mappings whose values differ."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
