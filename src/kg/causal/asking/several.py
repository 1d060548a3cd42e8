"""Sentences about several nutrients or foods at once: needs that rise, limits, foods that give two nutrients, three foods compared."""

from __future__ import annotations

import re

from kg.causal.asking.filters import asked_class
from kg.causal.asking.small_words import capital, names
from kg.errors import UsageError
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_tables import find_limited, find_risen, find_usual, stage_of
from kg.grounding.life_stages import in_words
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Parts, Picked

#: So many nutrients of a table are told of, and so many foods of a list.
_NEEDS, _FOODS = 30, 4


def describe_needs(graph: AskedGraph, command: Sequence[str], question: str, told: Parts) -> str:
    """Which nutrients a stage needs more of, or have an upper limit, where the question names no nutrient; else empty."""
    roles = Roles(graph.rows)
    if command[1] != "need_at" or any(roles.play("nutrient", one) for one in told.parts):
        return ""
    stage = stage_of(command)
    who = in_words(stage)
    if "limit" in told.cues:
        limits, without = find_limited(graph.rows, stage, asked_class(question) or ("Vitamin", "Mineral"))
        set_ = [f"{one.nutrient} {one.amount:g} {one.unit}{f' ({one.note})' if one.note else ''}" for one in limits]
        free = f"; no upper limit is set for {listed(without, _NEEDS)}" if without else ""
        return f"An upper limit a day is set ({who}) for {listed(set_, _NEEDS)}{free}."
    beside, risen = find_risen(graph.rows, stage)
    kinds = asked_class(question)
    risen = [one for one in risen if not kinds or ((term := find(graph.rows, one.nutrient, "Nutrient")) and term.kind in kinds)]
    if not risen:
        return f"The tables of needs set nothing higher for {who} than for {in_words(beside)}."
    more = [f"{one.nutrient} {one.amount:g} {one.unit} ({one.usual:g})" for one in risen]
    return f"{capital(who)} need more a day than {in_words(beside)} (in brackets), by a tenth or more, the most risen first: {listed(more, _NEEDS)}."


def describe_usual(graph: AskedGraph, command: Sequence[str], question: str) -> str:
    """What others of the same sex need, where it is asked whether a stage needs more of a nutrient than they; else empty."""
    if command[1] != "need_at" or "--life_stage" not in command or not re.search(r"\b(?:more|extra|less)\b", question):
        return ""
    beside, usual = find_usual(graph.rows, stage_of(command))
    need = usual.get(command[command.index("--nutrient") + 1])
    return f" {capital(in_words(beside))} need {need.amount:g} {need.unit}." if need else ""


def join_foods(graph: AskedGraph, parts: list[Picked]) -> list[Picked]:
    """The parts; lists of the foods with one nutrient each, where foods with all of them are asked for, are one part."""
    lists = [one for one in parts if one.command[:2] == ["query", "foods_richest_in"]]
    alike = len({(tuple(one.command[4:]), one.question) for one in lists}) == 1
    if len(lists) < 2 or len(lists) < len(parts) or not alike or any(one.lead for one in lists):
        return parts
    if re.search(r"\bor\b", lists[0].question) or not re.search(r"\b(?:and|both|plus|as well as)\b", lists[0].question):
        return parts
    said = _rich_in_all(graph, lists)
    return [lists[0]._replace(said=said, left=(), told=lists[0].told and lists[0].told._replace(unread=()))] if said else parts


def _rich_in_all(graph: AskedGraph, lists: list[Picked]) -> str:
    shares: list[dict[str, float]] = []
    options = dict(zip(lists[0].command[4::2], lists[0].command[5::2], strict=True))
    diet = options.get("--diet", "")
    for one in lists:
        answer = graph.query("foods_richest_in", nutrient=one.command[3])
        if not isinstance(answer, Rows):
            return ""
        told = [dict(zip(answer.columns, row, strict=True)) for row in answer.plain()]
        kept = _kept(graph, diet, [row["food"].value for row in answer])
        shares.append(
            {
                row["food_label"]: float(row["portion_percent_of_intake"])
                for row, keep in zip(told, kept, strict=True)
                if row["portion_percent_of_intake"] and not row["eaten_in_this_form"] and keep
            }
        )
    both = set.intersection(*(set(share) for share in shares))
    best = sorted(both, key=lambda food: (-min(share[food] for share in shares), food))
    first: dict[str, str] = {}
    for food in best:
        first.setdefault(re.split(r"[ ,]", food)[0], food)
    nutrients = [one.command[3] for one in lists]
    told_foods = []
    for food in list(first.values())[:_FOODS]:
        held = [f"{share[food]:g} % of {name}" for share, name in zip(shares, nutrients, strict=True)]
        told_foods.append(f"{food} ({', '.join(held)})")
    if not told_foods:
        return ""
    return f"Most of {listed(nutrients)} at once in a usual portion, of a day's need: {'; '.join(told_foods)}{f' ({diet})' if diet else ''}."


def _kept(graph: AskedGraph, diet: str, foods: Sequence[str]) -> list[bool]:
    if not diet:
        return [True] * len(foods)
    from kg.causal.foods import diets

    without = diets.diet(graph.rows, diet).without
    return [food not in without for food in foods]


def compare_foods(graph: AskedGraph, question: str, told: Parts) -> str:
    """Three foods or more by what a usual portion of each gives of the nutrient that the question names; empty for two."""
    roles = Roles(graph.rows)
    foods = list(dict.fromkeys(name for one in told.parts if (name := roles.play("one", one))))
    if len(foods) < 3:
        return ""
    given = []
    for food in foods:
        try:
            card = graph.food(food)
        except UsageError:
            return ""
        share = next((one for one in card.shares if names(one.nutrient.label, question)), None)
        if share is None:
            return ""
        given.append((share, card))
    given.sort(key=lambda one: -one[0].amount)
    shown = [
        f"{card.food.label} ({card.portion.label}, {card.portion.grams:g} g) {share.amount:g} {share.unit}"
        for share, card in given
    ]
    return f"{capital(given[0][1].food.label)} gives the most {given[0][0].nutrient.label} of the {len(foods)} in a usual portion: {'; '.join(shown)}."
