"""A causal graph with the labels of its states in another language."""

from __future__ import annotations

from functools import lru_cache

from kg.causal.model import CausalGraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.speech import Speech


def translate_graph(graph: CausalGraph, speech: Speech) -> CausalGraph:
    """The graph as it is, with the labels that are translated."""
    return _translate(_Same(graph, speech))


class _Same:
    """A graph and a language, the same where both are the same objects."""

    def __init__(self, graph: CausalGraph, speech: Speech) -> None:
        self.graph, self.speech = graph, speech

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.graph is other.graph and self.speech is other.speech

    def __hash__(self) -> int:
        return hash((id(self.graph), id(self.speech)))


@lru_cache(maxsize=8)
def _translate(same: _Same) -> CausalGraph:
    named = {iri: same.speech.find_label(iri) for iri in same.graph.states}
    states = {
        iri: state if (name := named[iri]) is None else state._replace(label=name.value, language=name.language or "")
        for iri, state in same.graph.states.items()
    }
    made = CausalGraph(states, same.graph.claims, same.graph.kinds, same.graph.diseases)
    made.credit = same.graph.credit
    return made
