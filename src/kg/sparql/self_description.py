"""What the built-in graph says of itself to editors and catalogues: its examples, its prefixes and its numbers, where a query asks for them.

Editors look for ``sh:SPARQLExecutable``, ``sh:declare`` and ``void:Dataset`` in the default graph. The descriptions lie in two graphs of
their own, and join the default graph of a query that names SHACL, VoID or DCAT: no other query counts them.
"""

from __future__ import annotations

import os

import pyoxigraph as ox

from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

EXAMPLES = KG + ".well-known/sparql-examples"
DESCRIPTION = KG + ".well-known/void"
#: The file of a store that keeps its numbers: to count them takes longer than to start a server.
_NUMBERS = "void.json"
_VOCABULARIES = r"http://www\.w3\.org/ns/(?:shacl|dcat)#|http://rdfs\.org/ns/void#|(?<![\w?$:.-])(?:sh|void|dcat):\w"


def wants(text: str) -> bool:
    """Whether a query asks for the description: it names a vocabulary of it, and no data set of its own.

    >>> wants("SELECT * { ?s a void:Dataset }"), wants("SELECT * { ?s a kg:Food }"), wants("SELECT * FROM <http://x> { ?s a void:Dataset }")
    (True, False, False)
    """
    if not any(word in text for word in ("sh:", "void", "dcat", "shacl")):  # what most queries pass
        return False
    import re

    return bool(re.search(_VOCABULARIES, text)) and not re.search(r"\bFROM\b", text, re.IGNORECASE)


def default_graphs() -> list[Any]:
    """The default graph of such a query."""
    return [ox.DefaultGraph(), ox.NamedNode(EXAMPLES), ox.NamedNode(DESCRIPTION)]


def add_description(store: ox.Store, root: str, kept: str | None) -> None:
    """Put the two graphs into a store in memory.

    Parameters:
        root: the address under which the graph is served, without a slash at its end.
        kept: the path of the store on disk that this one is a copy of, which keeps the numbers.
    """
    from kg.locations import __version__
    from kg.rdf import void
    from kg.sparql import library
    from kg.sparql.shacl_examples import executables

    examples = executables(map(library.question, library.names()), f"{root}/sparql")
    described = void.describe(f"{root}/.well-known/void#dataset", __version__, _count(store, kept))
    described.add("void:sparqlEndpoint", f"{root}/sparql")
    for graph, triples in ((EXAMPLES, examples), (DESCRIPTION, described.triples)):
        written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        store.load(written, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))


def _count(store: ox.Store, kept: str | None) -> dict[str, Any]:
    """The numbers of a graph, counted once for each state of it."""
    import contextlib
    import json

    from kg import atomic
    from kg.rdf import void

    path = os.path.join(kept, _NUMBERS) if kept else ""
    try:
        with open(path, encoding="utf-8") as file:
            found: dict[str, Any] = json.load(file)
            return found
    except (OSError, ValueError):
        pass
    counted = void.statistics(lambda text: store.query(text))  # type: ignore[arg-type,return-value]
    if path:
        with contextlib.suppress(OSError):  # a cache that may only be read: it is counted again
            atomic.write(path, json.dumps(counted).encode())
    return counted


class SelfDescribed(Embedded):
    """The engine of the built-in graph. It copies the graph into memory when the description is first asked for, which takes a few seconds."""

    def __init__(self, store: ox.Store, folder: str | None = None, kept: Callable[[], str | None] = lambda: None) -> None:
        super().__init__(store, folder)
        self._kept = kept
        self._whole: ox.Store | None = None

    def ask(self, text: str, prefixes: dict[str, str] | None) -> Any:
        """Have the engine answer, with the description where the query names its vocabularies."""
        if not wants(text):
            return super().ask(text, prefixes)
        if self._whole is None:
            from io import BytesIO

            copy = ox.Store()
            dumped = BytesIO()
            self.store.dump(dumped, format=ox.RdfFormat.N_QUADS)
            copy.bulk_load(dumped.getvalue(), format=ox.RdfFormat.N_QUADS)
            add_description(copy, KG.rstrip("/"), self._kept())
            self._whole = copy
        return self._whole.query(text, prefixes=prefixes, default_graph=default_graphs())
