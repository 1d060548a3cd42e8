"""The kinds of RDF files as people have them: told by their ending, by their first words, unpacked, and looked at before they are parsed."""

from __future__ import annotations

import gzip
import re
import zlib
from io import BytesIO
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.errors import DataError

#: The mark that some editors put before the text; no part of it.
BOM = b"\xef\xbb\xbf"
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".n3": RdfFormat.N3,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}
#: A packed file may not grow beyond this many bytes.
LARGEST = 2_000_000_000


def wide_encoding(content: bytes) -> str:
    """UTF-16 or UTF-32 where a text is in it, as some editors save it; empty otherwise. Without a mark, it is every other byte that is zero."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = content[:64]
    zeros = start.count(0) / max(1, len(start))
    return "UTF-32" if 0.6 < zeros < 0.9 else "UTF-16" if 0.3 < zeros <= 0.6 else ""


def ending(path: str) -> str:
    """The ending of a file's name that says its kind; of one that is packed, the ending before ``.gz``."""
    name = path.lower().removesuffix(".gz")
    return name[name.rindex(".") :] if "." in Path(name).name else ""


def is_known(path: str) -> bool:
    """Whether a file bears the ending of a kind that is read."""
    return ending(path) in FORMATS


def form_of(path: str, start: bytes) -> RdfFormat:
    """The form of a file, from the ending of its name; OWL files and what has no name are told by their first words.

    Raises:
        DataError: a kind that is not read, with what converts it.
    """
    kind = ending(path)
    if path != "-" and kind not in FORMATS:
        raise DataError(f"{path}: not a known kind of RDF file; use one of {', '.join(FORMATS)}, each also as .gz")
    start = start.removeprefix(BOM).lstrip()
    if kind in (".owl", ".rdf", ".xml", ""):
        if start.startswith((b"Prefix(", b"Ontology(")) or re.match(
            rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<Ontology", start, re.DOTALL
        ):
            convert = "robot convert -i FILE -o FILE.ttl"
            raise DataError(f"{path}: OWL in functional or XML syntax, which is not RDF; convert it, as with {convert}")
        if start.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE", b"<!--")):
            return RdfFormat.RDF_XML
        if kind == "" and start[:1] in (b"{", b"["):
            return RdfFormat.JSON_LD if re.match(rb'[\[{\s]*["}\]]', start) else RdfFormat.TRIG
        return RdfFormat.TURTLE if kind else RdfFormat.TRIG
    return FORMATS[kind]


_NODE = rb"(?:<[^<>\"\s]*>|_:[^\s<>\"]+)"
_VALUE = rb'(?:%s|<<\([^\n]*\)>>|"(?:[^"\\\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>\s]*>)?)' % _NODE
#: A line of N-Quads with the name of a graph, which is no statement of Turtle or TriG.
_QUAD = re.compile(
    rb"^[ \t]*%s[ \t]*<[^<>\s]*>[ \t]*%s[ \t]*%s[ \t]*\.[ \t]*(?:#.*)?\r?$" % (_NODE, _VALUE, _NODE), re.MULTILINE
)


def holds_quads(content: bytes) -> bool:
    """Whether a line of a text is one of N-Quads, with the name of a graph.

    >>> holds_quads(b'_:a <x:p> "a b"@en <x:g> .'), holds_quads(b'<x:a> <x:p> "a b" .')
    (True, False)
    """
    return _QUAD.search(content) is not None


#: How files of other kinds begin that often bear the name of an RDF file, what they are, and what helps.
_STRANGERS = (
    (rb"<!doctype html|<html|<head", "an HTML page", "fetch the file itself, not the page that shows it"),
    (rb"version https://git-lfs", "a pointer of Git LFS, which stands for the file", "fetch the file with git lfs pull"),
    (rb"PK\x03\x04", "a zip archive or a workbook", "unpack it, and name the file in it"),
    (rb"(?:BZh|\xfd7zXZ|\x28\xb5\x2f\xfd|7z\xbc\xaf)", "a packed file", "unpack it; .gz alone is read packed"),
    (rb"%PDF-", "a PDF", "name the file with the triples"),
    (rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<rdf:RDF", "RDF/XML", "let its name end in .rdf"),
    (rb"[\[{]\s*[\[{]*\s*\"@", "JSON-LD", "let its name end in .jsonld"),
    (rb"@prefix|@base|prefix\s+\S*:\s*<", "Turtle or TriG", "let its name end in .ttl or .trig"),
)
#: Kinds that are read: a mistake in one is the parser's to tell.
_READ_SO: dict[str, tuple[RdfFormat, ...]] = {
    "RDF/XML": (RdfFormat.RDF_XML,),
    "JSON-LD": (RdfFormat.JSON_LD,),
    "Turtle or TriG": (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3),
}


def stranger(content: bytes, form: RdfFormat) -> tuple[str, str] | None:
    """What a file is that does not parse as ``form``, told by its first bytes, and what helps; None where they tell nothing.

    >>> stranger(b"<!DOCTYPE html><title>Sign in</title>", RdfFormat.TURTLE)
    ('an HTML page', 'fetch the file itself, not the page that shows it')
    """
    start = content[:4000].removeprefix(BOM).lstrip()
    for begins, what, fix in _STRANGERS:
        if re.match(begins, start, re.IGNORECASE | re.DOTALL):
            return None if form in _READ_SO.get(what, ()) else (what, fix)
    return None


def unpack(path: str, content: bytes) -> bytes:
    """The text of a file, which may be packed.

    Raises:
        DataError: what is packed is broken off or not packed at all, or grows beyond all bounds.
    """
    if not (path.lower().endswith(".gz") or content.startswith(b"\x1f\x8b")):
        return content
    try:
        with gzip.open(BytesIO(content)) as file:
            text: bytes = file.read(LARGEST)
            if file.read(1):
                raise DataError(f"{path}: more than {LARGEST:,} bytes once unpacked; unpack it first, with gunzip")
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: not a valid .gz file ({error}); compress or fetch it again") from None
    return text
