"""The graph in the forms of others, each of which goes out and back to the same claims.

``rdf`` and ``jsonld`` carry the whole graph; ``kgx``, ``graphml`` and ``sheet`` carry the claims (read by ``claims``) with
both ends as states, so that "low X" can never come out as "X". ``offline`` is the graph as one page that answers SPARQL. ``ontology`` is the vocabulary, ``sssom`` its mappings.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph

#: Each form with the module that writes it, its function and the names of its files.
FORMS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ttl": ("rdf", "turtle", ("nutrition-kg.ttl",)),
    "nt": ("rdf", "ntriples", ("nutrition-kg.nt",)),
    "nq": ("rdf", "nquads", ("nutrition-kg.nq",)),
    "trig": ("rdf", "trig", ("nutrition-kg.trig",)),
    "rdf12": ("rdf", "annotate", ("nutrition-kg.rdf12.ttl",)),
    "jsonld": ("jsonld", "jsonld", ("nutrition-kg.jsonld",)),
    "kgx": ("kgx", "kgx", ("nutrition-kg_nodes.tsv", "nutrition-kg_edges.tsv")),
    "graphml": ("graphml", "graphml", ("nutrition-kg.graphml",)),
    "csv": ("sheet", "sheet", ("nutrition-kg.csv",)),
    "html": ("offline", "offline", ("nutrition-kg.html",)),
    "ontology": ("ontology", "ontology", ("nutrition-kg-ontology.ttl",)),
    "nanopub": ("nanopub", "nanopub", ("nutrition-kg.nanopub.trig",)),
    "sssom": ("sssom", "sssom", ("nutrition-kg.sssom.tsv",)),
}

#: The forms of whole graphs that hold no named graphs.
WITHOUT_GRAPHS = ("ttl", "nt", "rdf12", "jsonld")


def export_graph(graph: Graph, form: str, **options: str) -> dict[str, bytes]:
    """The graph in one form: file names with their contents, equal byte by byte for equal graphs.

    Parameters:
        form: a key of :data:`FORMS`.
        options: ``ids`` of kgx (own, mapped or public), ``style`` of ontology (ttl, owl or obo), ``claims`` of nanopub (names parted by blanks).

    Raises:
        UsageError: no such form.
    """
    return {name: b"".join(pieces) for name, pieces in export_pieces(graph, form, **options).items()}


def export_pieces(graph: Graph, form: str, **options: str) -> dict[str, Iterable[bytes]]:
    """As :func:`export_graph`, with contents in pieces that are there once: a large graph passes by and is not held.

    Raises:
        UsageError: no such form.
    """
    if form not in FORMS:
        raise UsageError(f"{form}: not an export format; choose one of {', '.join(FORMS)}")
    module, function, names = FORMS[form]
    made = getattr(import_module(f"kg.export.{module}"), function)(graph, **options)
    return {name: [content] if isinstance(content, bytes) else content for name, content in zip(names, made, strict=True)}
