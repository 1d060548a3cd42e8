"""Sentences about the rows of a question of the library: the first of them in words, and how many more there are."""

from __future__ import annotations

import re

from kg.causal.asking import evidence, intake, listings, states, times
from kg.causal.asking.filters import LABELS, body_parts, choose_rows, count_by_system
from kg.causal.asking.listings import list_rows
from kg.causal.asking.routes import describe_nearest_route
from kg.causal.asking.uptake import describe_uptake
from kg.causal.foods.contents_and_needs import members
from kg.grounding.asked_order import EXCEPT
from kg.grounding.normalize import fold
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed
from kg.sparql import library
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.asking.filters import Row
    from kg.causal.asking.small_words import Told
    from kg.grounding.asked_parts import Parts

_TELLERS = {**listings.TELLERS, **intake.TELLERS, **states.TELLERS, **times.TELLERS, **evidence.TELLERS}


def say(graph: AskedGraph, words: Sequence[str], question: str, parts: Parts, wants: Collection[str] = ()) -> str:
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
    rows, head = choose_rows(graph, name, about, rows, parts, question)
    if not rows:
        return f"{head[:1].upper()}{head[1:]}, and not by way of it, the graph knows nothing: {_small(library.question(name).summary.partition(',')[0])}."
    if name == "findings_reached_from" and "systems" in parts.cues and (systems := count_by_system(graph, about)):
        told_systems = listed([f"{system} ({number})" for system, number in systems.items()], len(systems))
        return f"What {about} may lead to, by organ system: {told_systems}."
    if name == "goes_back" and (led := times.leading_to(graph, [told_row for told_row, _ in rows], about, parts)):
        effect, ways = led
        return f"By way of what leads to {effect}: {_small(times.TELLERS[name](ways, about, ' '.join((question, *(row['object_label'] for row in ways)))))}"
    told_rows = [told_row for told_row, _ in rows]
    if name == "absorption_modifiers":
        return describe_uptake(graph, told_rows, question, parts) or f"{len(rows)} rows answer."
    said = (teller or list_rows)(told_rows, about, _without_body(question, parts))
    if head and said:
        said = f"{head[:1].upper()}{head[1:]}: {_small(said)}"
    if said and sort and sort not in said.casefold():
        said = f"Of {sort}: {_small(said)}"
    if "how sure" in wants and said:
        said = f"{said}{_how_sure(name, told_rows)}"
    if keeps and said:
        said = f"{said[:-1]} ({keeps.name})."
    return said or f"{len(rows)} rows answer: {_small(library.question(name).summary)}."


def _how_sure(name: str, rows: Told) -> str:
    """How sure the first rows are, in words; empty where the rows do not say."""
    label = LABELS.get(name, "")
    column = next((one for one in ("weakest_certainty", "certainty_label") if one in rows[0]), "")
    if not label or not column:
        return ""
    told = dict.fromkeys(f"{row[label]} is {describe_certainty(row[column])}" for row in rows[:_SURE])
    return f" How sure: {listed(list(told))}."


#: Of so many rows it is told how sure they are.
_SURE = 3


def _without_body(question: str, parts: Parts) -> str:
    """A question without the words by which its rows were chosen: what is excepted, and parts of the body."""
    for one in filter(lambda one: one.said, parts.set_aside):  # "besides lack of iodine" asks for no lack
        question = re.sub(
            rf"\b(?:{'|'.join(EXCEPT)})\b.{{0,20}}?\b{re.escape(one.said.split()[0])}\w*", " ", question, flags=re.IGNORECASE
        )
    for part in body_parts(parts.unread):
        question = re.sub(rf"\b{part.word}s?\b", " ", question, flags=re.IGNORECASE)
    return question


def _of_one_sort(graph: AskedGraph, parts: Parts, rows: list[Row]) -> tuple[str, list[Row]]:
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
