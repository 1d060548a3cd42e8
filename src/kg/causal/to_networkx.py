"""The causal graph as a networkx graph."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import networkx

    from kg.causal.model import CausalGraph


def to_networkx(causal: CausalGraph) -> networkx.DiGraph[str]:
    """States by IRI with label and kind; claims as edges with claim, relation, sign, status and certainty.

    Refuted claims are left out: a path would lead through what the graph says is false. Where two claims of a pair speak against
    each other, the more certain one is the edge, its sign is 0, and ``also`` names the other.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for state in causal.states.values():
        graph.add_node(state.iri, label=state.label, kind=state.kind)
    for claim in sorted(causal.claims, key=lambda claim: claim.rank):
        if claim.status == "refuted":
            continue
        if graph.has_edge(claim.cause, claim.effect):
            graph.edges[claim.cause, claim.effect].update(sign=0, also=claim.iri)
            continue
        facts = {"relation": claim.relation, "sign": claim.sign, "status": claim.status, "certainty": claim.certainty}
        graph.add_edge(claim.cause, claim.effect, claim=claim.iri, **facts)
    return graph
