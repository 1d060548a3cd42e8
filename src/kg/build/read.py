"""Authored Turtle, read file by file so that every mistake is reported with its file, line and column."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from kg import locations
from kg.build.formats import BOM, form_of, holds_quads, stranger, unpack, wide_encoding
from kg.errors import DataError
from kg.rdf.nesting import refuse_broken_off, refuse_what_kills


def list_sources(root: str) -> list[str]:
    """The Turtle files of a repository, in the order in which they are read; the shapes are no part of the graph."""
    found = []
    for folder in ("ontology", "data"):
        for place, _, names in locations.walk(os.path.join(root, folder)):
            files = [name for name in sorted(names) if name.endswith(".ttl") and not name.endswith("shapes.ttl")]
            found += [os.path.join(place, name) for name in files if locations.is_source(place, name)]
    return once(found)


def once(paths: Iterable[str]) -> list[str]:
    """Paths without further names of a file that is among them already: of a file and a link to it, the file; in their order."""
    own: dict[str, str] = {}
    listed = list(paths)
    for path in sorted(listed, key=os.path.islink):
        own.setdefault(os.path.realpath(path), path)
    kept = set(own.values())
    return [path for path in listed if path in kept]


def rdf(path: str, name: str | None = None) -> list[Quad]:
    """The quads of one RDF file (``-`` for standard input), told by its name; a relative IRI is read against the file's address.

    Parameters:
        name: what blank nodes are named by, so that they differ from those of other files (default: the file's name).

    Raises:
        DataError: an unknown kind of file, one that cannot be read, or the first syntax error with line and column.
    """
    raw = sys.stdin.buffer.read() if path == "-" else contents(path)
    text = unpack(path, raw)
    shown = "standard input" if path == "-" else path
    form = form_of(path, text[:4000])
    try:
        read = _parse(text, shown, form, address(path))
    except DataError:
        if path != "-" or not holds_quads(text):
            raise
        read = _parse(text, shown, RdfFormat.N_QUADS)
    found = list(name_in_order(read, name or os.path.basename(path)))
    if not found and form == RdfFormat.JSON_LD and text.strip() not in (b"", b"{}", b"[]"):
        print(f"kg: {shown}: JSON, but not JSON-LD: it gives no triples", file=sys.stderr)
    return found


def address(path: str) -> str | None:
    """The address of a file, against which its relative IRIs are read; one file has one, whatever ``..`` its path goes by."""
    return None if path == "-" else Path(os.path.abspath(path)).as_uri()


def parse_turtle(path: str) -> list[Quad]:
    """The quads of a Turtle file of a repository, with its blank nodes as they are named there, or at random.

    Raises:
        DataError: it cannot be read, or the first syntax error with line and column.
    """
    return _parse(contents(path), path, RdfFormat.TURTLE)


def quads(text: bytes, path: str) -> list[Quad]:
    """The quads of a Turtle text that came from ``path``; blank nodes are named by their order.

    Raises:
        DataError: the first syntax error with line and column.
    """
    return list(name_in_order(_parse(text, path, RdfFormat.TURTLE), os.path.basename(path)))


def _parse(text: bytes, path: str, form: RdfFormat, base: str | None = None) -> list[Quad]:
    text = text.removeprefix(BOM)
    refuse_what_kills(path, text, form)
    refuse_broken_off(path, text, form)
    try:
        return list(parse(text, format=form, base_iri=base))
    except (SyntaxError, ValueError) as error:
        raise problem(path, text, error, form) from None


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


def problem(path: str, text: bytes, error: SyntaxError | ValueError, form: RdfFormat) -> DataError:
    """The parser's complaint as one line with file, line, column and fix."""
    other = stranger(text, form)
    if other:
        return DataError(f"{path}:1: {other[0]}; {other[1]}")
    wide = wide_encoding(text)
    if wide:
        return DataError(f"{path}:1: {wide}, not UTF-8; save the file as UTF-8")
    marked = conflict(text, prose=False)
    if marked:
        return DataError(f"{path}:{marked}: conflict markers of a merge; keep one side and delete the markers")
    if not isinstance(error, SyntaxError) or "UTF-8" in str(error.msg):
        line = getattr(error, "lineno", None) or 1
        return DataError(f"{path}:{line}: not UTF-8; save the file as UTF-8")
    reason, fix = str(error.msg).split(": ", 1)[-1], "mend the line and try again"
    for words, meaning, cure in _MEANINGS:
        if words in reason:
            reason, fix = meaning or reason, cure
    if error.lineno is None:
        return DataError(f"{path}: {reason}; {fix}")
    line = min(error.lineno, max(1, len(text.splitlines())))  # what ends too early is reported at the last line
    return DataError(f"{path}:{line}:{error.offset or 1}: {reason}; {fix}")


#: What the parser says in words of its own, what that means, and what helps.
_MEANINGS = (
    ("Unexpected character", "", "mend the line (a language is written with a hyphen, as in @en-GB)"),
    (
        "No scheme found",
        "a relative IRI, and no base to read it against",
        "write it whole, or begin the file with @base <https://...> .",
    ),
    ("LoadDocumentCallback", "a JSON-LD context at another address, which is not fetched", "write the context into the file"),
)


def conflict(text: bytes, *, prose: bool = True) -> int:
    """The line of the first marker that a merge left in a text; 0 where there is none.

    Parameters:
        prose: whether a row of seven ``=`` or ``|`` may be what an author wrote, as below a title; else it is a marker too.
    """
    markers = (b"<<<<<<<", b">>>>>>>") if prose else (b"<<<<<<<", b">>>>>>>", b"|||||||", b"=======")
    text = text.removeprefix(BOM)
    for number, line in enumerate(text.splitlines(), 1) if any(marker in text for marker in markers) else ():
        if (line[:7] in markers and line[7:8].isspace()) or line in markers:
            return number
    return 0


def name_in_order(found: Iterable[Quad], name: str) -> Iterator[Quad]:
    """The quads with blank nodes named by file and order: the parser names them at random, a build must not.

    They are one node wherever they stand: subject, object, name of a graph, within a triple term. No two names of files give
    the same names of nodes.
    """
    plain = "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in os.path.basename(name))
    mark = f"{plain}_{hashlib.blake2b(os.fsencode(name), digest_size=5).hexdigest()}_"
    names: dict[BlankNode, BlankNode] = {}

    def rename(node: Any) -> Any:
        if isinstance(node, BlankNode):
            return names.setdefault(node, BlankNode(f"{mark}{len(names)}"))
        if isinstance(node, Triple):
            return Triple(rename(node.subject), node.predicate, rename(node.object))
        return node

    for quad in found:
        if any(isinstance(part, BlankNode | Triple) for part in (quad.subject, quad.object, quad.graph_name)):
            yield Quad(rename(quad.subject), quad.predicate, rename(quad.object), rename(quad.graph_name))
        else:
            yield quad
