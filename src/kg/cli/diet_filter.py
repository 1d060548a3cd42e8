"""``kg query --diet``: of a list of foods only those that a diet does not leave out."""

from __future__ import annotations

from kg.errors import UsageError
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.sparql.results import Triples


def leave_out(graph: Graph, answer: Rows | Triples | bool, said: str) -> Rows:
    """The rows of those foods that a diet does not leave out.

    Raises:
        UsageError: the answer has no column of foods, or no diet is called so.
    """
    from kg.causal.foods.diets import diet  # which other queries do not need

    keeps = diet(graph.rows, said)
    if not isinstance(answer, Rows) or "food" not in answer.columns:
        raise UsageError(f"--diet {said}: the answer has no column of foods to choose from; foods_richest_in has one")
    return Rows(answer.columns, (row for row in answer if row["food"].value not in keeps.without))
