"""What the sentences ask of a graph: the part of :class:`kg.Graph` that they use."""

from __future__ import annotations

from typing import Protocol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.causal.compare import Comparison
    from kg.causal.correct import Correction
    from kg.causal.explain import Explanation
    from kg.causal.foods.card import FoodCard
    from kg.causal.foods.plate import Plate
    from kg.causal.paths import Routes
    from kg.causal.remedies import Remedies
    from kg.sparql.results import Rows, Triples


class AskedGraph(Protocol):
    """A graph that answers questions of the library, routes, explanations, corrections and foods."""

    def rows(self, text: str) -> list[Any]:
        """The rows of a SELECT."""

    def query(self, query: str, **parameters: object) -> Rows | Triples | bool:
        """The answer to a question of the library."""

    def paths(self, cause: str, effect: str, max_steps: int = ..., limit: int = ...) -> Routes:
        """Routes from a cause to an effect."""

    def explain(self, findings: Sequence[str], absent: Sequence[str] = ..., context: Sequence[str] = ...) -> Explanation:
        """What would explain findings."""

    def correct(self, *states: str) -> Correction:
        """What ends when states are corrected."""

    def correct_for(self, finding: str) -> Remedies:
        """What to correct so that a finding ends."""

    def food(self, name: str, life_stage: str | None = ..., portion: str | None = ...) -> FoodCard:
        """The card of a food."""

    def compare(self, one: str, other: str) -> Comparison:
        """Two things side by side."""

    def plate(self, foods: Mapping[str, float | str]) -> Plate:
        """What foods give together."""
