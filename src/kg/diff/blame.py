"""Which claim changed a conclusion: each claim that differs is put back as it was, alone, and the conclusion drawn again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from kg.causal import CausalGraph
from kg.diff.conclusions import Conclusion, answer, differing, questions, reach, starts, told, verdicts
from kg.diff.records import EVIDENCE
from kg.engines import Embedded
from kg.graph import Graph
from kg.vocabulary import KG, iri_to_compact, kg

#: Beyond this the answers are compared, but no claim is sought: it would take minutes.
MOST_CLAIMS = 100


def changed(old: Store, new: Store, claims: list[str]) -> list[Conclusion]:
    """The conclusions that differ, each with the claims that, put back alone, undo the change.

    Parameters:
        claims: the IRIs of the claims that differ; with more than ``MOST_CLAIMS`` none is held responsible.
    """
    before, after = Graph(Embedded(old)), Graph(Embedded(new))
    suspects = claims if len(claims) <= MOST_CLAIMS else []
    return [
        *_answers(before, after, suspects),
        *_routes(before, after, set(suspects)),
        *_verdicts(before, after, set(suspects)),
    ]


def _answers(before: Graph, after: Graph, suspects: list[str]) -> Iterator[Conclusion]:
    for question in questions():
        was, now = answer(before, question), answer(after, question)
        if was == now:
            continue

        def undone(question: Any = question, was: Any = was, now: Any = now) -> bool:
            again = answer(after, question)
            # It did something of what changed: a row came back, or a new one went.
            return bool((was - now) & again or (now - was) - again)

        guilty = _undoing(before, after, suspects, undone)
        yield Conclusion("answer", question.name, told(was - now), told(now - was), guilty)


def _undoing(before: Graph, after: Graph, suspects: list[str], undone: Callable[[], bool]) -> tuple[str, ...]:
    guilty = []
    for claim in suspects:
        with put_back(before, after, claim):
            if undone():
                guilty.append(claim)
    return tuple(guilty)


@contextmanager
def put_back(before: Graph, after: Graph, claim: str) -> Iterator[None]:
    """The later graph with one claim as the earlier one has it, for as long as the block runs."""
    old, new = _store(before), _store(after)
    was, now = described(old, claim), described(new, claim)
    for quad in now - was:
        new.remove(quad)
    new.extend(was - now)
    try:
        yield
    finally:
        for quad in was - now:
            new.remove(quad)
        new.extend(now - was)


def described(store: Store, claim: str) -> set[Quad]:
    """All that a claim adds to a graph: what is said of it, its evidence lines and its plain triple."""
    node = NamedNode(claim)
    quads = set(store.quads_for_pattern(node, None, None, None))
    for line in [quad.object for quad in quads if quad.predicate == EVIDENCE]:
        quads |= set(store.quads_for_pattern(line, None, None, None))  # type: ignore[arg-type]
    one = {quad.predicate.value.removeprefix(KG): quad.object for quad in quads if quad.subject == node}
    if one.get("status") != kg("refuted") and {"subject", "relation", "object"} <= one.keys():
        plain = Quad(one["subject"], one["relation"], one["object"])  # type: ignore[arg-type]
        quads |= {plain} if plain in store else set()
    return quads


def _routes(before: Graph, after: Graph, suspects: set[str]) -> Iterator[Conclusion]:
    was, now = before.causal(), after.causal()
    label = {iri: state.label for causal in (was, now) for iri, state in causal.states.items()}
    for start in sorted({*starts(was), *starts(now)}):
        old, new = reach(was, start), reach(now, start)
        findings = differing(old, new)
        if findings:
            left_out = {claim: _without(was, now, start, claim) for claim in sorted(suspects)}
        for finding in findings:
            says = new.get(finding), old.get(finding)
            guilty = tuple(claim for claim, sides in left_out.items() if says != tuple(side.get(finding) for side in sides))
            name = f"{label[start]} -> {label[finding]}"
            yield Conclusion("route", name, _one(old.get(finding)), _one(new.get(finding)), guilty)


def _without(was: CausalGraph, now: CausalGraph, start: str, claim: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the state reaches without the claim, in the later and in the earlier graph."""
    return reach(now, start, lambda one: one.iri != claim), reach(was, start, lambda one: one.iri != claim)


def _verdicts(before: Graph, after: Graph, suspects: set[str]) -> Iterator[Conclusion]:
    old, new = verdicts(before), verdicts(after)
    for statement in differing(old, new):
        node = NamedNode(statement)
        expressed = {
            str(quad.object.value)  # type: ignore[union-attr]
            for graph in (before, after)
            for quad in _store(graph).quads_for_pattern(node, kg("expressedBy"), None, None)
        }
        guilty = tuple(sorted(expressed & suspects))
        yield Conclusion("verdict", iri_to_compact(statement), _one(old.get(statement)), _one(new.get(statement)), guilty)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _store(graph: Graph) -> Store:
    assert isinstance(graph.engine, Embedded)
    return graph.engine.store
