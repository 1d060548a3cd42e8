"""The graph in the form of other libraries, for everything that lives on them: rdflib and networkx."""

from __future__ import annotations

from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from kg.causal import CausalGraph


def to_rdflib(store: Store) -> rdflib.Graph:
    """A copy of a store's default graph."""
    import rdflib
    from pyoxigraph import DefaultGraph, RdfFormat

    buffer = BytesIO()
    store.dump(buffer, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return rdflib.Graph().parse(data=buffer.getvalue(), format="nt")


def to_networkx(causal: CausalGraph) -> networkx.DiGraph[str]:
    """States by IRI with label and kind; claims as edges with claim, relation, status and certainty."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for state in causal.states.values():
        graph.add_node(state.iri, label=state.label, kind=state.kind)
    for claim in causal.claims:
        facts = {"relation": claim.relation, "status": claim.status, "certainty": claim.certainty}
        graph.add_edge(claim.cause, claim.effect, claim=claim.iri, **facts)
    return graph
