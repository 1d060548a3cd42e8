"""Rows in the standard formats, one writer for each, whether all rows are written or some.

The engine's own writers leave commas in IRIs unquoted in CSV, which RFC 4180 does not allow, and control characters in XML,
which no reader of XML accepts; and they write only what the engine answered itself. Otherwise these write what those write.
"""

from __future__ import annotations

import sys

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import IO, Any

_STRING = XSD + "string"
#: Literals that SPARQL TSV holds without quotes, where they are written as Turtle writes them.
_BARE = {XSD + "integer": "0123456789", XSD + "decimal": "0123456789.", XSD + "boolean": ""}
#: What XML must escape.
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def write(form: str, columns: Sequence[str], rows: Iterable[Any], output: IO[bytes]) -> int:
    """Write rows as csv, tsv, json or xml (SPARQL 1.1 results) to ``output``; return how many they were."""
    if form != "xml":
        return _write(form, columns, rows, output)
    from kg.rdf.xml import note_replaced  # which the other forms do not wait for

    with note_replaced() as replaced:
        count = _write(form, columns, rows, output)
    if replaced:
        print(f"kg: {replaced}", file=sys.stderr)
    return count


def _write(form: str, columns: Sequence[str], rows: Iterable[Any], output: IO[bytes]) -> int:
    count = 0
    for piece in _FORMS[form](columns, rows):
        output.write(piece.encode("utf-8", "surrogatepass"))
        count += 1
    return count - _FRAME[form]


def _csv(columns: Sequence[str], rows: Iterable[Any]) -> Iterator[str]:
    yield ",".join(columns) + "\r\n"
    for row in rows:
        yield ",".join([csv_field(value) for value in row]) + "\r\n"


def csv_field(value: Any) -> str:
    """A term as a field of SPARQL 1.1 CSV."""
    if value is None:
        return ""
    kind = type(value)
    text: str = f"<<( {value} )>>" if kind is Triple else str(value) if kind is BlankNode else value.value
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def plain(value: Any) -> str:
    """A term as a person reads it: the text of a literal, the CURIE of an IRI, nothing for an unbound value."""
    if value is None:
        return ""
    if type(value) is NamedNode:
        from kg.rdf.namespaces import iri_to_compact

        return iri_to_compact(value.value)
    if type(value) is Triple:
        inner = (f'"{term.value}"' if type(term) is Literal else plain(term) for term in value)
        return f"<< {' '.join(inner)} >>"
    text: str = value.value
    return text


def _tsv(columns: Sequence[str], rows: Iterable[Any]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in columns) + "\n"
    for row in rows:
        yield "\t".join([_tsv_field(value) for value in row]) + "\n"


def _tsv_field(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is Literal and value.datatype.value in _BARE:
        text: str = value.value
        digits = text[1:] if text[:1] in ("-", "+") else text
        if text in ("true", "false") or (digits[-1:].isdigit() and not digits.strip(_BARE[value.datatype.value])):
            return text
    return f"<<( {value} )>>" if type(value) is Triple else str(value).replace("\t", "\\t")


def _json(columns: Sequence[str], rows: Iterable[Any]) -> Iterator[str]:
    yield '{"head":{"vars":' + _dump(list(columns)) + '},"results":{"bindings":['
    comma = ""
    for row in rows:
        yield comma + _dump({name: as_json(value) for name, value in zip(columns, row, strict=True) if value is not None})
        comma = ","
    yield "]}}"


def as_json(value: Any) -> dict[str, Any]:
    """A term as SPARQL 1.1 JSON results hold it; a triple term as those of 1.2 do."""
    kind = type(value)
    if kind is NamedNode:
        return {"type": "uri", "value": value.value}
    if kind is BlankNode:
        return {"type": "bnode", "value": value.value}
    if kind is Triple:
        parts = {name: as_json(getattr(value, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    found = {"type": "literal", "value": value.value}
    if value.language:
        found["xml:lang"] = value.language
        if value.direction:
            found["its:dir"] = _direction(value)
    elif value.datatype.value != _STRING:
        found["datatype"] = value.datatype.value
    return found


def _xml(columns: Sequence[str], rows: Iterable[Any]) -> Iterator[str]:
    head = "".join(f'<variable name="{name}"/>' for name in columns)
    yield f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>{head}</head><results>'
    for row in rows:
        bound = ((name, value) for name, value in zip(columns, row, strict=True) if value is not None)
        yield (
            "<result>" + "".join(f'<binding name="{name}">{_xml_term(value)}</binding>' for name, value in bound) + "</result>"
        )
    yield "</results></sparql>"


def _xml_term(value: Any) -> str:
    from kg.rdf.xml import replace_forbidden

    kind = type(value)
    if kind is Triple:
        parts = ((name, _xml_term(getattr(value, name))) for name in ("subject", "predicate", "object"))
        return "<triple>" + "".join(f"<{name}>{part}</{name}>" for name, part in parts) + "</triple>"
    text = replace_forbidden(value.value).translate(_XML)
    if kind is NamedNode:
        return f"<uri>{text}</uri>"
    if kind is BlankNode:
        return f"<bnode>{text}</bnode>"
    mark = ""
    if value.language:
        mark = f' xml:lang="{value.language}"'
        if value.direction:
            mark += f' its:dir="{_direction(value)}" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
    elif value.datatype.value != _STRING:
        mark = f' datatype="{value.datatype.value.translate(_XML)}"'
    return f"<literal{mark}>{text}</literal>"


def _direction(value: Any) -> str:
    return str(value).rpartition("--")[2]


def _dump(value: Any) -> str:
    import json  # takes as long to import as a small answer takes to write

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_FORMS: dict[str, Callable[[Sequence[str], Iterable[Any]], Iterator[str]]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
}
#: How many pieces of each form are no rows.
_FRAME = {"csv": 1, "tsv": 1, "json": 2, "xml": 2}
