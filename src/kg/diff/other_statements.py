"""What a graph says beside its terms and claims: a foreign graph all of it, ours of sources, amounts, intakes and the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, Store, Triple

from kg.diff.record_changes import ECHOES, EVIDENCE, Records
from kg.rdf.namespaces import RDF_TYPE, kg
from kg.rdf.scratch import Scratch
from kg.rdf.sorted_lines import sort_pieces


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements that were added and removed, in N-Quads with ``[]`` for a blank node, sorted."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


NONE = Statements()


def others(store: Store, records: Records) -> IO[bytes]:
    """The statements of a store that no record holds, and that the build did not make of the claims: a file of sorted lines."""
    told = {f"<{iri}>" for iri in (*records.terms, *records.claims)}
    told |= {str(quad.object) for quad in store.quads_for_pattern(None, EVIDENCE, None, None)}
    for kind in ("Influence", "RetiredRecord"):  # what is retired is told of the record that is gone
        told |= {str(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, kg(kind), None)}
    file, found = (Scratch() for _ in range(2))  # there are hundreds of thousands
    file.writelines(
        f"{_write(quad)}\n".encode()
        for quad in store
        if str(quad.subject) not in told and (quad.predicate.value not in ECHOES or quad.predicate == RDF_TYPE)
    )
    for piece in sort_pieces(file):
        found.writelines(piece)
    return found


def between(old: IO[bytes], new: IO[bytes]) -> Statements:
    """What differs between two files of sorted lines."""
    for file in (old, new):
        file.seek(0)
    added: list[str] = []
    removed: list[str] = []
    was, now = old.readline(), new.readline()
    while was or now:
        if was == now:
            was, now = old.readline(), new.readline()
        elif not now or (was and was < now):
            removed.append(was.decode().rstrip("\n"))
            was = old.readline()
        else:
            added.append(now.decode().rstrip("\n"))
            now = new.readline()
    return Statements(tuple(added), tuple(removed))


def _write(quad: Any) -> str:
    parts = [_node(quad.subject), str(quad.predicate), _node(quad.object)]
    if quad.graph_name != DefaultGraph():
        parts.append(_node(quad.graph_name))
    return " ".join(parts)


def _node(node: Any) -> str:
    if isinstance(node, BlankNode):
        return "[]"
    if isinstance(node, Triple):
        return f"<<( {_node(node.subject)} {node.predicate} {_node(node.object)} )>>"
    return str(node)
