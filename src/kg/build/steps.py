"""The causal steps of a store, written beside it for walks; :mod:`kg.causal.kept_steps` reads them."""

from __future__ import annotations

from pyoxigraph import Store

from kg.build.causal_scan import find_named, find_pairs
from kg.causal.kept_steps import write_steps
from kg.causal.model import CausalGraph


def keep_steps(folder: str, store: Store, graph: CausalGraph) -> None:
    """Write the steps of a built graph into the folder of its store.

    Parameters:
        store: the built graph, or that part of it in memory that holds its claims and terms.
        graph: the causal part of it.

    Raises:
        OSError: the folder cannot be written.
    """
    kinds = sorted(set(find_pairs(store, "kindOf")))
    scopes = {iri for name in ("onlyWhen", "compensatesFor") for _, iri in find_pairs(store, name)}
    ends = {iri for claim in graph.claims for iri in (claim.cause, claim.effect)}
    states = dict(graph.states)
    for iri in sorted({*scopes, *ends, *(iri for pair in kinds for iri in pair)} - states.keys()):
        if named := find_named(store, iri):
            states[iri] = named
    # A walk knows what it passes by name: a step of which an end has none is no step, as it is none where the graph is asked.
    claims = [claim for claim in graph.claims if states.keys() >= {claim.cause, claim.effect}]
    write_steps(
        folder, states.values(), claims, [pair for pair in kinds if states.keys() >= set(pair)], sorted(scopes & states.keys())
    )
