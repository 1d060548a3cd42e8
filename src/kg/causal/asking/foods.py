"""Sentences about foods: what a portion gives of a nutrient, which of two gives more, and what two give together."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import capital, names
from kg.causal.compare import ClaimLine, FoodLine
from kg.causal.foods.contents_and_needs import members
from kg.causal.foods.sentence import portion_gives
from kg.grounding.asked_roles import Roles
from kg.grounding.life_stages import in_words
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.foods.card import FoodCard, Share
    from kg.grounding.asked_parts import Parts

#: Of a group of foods so many are told of.
_MEMBERS = 2
#: A food that gives so many percent of a day's need in a portion gives much.
_MUCH = 25


def food(graph: AskedGraph, name: str, question: str, portion: str | None = None) -> str:
    """What a portion of a food gives of the nutrient that the question names, else of all that it is good for."""
    term = find(graph.rows, name, "Food") or find(graph.rows, name, "FoodGroup")
    if term is None:
        return ""
    if term.kind == "FoodGroup":
        told = [_gives(graph.food(one.iri), question) for one in members(graph.rows, term)[:_MEMBERS]]
        return " ".join(filter(None, told))
    card = graph.food(term.iri, None, portion)
    return _gives(card, question) or capital(f"{term.label} {portion_gives(card)}.")


def compare(graph: AskedGraph, one: str, other: str, question: str) -> str:
    """Which of two foods gives more of what the question names; of other things how much they share."""
    answer = graph.compare(one, other)
    first, second = answer.first.label, answer.second.label
    claims = [line for line in answer.lines if isinstance(line, ClaimLine)]
    foods = [line for line in answer.lines if isinstance(line, FoodLine)]
    if not answer.cards:
        shared = sorted((line.words for line in claims if line.whose == "both"), key=lambda words: words.endswith(" it"))
        felt = [words for words in shared if not words.endswith(" it")] if _FELT.search(question) else []
        both = listed(felt or shared, _SHARED) or "nothing that the graph knows"
        alone = [sum(line.whose == whose for line in claims) for whose in ("first", "second")]
        return f"Said of both {first} and {second}: {both}. Of {first} alone there are {alone[0]} claims, of {second} alone {alone[1]}."
    portions = [f"{card.food.label} ({card.portion.label}, {card.portion.grams:g} g)" for card in answer.cards]
    measured = [(line.nutrient.label, line.first, line.second) for line in foods if line.first and line.second]
    for nutrient, left, right in measured:
        if names(nutrient, question):
            more = f"{capital(first if left.amount > right.amount else second)} gives more {nutrient}"
            verdict = more if left.amount != right.amount else f"Both give as much {nutrient}"
            return f"{verdict}: {portions[0]} {_amount(left)}; {portions[1]} {_amount(right)}."
    best = [
        f"{nutrient} ({left.percent_of_need:.0f} and {right.percent_of_need:.0f} % of a day's need)"
        for nutrient, left, right in measured
        if left.percent_of_need is not None and right.percent_of_need is not None
    ]
    return f"{capital(portions[0])} beside {portions[1]}, the most first: {listed(best)}."


def plate(graph: AskedGraph, words: Sequence[str], question: str) -> str:
    """What the foods of a plate give together of the nutrient that the question names."""
    foods: dict[str, float | str] = {}
    for word in words:
        if word.startswith("--"):
            break
        name, _, amount = word.rpartition("=")
        foods[name] = amount
    answer = graph.plate(foods)
    eaten = listed([f"{grams:g} g of {term.label}" for term, grams in answer.foods], 6)
    told = [
        f"{line.amount:g} {line.unit} of {line.nutrient.label}, {line.percent_of_need:.0f} % of a day's need"
        for line in answer.lines
        if line.amount is not None and line.percent_of_need is not None and names(line.nutrient.label, question)
    ]
    if not told:
        return ""
    return f"{capital(eaten)} together give {listed(told)} ({in_words(answer.life_stage.name)})."


def give_what_is_said(graph: AskedGraph, told: Parts, said: str) -> str:
    """That a food of the question gives much of a nutrient that a sentence speaks of; empty where it does not."""
    roles = Roles(graph.rows)
    for one in told.parts:
        name = roles.play("one", one)
        if not name:
            continue
        card = graph.food(name)
        for share in card.shares:
            if (share.percent_of_need or 0) >= _MUCH and share.nutrient.label in said:
                return f"{capital(card.food.label)} gives {share.percent_of_need:.0f} % of a day's {share.nutrient.label} in a portion."
    return ""


def _gives(card: FoodCard, question: str) -> str:
    named = [share for share in card.shares if names(share.nutrient.label, question)]
    if not named:
        return ""
    grams = _GRAMS.search(question)
    times = float(grams[1]) / card.portion.grams if grams else 1
    portion = f"{grams[1]} g" if grams else f"{card.portion.label}, {card.portion.grams:g} g"
    told = listed([f"{_amount(share, times)} of {share.nutrient.label}" for share in named])
    return f"{capital(card.food.label)} ({portion}) gives {told} ({in_words(card.life_stage.name)})."


#: Asks for what is felt, and of so much that two things share it is told.
_FELT, _SHARED = re.compile(r"\b(?:symptoms?|signs?|effects?|consequences?)\b", re.IGNORECASE), 6
#: So much of the food is asked about.
_GRAMS = re.compile(r"\b(\d+(?:\.\d+)?) ?g(?:rams?|rammes?)?\b", re.IGNORECASE)


def _amount(share: Share, times: float = 1) -> str:
    percent = "" if share.percent_of_need is None else f" ({times * share.percent_of_need:.0f} % of a day's need)"
    return f"{times * share.amount:.4g} {share.unit}{percent}"
