"""The language of a page: which of those of the graph a reader gets, and links that keep one that was chosen."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from kg.errors import UsageError
from kg.grounding.speech import Speech
from kg.rdf.language_tags import ENGLISH, fault, fitting, name_of
from kg.server.pages.foreign_names import Names

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.pages.responses import Visit

#: Where a page names another page by its path, and where it asks with a form. RDF holds all languages.
_PLACE = re.compile(
    r'(<(?:a|iframe|img)\b[^>]*?\b(?:href|src)=")(/(?!/|assets/|sparql|\.well-known)[^"#]*(?<!\.ttl)(?<!\.nt)(?<!\.jsonld)(?<!\.rdf))(#[^"]*)?"'
)
_FORM = re.compile(r"(<form\b[^>]*>)")


class Tongues:
    """The languages of a graph, each read once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.known: dict[str, Speech] = {}
        self._names: dict[str, Names] = {}
        for tag in Speech(graph.rows, ENGLISH).available():
            if not fault(tag):
                self.known[tag] = Speech(graph.rows, tag)
                self.known[tag].find_label("")

    def speak(self, visit: Visit) -> None:
        """Let the graph speak the language of a visit from now on, or English.

        Raises:
            UsageError: the address names a language that does not exist.
        """
        self.graph.speech = None
        for tag in visit.languages:
            if visit.chosen and (wrong := fault(tag)):
                raise UsageError(f"lang={tag!r} {wrong}")
            found = fitting(tag, [*self.known, ENGLISH])
            if found:
                self.graph.speech = self.known.get(found)
                return

    @property
    def language(self) -> str:
        """The tag of the language that is spoken now."""
        return self.graph.language or ENGLISH

    def header(self) -> str:
        """The value of Content-Language: names may be in another language, the words around them are English."""
        return ENGLISH if self.language == ENGLISH else f"{self.language}, {ENGLISH}"

    def translate(self, iri: str, label: str) -> str:
        """The label of a record in the language of the visit, or the given one."""
        found = self.graph.speech.find_label(iri) if self.graph.speech else None
        return label if found is None else found.value

    def voice(self, iri: str) -> Any:
        """The attributes of an element that holds the label of a record: its language and direction, where it is not English."""
        found = self.graph.speech.find_label(iri) if self.graph.speech else None
        return self.attributes(found.language if found is not None else "")

    def attributes(self, tag: str) -> Any:
        """The attributes of an element whose words are in a language."""
        from markupsafe import Markup

        return Markup("") if tag in ("", ENGLISH) else Markup(f' lang="{escape(tag)}" dir="auto"')

    def list_languages(self, visit: Visit) -> list[tuple[str, str, str]]:
        """Tag, name and address of the same page in each language, the one it is in first."""
        tags = sorted({ENGLISH, *self.known}, key=lambda tag: (tag != self.language, tag))
        return [(tag, name_of(tag), f"{quote(visit.path)}?{urlencode([*visit.parameters, ('lang', tag)])}") for tag in tags]

    def mark(self, html: str) -> str:
        """The page with its language and direction on each name that is not English, wherever on a page it stands.

        A page is English with names in another language, and templates, tables of answers and answers in words all bring some.
        """
        if self.graph.speech is None:
            return html
        if self.language not in self._names:
            self._names[self.language] = Names(self.graph.speech.names())
        return self._names[self.language].mark(html)

    def keep(self, html: str, visit: Visit) -> str:
        """The page with links and forms that keep the language which its address names."""
        if not visit.chosen:
            return html
        tag = escape(visit.languages[0])

        def link(found: re.Match[str]) -> str:
            start, place, rest = found[1], found[2], found[3] or ""
            if re.search(r"[?;]lang=", place):
                return found[0]
            return f'{start}{place}{"&amp;" if "?" in place else "?"}lang={quote(tag)}{rest}"'

        return _FORM.sub(rf'\1<input type="hidden" name="lang" value="{tag}">', _PLACE.sub(link, html))


def with_language(place: str, tag: str) -> str:
    """The address of a page with the language that was chosen.

    >>> with_language("/term/pain#causes", "de"), with_language("/view?term=pain", "de")
    ('/term/pain?lang=de#causes', '/view?term=pain&lang=de')
    """
    path, mark, part = place.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={quote(tag)}{mark}{part}"
