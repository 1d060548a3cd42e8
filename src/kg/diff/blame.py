"""Which claim changed a conclusion: each claim that differs is put back as it was, alone, and the conclusion drawn again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.build.causal_scan import scan_causal
from kg.build.influence import influences, influences_of
from kg.causal.model import CausalGraph
from kg.diff.conclusions import Conclusion, answer, describe_rows, differing, questions, reach, starts, verdicts
from kg.diff.snapshot import Side, at_hand, describe_claim, find_expressing, in_memory
from kg.graph import Graph
from kg.rdf.namespaces import iri_to_compact

#: Beyond this the answers are compared, but no claim is sought: it would take minutes.
MOST_CLAIMS = 100


def find_changed(before: Side, after: Graph, claims: list[str]) -> list[Conclusion]:
    """The conclusions that differ, each with the claims that, put back alone, undo the change.

    Parameters:
        after: the later graph; where claims differ its store is in memory, is written to, and is as it was in the end.
        claims: the IRIs of the claims that differ; with more than ``MOST_CLAIMS`` none is held responsible.
    """
    suspects = claims if len(claims) <= MOST_CLAIMS else []
    return [
        *_answers(before, after, suspects),
        *_routes(before.causal, after.causal(), set(suspects)),
        *_verdicts(before, after, set(suspects)),
    ]


def _answers(before: Side, after: Graph, suspects: list[str]) -> Iterator[Conclusion]:
    reaching: dict[str, set[Quad]] = {}  # the influences with one claim put back, which take a while to work out
    for question in questions():
        was, now = before.answers[question.name], answer(after, question)
        if was == now:
            continue

        def undone(question: Any = question, was: Any = was, now: Any = now) -> bool:
            again = answer(after, question)
            # It did something of what changed: a row came back, or a new one went.
            return bool((was - now) & again or (now - was) - again)

        guilty = _undoing(before, after, suspects, undone, reaching if "kg:from" in question.text else None)
        yield Conclusion("answer", question.name, describe_rows(was - now), describe_rows(now - was), guilty)


def _undoing(
    before: Side,
    after: Graph,
    suspects: list[str],
    undone: Callable[[], bool],
    reaching: dict[str, set[Quad]] | None = None,
) -> tuple[str, ...]:
    guilty = []
    store = in_memory(after) if suspects else at_hand(after)
    for claim in suspects:
        with put_back(before, store, claim):
            if reaching is None:
                hit = undone()
            else:
                if claim not in reaching:
                    reaching[claim] = set(influences(scan_causal(store)))
                now = influences_of(store)
                _swap(store, now, reaching[claim])
                hit = undone()
                _swap(store, reaching[claim], now)
        if hit:
            guilty.append(claim)
    return tuple(guilty)


@contextmanager
def put_back(before: Side, store: Store, claim: str) -> Iterator[None]:
    """The later graph with one claim as the earlier one has it, for as long as the block runs."""
    was = set(parse(before.claims.get(claim, b""), format=RdfFormat.N_QUADS))
    now = describe_claim(store, claim)
    _swap(store, now, was)
    try:
        yield
    finally:
        _swap(store, was, now)


def _swap(store: Store, old: set[Quad], new: set[Quad]) -> None:
    for quad in old - new:
        store.remove(quad)
    store.extend(new - old)


def _routes(was: CausalGraph, now: CausalGraph, suspects: set[str]) -> Iterator[Conclusion]:
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


def _verdicts(before: Side, after: Graph, suspects: set[str]) -> Iterator[Conclusion]:
    old, new, later = before.verdicts, verdicts(after), find_expressing(at_hand(after))
    for statement in differing(old, new):
        claims = before.expressed.get(statement, set()) | later.get(statement, set())
        name = iri_to_compact(statement)
        yield Conclusion("verdict", name, _one(old.get(statement)), _one(new.get(statement)), tuple(sorted(claims & suspects)))


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
