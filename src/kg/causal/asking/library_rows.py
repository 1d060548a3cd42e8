"""Sentences about the rows of a question of the library: the first of them in words, and how many more there are."""

from __future__ import annotations

import re

from kg.causal.asking import evidence, intake, states, times
from kg.causal.asking.routes import describe_nearest_route
from kg.causal.asking.uptake import describe_uptake
from kg.causal.foods.contents_and_needs import members
from kg.grounding.normalize import fold
from kg.sparql import library
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Parts

    _Row = tuple[dict[str, str], Any]  # a row as text, and as the engine gave it

_TELLERS = {**intake.TELLERS, **states.TELLERS, **times.TELLERS, **evidence.TELLERS}


def say(graph: AskedGraph, words: Sequence[str], question: str, parts: Parts) -> str:
    """The sentence for the rows of one question, named first in ``words`` and followed by its parameters."""
    name, *rest = words
    told = {option.removeprefix("--"): value for option, value in zip(rest[::2], rest[1::2], strict=True)}
    kept = told.pop("diet", None)
    answer = graph.query(name, **told)
    if not isinstance(answer, Rows):
        return ""
    plain = [dict(zip(answer.columns, row, strict=True)) for row in answer.plain()]
    rows = list(zip(plain, answer, strict=True))
    keeps = None
    if kept:
        from kg.causal.foods.diets import diet

        keeps = diet(graph.rows, kept)
        rows = [(told_row, row) for told_row, row in rows if row["food"].value not in keeps.without]
    sort, rows = _of_one_sort(graph, parts, rows) if name.startswith("foods_") and "food" in answer.columns else ("", rows)
    about = next(iter(told.values()), "")
    teller = _TELLERS.get(name)
    if not rows and name == "evidence_of":
        return f"No claim joins the two as they are named. {describe_nearest_route(graph, told['subject'], told['object'])}"
    if not rows:
        return _nothing(library.question(name).summary, about)
    told_rows = [told_row for told_row, _ in rows]
    if name == "absorption_modifiers":
        return describe_uptake(graph, told_rows, question, parts) or f"{len(rows)} rows answer."
    said = teller(told_rows, about, question) if teller else ""
    if said and sort and sort not in said.casefold():
        said = f"Of {sort}: {_small(said)}"
    if keeps and said:
        said = f"{said[:-1]} ({keeps.name})."
    return said or f"{len(rows)} rows answer: {_small(library.question(name).summary)}."


def _of_one_sort(graph: AskedGraph, parts: Parts, rows: list[_Row]) -> tuple[str, list[_Row]]:
    """The rows about foods of the group that a question names, and its name; all rows where it names none, or none of them is one."""
    for one in parts.parts:
        for term in (one.term, *one.others):
            if term and term.kind == "Food" and not term.iri:
                held = [row for row in rows if one.said in fold(row[0]["food_label"]).split()]
                if held:
                    return term.label.casefold(), held
            if term and term.kind == "FoodGroup":
                foods = {food.iri for food in members(graph.rows, term)}
                held = [row for row in rows if row[1]["food"].value in foods]
                if held:
                    return term.label, held
    return "", rows


def _nothing(summary: str, about: str) -> str:
    """That no row answers, in the words of the question.

    >>> _nothing("What treats or prevents a state, with the evidence for and against", "falls")
    'The graph does not know what treats or prevents falls.'
    """
    what = (
        re.sub(r"\ba (?:state|finding|nutrient|biomarker)\b", about, _small(summary.partition(",")[0]))
        if about
        else _small(summary)
    )
    if re.match(r"(?:what|which|who|how|by)\b", what):
        return f"The graph does not know {what}."
    return f"The graph knows nothing of that: {what}{f' ({about})' if about and about not in what else ''}."


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
