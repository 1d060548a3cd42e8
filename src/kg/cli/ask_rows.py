"""Sentences about the rows of a question of the library: the first of them in words, and how many more there are."""

from __future__ import annotations

from kg.cli import ask_intake, ask_states
from kg.sparql import library
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

_TELLERS = {**ask_intake.TELLERS, **ask_states.TELLERS}


def say(graph: Graph, words: Sequence[str], question: str) -> str:
    """The sentence for the rows of one question, named first in ``words`` and followed by its parameters."""
    name, *rest = words
    told = {option.removeprefix("--"): value for option, value in zip(rest[::2], rest[1::2], strict=True)}
    kept = told.pop("diet", None)
    answer = graph.query(name, **told)
    if not isinstance(answer, Rows):
        return ""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.plain()]
    if kept:
        from kg.causal.foods.diets import diet

        keeps = diet(graph.rows, kept)
        rows = [plain for plain, row in zip(rows, answer, strict=True) if row["food"].value not in keeps.without]
    about = next(iter(told.values()), "")
    teller = _TELLERS.get(name)
    if not rows:
        return f"The graph knows nothing of that: {library.question(name).summary.lower()} has no row{f' for {about}' if about else ''}."
    said = teller(rows, about, question) if teller else ""
    if kept and said:
        said = f"{said[:-1]} ({keeps.name})."
    return said or f"{len(rows)} rows answer: {_small(library.question(name).summary)}."


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
