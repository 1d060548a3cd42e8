"""Authored Turtle, read file by file so that every mistake is told with its file, line and column."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.errors import DataError

#: The mark that some editors put before the text; no part of it.
BOM = b"\xef\xbb\xbf"
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}


def authored(root: str) -> list[str]:
    """The Turtle files of a repository, in the order in which they are read; the shapes are no part of the graph."""
    found = []
    for folder in ("ontology", "data"):
        for place, folders, names in os.walk(os.path.join(root, folder)):
            folders.sort()
            found += [os.path.join(place, name) for name in sorted(names) if name.endswith(".ttl") and name != "shapes.ttl"]
    return found


def rdf(path: str) -> list[Quad]:
    """The quads of one RDF file, told by its name; blank nodes are named apart from those of other files.

    Raises:
        DataError: an unknown kind of file, one that cannot be read, or the first syntax error with line and column.
    """
    return list(named_in_order(parsed(path), os.path.basename(path)))


def parsed(path: str) -> list[Quad]:
    """The quads of one RDF file with its blank nodes named at random.

    Raises:
        DataError: as :func:`rdf`.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        raise DataError(f"{path}: not a known kind of RDF file; use one of {', '.join(FORMATS)}")
    return _parsed(contents(path), path, FORMATS[ending])


def quads(text: bytes, path: str) -> list[Quad]:
    """The quads of a Turtle text that came from ``path``; blank nodes are named by their order.

    Raises:
        DataError: the first syntax error with line and column.
    """
    return list(named_in_order(_parsed(text, path, RdfFormat.TURTLE), os.path.basename(path)))


def _parsed(text: bytes, path: str, form: RdfFormat) -> list[Quad]:
    text = text.removeprefix(BOM)
    try:
        return list(parse(text, format=form))
    except (SyntaxError, ValueError) as error:
        raise problem(path, text, error) from None


def contents(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        DataError: it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; check the path and its permissions") from None


def problem(path: str, text: bytes, error: SyntaxError | ValueError) -> DataError:
    """The parser's complaint as one line with file, line, column and fix."""
    if b"<<<<<<<" in text and b">>>>>>>" in text:
        line = text[: text.index(b"<<<<<<<")].count(b"\n") + 1
        return DataError(f"{path}:{line}: conflict markers of a merge; keep one side and delete the markers")
    if not isinstance(error, SyntaxError) or "UTF-8" in str(error.msg):
        line = getattr(error, "lineno", None) or 1
        return DataError(f"{path}:{line}: not UTF-8; save the file as UTF-8")
    reason = str(error.msg).split(": ", 1)[-1]
    line = min(error.lineno or 1, max(1, len(text.splitlines())))  # what ends too early is told at the last line
    return DataError(f"{path}:{line}:{error.offset or 1}: {reason}; mend the line and try again")


def named_in_order(found: Iterable[Quad], name: str) -> Iterator[Quad]:
    """The quads with blank nodes named by file and order: the parser names them at random, a build must not."""
    mark = "".join(letter if letter.isalnum() else "_" for letter in name)
    names: dict[BlankNode, BlankNode] = {}

    def renamed(node: Any) -> Any:
        return names.setdefault(node, BlankNode(f"{mark}{len(names)}")) if isinstance(node, BlankNode) else node

    for quad in found:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            yield Quad(renamed(quad.subject), quad.predicate, renamed(quad.object), quad.graph_name)
        else:
            yield quad
