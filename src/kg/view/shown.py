"""What a pyvis network shows, read back as a causal graph with places: the page is made of this, whoever changed the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kg.causal.model import CausalGraph, Claim, State
from kg.view.layout.labels import wrap
from kg.view.layout.layout import BOX_WIDTH, TEXT_WIDTH

#: How far from the map, and from each other, nodes stand that were added without a place.
_ASIDE, _APART = 180, 60


class Shown(NamedTuple):
    """The states and claims of a network, and where they lie in each of its layouts.

    Attributes:
        graph: the states in the order of the nodes, the claims in that of the edges.
        lines: the label of each state, line by line.
        places, routes: for each layout the place of each state and the Bézier points of each claim, or None.
    """

    graph: CausalGraph
    lines: list[Sequence[str]]
    places: dict[str, list[list[int] | None]]
    routes: dict[str, list[list[int] | None]]


def read_shown(
    nodes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]], known: CausalGraph, layouts: Sequence[str]
) -> Shown:
    """Read the nodes and edges of a pyvis network.

    Parameters:
        known: the graph that the network was made of; it holds the evidence of its claims.
        layouts: the names of the layouts.

    A node of no state is drawn by its label, an edge of no claim is said to have been added.
    """
    states = {str(node["id"]): known.states.get(str(node["id"])) or _add_node(node) for node in nodes}
    by_iri = {claim.iri: claim for claim in known.claims}
    kept = [edge for edge in edges if str(edge["from"]) in states and str(edge["to"]) in states]
    claims = tuple(by_iri.get(str(edge.get("id"))) or _add_edge(edge, number) for number, edge in enumerate(kept))
    places = {name: _places(nodes, name) for name in layouts}
    at = {iri: number for number, iri in enumerate(states)}
    routes = {name: [_line(edge, name, at, places[name], by_iri) for edge in kept] for name in layouts}
    lines = [node.get("lines") or wrap(str(node.get("label", node["id"])), TEXT_WIDTH) for node in nodes]
    return Shown(CausalGraph(states, claims), lines, places, routes)


def _add_node(node: Mapping[str, Any]) -> State:
    return State(str(node["id"]), str(node.get("label", node["id"])), str(node.get("kind", "other")))


def _add_edge(edge: Mapping[str, Any], number: int) -> Claim:
    cause, effect = str(edge["from"]), str(edge["to"])
    relation = "inhibits" if edge.get("relation") == "inhibits" else "promotes"
    note = str(edge.get("label") or "Added to the map by hand.")
    return Claim(f"added:{number}", cause, relation, effect, "added", "very low", note=note)


def _places(nodes: Sequence[Mapping[str, Any]], name: str) -> list[list[int] | None]:
    own = [node["places"].get(name) if "places" in node else _place(node) for node in nodes]
    right = max((place[0] for place in own if place), default=0)
    free = 0
    for number, node in enumerate(nodes):
        if own[number] is None and "places" not in node:
            own[number] = [right + _ASIDE, free * _APART]
            free += 1
    return own


def _place(node: Mapping[str, Any]) -> list[int] | None:
    return [round(node["x"]), round(node["y"])] if "x" in node and "y" in node else None


def _line(
    edge: Mapping[str, Any], name: str, at: Mapping[str, int], places: Sequence[list[int] | None], by_iri: Mapping[str, Claim]
) -> list[int] | None:
    if str(edge.get("id")) in by_iri:
        found: list[int] | None = edge.get("lines", {}).get(name)
        return found
    start, end = places[at[str(edge["from"])]], places[at[str(edge["to"])]]
    if start is None or end is None or start == end:
        return None
    side = round(BOX_WIDTH / 2) * (1 if end[0] > start[0] else -1 if end[0] < start[0] else 0)
    x0, x1 = start[0] + side, end[0] - side
    middle = (x0 + x1) // 2
    return [x0, start[1], middle, start[1], middle, end[1], x1, end[1]]
