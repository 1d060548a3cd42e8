"""The evidence lines of every claim as the rule of certainty counts them.

A line's voice is the work that it quotes, else the work of its source, else the fact sheets of its publisher. A finding that
is said to indicate a state lends its evidence to the claim that the state promotes the finding: what tells of a cause is
found in those who have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Store

from kg.build.certainty import Line
from kg.grounding.normalize import fold
from kg.rdf.namespaces import KG, RDFS_LABEL, SKOS, kg
from kg.sparql.embedded import Embedded

_DIAGNOSTIC, _CAUSAL, _TREATMENT = kg("DiagnosticClaim"), kg("CausalClaim"), kg("TreatmentClaim")
#: What routes walk.
_ROUTED = (_CAUSAL, kg("RiskClaim"), kg("ModifierClaim"), kg("CompositionClaim"))
_INDIRECT, _LISTED, _PROMOTES = kg("indirect"), kg("listed"), "_promotes_"


class Evidence:
    """The lines of one claim, and what else the rule asks of it."""

    def __init__(self, kind: Any, definition: bool) -> None:
        self.lines: list[Line] = []
        self.causal, self.treatment, self.definition = kind == _CAUSAL, kind == _TREATMENT, definition
        self.routed = kind in _ROUTED


class _Source(NamedTuple):
    weight: int
    single: bool
    copy: bool
    voice: str
    title: str


def evidence(store: Store, text: Callable[[str], str]) -> dict[NamedNode, Evidence]:
    """The evidence of each claim.

    Parameters:
        store: the graph, before it is judged.
        text: gives the query of a name in ``queries/derive``.
    """
    sources: defaultdict[str, list[_Source]] = defaultdict(list)
    for source, weight, single, copy, voice, title in Embedded(store).run(text("sources")):
        told = _Source(int(weight.value), single.value == "true", copy.value == "true", voice.value, _words(title.value))
        sources[source.value].append(told)
    names = _Names(store)
    found: dict[NamedNode, Evidence] = {}
    pairs: dict[tuple[Any, Any], NamedNode] = {}
    diagnostic: list[tuple[Any, Any, NamedNode]] = []
    for row in Embedded(store).run(text("evidence_lines")):
        claim, kind, subject, thing = row["claim"], row["class"], row["subject"], row["object"]
        if claim not in found:
            found[claim] = Evidence(kind, getattr(row["definition"], "value", "") == "true")
            if kind == _CAUSAL and _PROMOTES in claim.value:
                pairs[subject, thing] = claim
            elif kind == _DIAGNOSTIC:
                diagnostic.append((thing, subject, claim))
        if row["source"] is not None:
            found[claim].lines += _lines(row, sources, names)
    for cause, effect, claim in diagnostic:
        if (causal := pairs.get((cause, effect))) is not None:
            found[causal].lines += [line for line in found[claim].lines if line.stance == "supports"]
    return found


def _lines(row: Any, sources: dict[str, list[_Source]], names: _Names) -> Iterator[Line]:
    stance, indirect = row["stance"].value.removeprefix(KG), row["directness"] == _INDIRECT
    place = _words(row["locator"].value) if row["locator"] is not None else ""
    most = int(row["most"].value) if row["most"] is not None else None
    quoted = row["quoted"].value if row["quoted"] is not None else None
    for source in sources.get(row["source"].value, ()):
        weight = source.weight if most is None else min(source.weight, most)
        quotes = next(iter(sources.get(quoted, ())), None) if quoted is not None else None
        voice = quotes.voice if quotes is not None else quoted or source.voice
        if quotes is not None and not quotes.weight:
            weight = 0  # what was withdrawn weighs nothing in a quotation either
        told = source.title + place
        on_subject = any(name in told for end in (row["subject"], row["object"]) for name in names[end])
        listed = row["passage"] == _LISTED
        yield Line(voice, stance, weight, indirect, source.single, source.copy, on_subject, listed)


class _Names(dict[Any, list[str]]):
    """The folded names of a term, and of the nutrient that it is a state of; each looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __missing__(self, term: Any) -> list[str]:
        about = [quad.object for quad in self.store.quads_for_pattern(term, kg("concerns"), None)] if term is not None else []
        names = self[term] = sorted({_words(name) for one in (term, *about) if one is not None for name in self._of(one)})
        return names

    def _of(self, term: Any) -> Iterator[str]:
        for predicate in (RDFS_LABEL, NamedNode(SKOS + "altLabel")):
            for quad in self.store.quads_for_pattern(term, predicate, None):
                yield str(getattr(quad.object, "value", ""))


def _words(text: str) -> str:
    return f" {fold(text)} "
