"""GraphML of all claims, for Cytoscape, Gephi, yEd and networkx: a node for each term, an edge for each claim."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kg.export.claims import STANCES, assertions, terms

if TYPE_CHECKING:
    from kg.graph import Graph


def graphml(graph: Graph) -> tuple[bytes]:
    """The document; parallel claims keep an edge each, named by the claim."""
    import networkx

    drawn: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for term in terms(graph):
        of = {"state_of": " ".join(term.state_of), "deviation": " ".join(term.deviation)}
        drawn.add_node(term.iri, label=term.label, kind=term.kind, definition=term.definition, **of)
    for claim in assertions(graph):
        evidence = {stance: " ".join(claim.sources[stance]) for stance in STANCES}
        facts = {"kind": claim.kind, "relation": claim.relation, "status": claim.status, "certainty": claim.certainty}
        sign = {"promotes": 1, "inhibits": -1}.get(claim.relation, 0)
        drawn.add_edge(claim.subject, claim.object, key=claim.iri, sign=sign, **facts, **evidence)
    buffer = BytesIO()
    networkx.write_graphml(drawn, buffer, named_key_ids=True, edge_id_from_attribute=None)
    return (buffer.getvalue(),)
