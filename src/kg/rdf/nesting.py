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
#: Strings, IRIs and comments, in which no bracket counts.
_QUOTED = rb'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*'
#: What a text holds that may nest, by its form (RDF, or rows as json, xml or tsv); the word of JSON may be written in escapes.
SIGNS: dict[Any, tuple[bytes, ...]] = {
    RdfFormat.JSON_LD: (b"{", b"["),
    RdfFormat.RDF_XML: (b"<",),
    "json": (b'"triple"', b"\\u00"),
    "xml": (b"triple",),
    "tsv": (b"<<",),
}
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?\S+\s+(SYSTEM|PUBLIC|\"[^\"]*\"|'[^']*')")


def refuse_what_kills(path: str, text: Any, form: RdfFormat) -> None:
    """Refuse what the parser would not survive: triple terms or JSON nested without end, entities of XML that multiply.

    Parameters:
        text: the bytes, or a map of a file into memory.

    Raises:
        DataError: with the line where there is one.
    """
    if form == RdfFormat.JSON_LD:
        refuse_depth(path, text, rb"[\[{]", rb"[\]}]", "JSON")
    elif form == RdfFormat.RDF_XML:
        end = text.find(b"<rdf:RDF")
        for value in _ENTITY.findall(text[: end if end > 0 else len(text)]):
            if value in (b"SYSTEM", b"PUBLIC") or b"&" in value.replace(b"&#", b"") or len(value) > 1000:
                raise DataError(f"{path}: an entity that is fetched or built from entities; replace it by its text")
    elif text.find(b"<<") >= 0:
        refuse_depth(path, text, rb"<<", rb">>", "triple terms")


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


def refuse_depth(path: str, text: Any, opening: bytes, closing: bytes, what: str, quoted: bytes = _QUOTED) -> None:
    """Refuse a text that nests deeper than :data:`DEEPEST`; nothing of it is copied.

    Parameters:
        text: the bytes, or a map of a file into memory.
        opening, closing: patterns of what opens and what closes a level.
        quoted: a pattern of what is passed over.

    Raises:
        DataError: with what it nests.
    """
    depth = 0
    for match in re.finditer(b"(?:%s)|(%s)|(%s)" % (quoted, opening, closing), text, re.DOTALL):
        if match.lastindex == 1:
            depth += 1
            if depth > DEEPEST:
                raise DataError(f"{path}: {what} nested more than {DEEPEST} deep; nest it less")
        elif match.lastindex == 2:
            depth = max(0, depth - 1)


def refuse_deep_rows(path: str, text: Any, form: str) -> None:
    """Refuse rows (SPARQL results as json, xml or tsv) with triple terms that are nested without end.

    Parameters:
        text: the bytes, or a map of a file into memory.

    Raises:
        DataError: with what they nest.
    """
    if not any(text.find(sign) >= 0 for sign in SIGNS.get(form, ())):
        return
    if form == "json":
        refuse_depth(path, text, rb"[\[{]", rb"[\]}]", "JSON")
    elif form == "xml":
        tag = rb"(?:[\w.-]+:)?triple\s*>"
        refuse_depth(path, text, b"<" + tag, b"</" + tag, "triple terms", quoted=rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>")
    else:
        refuse_depth(path, text, rb"<<", rb">>", "triple terms")
