"""The SPARQL 1.1 Protocol over HTTP: what a request asks, or how it is wrong.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, unquote_to_bytes

from kg.server.http.problem_details import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, POST, QUERY, OPTIONS"


class Operation(NamedTuple):
    """A query with the dataset that the protocol names for it; None where it names none."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    #: What takes the place of the Accept header where a parameter names a format; empty where none does.
    accept: str = ""


#: Formats by the short names that a parameter may have, for those who cannot set a header. A media type is taken as it is.
_NAMED = {
    "json": "application/sparql-results+json, application/ld+json;q=0.9",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "n-triples": "application/n-triples",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
}
#: The parameters that name a format, as other endpoints call them.
_FORMATS = ("format", "output", "results")


def of_url(query_string: bytes) -> Operation | None:
    """The operation of a GET; None where it asks for the service description.

    Raises:
        Problem: no query, several, or an update.
    """
    if b"=" not in query_string:
        return None
    if query_string.startswith(b"query=") and b"&" not in query_string:  # most are, and the parser would take twice the time
        return Operation(_utf8(unquote_to_bytes(query_string[6:].replace(b"+", b" "))), None, None)
    found = _parameters(query_string)
    if not found.keys() & {"query", "update"}:
        return None
    return _operation(found)


def of_body(query_string: bytes, media: str, charset: str, body: bytes) -> Operation:
    """The operation of a POST, by form or direct.

    Raises:
        Problem: 415 for another media type or charset, 403 for an update, 400 for the rest.
    """
    if charset and charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, f"a query must be in UTF-8, not in {charset[:40]}")
    found = _parameters(query_string)
    if media == FORM:
        for name, values in _parameters(body).items():
            found.setdefault(name, []).extend(values)
    elif media == QUERY:
        found.setdefault("query", []).append(_utf8(body))
    elif media == UPDATE:
        found.setdefault("update", []).append("")
    else:
        said = f"not as {media[:60]}" if media else "and says so in Content-Type"
        raise Problem(415, f"a query must be sent as {QUERY} or {FORM}, {said}", headers={"Accept-Post": f"{QUERY}, {FORM}"})
    return _operation(found)


def _operation(found: dict[str, list[str]]) -> Operation:
    if "update" in found:
        raise Problem(403, "this endpoint is read-only: updates are refused")
    texts = found.get("query", [])
    if len(texts) != 1:
        raise Problem(
            400, "the request contains more than one query" if texts else "the request contains no parameter named query"
        )
    return Operation(texts[0], _graphs(found, "default-graph-uri"), _graphs(found, "named-graph-uri"), _format(found))


def _format(found: dict[str, list[str]]) -> str:
    named = {value.strip().lower() for name in _FORMATS for value in found.get(name, ()) if value.strip()}
    if len(named) > 1:
        raise Problem(400, f"the request names more than one format: {', '.join(sorted(named))[:80]}")
    value = named.pop() if named else ""
    if "/" in value and value.isprintable() and len(value) < 100:
        return value.replace(" ", "+")  # a plus in a URL that was not escaped
    if value and value not in _NAMED:
        raise Problem(400, f"format {value[:40]!r}: choose one of {', '.join(_NAMED)}, or a media type")
    return _NAMED.get(value, "")


def _graphs(found: dict[str, list[str]], name: str) -> tuple[str, ...] | None:
    return tuple(found[name]) if name in found else None


def _parameters(text: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if text:
        try:
            pairs = parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=200)
        except UnicodeDecodeError:
            raise Problem(400, "the parameters are not UTF-8, or not percent-encoded") from None
        except ValueError as error:
            raise Problem(400, f"the parameters cannot be read: {error}") from None
        for name, value in pairs:
            found.setdefault(name, []).append(value)
    return found


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"the query is not UTF-8 at byte {error.start}") from None
