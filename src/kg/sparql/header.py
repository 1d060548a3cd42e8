"""What a graph says of itself in its header (``owl:Ontology``): title, description and licence, for pages, pictures and exports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from kg.rdf.namespaces import KG
from kg.sparql.library import reading

#: Licences by the names that people know them by.
_LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}


class Header(NamedTuple):
    """The header of a graph; a graph without one has empty words."""

    iri: str = ""
    name: str = ""
    title: str = ""
    description: str = ""
    licence: str = ""

    @property
    def native(self) -> bool:
        """Whether this is nutrition-kg itself, and no graph of one's own."""
        return self.iri == KG

    @property
    def slug(self) -> str:
        """The name for files and ids: lower-case words joined by hyphens."""
        named = "" if self.native else "-".join(re.findall(r"[a-z0-9]+", self.name.lower()))
        return named or "nutrition-kg"

    @property
    def licence_name(self) -> str:
        """The licence as people call it, else its address."""
        return _LICENCES.get(self.licence, self.licence)

    def credit(self, version: str = "") -> str:
        """Whose work a picture or page is: name, licence and address, with the version of nutrition-kg where it is that graph.

        A graph without a header has only what made it.
        """
        if not self.iri:
            return "Made by kg"
        name = f"{self.name} {version}" if self.native and version else self.name
        return ", ".join(filter(None, (name, self.licence_name, self.iri)))


def header(rows: Callable[[str], Iterable[Any]]) -> Header:
    """The header of a graph, from what answers a query with rows."""
    for row in rows(reading("header")):
        title = row["title"].value if row["title"] else ""
        name = row["label"].value if row["label"] else title
        description = row["description"].value if row["description"] else ""
        licence = row["license"].value if isinstance(row["license"], NamedNode) else ""  # words are no address to link to
        return Header(row["graph"].value, name or row["graph"].value, title or name, description, licence)
    return Header()
