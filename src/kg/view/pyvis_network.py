"""The picture as a pyvis network: every state and claim with its place, shape, colour and words. The one door to pyvis.

The page is made of this network and of nothing else: what somebody adds to it or takes out is added or missing there. It also
draws itself with pyvis's own template, since it uses vis-network's own names wherever vis-network has one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from gzip import compress
from pathlib import Path
from typing import Any

from kg import palette
from kg.causal.model import CausalGraph, Claim, State
from kg.errors import DataError
from kg.view.layout.labels import wrap
from kg.view.layout.layout import TEXT_WIDTH, Layout

_LIBRARY = Path("lib", "vis-9.1.2", "vis-network.min.js")
#: The nearest of vis-network's own shapes, for whoever draws the network with another template than ours.
SHAPES = {"Exposure": "box", "NutrientStatus": "box", "PhysiologicalState": "ellipse", "Condition": "database"}
#: The width of an arrow by the certainty of its claim, best first; the page draws the same.
WIDTHS = (5, 3.4, 2, 1.1)
#: That of a line beside causal claims, however certain: its width says nothing.
BESIDE = 1.4
#: What vis-network is asked for: the places are worked out before, so nothing moves by itself.
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"physics": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.6,
    },
}


def network(
    graph: CausalGraph,
    whole: CausalGraph,
    layouts: Mapping[str, tuple[CausalGraph, Layout]],
    title: str,
    marks: Mapping[str, str] | None = None,
) -> Any:
    """A pyvis ``Network``: nodes by the IRI of their state, edges with the IRI of their claim as ``id``.

    Parameters:
        whole: the graph of which ``graph`` is a part; it says which states are hubs.
        layouts: by name, the part of the graph that is drawn and where it lies. A node's ``x`` and ``y`` are those of the
            first; ``places`` holds all of them, and an edge's ``lines`` the Bézier points of its arrow.
        marks: what stands in the boxes of some states in place of their labels.

    The word ``title`` is kept out of nodes: pyvis looks for links in it and then shows every tooltip as HTML.
    """
    from pyvis.network import Network

    net = Network(directed=True, heading=title, cdn_resources="in_line")
    net.options = {name: {**value} for name, value in OPTIONS.items()}
    for iri, state in graph.states.items():
        places = {
            name: [round(layout.boxes[iri].x), round(layout.boxes[iri].y)]
            for name, (_, layout) in layouts.items()
            if iri in layout.boxes
        }
        net.add_node(iri, **_node(state, places, whole.is_hub(iri), (marks or {}).get(iri, state.label)))
    lines: dict[str, dict[str, list[int]]] = {}
    for name, (part, layout) in layouts.items():
        for claim, route in zip(part.claims, layout.routes, strict=True):
            lines.setdefault(claim.iri, {})[name] = [round(number) for point in route for number in point]
    for claim in graph.claims:
        net.add_edge(claim.cause, claim.effect, **_edge(claim, lines.get(claim.iri, {})))
    return net


def _node(state: State, places: Mapping[str, list[int]], hub: bool, words: str) -> dict[str, Any]:
    fill, line = palette.LIGHT.get(state.kind, palette.LIGHT["other"]).split()
    placed = dict(zip("xy", next(iter(places.values())), strict=True)) if places else {}
    return {
        "label": state.label,
        "shape": SHAPES.get(state.kind, "box"),
        "color": {"background": fill, "border": line},
        **placed,
        "kind": state.kind,
        "definition": state.definition,
        "synonyms": list(state.synonyms),
        "lines": wrap(words, TEXT_WIDTH),
        "hub": hub,
        "places": dict(places),
    }


def _edge(claim: Claim, lines: Mapping[str, list[int]]) -> dict[str, Any]:
    if not claim.causal:
        return {
            "id": claim.iri,
            "label": claim.relation,
            "color": palette.LIGHT["quiet"],
            "dashes": [6, 3, 1, 3],
            "arrows": {"to": {"enabled": True, "type": "vee"}},
            "width": BESIDE,
            "relation": claim.relation,
            "lines": dict(lines),
        }
    inhibits = claim.relation == "inhibits"
    return {
        "id": claim.iri,
        "color": palette.LIGHT["inhibits" if inhibits else "promotes"],
        "dashes": inhibits,
        "arrows": {"to": {"enabled": True, "type": "bar" if inhibits else "arrow"}},
        "width": WIDTHS[claim.rank],
        "relation": claim.relation,
        "lines": dict(lines),
    }


@cache
def vis_network() -> tuple[str, str]:
    """The text of vis-network as pyvis ships it, and the same text packed (gzip, Base64) to a third of its size."""
    import pyvis

    # Browsers read CR LF as LF, and the policy's hash is of what they read.
    text = (Path(pyvis.__file__).parent / _LIBRARY).read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text, b64encode(compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")


def check(graph: CausalGraph) -> None:
    """Raise :class:`DataError` where a claim joins a state that the graph does not hold."""
    for claim in graph.claims:
        for iri in (claim.cause, claim.effect):
            if iri not in graph.states:
                raise DataError(f"claim {claim.iri}: {iri} is not a state of this graph; add the state or leave out the claim")
