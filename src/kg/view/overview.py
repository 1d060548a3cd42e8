"""The whole graph at first sight: for each nutrient and organ system how many findings are reached, and from which states."""

from __future__ import annotations

from typing import Any

from kg.causal.model import FINDINGS
from kg.sparql.library import reading
from kg.view import things

#: The findings that lie in no organ system; they stand last.
_OTHER = "other"


def overview(graph: Any) -> dict[str, Any] | None:
    """What the page of the whole graph opens with, or None where no nutrient of the graph reaches a finding.

    Returns:
        ``columns``, the names of the organ systems; ``findings``, the IRIs of those of each; and ``rows``, for each nutrient its
        ``label``, the IRI of its ``lack``, the ``states`` that are counted from, and the ``counts``, one for each column.
    """
    causal = graph.causal()
    labels: dict[str, str] = {}
    counts: dict[tuple[str, str], int] = {}
    for row in graph.query("findings_by_organ_system"):
        nutrient = row["nutrient"].value
        labels[nutrient] = row["nutrient_label"].value
        counts[nutrient, row["system_label"].value] = int(row["findings"].value)
    if not counts:
        return None
    columns = sorted({system for _, system in counts}, key=lambda name: (name == _OTHER, name))
    states: dict[str, list[str]] = {nutrient: [] for nutrient in labels}
    for nutrient, state in graph.rows(reading("states_concerning", nutrient=list(labels))):
        if state.value in causal.states:
            states[nutrient.value].append(state.value)
    rows = [
        {
            "label": label,
            "lack": things.lack_of(causal, nutrient),
            "states": states[nutrient],
            "counts": [counts.get((nutrient, system), 0) for system in columns],
        }
        for nutrient, label in labels.items()
    ]
    return {"columns": columns, "findings": _findings(graph, columns), "rows": rows}


def _findings(graph: Any, columns: list[str]) -> list[list[str]]:
    """The findings of each organ system that are on a map of the causal graph."""
    found: dict[str, list[str]] = {system: [] for system in columns}
    placed = set()
    for finding, system in graph.rows(reading("systems_of_findings")):
        placed.add(finding.value)
        if system.value in found:
            found[system.value].append(finding.value)
    states = graph.causal().states
    if _OTHER in found:
        found[_OTHER] = [iri for iri, state in states.items() if state.kind in FINDINGS and iri not in placed]
    return [[iri for iri in found[system] if iri in states] for system in columns]
