"""The causal graph as a pyvis network; the one place that imports pyvis."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from gzip import compress
from pathlib import Path
from typing import Any

from kg.causal.model import CausalGraph
from kg.errors import DataError

_LIBRARY = Path("lib", "vis-9.1.2", "vis-network.min.js")


def network(graph: CausalGraph, title: str) -> Any:
    """A pyvis ``Network``. Its node ids are numbers, so that no text of the graph is ever a key or an attribute.

    The word ``title`` is kept out of nodes: pyvis looks for links in it and then shows every tooltip as HTML.
    """
    from pyvis.network import Network

    net = Network(directed=True, heading=title, cdn_resources="in_line")
    number = {iri: at for at, iri in enumerate(graph.states)}
    for iri, state in graph.states.items():
        net.add_node(number[iri], label=state.label, shape="custom", physics=False)
    for claim in graph.claims:
        net.add_edge(number[claim.cause], number[claim.effect])
    return net


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
