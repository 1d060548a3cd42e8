"""The SHACL shapes of a graph's own files (``ontology/*_shapes.ttl``), checked at once, without pySHACL.

Each constraint becomes one small query of the built graph: ``sh:targetClass`` and the targets by a property; of a property
``sh:minCount``, ``maxCount``, ``class``, ``datatype``, ``nodeKind``, ``in``, ``hasValue``, ``pattern`` and the limits of
numbers; the path is a property, or the inverse of one. What else SHACL knows is left to ``kg validate --full``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kg import locations
from kg.build import read
from kg.checks.problems import Problem, of_error, show_path
from kg.checks.record_lines import Places
from kg.errors import DataError
from kg.rdf.namespaces import RDF_TYPE, RDFS, iri_to_compact, kg
from kg.sparql.embedded import Embedded

SH = "http://www.w3.org/ns/shacl#"
#: The ending of the files; ``shapes.ttl`` itself is the shared vocabulary's, whose rules the checks in queries/checks hold.
ENDING = "_shapes.ttl"
_KINDS = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)", "BlankNode": "isBlank(?value)"}
_LIMITS = {"minInclusive": "<", "minExclusive": "<=", "maxInclusive": ">", "maxExclusive": ">="}
_COUNTED = (
    "SELECT ?record WHERE {{ {{ {target} }} OPTIONAL {{ {path} }} }} GROUP BY ?record HAVING (COUNT(DISTINCT ?value) {limit})"
)
_VALUES = "SELECT DISTINCT ?record WHERE {{ {{ {target} }} {path} FILTER({wrong}) }}"


def files(root: str) -> list[str]:
    """The files of own shapes of a repository, sorted."""
    folder = os.path.join(root, "ontology")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names if name.endswith(ENDING) and locations.is_source(folder, name)]


def problems(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """What the own shapes of a repository find in its built graph; a file that is not Turtle, or a wrong shape, is a problem too."""
    for path in files(root):
        try:
            shapes = Store()
            shapes.extend(read.parse_turtle(path))
        except DataError as error:
            yield of_error(str(error))
            continue
        found = _Shapes(shapes)
        for shape in found.all():
            name = iri_to_compact(shape.value) if isinstance(shape, NamedNode) else "a shape without a name"
            try:
                asked = list(found.queries(shape))
            except ValueError as error:
                yield Problem(show_path(path), 0, name, str(error), "correct the shape")
                continue
            for query, message in asked:
                for row in Embedded(store).run(query):
                    yield places.problem(_owner(store, row[0]), f"the shape {name} does not hold", message)


def _owner(store: Store, record: Any) -> Any:
    """The claim of an evidence line, which stands within it; any other record itself."""
    if isinstance(record, Literal):
        return None
    return next((quad.subject for quad in store.quads_for_pattern(None, kg("evidence"), record, None)), record)


class _Shapes:
    """The shapes of one file as queries."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def all(self) -> list[Any]:
        """The node shapes, in order of name."""
        pattern = self.store.quads_for_pattern(None, RDF_TYPE, NamedNode(SH + "NodeShape"), None)
        return sorted((quad.subject for quad in pattern), key=str)

    def queries(self, shape: Any) -> Iterator[tuple[str, str]]:
        """The queries of a shape, whose rows are the records that break it, each with what to do.

        Raises:
            ValueError: the shape has no target, or a property without a path.
        """
        targets = [f"?record a/<{RDFS}subClassOf>* {_term(node)}" for node in self._values(shape, "targetClass")]
        targets += [f"VALUES ?record {{ {_term(node)} }}" for node in self._values(shape, "targetNode")]
        targets += [f"?record {_term(node)} ?any" for node in self._values(shape, "targetSubjectsOf")]
        targets += [
            f"?any {_term(node)} ?record . FILTER(!isLiteral(?record))" for node in self._values(shape, "targetObjectsOf")
        ]
        if not targets:
            raise ValueError("the shape has no sh:targetClass")
        target = " } UNION { ".join(targets)
        for constraint in self._values(shape, "property"):
            path = self._path(constraint)
            message = next((node.value for node in self._values(constraint, "message")), "mend the record, or the shape")
            for query in self._of_property(constraint, f"SELECT DISTINCT ?record WHERE {{ {{ {target} }} }}", path):
                yield query, message.rstrip(".")

    def _of_property(self, node: Any, target: str, path: str) -> Iterator[str]:
        for name, sign in (("minCount", "<"), ("maxCount", ">")):
            for value in self._values(node, name):
                if not value.value.isdigit():
                    raise ValueError(f"sh:{name} is {value.value!r}, no whole number")
                yield _COUNTED.format(target=target, path=path, limit=f"{sign} {int(value.value)}")
        for value in self._values(node, "hasValue"):
            one = _term(value)
            yield f"SELECT ?record WHERE {{ {{ {target} }} FILTER NOT EXISTS {{ {path} FILTER(?value = {one}) }} }}"
        for wrong in self._wrong(node):
            yield _VALUES.format(target=target, path=path, wrong=wrong)

    def _wrong(self, node: Any) -> Iterator[str]:
        """What is true of a value that breaks a constraint."""
        for value in self._values(node, "class"):
            yield f"NOT EXISTS {{ ?value a/<{RDFS}subClassOf>* {_term(value)} }}"
        for value in self._values(node, "datatype"):
            yield f"!isLiteral(?value) || DATATYPE(?value) != {_term(value)}"
        for value in self._values(node, "nodeKind"):
            allowed = [test for name, test in _KINDS.items() if name in value.value.removeprefix(SH).split("Or")]
            if not allowed:
                raise ValueError(f"sh:nodeKind is {value.value}, which is none")
            yield f"!({' || '.join(allowed)})"
        for value in self._values(node, "pattern"):
            flags = "".join(one.value for one in self._values(node, "flags"))
            yield f"isBlank(?value) || !REGEX(STR(?value), {_term(value)}, {Literal(flags)})"
        for value in self._values(node, "in"):
            members = list(self._list(value))
            yield f"?value NOT IN ({', '.join(map(_term, members))})"
        for name, sign in _LIMITS.items():
            for value in self._values(node, name):
                yield f"!COALESCE(!(?value {sign} {_term(value)}), false)"

    def _path(self, node: Any) -> str:
        paths = self._values(node, "path")
        if paths and isinstance(paths[0], BlankNode):
            inverse = self._values(paths[0], "inversePath")
            if inverse and isinstance(inverse[0], NamedNode):
                return f"?value {_term(inverse[0])} ?record ."
            raise ValueError("sh:path is neither a property nor the inverse of one")
        if not paths or not isinstance(paths[0], NamedNode):
            raise ValueError("a sh:property has no sh:path")
        return f"?record {_term(paths[0])} ?value ."

    def _values(self, node: Any, name: str) -> list[Any]:
        return [quad.object for quad in self.store.quads_for_pattern(node, NamedNode(SH + name), None, None)]

    def _list(self, node: Any) -> Iterator[Any]:
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        while isinstance(node, BlankNode):
            for quad in self.store.quads_for_pattern(node, NamedNode(rdf + "first"), None, None):
                yield quad.object
            rest = [quad.object for quad in self.store.quads_for_pattern(node, NamedNode(rdf + "rest"), None, None)]
            node = rest[0] if rest else None


def _term(node: Any) -> str:
    if str(node).startswith("_:"):
        raise ValueError("a value of the shape is a blank node, which names nothing")
    return str(node)
