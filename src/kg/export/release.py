"""A release: the graph in every form with its sums, its description, its licences, and what changed since the last one.

Nothing in it depends on the clock or the machine, so that two people who release the same sources get the same bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import locations
from kg.build.reliability import in_words, reliability
from kg.build.store import build_graph
from kg.checks import own_shapes
from kg.export import FORMS, export_graph, sbom
from kg.graph import Graph, connect
from kg.locations import __version__
from kg.rdf import void
from kg.rdf.namespaces import KG
from kg.sparql import library
from kg.sparql.embedded import Embedded
from kg.sparql.library import Question
from kg.sparql.shacl_examples import turtle

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
    "html": "text/html",
    "ontology": "text/turtle",
    "sssom": "text/tab-separated-values",
    "owl": "application/rdf+xml",
    "obo": "text/plain",
}
VERSION = f"{KG}{__version__}"
#: What goes with the data as it is: papers, and the rules and prefixes that make it readable.
PAPERS = ("LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md", "ontology/shapes.ttl", "ontology/prefixes.ttl")
#: Where the release is found; the names of files are relative to it.
HOME = f"{VERSION}/"


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
            found = re.search(rf"^## {re.escape(__version__)} - (\d{{4}}-\d\d-\d\d)$", file.read(), flags=re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""


def _files(root: str, since: str | None) -> Iterator[tuple[str, bytes]]:
    old = connect(since) if since else None  # told before a minute of work where it is not there
    graph = _add_version(root)
    made: dict[str, tuple[str, bytes]] = {}
    slug = graph.header.slug
    for form in FORMS:
        if form == "sssom" and not graph.rows(library.reading("export_mappings")):
            continue  # a graph of one's own may map nothing
        if form == "nanopub":
            continue  # each is published by whoever signs it
        for name, content in export_graph(graph, form).items():
            name = name.replace("nutrition-kg", slug)
            made[name] = (form, content)
            yield name, content
    for style in ("owl", "obo"):
        name = f"{slug}-ontology.{style}"
        made[name] = (style, export_graph(graph, "ontology", style=style)["nutrition-kg-ontology.ttl"])
        yield name, made[name][1]
    yield "void.ttl", _description(graph, made, date(root))
    own = (f"ontology/{os.path.basename(path)}" for path in own_shapes.files(root))
    for name in (*PAPERS, *own):
        path = os.path.join(root, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                yield name, file.read()
    yield from _questions(root)
    locked = os.path.join(root, "requirements", "run.txt")
    if os.path.exists(locked):
        with open(locked, encoding="utf-8") as file:
            yield "sbom.cdx.json", sbom.write_document(file.read())
    if old:
        yield "CHANGES.md", _changes(old, graph)


def _questions(root: str) -> Iterator[tuple[str, bytes]]:
    """The library: each question as its file, and all of them as SHACL executables."""
    folder = os.path.join(root, "queries", "questions")
    found = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith(".rq") and not name.startswith("."):
            with open(os.path.join(folder, name), encoding="utf-8-sig") as file:
                text = file.read()
            found.append(Question(name[:-3], text))
            yield f"queries/{name}", text.encode()
    if found:
        yield "queries.ttl", turtle(found)


def _add_version(root: str) -> Graph:
    """The built graph, which says of itself which version it is."""
    store = build_graph(root)
    ontology, graph = NamedNode(KG), DefaultGraph()
    store.add(Quad(ontology, NamedNode(void.OWL + "versionIRI"), NamedNode(VERSION), graph))
    store.add(Quad(ontology, NamedNode(void.OWL + "versionInfo"), Literal(__version__), graph))
    return Graph(Embedded(store))


def _description(graph: Graph, made: dict[str, tuple[str, bytes]], day: str) -> bytes:
    """VoID and DCAT: what is in the data, and each file with its media type, size and sum."""
    about = graph.header
    counted = void.statistics(graph.rows) | {"header": about}
    measured = in_words(reliability(graph.rows, library.reading("lines_read"), locations.files())) if about.native else ""
    told = void.describe(about.iri or KG, __version__, counted, ours=about.native or not about.iri, measured=measured)
    told.add("dcat:version", Literal(__version__))
    told.add("dcterms:isVersionOf", KG)
    if day:
        told.say_typed("dcterms:issued", day, "date")
        told.say_typed("dcterms:modified", day, "date")
    for name, (form, content) in made.items():
        told.add("void:dataDump", HOME + name)
        file = told.part("dcat:distribution", void.DCAT + "Distribution")
        file.say("dcterms:title", name)
        file.add("dcat:accessURL", HOME)
        file.add("dcat:downloadURL", HOME + name)
        file.add("dcterms:license", about.licence or void.LICENCE)
        file.add("dcat:mediaType", f"https://www.iana.org/assignments/media-types/{MEDIA[form]}")
        file.say_typed("dcat:byteSize", str(len(content)), "nonNegativeInteger")
        checked = file.part("spdx:checksum", void.SPDX + "Checksum")
        checked.add("spdx:algorithm", void.SPDX + "checksumAlgorithm_sha256")
        checked.say_typed("spdx:checksumValue", sha256(content).hexdigest(), "hexBinary")
    return told.write("ttl")


def _changes(old: Graph, new: Graph) -> bytes:
    from kg.diff.report import report
    from kg.diff.snapshot import side
    from kg.diff.text import lines

    told = [
        f"# What changed in {new.header.name or 'nutrition-kg'} {__version__}",
        "",
        *lines(report(side(old), new), markdown=True),
    ]
    return ("\n".join(told) + "\n").encode()
