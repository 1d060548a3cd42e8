"""From what was asked of a graph to the map that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from kg.causal.links import add_links, state_of
from kg.causal.model import FINDINGS
from kg.causal.path_source import start
from kg.errors import UsageError
from kg.grounding.resolve import Term, find, spell_out
from kg.rdf.namespaces import prefixes
from kg.sparql.hints import names_of_ours
from kg.sparql.results import Triples
from kg.view import View, selection, things
from kg.view.overview import overview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.model import CausalGraph
    from kg.causal.route import Route
    from kg.grounding.resolve import Asked

#: The whole causal graph with its labels has fewer triples than this.
_TRIPLES = 20_000
#: Kinds of thing that have foods.
NUTRIENTS = frozenset({"Nutrient", "Vitamin", "Mineral", "FattyAcid"})


def view(graph: Any, what: Sequence[Any], depth: int, cause: str | None, effect: str | None) -> View:
    """The map of the routes between two ends, of an answer, around some terms, or of the whole; see :meth:`kg.Graph.view`."""
    if cause or effect:
        if not (cause and effect):
            raise UsageError("a route has two ends; give both, the cause and the effect")
        found = graph.paths(cause, effect, limit=selection.MOST_ROUTES)
        if not found:
            raise UsageError(f"no causal route leads from {cause} to {effect}; try them the other way round")
        return selection.of_routes(graph.causal(), found, start(graph.rows, cause).term)
    causal = add_links(graph.rows, graph.causal())
    if not what:
        return selection.everything(causal, overview(graph))
    if isinstance(what[0], Triples):
        return selection.of_triples(causal, what[0])
    if hasattr(what[0], "candidates"):
        return selection.of_explanation(causal, what[0])
    thing = _thing(graph.rows, what[0]) if len(what) == 1 else None
    linked = thing is not None and is_linked(causal, thing.iri)
    if thing and thing.kind in ("Food", "FoodGroup") and not linked:
        return things.of_foods(graph.rows, causal, thing)
    if thing and thing.kind == "Population" and (drawn := things.of_population(graph.rows, causal, thing)):
        return drawn
    centres = [iri for name in what for iri in _centres(graph.rows, str(name), causal)]
    if len(what) == 2 and (found := _routes_between(graph, causal, centres)):
        return selection.of_routes(graph.causal(), found)
    if thing and thing.kind in NUTRIENTS and not linked:
        return things.of_nutrient(graph.rows, causal, thing, centres, depth)
    return selection.surroundings(causal, centres, depth)


def can_draw(graph: Any, name: str) -> bool:
    """Whether :func:`view` of one name has something to draw; answered without drawing it."""
    causal = add_links(graph.rows, graph.causal())
    thing = _thing(graph.rows, name)
    if thing and not is_linked(causal, thing.iri):
        if thing.kind in ("Food", "FoodGroup"):
            return things.has_foods(graph.rows, thing)
        if thing.kind == "Population" and things.has_risks(graph.rows, causal, thing):
            return True
    try:
        return bool(_centres(graph.rows, name, causal))
    except UsageError:
        return False


def _routes_between(graph: Any, causal: CausalGraph, centres: Sequence[str]) -> list[Route]:
    """The routes between two states of which one alone is a finding: who names both asks how the one leads to the other."""
    ends = sorted(centres, key=lambda iri: causal.states[iri].kind in FINDINGS)
    if len(ends) != 2 or [causal.states[iri].kind in FINDINGS for iri in ends] != [False, True]:
        return []
    return list(graph.paths(*ends, limit=selection.MOST_ROUTES))


def view_of_query(graph: Any, text: str, command: str = "", title: str = "") -> View:
    """The map of what a CONSTRUCT builds, from the one to the other where it names two states.

    Raises:
        UsageError: it builds no causal edge, or more than a map can hold.
    """
    answer = graph.stream(text, prefixes())
    if not isinstance(answer, Triples):
        raise UsageError("the query returns rows, which are not a map; CONSTRUCT triples of kg:promotes and kg:inhibits")
    causal = add_links(graph.rows, graph.causal())
    built = list(islice(answer, _TRIPLES + 1))
    if len(built) > _TRIPLES:
        raise UsageError(f"the query builds more than {_TRIPLES:,} triples, too many for a map; narrow it")
    named = [iri for iri in names_of_ours(text) if iri in causal.states]
    return selection.of_triples(causal, built, named, command, title)


def is_linked(causal: CausalGraph, iri: str) -> bool:
    """Whether a relation that is drawn beside causal claims joins a term to another one."""
    return any(iri in (subject, target) for subject, _, target in causal.links)


def _thing(rows: Asked, name: str) -> Term | None:
    """The one thing of that name that is not a state, a food before its group; None where it is a state or nothing known."""
    try:
        return None if find(rows, name, "State") else find(rows, name, "Food") or find(rows, name)
    except UsageError:
        return None


def _centres(rows: Asked, name: str, causal: CausalGraph) -> list[str]:
    """What a map of a name is drawn around: its states; and the thing itself where a drawn relation joins it, with a line to each."""
    thing = _thing(rows, name)
    if thing is None or not is_linked(causal, thing.iri):
        return [one.iri for one in _states(rows, name, causal)]
    own = [iri for iri, state in causal.states.items() if state.of == thing.iri and (iri in causal.out or iri in causal.into)]
    causal.links = {**causal.links, **{(iri, "stateOf", thing.iri): state_of(iri, thing.iri) for iri in own}}
    try:
        acting = [one.iri for one in _states(rows, name, causal)]
    except UsageError:
        acting = []
    return list(dict.fromkeys([thing.iri, *own, *acting]))


def _states(rows: Asked, name: str, causal: CausalGraph) -> list[Term]:
    """The states that stand for a name on a map."""
    found = start(rows, name)
    known = [one for one in found.states if one.iri in causal.states]
    if not known:
        raise UsageError(f"{name!r} is not a state but a {spell_out(found.term.kind)}; draw it by itself, or give states")
    return known
