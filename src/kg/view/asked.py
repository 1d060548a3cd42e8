"""From what was asked of a graph to the map that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

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
    if not what:
        return selection.everything(graph.causal(), overview(graph))
    if isinstance(what[0], Triples):
        return selection.of_triples(graph.causal(), what[0])
    if not isinstance(what[0], str):
        return selection.of_explanation(graph.causal(), what[0])
    thing = _thing(graph.rows, what[0]) if len(what) == 1 else None
    if thing and thing.kind in ("Food", "FoodGroup"):
        return things.of_foods(graph.rows, graph.causal(), thing)
    if thing and thing.kind == "Population" and (drawn := things.of_population(graph.rows, graph.causal(), thing)):
        return drawn
    centres = [one.iri for name in what for one in _states(graph.rows, str(name), graph.causal())]
    if thing and thing.kind in NUTRIENTS:
        return things.of_nutrient(graph.rows, graph.causal(), thing, centres, depth)
    return selection.surroundings(graph.causal(), centres, depth)


def view_of_query(graph: Any, text: str, command: str = "", title: str = "") -> View:
    """The map of what a CONSTRUCT builds, from the one to the other where it names two states.

    Raises:
        UsageError: it builds no causal edge, or more than a map can hold.
    """
    answer = graph.stream(text, prefixes())
    if not isinstance(answer, Triples):
        raise UsageError("the query returns rows, which are not a map; CONSTRUCT triples of kg:promotes and kg:inhibits")
    built = list(islice(answer, _TRIPLES + 1))
    if len(built) > _TRIPLES:
        raise UsageError(f"the query builds more than {_TRIPLES:,} triples, too many for a map; narrow it")
    named = [iri for iri in names_of_ours(text) if iri in graph.causal().states]
    return selection.of_triples(graph.causal(), built, named, command, title)


def _thing(rows: Asked, name: str) -> Term | None:
    """The one thing of that name that is not a state, a food before its group; None where it is a state or nothing known."""
    try:
        return None if find(rows, name, "State") else find(rows, name, "Food") or find(rows, name)
    except UsageError:
        return None


def _states(rows: Asked, name: str, causal: Any) -> list[Term]:
    """The states that stand for a name on a map."""
    found = start(rows, name)
    known = [one for one in found.states if one.iri in causal.states]
    if not known:
        raise UsageError(f"{name!r} is not a state but a {spell_out(found.term.kind)}; draw it by itself, or give states")
    return known
