"""Sentences about uptake: what helps and hinders it, and what a food holds that does."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import agree, capital, count, distinct, mentions, names
from kg.errors import UsageError
from kg.grounding.asked_parts import FOODS
from kg.grounding.asked_roles import Roles
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.asking.small_words import Told
    from kg.grounding.asked_parts import Part, Parts


#: Asks what helps the uptake of what is named, and not what that does to the uptake of others.
_IS_TAKEN_UP = re.compile(
    r"\b(?:absorb|absorbing|take up)\b|\b(?:absorption|uptake) of\b|\bbe(?:ing)? absorbed\b", re.IGNORECASE
)


def describe_uptake(graph: AskedGraph, rows: Told, question: str, parts: Parts) -> str:
    """What the question names does to the uptake of the nutrient that it names, else all that helps and hinders it."""
    roles = Roles(graph.rows)
    foods = [one for one in parts.parts if one.term and {one.term.kind, *(term.kind for term in one.others)} & set(FOODS)]
    nutrients = [name for one in parts.parts if one not in foods and (name := roles.play("nutrient", one))]
    of = [row for row in rows if mentions(_process(row), question)]
    labels = {term.label for one in parts.parts for term in (one.term, *one.others) if term}
    named = [
        row
        for row in of or rows
        if (mentions(row["modifier_label"], question) or row["modifier_label"] in labels)
        and not names(_process(row), row["modifier_label"])
        and not (foods and row["modifier_label"] in nutrients)  # what takes up the nutrient is asked, not what it hinders
    ]
    taken_up = len(nutrients) == len(parts.parts) == 1 and _IS_TAKEN_UP.search(question)
    if (
        named and not taken_up and (of or len(parts.parts) < 2)
    ):  # of two names one is taken up: what the other is to a third is not asked
        return f"{capital(listed([_claim(row) for row in named]))}."
    held = _held(graph, of, nutrients, foods)
    if held:
        return held
    if not of:
        nothing = f"The graph knows nothing that helps or hinders the uptake of {listed(nutrients)}." if nutrients else ""
        return nothing and f"{nothing}{_known(rows, question, labels, nutrients)}"
    unknown = _unknown(rows, of, question, parts, nutrients, labels)
    ways = {"strengthens": "is helped by", "weakens": "is hindered by"}
    told = [
        f"{words} {listed(found)}"
        for way, words in ways.items()
        if (found := distinct([row for row in of if row["relation_label"] == way], "modifier_label"))
    ]
    return f"{unknown}{capital(of[0]['process_label'])} {' and '.join(told)}."


def _unknown(rows: Told, of: Told, question: str, parts: Parts, nutrients: list[str], labels: set[str]) -> str:
    """That of what the question names nothing is known for the uptake that it asks about, and what it does to others."""
    others = [one.term.label for one in parts.parts if one.term and one.term.label not in nutrients[-1:]]
    if not others or len(parts.parts) < 2:
        return ""
    others = [label for label in others if not mentions(_process(of[0]), label)]
    if not others:
        return ""
    return f"Of what {listed(others)} does to {of[0]['process_label']} the graph knows nothing.{_known(rows, question, labels, nutrients)} "


def _known(rows: Told, question: str, labels: set[str], nutrients: list[str]) -> str:
    """What is known of what the question names beside its nutrients: which uptake it helps or hinders."""
    known = [
        row
        for row in rows
        if (row["modifier_label"] in labels or mentions(row["modifier_label"], question))
        and not any(names(nutrient, row["modifier_label"]) for nutrient in nutrients)
    ]
    return f" Known is that {listed([_claim(row) for row in known])}." if known else ""


def _claim(row: dict[str, str]) -> str:
    sure = f"{row['status_label']}, {count(int(row['sources']), 'source')}"
    return f"{row['modifier_label']} {agree(row['modifier_label'], row['relation_label'])} {row['process_label']} ({sure})"


def _held(graph: AskedGraph, of: Told, nutrients: list[str], foods: list[Part]) -> str:
    """How much of an inhibitor the food of the question was found to hold, and what is known of its effect on the uptake."""
    roles = Roles(graph.rows)
    for one in foods:
        label = roles.play("one", one)
        try:
            food = find(graph.rows, label, "Food") if label else None
        except UsageError:
            continue
        most: dict[str, tuple[float, str]] = {}
        for row in graph.rows(reading("inhibitors_in", food=food.iri)) if food else ():
            name, amount = row["label"].value, float(row["per_100g"].value)
            most[name] = max(most.get(name, (0.0, "")), (amount, row["unit"].value))
        if food and most and nutrients:
            held = listed([f"{amount:g} {unit} of {name}" for name, (amount, unit) in most.items()])
            claims = [_claim(row) for row in of if row["modifier_label"] in most]
            effect = (
                listed(claims) if claims else f"of what that does to the uptake of {listed(nutrients)} the graph holds no claim"
            )
            return f"{capital(food.label)} was found to hold up to {held} in 100 g; {effect}."
    return ""


def _process(row: dict[str, str]) -> str:
    return row["process_label"].removesuffix(" absorption").replace("intestinal ", "").replace("cobalamin", "B12")
