"""The whole graph as RDF: triples, a named graph for each claim, or the claim as the reifier of its triple (RDF 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.rdf.namespaces import kg, prefixes
from kg.rdf.scratch import Scratch
from kg.rdf.sorted_lines import sort_pieces
from kg.sparql.embedded import Embedded

if TYPE_CHECKING:
    from kg.graph import Graph

REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
#: What a refuted claim asserts stands in the claim alone: no triple says it.
REFUTED = kg("refuted")
_PIECE = 1 << 20


def ntriples(graph: Graph) -> tuple[Iterator[bytes]]:
    """Sorted N-Triples."""
    return (map(b"".join, sort_pieces(_dump(graph))),)


def turtle(graph: Graph) -> tuple[Iterator[bytes]]:
    """Turtle, a block for each subject, in the order of the IRIs."""
    return (_read(_write(sort_triples(graph), RdfFormat.TURTLE)),)


def annotate(graph: Graph) -> tuple[Iterator[bytes]]:
    """Turtle of RDF 1.2, where each claim reifies the triple that it asserts."""
    claims = (Triple(name, REIFIES, told) for name, told in find_asserted(graph))
    return (_read(_write(chain(sort_triples(graph), claims), RdfFormat.TURTLE)),)


def nquads(graph: Graph) -> tuple[Iterator[bytes]]:
    """N-Quads: the graph as it is with its named graphs, and for each claim a named graph that holds the triple it asserts."""
    return (map(b"".join, sort_pieces(_write(_quads(graph), RdfFormat.N_QUADS))),)


def trig(graph: Graph) -> tuple[Iterator[bytes]]:
    """TriG of the same quads as :func:`nquads`.

    In the manner of nanopublications the graph that bears a claim's name is the assertion, and what the default graph
    says of that name (evidence, status, certainty) is its provenance.
    """
    return (_read(_write(_quads(graph), RdfFormat.TRIG)),)


def sort_triples(graph: Graph) -> Iterator[Any]:
    """The triples in the order of their N-Triples."""
    file = Scratch()
    for piece in sort_pieces(_dump(graph)):
        file.writelines(piece)
    return _parse(file)


def _parse(file: IO[bytes]) -> Iterator[Any]:
    with file:
        file.seek(0)
        for quad in parse(file, format=RdfFormat.N_TRIPLES):
            yield quad.triple


def _dump(graph: Graph) -> IO[bytes]:
    """The default graph as N-Triples in any order."""
    if not isinstance(graph.engine, Embedded):
        return _write(graph.triples(), RdfFormat.N_TRIPLES)
    file = Scratch()
    graph.engine.store.dump(file, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return file


def find_asserted(graph: Graph) -> list[tuple[NamedNode, Triple]]:
    """Each claim that is not refuted with the triple that it asserts, in the order of their IRIs."""
    from kg.sparql.library import reading

    rows = graph.rows(reading("export_claims"))
    found = {row["claim"]: Triple(row["subject"], row["relation"], row["object"]) for row in rows if row["status"] != REFUTED}
    return list(found.items())


def write_statements(triples: Any, form: RdfFormat) -> bytes:
    """The bytes of triples or quads in one of the forms; Turtle and TriG with our prefixes."""
    return b"".join(_read(_write(triples, form)))


def _write(triples: Any, form: RdfFormat) -> IO[bytes]:
    """A file of triples or quads: whole, since half a graph reads like a whole one, and on disk, since it may be large."""
    named = prefixes() if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    file = Scratch()
    serialize(triples, file, format=form, prefixes=named)
    return file


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


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
