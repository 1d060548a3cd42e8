"""Content negotiation: which of the formats on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache

#: Formats of rows: media type, the name :mod:`kg.sparql.results` knows it by. The first is what everyone gets who does not mind.
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
#: Formats of graphs.
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/xml": "rdf",
}
#: Pages, which are also there as RDF.
PAGES = {"text/html": "html", **{t: f for t, f in GRAPHS.items() if f != "jsonld"}}
PAGES["application/ld+json"] = "jsonld"
PAGES["application/json"] = "json"
#: It is answered with text/html, so it stands last: ``*/*`` must not lead to it where text/html is refused.
PAGES["application/xhtml+xml"] = "html"


#: Headers up to this length are kept with what they mean: what clients really send, and never much memory.
_KEPT = 256


def preferences(accept: str) -> tuple[tuple[str, float], ...]:
    """The media ranges of an Accept header with their weights; what cannot be read is left out.

    >>> preferences("text/csv;q=0.5, */*;q=0.1")
    (('text/csv', 0.5), ('*/*', 0.1))
    """
    return _preferences(accept) if len(accept) <= _KEPT else _preferences.__wrapped__(accept)


@lru_cache(maxsize=512)
def _preferences(accept: str) -> tuple[tuple[str, float], ...]:
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((value[2:].strip() for value in parameters if value.startswith("q=")), "1")
        try:
            quality = float(weight)
        except ValueError:
            continue
        if media.count("/") == 1 and 0 <= quality <= 1:
            found.append((media, quality))
    return tuple(found)


def best(accept: str, offers: tuple[str, ...]) -> str | None:
    """The offer that the header likes best, the earliest among equals; None where it takes none of them.

    >>> best("text/turtle;q=0.5, */*;q=0.1", ("text/csv", "text/turtle"))
    'text/turtle'
    >>> best("application/sparql-results+json;q=0, */*", ("application/sparql-results+json", "text/csv"))
    'text/csv'
    >>> best("text/html;q=0, text/turtle;q=0, */*", tuple(PAGES))
    'application/n-triples'
    """
    return _best(accept, offers) if len(accept) <= _KEPT else _best.__wrapped__(accept, offers)


@lru_cache(maxsize=2048)
def _best(accept: str, offers: tuple[str, ...]) -> str | None:
    if not accept.strip():
        return offers[0]
    wanted = preferences(accept)
    weighed = [(_weight(wanted, offer), -at) for at, offer in enumerate(offers)]
    weight, at = max(weighed)
    return offers[-at] if weight > 0 else None


def _weight(wanted: tuple[tuple[str, float], ...], offer: str) -> float:
    # The most specific range that fits decides, whatever the others say.
    for name in (offer, offer.partition("/")[0] + "/*", "*/*"):
        weights = [quality for media, quality in wanted if media == name]
        if weights:
            return max(weights)
    return 0.0


#: So many languages of a reader are looked at.
_LANGUAGES = 4


def languages(accept_language: str) -> tuple[str, ...]:
    """The tags of an Accept-Language header that are liked better than English, the best first.

    >>> languages("de-AT, de;q=0.9, en;q=0.8, fr;q=0.7"), languages("en-US,en;q=0.5"), languages("fr;q=0.3, *;q=0.1"), languages("de;q=0")
    (('de-at', 'de'), (), ('fr',), ())
    """
    wanted = []
    for part in accept_language[:_KEPT].split(","):
        tag, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((value[2:].strip() for value in parameters if value.startswith("q=")), "1")
        try:
            quality = float(weight)
        except ValueError:
            continue
        if tag.replace("-", "").isalnum() and tag.isascii() and 0 < quality <= 1:
            wanted.append((-quality, tag))
    found = [tag for _, tag in sorted(wanted, key=lambda one: one[0])]
    english = next((at for at, tag in enumerate(found) if tag.partition("-")[0] == "en"), len(found))
    return tuple(dict.fromkeys(found[:english]))[:_LANGUAGES]


def prefers_html(accept: str) -> bool:
    """Whether this is a person with a browser: HTML is asked for by name and liked no less than anything else."""
    wanted = dict(preferences(accept))
    return wanted.get("text/html", 0) > 0 and wanted["text/html"] >= max(wanted.values())
