"""From the IRIs of the graph to the paths of this site and back."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlsplit

from kg.rdf.namespaces import KG, iri_to_compact

#: Records whose IRI has a folder of its own; all others are terms.
FOLDERS = ("claim", "source", "food", "statement", "evidence", "amount", "intake", "work", "publisher")


class Link(NamedTuple):
    """Where a name leads: a path of this site, or an address elsewhere; empty where it leads nowhere."""

    href: str
    outside: bool


def link(iri: str) -> Link:
    """The link of an IRI. Only http and https lead anywhere.

    >>> link("https://w3id.org/nutrition-kg/claim/a_promotes_b").href
    '/claim/a_promotes_b'
    >>> link("javascript:alert(1)").href
    ''
    """
    if iri.startswith(KG) and len(iri) > len(KG):
        local = iri[len(KG) :]
        folder = local.partition("/")[0] if "/" in local else "term"
        return Link("/" + quote(local if folder in FOLDERS else "term/" + local), False)
    try:
        parts = urlsplit(iri)
    except ValueError:
        return Link("", True)
    good = parts.scheme in ("http", "https") and bool(parts.hostname) and iri.isprintable() and " " not in iri
    return Link(iri if good else "", True)


#: The forms in which the whole graph can be had, with their media types.
WHOLE = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


def whole(root: str) -> list[tuple[str, str]]:
    """Media type and address of each form of the whole graph: what the endpoint answers when it is asked for all."""
    query = quote("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", safe="")
    return [(media, f"{root}/sparql?format={form}&query={query}") for form, media in WHOLE.items()]


def name_record(iri: str) -> str:
    """What stands for a record that has no label: the words of its name, or its CURIE.

    >>> name_record("https://w3id.org/nutrition-kg/claim/dehydration_promotes_muscle-cramp")
    'dehydration promotes muscle cramp'
    """
    folder, _, name = iri.removeprefix(KG).partition("/")
    if iri.startswith(KG) and name and folder in FOLDERS:
        return name.replace("_", " ").replace("-", " ")
    return iri_to_compact(iri)


def iri_of(folder: str, name: str) -> str:
    """The IRI of the record at a path of this site."""
    return KG + name if folder == "term" else f"{KG}{folder}/{name}"


#: What properties of records are called on their pages; a minus keeps one off the page: its value stands there otherwise.
_WORDS = {
    "http://purl.org/dc/terms/source": "Where it is",
    "http://purl.org/dc/terms/title": "-",
    "http://purl.org/dc/terms/identifier": "Identifier",
    "http://purl.org/dc/terms/issued": "Published",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "Kind",
    "http://www.w3.org/2000/01/rdf-schema#seeAlso": "See also",
    "http://www.w3.org/2000/01/rdf-schema#comment": "Comment",
    "http://www.w3.org/2000/01/rdf-schema#subClassOf": "Kind of",
    "http://www.w3.org/2000/01/rdf-schema#subPropertyOf": "Kind of",
    "http://www.w3.org/2000/01/rdf-schema#domain": "Said of",
    "http://www.w3.org/2000/01/rdf-schema#range": "Its value is",
    "http://www.w3.org/2000/01/rdf-schema#isDefinedBy": "Defined by",
    "http://www.w3.org/2004/02/skos/core#definition": "What it is",
    "http://www.w3.org/2004/02/skos/core#altLabel": "Also called",
    "http://www.w3.org/2004/02/skos/core#example": "Example",
    "http://www.w3.org/2004/02/skos/core#scopeNote": "How to use it",
    "http://www.w3.org/2004/02/skos/core#exactMatch": "The same elsewhere",
    "http://www.w3.org/2004/02/skos/core#closeMatch": "Close to it elsewhere",
    "http://www.w3.org/2004/02/skos/core#broadMatch": "Broader elsewhere",
    "http://www.w3.org/2004/02/skos/core#narrowMatch": "Narrower elsewhere",
    "http://www.w3.org/2004/02/skos/core#relatedMatch": "Related elsewhere",
    KG + "studyKind": "Kind of study",
    KG + "access": "How it was read",
    KG + "standing": "Whether it stands",
    KG + "standingChecked": "Looked up on",
    KG + "standingCheckedIn": "Looked up in",
    KG + "standingNotice": "Notice",
    KG + "publisher": "Publisher",
    KG + "partOfWork": "Part of",
    KG + "readAt": "Copy that was read",
    KG + "body": "Issued by",
    KG + "quotes": "Quotes",
    KG + "note": "Note",
}


def in_words(property: str) -> str:
    """What a property is called on the page of a record; empty where it has no words of its own.

    >>> in_words("http://purl.org/dc/terms/issued")
    'Published'
    """
    return _WORDS.get(property, "")
