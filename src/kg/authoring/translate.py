"""The names of a term in another language, as a row of the table of that language."""

from __future__ import annotations

import datetime
import os

from kg.authoring import credit
from kg.authoring.table_rows import Row, lines, with_rows
from kg.build import people, translations
from kg.build.read import contents
from kg.errors import UsageError
from kg.graph import Graph
from kg.grounding.resolve import find
from kg.rdf.language_tags import ENGLISH, canonical, fault
from kg.rdf.namespaces import iri_to_compact


class Words:
    """What is written of a term in another language.

    Attributes:
        by, read_by: a name or an ORCID; without ``by``, who works here, by their own settings.
    """

    def __init__(
        self, label: str, synonyms: list[str], definition: str = "", by: str = "", on: str = "", read_by: str = ""
    ) -> None:
        self.label, self.definition = " ".join(label.split()), " ".join(definition.split())
        self.synonyms = [" ".join(one.split()) for one in synonyms if one.strip()]
        self.by, self.on, self.read_by = by, on, read_by


def check_tag(tag: str) -> str:
    """The tag in its usual letters; one that is none, and English, which stands with the terms, is refused.

    Raises:
        UsageError: with what is wrong.
    """
    wrong = fault(tag)
    if wrong:
        raise UsageError(f"{tag!r} {wrong}")
    if tag.lower() == ENGLISH:
        raise UsageError("English stands with the terms; change the block of the term, or kg rename it")
    return canonical(tag)


def row_of(graph: Graph, iri: str, tag: str, words: Words) -> Row:
    """The row of a term.

    Raises:
        UsageError: the tag is none, a name is that of another term, or nobody said who translated.
    """
    check_tag(tag)
    if not words.label:
        raise UsageError("the label is empty; write the preferred name in this language")
    for name in (words.label, *words.synonyms):
        if "|" in name or "\t" in name:
            raise UsageError(f"{name!r} holds | or a tab, which part cells; leave it out")
        twin = find(graph.rows, name)
        if twin is not None and twin.iri != iri and twin.kind == graph.term(f"<{iri}>").kind:
            raise UsageError(f"{name!r} is a name of {iri_to_compact(twin.iri)} ({twin.kind}) already; use another name")
    by = words.by or credit.creator()
    if not by:
        raise UsageError("who translated? set KG_CREATOR or git config kg.orcid, or say it with --by")
    for who in filter(None, (by, words.read_by)):
        if wrong := people.fault(who):
            raise UsageError(f"{who!r} {wrong}")
    return {
        "id": iri_to_compact(iri),
        "label": words.label,
        "synonyms": "|".join(dict.fromkeys(one for one in words.synonyms if one != words.label)),
        "definition": words.definition,
        "translated_by": by,
        "on": words.on or datetime.date.today().isoformat(),
        "read_by": words.read_by,
    }


def read_language(root: str, tag: str) -> dict[str, Row]:
    """The rows of a language by the id of their term."""
    path = translations.path(root, tag)
    return {row["id"]: row for row in lines(path, translations.COLUMNS)} if os.path.exists(path) else {}


def text_with(root: str, tag: str, rows: list[Row], text: str = "") -> str:
    """The text of the table of a language with rows in their places; ``text`` is what it holds, if not what is on disk."""
    path = translations.path(root, tag)
    if not text:
        text = contents(path).decode() if os.path.exists(path) else "\t".join(translations.COLUMNS) + "\n"
    return with_rows(text, translations.COLUMNS, rows, ("id",))
