"""What is refused before a parser sees it: what no parser survives (nesting without end, entities of XML that multiply), and XML broken off."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import RdfFormat

from kg.errors import DataError

#: Deeper than any data that is meant; far above it the parser runs out of stack, and the process ends.
DEEPEST = 100
_PIECE = 1 << 20
_ENDS_EARLY = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
_QUOTED = re.compile(rb'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*', re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?\S+\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')")


def refuse_what_kills(path: str, text: Any, form: RdfFormat) -> None:
    """Refuse what the parser would not survive: triple terms or JSON nested without end, entities of XML that multiply.

    Parameters:
        text: the bytes, or a map of a file into memory.

    Raises:
        DataError: with the line where there is one.
    """
    if form == RdfFormat.JSON_LD:
        refuse_depth(path, _QUOTED.sub(b"", text[:]), rb"[\[{]", rb"[\]}]", "JSON")
    elif form == RdfFormat.RDF_XML:
        end = text.find(b"<rdf:RDF")
        for value in _ENTITY.findall(text[: end if end > 0 else len(text)]):
            if value in (b"SYSTEM", b"PUBLIC") or b"&" in value.replace(b"&#", b"") or len(value) > 1000:
                raise DataError(f"{path}: an entity that is fetched or built from entities; replace it by its text")
    elif text.find(b"<<") >= 0 and deep(text, rb"<<", rb">>"):
        refuse_depth(path, _QUOTED.sub(b"", text[:]), rb"<<", rb">>", "triple terms")


def refuse_broken_off(path: str, text: Any, form: RdfFormat) -> None:
    """Refuse RDF/XML that ends before its elements are closed: the parser takes what came until then for the whole.

    Parameters:
        text: the bytes, or a map of a file into memory.

    Raises:
        DataError: with line and column.
    """
    if form != RdfFormat.RDF_XML:
        return
    from xml.parsers import expat

    reader = expat.ParserCreate()
    try:
        for start in range(0, len(text), _PIECE):
            reader.Parse(text[start : start + _PIECE], False)
        reader.Parse(b"", True)
    except expat.ExpatError as error:
        if expat.errors.messages[error.code] in _ENDS_EARLY:
            raise DataError(
                f"{path}:{error.lineno}:{error.offset + 1}: the file is broken off: an element is not closed; get it again whole"
            ) from None


def deep(text: Any, opening: bytes, closing: bytes) -> bool:
    """Whether a text nests deeper than :data:`DEEPEST`."""
    depth = 0
    for match in re.finditer(opening + b"|" + closing, text):
        depth = max(0, depth + (1 if re.fullmatch(opening, match[0]) else -1))
        if depth > DEEPEST:
            return True
    return False


def refuse_depth(path: str, text: bytes, opening: bytes, closing: bytes, what: str) -> None:
    """Refuse a text that nests deeper than :data:`DEEPEST`.

    Raises:
        DataError: with what it nests.
    """
    if deep(text, opening, closing):
        raise DataError(f"{path}: {what} nested more than {DEEPEST} deep; nest it less")


def refuse_deep_rows(path: str, text: bytes, form: str) -> None:
    """Refuse rows (SPARQL results as json, xml or tsv) with triple terms that are nested without end.

    Raises:
        DataError: with what they nest.
    """
    if form == "json" and b"triple" in text:
        refuse_depth(path, _QUOTED.sub(b"", text), rb"[\[{]", rb"[\]}]", "JSON")
    elif form == "xml":
        refuse_depth(path, text, rb"<triple>", rb"</triple>", "triple terms")
    elif form == "tsv" and b"<<" in text:
        refuse_depth(path, _QUOTED.sub(b"", text), rb"<<", rb">>", "triple terms")
