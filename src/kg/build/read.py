"""Authored Turtle, read file by file so that every mistake is told with its file, line and column."""

from __future__ import annotations

import os
from typing import Any

from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.errors import DataError

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}


def rdf(path: str) -> list[Quad]:
    """The quads of one RDF file, told by its name.

    Raises:
        DataError: an unknown kind of file, one that cannot be read, or the first syntax error with line and column.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        raise DataError(f"{path}: not a known kind of RDF file; use one of {', '.join(FORMATS)}")
    return quads(contents(path), path, FORMATS[ending])


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


def quads(text: bytes, path: str, form: RdfFormat = RdfFormat.TURTLE) -> list[Quad]:
    """The quads of a text that came from ``path``; blank nodes are named apart from those of other files."""
    if text.startswith(b"\xef\xbb\xbf"):
        text = text[3:]
    try:
        found = list(parse(text, format=form))
    except (SyntaxError, ValueError) as error:
        raise problem(path, text, error) from None
    return named_in_order(found, os.path.basename(path))


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


def named_in_order(found: list[Quad], name: str) -> list[Quad]:
    """The quads with blank nodes named by file and order: the parser names them at random, a build must not."""
    mark = "".join(letter if letter.isalnum() else "_" for letter in name)
    names: dict[BlankNode, BlankNode] = {}

    def renamed(node: Any) -> Any:
        return names.setdefault(node, BlankNode(f"{mark}{len(names)}")) if isinstance(node, BlankNode) else node

    def quad(q: Quad) -> Quad:
        subject, value = q.subject, q.object
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
            return Quad(renamed(subject), q.predicate, renamed(value), q.graph_name)
        return q

    return [quad(q) for q in found]
