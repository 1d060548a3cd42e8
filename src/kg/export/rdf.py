"""The whole graph as RDF: triples, a named graph for each claim, or the claim as the reifier of its triple (RDF 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.rdf.namespaces import kg, prefixes
from kg.sparql.embedded import Embedded

if TYPE_CHECKING:
    from kg.graph import Graph

REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
#: What a refuted claim asserts stands in the claim alone: no triple says it.
REFUTED = kg("refuted")


def ntriples(graph: Graph) -> tuple[bytes]:
    """Sorted N-Triples."""
    return (b"".join(sorted(write_statements(graph.triples(), RdfFormat.N_TRIPLES).splitlines(keepends=True))),)


def turtle(graph: Graph) -> tuple[bytes]:
    """Turtle, a block for each subject, in the order of the IRIs."""
    return (write_statements(sort_triples(graph), RdfFormat.TURTLE),)


def annotate(graph: Graph) -> tuple[bytes]:
    """Turtle of RDF 1.2, where each claim reifies the triple that it asserts."""
    return (
        write_statements(
            [*sort_triples(graph), *(Triple(name, REIFIES, told) for name, told in find_asserted(graph))], RdfFormat.TURTLE
        ),
    )


def nquads(graph: Graph) -> tuple[bytes]:
    """N-Quads: the graph as it is with its named graphs, and for each claim a named graph that holds the triple it asserts."""
    lines = write_statements(_quads(graph), RdfFormat.N_QUADS).splitlines(keepends=True)
    return (b"".join(sorted(lines)),)


def trig(graph: Graph) -> tuple[bytes]:
    """TriG of the same quads as :func:`nquads`.

    In the manner of nanopublications the graph that bears a claim's name is the assertion, and what the default graph
    says of that name (evidence, status, certainty) is its provenance.
    """
    return (write_statements(_quads(graph), RdfFormat.TRIG),)


def sort_triples(graph: Graph) -> Iterator[Any]:
    """The triples in the order of their N-Triples."""
    return (quad.triple for quad in parse(ntriples(graph)[0], format=RdfFormat.N_TRIPLES))


def find_asserted(graph: Graph) -> list[tuple[NamedNode, Triple]]:
    """Each claim that is not refuted with the triple that it asserts, in the order of their IRIs."""
    from kg.sparql.library import reading

    rows = graph.rows(reading("export_claims"))
    found = {row["claim"]: Triple(row["subject"], row["relation"], row["object"]) for row in rows if row["status"] != REFUTED}
    return list(found.items())


def write_statements(triples: Any, form: RdfFormat) -> bytes:
    """The bytes of triples or quads in one of the forms; Turtle and TriG with our prefixes."""
    named = prefixes() if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    return serialize(triples, format=form, prefixes=named) or b""


def _quads(graph: Graph) -> Iterator[Quad]:
    yield from (Quad(*triple) for triple in sort_triples(graph))
    of_claims = [Quad(told.subject, told.predicate, told.object, name) for name, told in find_asserted(graph)]
    yield from of_claims
    yield from sorted(find_named(graph) - set(of_claims), key=str)


def find_named(graph: Graph) -> set[Quad]:
    """What stands in the named graphs of a source that was read into this process; of an endpoint the default graph is asked."""
    if not isinstance(graph.engine, Embedded):
        return set()
    store = graph.engine.store
    return {quad for name in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, name)}


def count_left_out(graph: Graph) -> int:
    """How many statements of named graphs a form without named graphs leaves out, those aside that the claims make."""
    found = find_named(graph)
    return (
        len(found - {Quad(told.subject, told.predicate, told.object, name) for name, told in find_asserted(graph)})
        if found
        else 0
    )
