"""Release files of public ontologies on disk (OBO, OBO Graphs JSON, OWL and other RDF) as terms: label, whether obsolete, replaced by what.

Of OBO only what is needed is read: the header, and of each stanza its id, name, ``is_obsolete``, ``replaced_by`` and ``consider``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, parse

from kg.build import formats, read
from kg.errors import DataError
from kg.rdf.namespaces import RDFS_LABEL, iri_to_compact, prefixes
from kg.rdf.nesting import refuse_broken_off, refuse_what_kills

_DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
_VERSIONS = ("http://www.w3.org/2002/07/owl#versionIRI", "http://www.w3.org/2002/07/owl#versionInfo")
_REPLACED = "http://purl.obolibrary.org/obo/IAO_0100001"
_CONSIDER = "http://www.geneontology.org/formats/oboInOwl#consider"
_ONTOLOGY = "http://www.w3.org/2002/07/owl#Ontology"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class Entry:
    """A term of a release."""

    label: str = ""
    obsolete: bool = False
    replaced_by: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Release:
    """A release file: the ontology's short name where it says so, its version or date, and its terms by CURIE."""

    path: str
    ontology: str = ""
    version: str = ""
    terms: dict[str, Entry] = field(default_factory=dict)


def release(path: str) -> Release:
    """Read a release file; its form is known by its name and its first words.

    Raises:
        DataError: it cannot be read, is of another form, or contains no term.
    """
    text = formats.unpack(path, read.contents(path)).removeprefix(formats.BOM)
    start = text[:4000].lstrip()
    if start.startswith((b"format-version:", b"[Term]", b"ontology:", b"data-version:")) or formats.ending(path) == ".obo":
        found = _of_obo(path, text)
    elif start.startswith((b"{", b"[")):
        found = _of_json(path, text)
    elif formats.is_known(path):
        found = _of_rdf(path, text)
    else:
        raise DataError(f"{path}: not a release of an ontology; name a file in OBO (.obo), OBO Graphs (.json) or OWL (.owl)")
    if not any(entry.label for entry in found.terms.values()):
        raise DataError(f"{path}: contains no term with a label; name the whole release of an ontology")
    return found


def curie(name: str) -> str:
    """An identifier in its one spelling, from a CURIE in any case, a local form such as HP_0003394, or an IRI.

    >>> curie("hp:0003394"), curie("HP_0003394"), curie("http://purl.obolibrary.org/obo/HP_0003394")
    ('HP:0003394', 'HP:0003394', 'HP:0003394')
    """
    name = name.strip().strip("<>")
    if name.startswith(("http://", "https://")):
        return iri_to_compact(name.replace("https://purl.obolibrary.org", "http://purl.obolibrary.org"))
    prefix, colon, local = name.partition(":")
    if not colon:
        prefix, _, local = name.partition("_")
    return f"{_check_kind().get(prefix.casefold(), prefix)}:{local}" if local else name


def _check_kind() -> dict[str, str]:
    return {name.casefold(): name for name in prefixes()}


def _of_obo(path: str, text: bytes) -> Release:
    try:
        words = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:{text[: error.start].count(10) + 1}: not UTF-8; fetch the release again") from None
    found = Release(path)
    entry: Entry | None = None
    inside = False
    for line in words.splitlines():
        if line.startswith("["):
            inside, entry = True, None
            continue
        key, colon, value = line.partition(":")
        if not colon or line.startswith("!"):
            continue
        value = value.strip()
        if not inside:
            if key == "ontology":
                found.ontology = _short(value)
            elif key == "data-version" or (key == "date" and not found.version):
                found.version = _version(value)
        elif key == "id":
            entry = found.terms.setdefault(curie(value.split(" ")[0]), Entry())
        elif entry is not None:
            if key == "name":
                entry.label = _unescape(value)
            elif key == "is_obsolete":
                entry.obsolete = value.startswith("true")
            elif key in ("replaced_by", "consider"):
                entry.replaced_by.append(curie(value.split(" ")[0]))
    return found


def _unescape(value: str) -> str:
    return " ".join(re.sub(r"\\(.)", lambda match: " " if match[1] in "nWt" else match[1], value).split())


def _version(value: str) -> str:
    """The release that a version names: its day where it holds one, as most do."""
    day = _DAY.search(value)
    if day:
        return day[0]
    european = re.match(r"(\d\d):(\d\d):(\d{4})", value)
    if european:
        return f"{european[3]}-{european[2]}-{european[1]}"
    return value.rstrip("/").rpartition("/")[2] if value.startswith("http") and value.count("/") < 4 else value


def _of_json(path: str, text: bytes) -> Release:
    try:
        graphs = json.loads(text)["graphs"]
        found = Release(path)
        for graph in graphs:
            found.ontology = found.ontology or _short(str(graph.get("id", "")))
            found.version = found.version or _version(str((graph.get("meta") or {}).get("version", "")))
            for node in graph["nodes"]:
                _node(found, node)
        return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "no list of graphs with nodes"
        raise DataError(f"{path}: not valid OBO Graphs JSON ({reason}); fetch the release again") from None


def _node(found: Release, node: dict[str, Any]) -> None:
    meta = node.get("meta") or {}
    entry = found.terms.setdefault(curie(node["id"]), Entry())
    entry.label = " ".join(str(node.get("lbl") or "").split())
    entry.obsolete = bool(meta.get("deprecated"))
    for value in meta.get("basicPropertyValues") or ():
        if value["pred"] in (_REPLACED, _CONSIDER):
            entry.replaced_by.append(curie(value["val"]))


def _short(iri: str) -> str:
    return re.sub(r"\.(owl|json|obo)$", "", iri.rpartition("/")[2])


def _of_rdf(path: str, text: bytes) -> Release:
    form = formats.form_of(path, text[:4000])
    refuse_what_kills(path, text, form)
    refuse_broken_off(path, text, form)
    found = Release(path)
    try:
        for quad in _quads(text, form):
            _literal(found, quad)
    except (SyntaxError, ValueError) as error:
        raise read.problem(path, text, error, form) from None
    return found


def _quads(text: bytes, form: Any) -> Iterator[Any]:
    wanted = {RDFS_LABEL.value, _DEPRECATED, _REPLACED, _CONSIDER, *_VERSIONS}
    for quad in parse(text, format=form):
        if isinstance(quad.subject, NamedNode) and (quad.predicate.value in wanted or str(quad.object) == f"<{_ONTOLOGY}>"):
            yield quad


def _literal(found: Release, quad: Any) -> None:
    predicate, value = quad.predicate.value, str(quad.object.value)
    if predicate in _VERSIONS:
        found.version = found.version or _version(value)
    elif value == _ONTOLOGY:
        found.ontology = found.ontology or _short(quad.subject.value)
    else:
        entry = found.terms.setdefault(curie(quad.subject.value), Entry())
        if predicate == _DEPRECATED:
            entry.obsolete = value in ("true", "1")
        elif predicate in (_REPLACED, _CONSIDER):
            entry.replaced_by.append(curie(value))
        elif not entry.label or (isinstance(quad.object, Literal) and quad.object.language in ("en", None)):
            entry.label = " ".join(value.split())
