"""Terms in other languages: ``data/languages/TAG.tsv``, one row for each term, with who translated it and who has read it since.

English stands with the term, as ``rdfs:label``; what is written in other languages is ``skos:prefLabel``, ``skos:altLabel`` and
``skos:definition`` with their tags, so that a question that reads ``rdfs:label`` has one row for each term.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build.cells import Cells, rows, tables_of
from kg.build.people import agent
from kg.errors import DataError
from kg.rdf.language_tags import ENGLISH, fault
from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, RDFS_LABEL, SKOS, XSD, compact_to_iri, kg

FOLDER = "data/languages"
COLUMNS = ("id", "label", "synonyms", "definition", "translated_by", "on", "read_by")
PREFERRED, OTHER, DEFINITION = (NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "definition"))


def path(root: str, tag: str) -> str:
    """Where the table of a language is."""
    return os.path.join(root, *FOLDER.split("/"), f"{tag}.tsv")


def read(root: str) -> Iterator[tuple[str, Cells]]:
    """Every row with the tag of its language, which is the name of its file.

    Raises:
        DataError: a file named after no language, or a cell that cannot be, with file, line, column and fix.
    """
    for place in tables_of(root, FOLDER):
        tag = os.path.basename(place).removesuffix(".tsv")
        wrong = fault(tag)
        if wrong:
            raise DataError(f"{place}: {tag} {wrong.partition('; ')[0]}; name the file after its language, as in de.tsv")
        if tag == ENGLISH:
            raise DataError(f"{place}: the English text belongs to the terms; write it in their files in data/terms")
        seen: dict[str, int] = {}
        for cells in rows(place, COLUMNS):
            name = cells.text("id")
            if name.partition(":")[0] not in ("kg", "food") or not name.partition(":")[2] or " " in name:
                raise cells.wrong("id", f"holds {name!r}", "write the id of a term, as in kg:muscle-cramp")
            if name in seen:
                raise cells.wrong(
                    "id", f"holds {name}, as line {seen[name]} does", "one row is enough; make its label a synonym"
                )
            seen[name] = cells.line
            cells.text("label")
            cells.text("translated_by")
            if cells.row["on"]:
                cells.day("on")
            yield tag, cells


def join_rows(path: str, text: str) -> str:
    """The text of a table of a language with one row for each term: the names of a second row become synonyms of the first."""
    if FOLDER not in path.replace(os.sep, "/"):
        return text
    first: dict[str, list[str]] = {}
    kept: list[list[str]] = []
    for line in text.split("\n"):
        cells = line.split("\t")
        known = first.setdefault(cells[0], cells) if len(cells) == len(COLUMNS) else cells
        if known is cells:
            kept.append(cells)
        else:
            names = [*known[2].split("|"), cells[1], *cells[2].split("|")]
            known[2] = "|".join(dict.fromkeys(name for name in names if name and name != known[1]))
    return "\n".join(map("\t".join, kept))


def quads(root: str) -> Iterator[Quad]:
    """The names and definitions as triples, and a record of each translation."""
    for tag, cells in read(root):
        term = NamedNode(compact_to_iri(cells.row["id"]))
        node = NamedNode(f"{KG}translation/{tag}/{term.value.removeprefix(KG)}")
        yield Quad(term, PREFERRED, Literal(cells.row["label"], language=tag))
        for synonym in cells.many("synonyms"):
            yield Quad(term, OTHER, Literal(synonym, language=tag))
        if cells.row["definition"]:
            yield Quad(term, DEFINITION, Literal(cells.row["definition"], language=tag))
        yield Quad(node, RDF_TYPE, kg("Translation"))
        yield Quad(node, kg("translationOf"), term)
        yield Quad(node, NamedNode(DCTERMS + "language"), Literal(tag.lower()))  # as stores keep the tags of labels
        yield Quad(node, NamedNode(DCTERMS + "creator"), agent(cells, "translated_by"))
        if cells.row["on"]:
            yield Quad(node, NamedNode(DCTERMS + "created"), Literal(cells.row["on"], datatype=NamedNode(XSD + "date")))
        if cells.row["read_by"]:
            yield Quad(node, kg("translationReadBy"), agent(cells, "read_by"))


def part(store: Store) -> None:
    """Write labels in other languages that stand as ``rdfs:label`` beside the English one as ``skos:prefLabel``."""
    found = [quad for quad in store.quads_for_pattern(None, RDFS_LABEL, None) if _foreign(quad.object)]
    for quad in found:
        if any(_english(other.object) for other in store.quads_for_pattern(quad.subject, RDFS_LABEL, None)):
            store.remove(quad)
            store.add(Quad(quad.subject, PREFERRED, quad.object, quad.graph_name))


def _foreign(value: object) -> bool:
    return isinstance(value, Literal) and value.language not in (None, ENGLISH)


def _english(value: object) -> bool:
    return isinstance(value, Literal) and value.language == ENGLISH
