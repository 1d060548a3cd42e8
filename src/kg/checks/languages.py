"""Words in other languages: tags that do not exist, and two preferred labels or definitions of one language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from kg.build import read, translations
from kg.checks.problems import Problem, show_path
from kg.checks.record_lines import Places
from kg.errors import DataError
from kg.rdf.language_tags import fault
from kg.rdf.namespaces import RDFS_LABEL, SKOS, compact_to_iri, iri_to_compact

#: Strings and comments are passed over as a whole; behind a string stands its tag.
_TOKEN = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*', re.DOTALL)
_TAG = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]*)")
#: What a term has once in each language, by the properties that say it.
_ONCE = {
    "preferred labels": (RDFS_LABEL, NamedNode(SKOS + "prefLabel")),
    "definitions": (NamedNode(SKOS + "definition"),),
}
_FIX = {"preferred labels": "keep one, and make the other a skos:altLabel", "definitions": "keep one"}


def of_turtle(path: str, text: bytes) -> Iterator[Problem]:
    """The tags of a Turtle file that are not in the registry of languages."""
    words = text.decode("utf-8", "replace")
    known: dict[str, str] = {"en": ""}
    for token in _TOKEN.finditer(words):
        if token[0][0] == '"' and (tag := _TAG.match(words, token.end())):
            if tag[1] not in known:
                known[tag[1]] = fault(tag[1])
            if known[tag[1]]:
                problem, _, fix = known[tag[1]].partition("; ")
                line = words.count("\n", 0, token.end()) + 1
                yield Problem(show_path(path), line, "", f"@{tag[1]} {problem}", fix)


def of_names(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """Terms with two preferred labels or two definitions in one language, each told at the line of the second one."""
    for what, properties in _ONCE.items():
        found: defaultdict[tuple[NamedNode, str], set[str]] = defaultdict(set)
        # English alone is counted by a check of its own
        for quad in (quad for name in properties for quad in store.quads_for_pattern(None, name, None)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                if quad.object.language:
                    found[quad.subject, quad.object.language.lower()].add(quad.object.value)
                elif quad.predicate == properties[-1] and what == "preferred labels":
                    fix = f'write its language, as in "{quad.object.value}"@de'
                    yield places.problem(quad.subject, f"skos:prefLabel {quad.object.value!r} has no language", fix)
        for (term, tag), values in found.items():
            if len(values) > 1 and (tag != "en" or what == "preferred labels"):
                told = f"{len(values)} {what} in {tag}: {', '.join(sorted(map(repr, values)))}"
                path, line = _second(root, places, term, tag, values)
                yield Problem(path, line, iri_to_compact(term.value), told, _FIX[what])


def _second(root: str, places: Places, term: NamedNode, tag: str, values: set[str]) -> tuple[str, int]:
    """File and line of the last of these values of a term, in its block or in the table of the language."""
    try:
        for known, cells in translations.read(root):
            if known.lower() == tag and compact_to_iri(cells.row["id"]) == term.value:
                return show_path(cells.path), cells.line
    except DataError:
        pass  # which another check reports
    path, first = places.of(term.value) or ("", 0)
    if not path or path.endswith(".tsv"):
        return show_path(path) if path else "(built)", first
    seen, line = 0, first
    for number, text in enumerate(read.contents(path).decode("utf-8", "replace").split("\n")[first - 1 :], first):
        for value in values:
            if re.search(re.escape(str(Literal(value))) + "@" + re.escape(tag) + r"(?![\w-])", text, re.IGNORECASE):
                seen, line = seen + 1, number
        if seen > 1 or text.rstrip().endswith(" ."):
            break
    return show_path(path), line
