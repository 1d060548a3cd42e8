"""The foods that somebody cannot have: a diet without them, the members of their group, and all that bears their name."""

from __future__ import annotations

from kg.causal.foods.contents_and_needs import members
from kg.causal.foods.diets import diet
from kg.grounding.diet_names import find_diet
from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Part

    Row = tuple[dict[str, str], Any]  # a row as text, and as the engine gave it


def leave_out(graph: AskedGraph, parts: Iterable[Part], rows: list[Row]) -> list[Row]:
    """The rows of foods that are none of some foods, and hold none of them by their names: without oranges no orange juice."""
    for one in parts:
        kept = find_diet(f"no {one.said}") or find_diet(f"no {one.said}s")
        groups = [term for term in (one.term, *one.others) if term and term.kind == "FoodGroup"]
        dropped = (
            diet(graph.rows, kept).without if kept else {food.iri for group in groups for food in members(graph.rows, group)}
        )
        rows = [row for row in rows if row[1]["food"].value not in dropped]
        if not kept:  # soy milk is no dairy product
            own = set(one.said.split())
            rows = [row for row in rows if not own <= set(fold(row[0]["food_label"]).split())]
    return rows
