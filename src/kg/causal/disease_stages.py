"""Which states are stages of one thing: a nutrient's lack, its low level in the blood, and the disease that is its own.

The lack and the level deviate the same way in the same nutrient. Which disease is a nutrient's own, as scurvy is that of
vitamin C, the graph says (``kg:diseaseOf``). Degrees of one state are stages too, as a severe one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.causal.model import CausalGraph

#: Words before the name of a state that make it a degree of the same.
DEGREES = ("mild", "moderate", "severe", "acute", "chronic")

Stage = tuple[str, str]


def stages(graph: CausalGraph, states: Iterable[str]) -> dict[str, Stage]:
    """For those of ``states`` that are a stage of a nutrient's lack or excess: the nutrient and the deviation; of degrees, the state."""
    states = list(states)
    statuses = {iri: _deviation(graph, iri) for iri in states if graph.states[iri].kind == "NutrientStatus"}
    nutrients = set(statuses.values())
    found: dict[str, Stage] = {}
    for iri in states:
        stage = statuses.get(graph.diseases.get(iri, "")) or _deviation(graph, iri)
        if stage is not None and stage in nutrients and graph.states[iri].kind != "Exposure":
            found[iri] = stage
    labels = {graph.states[iri].label: iri for iri in states}
    for label, iri in labels.items():
        degree, _, of = label.partition(" ")
        if iri not in found and degree in DEGREES and of in labels:
            found[iri] = found.setdefault(labels[of], (labels[of], ""))
    return found


def _deviation(graph: CausalGraph, iri: str) -> Stage | None:
    state = graph.states[iri]
    return (state.of, state.deviation) if state.of and state.deviation in ("low", "high") else None
