"""A store of this process as an rdflib graph."""

from __future__ import annotations

import warnings
from io import BytesIO

from kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Store


def to_rdflib(store: Store, without: tuple[str, ...] = ()) -> rdflib.Graph:
    """A copy of a store's default graph; that named graphs are left out is warned of.

    Parameters:
        without: starts of IRIs; the triples of such subjects are left out before rdflib, which takes long, reads them.

    Raises:
        UsageError: it holds triple terms (RDF 1.2), which rdflib does not know.
    """
    import rdflib
    from pyoxigraph import DefaultGraph, RdfFormat, Triple

    if any(True for _ in store.named_graphs()):
        warnings.warn("rdflib() contains the default graph; what stands in named graphs is left out", stacklevel=3)
    buffer = BytesIO()
    store.dump(buffer, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    if b" <<( " in buffer.getvalue() and any(isinstance(quad.object, Triple) for quad in store):
        raise UsageError("rdflib has no triple terms, and the graph contains some; use query() instead")
    lines = buffer.getvalue()
    if without:
        unwanted = tuple(f"<{start}".encode() for start in without)
        lines = b"".join(line for line in BytesIO(lines) if not line.startswith(unwanted))
    return rdflib.Graph().parse(data=lines, format="nt")
