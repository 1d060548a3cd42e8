"""A store of this process as an rdflib graph."""

from __future__ import annotations

from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Store


def to_rdflib(store: Store) -> rdflib.Graph:
    """A copy of a store's default graph."""
    import rdflib
    from pyoxigraph import DefaultGraph, RdfFormat

    buffer = BytesIO()
    store.dump(buffer, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return rdflib.Graph().parse(data=buffer.getvalue(), format="nt")
