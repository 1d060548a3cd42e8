"""(e) Reachability, routes and explanations as the graph grows, beside a walk over an adjacency and the naive path."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from bench.data import Data
from bench.measure import Aim, Row, cpu, ended, in_turns, kg
from kg.vocabulary import KG

START = f"{KG}magnesium-deficiency"
NAIVE = f"SELECT DISTINCT ?s {{ <{START}> <{KG}promotes>+ ?s . ?s a <{KG}Symptom> }}"
OURS = f"SELECT ?s {{ {{ SELECT DISTINCT ?s {{ <{START}> <{KG}promotes>+ ?s }} }} ?s a <{KG}Symptom> }}"
#: Larger graphs are asked the naive path never: it would not end.
NAIVE_UP_TO = 120_000


#: The targets of large graphs are meant for so many causal claims; a graph of fewer cannot meet them.
MANY_CLAIMS = 100_000


def rows(data: list[Data], rounds: int) -> Iterator[Row]:
    """Measure."""
    for one in data:
        yield _reach(one, rounds)
        yield from _commands(one, rounds)


def _reach(data: Data, rounds: int) -> Row:
    store = data.opened()
    steps, symptoms = _adjacency(store)
    measures = {
        "SPARQL, closure alone": cpu(lambda: list(store.query(OURS))),
        "breadth-first search": cpu(lambda: _walk(steps, symptoms)),
    }
    if len(list(store.query(OURS))) != len(_walk(steps, symptoms)):
        raise RuntimeError(f"{data.name}: the walk and the query reach different symptoms")
    found = in_turns(measures, rounds)
    large = 90_000 <= data.triples <= NAIVE_UP_TO  # where the target is set; in less, both take no time
    aims = [Aim(3.0, "breadth-first search")] if large else []
    if large:
        found["naive path"] = [cpu(lambda: list(store.query(NAIVE)))()]
        aims.append(Aim(1 / 100, "naive path"))
    return Row(
        "reasoning",
        f"symptoms in reach, {data.name}",
        data.triples,
        "ms of CPU",
        found,
        aims,
        f"{len(_walk(steps, symptoms))} symptoms",
    )


def _adjacency(store: Store) -> tuple[dict[str, list[str]], set[str]]:
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, NamedNode(KG + "promotes"), None):
        steps[quad.subject.value].append(quad.object.value)
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return steps, {quad.subject.value for quad in store.quads_for_pattern(None, kind, NamedNode(KG + "Symptom"))}


def _walk(steps: dict[str, list[str]], symptoms: set[str]) -> list[str]:
    seen: set[str] = set()
    queue = deque([START])
    while queue:
        for after in steps.get(queue.popleft(), ()):
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return [state for state in seen if state in symptoms]


def _commands(data: Data, rounds: int) -> Iterator[Row]:
    """From the interpreter's start, since that is what a person waits for."""
    claims = sum(1 for _ in data.opened().query(f"SELECT ?c {{ ?c a <{KG}CausalClaim> }}"))
    source = {"KG_SOURCE": "" if data.name == "real" else str(data.file)}
    first = kg("paths", "vitamin B12 deficiency", "muscle tightness", "--limit", "1")
    findings = ("fatigue", "paresthesia", "unsteady gait", "pallor", "muscle weakness")
    why = kg("explain", *findings, "--context", "vegan diet", "--context", "metformin")
    for name, command, real, large in (("first causal route", first, 150.0, 3000.0), ("kg explain", why, 300.0, 10_000.0)):
        ended(command, source)
        found = in_turns({"kg": lambda command=command: ended(command, source).cpu}, rounds if data.triples < 2_000_000 else 1)
        aims = [Aim(real)] if data.name == "real" else [Aim(large)] if claims >= MANY_CLAIMS else []
        yield Row("reasoning", f"{name}, {data.name}", data.triples, "ms of CPU", found, aims, f"{claims} causal claims")
