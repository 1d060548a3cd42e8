"""A release: the graph in every form with its sums, its description, its licences, and what changed since the last one.

Nothing in it depends on the clock or the machine, so that two people who release the same sources get the same bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import __version__
from kg.build.store import built
from kg.export import FORMS, exported
from kg.graph import Graph, opened
from kg.rdf import void
from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded

#: Media types of the forms, as IANA or the format's own document names them.
MEDIA = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf12": "text/turtle",
    "jsonld": "application/ld+json",
    "kgx": "text/tab-separated-values",
    "graphml": "application/xml",
    "csv": "text/csv",
}
VERSION = f"{KG}{__version__}"
#: What goes with the data as it is.
PAPERS = ("LICENSE-DATA", "CITATION.cff")


def files(root: str, since: str | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of the release of a repository, by name; the sums come last.

    Parameters:
        root: the folder of the repository.
        since: an earlier release (a file, a folder or an endpoint) to tell the changes from.

    Raises:
        DataError: a source, or the earlier release, that cannot be read.
    """
    sums = []
    for name, content in _files(root, since):
        sums.append((name, sha256(content).hexdigest()))
        yield name, content
    yield "SHA256SUMS", "".join(f"{found}  {name}\n" for name, found in sorted(sums)).encode()


def date(root: str) -> str:
    """The day of this version as ``CHANGELOG.md`` has it, in ISO form; empty where it is not released yet or there is no such file."""
    try:
        with open(os.path.join(root, "CHANGELOG.md"), encoding="utf-8") as file:
            found = re.search(rf"^## {re.escape(__version__)} \((\d{{4}}-\d\d-\d\d)\)$", file.read(), flags=re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""


def _files(root: str, since: str | None) -> Iterator[tuple[str, bytes]]:
    graph = _versioned(root)
    made: dict[str, tuple[str, bytes]] = {}
    for form in FORMS:
        for name, content in exported(graph, form).items():
            made[name] = (form, content)
            yield name, content
    yield "void.ttl", _description(graph, made, date(root))
    for name in PAPERS:
        path = os.path.join(root, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                yield name, file.read()
    if since:
        yield "CHANGES.md", _changes(opened(since), graph)


def _versioned(root: str) -> Graph:
    """The built graph, which says of itself which version it is."""
    store = built(root)
    ontology, graph = NamedNode(KG), DefaultGraph()
    store.add(Quad(ontology, NamedNode(void.OWL + "versionIRI"), NamedNode(VERSION), graph))
    store.add(Quad(ontology, NamedNode(void.OWL + "versionInfo"), Literal(__version__), graph))
    return Graph(Embedded(store))


def _description(graph: Graph, made: dict[str, tuple[str, bytes]], day: str) -> bytes:
    """VoID and DCAT: what is in the data, and each file with its media type, size and sum."""
    told = void.described(KG, __version__, void.statistics(graph.rows))
    told.add("dcat:version", Literal(__version__))
    told.add("dcterms:isVersionOf", KG)
    if day:
        told.typed("dcterms:issued", day, "date")
    for name, (form, content) in made.items():
        file = told.part("dcat:distribution", void.DCAT + "Distribution")
        file.say("dcterms:title", name)
        file.add("dcat:mediaType", f"https://www.iana.org/assignments/media-types/{MEDIA[form]}")
        file.typed("dcat:byteSize", str(len(content)), "nonNegativeInteger")
        checked = file.part("spdx:checksum", void.SPDX + "Checksum")
        checked.add("spdx:algorithm", void.SPDX + "checksumAlgorithm_sha256")
        checked.typed("spdx:checksumValue", sha256(content).hexdigest(), "hexBinary")
    return told.written("ttl")


def _changes(old: Graph, new: Graph) -> bytes:
    from kg.diff.report import report
    from kg.diff.snapshot import side
    from kg.diff.text import lines

    told = [f"# What changed in nutrition-kg {__version__}", "", *lines(report(side(old), new), markdown=True)]
    return ("\n".join(told) + "\n").encode()
