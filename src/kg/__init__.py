"""nutrition-kg: how nutrition becomes physiology becomes symptoms, as an RDF graph with evidence on every edge.

>>> import kg
>>> graph = kg.open()
>>> graph.term("pins and needles").label
'paresthesia'
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__", "open"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.graph import Graph


def open(source: str | None = None, timeout: float | None = None) -> Graph:
    """Open a graph.

    Parameters:
        source: nothing for the built-in graph (or what ``KG_SOURCE`` names); else a file, a folder of Turtle, or the
            URL of a SPARQL 1.1 endpoint.
        timeout: seconds that one call to a remote endpoint may take.

    Raises:
        kg.errors.DataError: a file that cannot be read.
    """
    from kg.graph import opened

    return opened(source, timeout)
