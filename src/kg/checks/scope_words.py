"""Scope words: direct lines whose own note or locator says of whom or of what degree the source speaks, where the claim does not.

A word counts where it limits what is said ("in severe disease", the section "Older adults"), not where it describes an effect
("severe pain") or a sample ("three of four children"), nor where something is only commonest ("above all in children").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.checks.scopes import LOOSE, SCOPES, Scope
from kg.rdf.namespaces import KG, RDFS_LABEL, SKOS, kg

#: What a term is called and how it is defined.
_NAMES = (RDFS_LABEL, *(NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")))
_FIX = "mark the line kg:directness kg:indirect, say the condition with kg:onlyWhen or kg:population, or reword the note"


def find_unsaid_scopes(store: Store, places: Places) -> Iterator[Problem]:
    """Supporting lines, not marked indirect, that are said of less than their claim."""
    told: set[BlankNode] = set()
    for line, scope, words in _list_said(store):
        values = {quad.predicate: quad.object for quad in store.quads_for_pattern(line, None, None)}
        if line in told or values.get(kg("stance")) != kg("supports") or values.get(kg("directness")) == kg("indirect"):
            continue
        source = str(getattr(values.get(kg("source")), "value", "")).rpartition("/")[2]
        for quad in store.quads_for_pattern(None, kg("evidence"), line):
            if isinstance(quad.subject, NamedNode) and not any(map(scope.own.search, _names_of_terms(store, quad.subject))):
                told.add(line)
                yield places.problem(quad.subject, f"the line of {source} speaks of {words!r}, and the claim does not", _FIX)


def _list_said(store: Store) -> Iterator[tuple[BlankNode, Scope, str]]:
    """The lines with a limit in their locator or note. The texts are searched for its words as one, which is quick."""
    quads = [quad for name in ("locator", "note") for quad in store.quads_for_pattern(None, kg(name), None)]
    texts = [quad.object.value if isinstance(quad.object, Literal) else "" for quad in quads]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    joined = "\n".join(texts).encode("ascii", "replace").lower()  # a byte for each letter
    for scope in SCOPES:
        found = {bisect_right(starts, at) - 1 for word in scope.words for at in _find_all(joined, word.encode())}
        for number in sorted(found):
            text, line = texts[number].lower(), quads[number].subject
            said = scope.said.search(text)
            if said and isinstance(line, BlankNode) and not LOOSE.search(text):
                yield line, scope, said[0].strip(" .,;")


def _find_all(text: bytes, word: bytes) -> Iterator[int]:
    """Each place of a word in a text."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _names_of_terms(store: Store, claim: NamedNode) -> Iterator[str]:
    """What the terms of a claim are called: its ends, and in whom and when it holds."""
    for term in {quad.object for quad in store.quads_for_pattern(claim, None, None)}:
        if isinstance(term, NamedNode) and term.value.startswith(KG):
            for name in _NAMES:
                for quad in store.quads_for_pattern(term, name, None):
                    yield str(getattr(quad.object, "value", "")).lower()
