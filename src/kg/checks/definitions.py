"""Definitions that say no more than the label: "A tooth." for tooth."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.grounding.normalize import fold
from kg.grounding.word_bags import content
from kg.rdf.namespaces import RDF_TYPE, RDFS_LABEL, SKOS, kg

_FIX = "say what kind of thing it is and what marks it off from others of the kind"
_SAYS_NOTHING = frozenset(("a", "an", "the", "be", "being", "is", "are", "it", "its", "in", "of", "that", "which", "having"))


def empty(store: Store, places: Places) -> Iterator[Problem]:
    """Find the terms whose definition contains no word of meaning that is not in the label.

    Biomarkers are left out: what is measured, and in what, is all there is to say of them.
    """
    measured = {quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, kg("Biomarker"))}
    for quad in store.quads_for_pattern(None, NamedNode(SKOS + "definition"), None):
        if isinstance(quad.subject, NamedNode) and quad.subject not in measured and isinstance(quad.object, Literal):
            for label in store.quads_for_pattern(quad.subject, RDFS_LABEL, None):
                if isinstance(label.object, Literal) and repeats(quad.object.value, label.object.value):
                    yield places.problem(quad.subject, "the definition only repeats the label", _FIX)


def repeats(definition: str, label: str) -> bool:
    """Whether a definition says nothing beyond the words of a label.

    >>> repeats("Coughing.", "cough"), repeats("The water of the body.", "body water")
    (True, True)
    >>> repeats("A sudden, noisy push of air out of the airways.", "cough")
    False
    """
    said = {word for word in content(fold(definition)) if word not in _SAYS_NOTHING}
    return said <= set(content(fold(label)))
