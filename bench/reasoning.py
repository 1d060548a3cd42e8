"""(e) Reachability, routes and explanations as the graph grows, beside a walk over an adjacency and the naive path."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from bench.data import Data
from bench.measure import Aim, Row, cpu, ended, in_turns, kg
from kg.causal.model import CausalGraph
from kg.causal.route_search import first, routes
from kg.graph import Graph
from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded

START = f"{KG}magnesium-deficiency"
ENDS = f"{KG}vitamin-b12-deficiency", f"{KG}muscle-tightness"
NAIVE = f"SELECT DISTINCT ?s {{ <{START}> <{KG}promotes>+ ?s . ?s a <{KG}Symptom> }}"
CLOSURE = f"SELECT ?s {{ {{ SELECT DISTINCT ?s {{ <{START}> <{KG}promotes>+ ?s }} }} ?s a <{KG}Symptom> }}"
#: The naive path is asked where the target is set: in a smaller graph all take no time, in a larger one it would not end.
NAIVE_AT = range(90_000, 120_000)
#: The targets of large graphs are meant for so many causal claims; a graph of fewer cannot meet them.
MANY_CLAIMS = 100_000
RANKED = (
    "a breadth-first search ends at some shortest route; the best one is sought once for each certainty until one has it, by length "
    "with hubs, and ties go by label: several searches, each with more to look at, in a fraction of a millisecond"
)
ROUTE = "more than half is reading what leads to the effect, layer by layer: some 2,000 claims, each handed over by the engine"
EXPLAINED = (
    "a third is what the engine hands over of all that leads to the findings, a sixth the words of the red flags, an eighth imports; "
    "the rest ranks the causes"
)
#: From here on once is enough.
LARGE = 2_000_000


def rows(data: list[Data], rounds: int) -> Iterator[Row]:
    """Measure."""
    for one in data:
        if one.triples < LARGE:
            yield from _walks(one, rounds)
        yield from _commands(one, rounds)


def _walks(data: Data, rounds: int) -> Iterator[Row]:
    """In this process, on the causal graph that was read once: what is reached, and the first route."""
    store = data.opened()
    steps, symptoms = _adjacency(store)
    causal = Graph(Embedded(store)).causal()
    reached = [state for state in causal.reached(START) if state in symptoms]
    if not set(reached) == set(_symptoms(steps, symptoms)) == {row[0].value for row in store.query(CLOSURE)}:
        raise RuntimeError(f"{data.name}: the walks and the query reach different symptoms")
    at_target = data.triples in NAIVE_AT
    measures = {
        "kg, in memory": cpu(lambda: [state for state in causal.reached(START) if state in symptoms]),
        "breadth-first search": cpu(lambda: _symptoms(steps, symptoms)),
        "SPARQL, closure alone": cpu(lambda: list(store.query(CLOSURE))),
    }
    found = in_turns(measures, 3 * rounds)
    if at_target:
        found["SPARQL, naive path"] = [cpu(lambda: list(store.query(NAIVE)))() for _ in range(rounds)]
    aims = [Aim(3.0, "breadth-first search"), Aim(1 / 100, "SPARQL, naive path")] if at_target else []
    yield Row(
        "reasoning", f"symptoms in reach, {data.name}", data.triples, "ms of CPU", found, aims, f"{len(reached)} symptoms"
    )
    if ENDS[1] in causal.reached(ENDS[0]):
        yield _first_route(data, causal, steps, rounds)


def _first_route(data: Data, causal: CausalGraph, steps: dict[str, list[str]], rounds: int) -> Row:
    """The best route, beside a search that finds some shortest one."""
    measures = {
        "kg, in memory": cpu(lambda: first(routes(causal, *ENDS), 1)),
        "breadth-first search": cpu(lambda: _shortest(steps)),
    }
    found = in_turns(measures, 3 * rounds)
    aims = [Aim(3.0, "breadth-first search")] if data.triples in NAIVE_AT else []
    return Row("reasoning", f"best route in memory, {data.name}", data.triples, "ms of CPU", found, aims, why=RANKED)


def _adjacency(store: Store) -> tuple[dict[str, list[str]], set[str]]:
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, NamedNode(KG + "promotes"), None):
        steps[quad.subject.value].append(quad.object.value)
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return steps, {quad.subject.value for quad in store.quads_for_pattern(None, kind, NamedNode(KG + "Symptom"))}


def _symptoms(steps: dict[str, list[str]], symptoms: set[str]) -> list[str]:
    seen: set[str] = set()
    queue = deque([START])
    while queue:
        for after in steps.get(queue.popleft(), ()):
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return [state for state in seen if state in symptoms]


def _shortest(steps: dict[str, list[str]]) -> list[str]:
    cause, effect = ENDS
    before = {cause: cause}
    queue = deque([cause])
    while effect not in before and queue:
        here = queue.popleft()
        for after in steps.get(here, ()):
            if after not in before:
                before[after] = here
                queue.append(after)
    route = [effect]
    while route[-1] != cause:
        route.append(before[route[-1]])
    return route[::-1]


def _commands(data: Data, rounds: int) -> Iterator[Row]:
    """From the interpreter's start, since that is what a person waits for."""
    claims = next(iter(data.opened().query(f"SELECT (COUNT(*) AS ?n) {{ ?c a <{KG}CausalClaim> }}")))
    count = int(claims[0].value)
    source = {"KG_SOURCE": "" if data.name == "real" else str(data.file)}
    route = kg("paths", "vitamin B12 deficiency", "muscle tightness", "--limit", "1")
    findings = ("fatigue", "paresthesia", "unsteady gait", "pallor", "muscle weakness")
    why = kg("explain", *findings, "--context", "vegan diet", "--context", "metformin")
    commands = (("first causal route", route, 150.0, 3000.0, ROUTE), ("kg explain", why, 300.0, 10_000.0, EXPLAINED))
    for name, command, real, large, reason in commands:
        ended(command, source)
        found = in_turns({"kg": lambda command=command: ended(command, source).cpu}, rounds if data.triples < LARGE else 3)
        aims = [Aim(real)] if data.name == "real" else [Aim(large)] if count >= MANY_CLAIMS else []
        yield Row(
            "reasoning", f"{name}, {data.name}", data.triples, "ms of CPU", found, aims, f"{count:,} causal claims", reason
        )
