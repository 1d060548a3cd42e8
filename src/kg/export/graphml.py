"""GraphML of all claims that are not refuted, for Cytoscape, Gephi, yEd, JGraphT, igraph and networkx.

A node for each term, an edge for each claim, named by it. The document is valid by GraphML's schema, and the same bytes whatever
libraries are installed. Refuted claims are left out: whoever walks the edges would walk through what the graph says is false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kg.export.claims import assertions, full, terms
from kg.rdf.vocabulary import STANCES
from kg.rdf.xml import replace_forbidden

if TYPE_CHECKING:
    from kg.graph import Graph

_NODE = ("label", "kind", "definition", "state_of", "deviation", "iri")
_EDGE = ("label", "kind", "relation", "sign", "status", "certainty", *STANCES, "iri")
_KEYS = {("node", name): f"d{at}" for at, name in enumerate(_NODE)}
_KEYS |= {("edge", name): f"d{at}" for at, name in enumerate(_EDGE, len(_NODE))}
_SIGNS = {"promotes": "1", "inhibits": "-1"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""
#: Ids are of the XML type NMTOKEN; what cannot stand in one is written as its code point.
_OTHER = re.compile(r"[^A-Za-z0-9.:_\-]|_(?=x[0-9a-f]+_)")


def graphml(graph: Graph) -> tuple[bytes]:
    """The document; parallel claims keep an edge each."""
    return ("\n".join([_HEAD, *_lines(graph), "</graphml>", ""]).encode(),)


def _lines(graph: Graph) -> Iterator[str]:
    for (place, name), key in _KEYS.items():
        kind = "int" if name == "sign" else "string"
        yield f'<key id="{key}" for="{place}" attr.name="{name}" attr.type="{kind}"/>'
    yield f'<graph id="{graph.header.slug}" edgedefault="directed">'
    for term in terms(graph):
        of = " ".join(term.state_of), " ".join(term.deviation)
        values = dict(zip(_NODE, (term.label, term.kind, term.definition, *of, full(term.iri)), strict=True))
        yield f'<node id="{_token(term.iri)}">{_data("node", values)}</node>'
    for claim in assertions(graph):
        if claim.status == "refuted":
            continue
        evidence = (" ".join(claim.sources[stance]) for stance in STANCES)
        told = claim.relation, claim.kind, claim.relation, _SIGNS.get(claim.relation, "0"), claim.status, claim.certainty
        values = dict(zip(_EDGE, (*told, *evidence, full(claim.iri)), strict=True))
        ends = f'source="{_token(claim.subject)}" target="{_token(claim.object)}"'
        yield f'<edge id="{_token(claim.iri)}" {ends}>{_data("edge", values)}</edge>'
    yield "</graph>"


def _data(place: str, values: dict[str, str]) -> str:
    return "".join(
        f"<data key={quoteattr(_KEYS[place, name])}>{escape(replace_forbidden(value))}</data>" for name, value in values.items()
    )


def _token(name: str) -> str:
    return _OTHER.sub(lambda match: f"_x{ord(match[0]):x}_", name)
