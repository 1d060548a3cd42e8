"""The parts of a page that are about eating: a food's card, and a nutrient's need, limit, foods, lack and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.causal.foods.card import by_relation, card, lacks
from kg.causal.foods.contents_and_needs import USUAL_LIFE_STAGE, members, needs, percent
from kg.causal.foods.richest import richest
from kg.causal.foods.sentence import portion_gives
from kg.grounding.resolve import Term

if TYPE_CHECKING:
    from kg.server.pages.context import Stock
    from kg.server.pages.responses import Visit

#: Kinds of term that have needs, limits and foods.
NUTRIENTS = frozenset({"Nutrient", "Vitamin", "Mineral", "FattyAcid"})
#: The life stages whose needs stand on a nutrient's page, in the words of people.
STAGES = {
    "women": "females 31-50 y",
    "men": "males 31-50 y",
    "pregnant": "pregnancy 19-30 y",
    "breastfeeding": "lactation 19-30 y",
    "toddlers": "children 1-3 y",
    "women over 70": "females >70 y",
    "men over 70": "males >70 y",
}
_FOODS = 10


def food(site: Stock, visit: Visit, iri: str) -> dict[str, Any]:
    """What the template of a food shows: its card for the life stage and the portion that the visit asks for."""
    found = card(site.graph.rows, iri, visit.get("life_stage") or None, visit.get("portion") or None)
    return {
        "card": found,
        "said": f"{found.food.label[:1].upper()}{found.food.label[1:]} {portion_gives(found)}.",
        "stages": STAGES,
        "helps": {"strengthens": {}, "weakens": {}, **by_relation(found.modifiers)},
    }


def nutrient(site: Stock, iri: str, label: str) -> dict[str, Any]:
    """Need and limit by life stage, the foods that hold most, what a lack does and how it is seen."""
    rows = site.graph.rows
    wanted = []
    for words, stage in STAGES.items():
        one = next((one for one in needs(rows, stage) if one.nutrient.iri == iri), None)
        if one and (one.need or one.limit):
            wanted.append((words, one))
    need = next((one.need for words, one in wanted if words == "women"), None)
    foods = [(one, percent(one.amount, one.unit, need)) for one in richest(rows, [iri], _FOODS).get(iri, [])]
    lack = lacks(rows, [Term(iri, label, "Nutrient")])
    tests: dict[str, Any] = {}
    for biomarker, name, *cutoff in site.ask("tests_for_nutrient", nutrient=iri):
        tests.setdefault(biomarker.value, (name.value, []))[1].append([cell.value for cell in cutoff])
    return {"needs": wanted, "foods": foods, "lack": lack[0] if lack else None, "tests": tests, "whose": USUAL_LIFE_STAGE}


def group(site: Stock, iri: str, label: str) -> list[Term]:
    """The foods of a group."""
    return members(site.graph.rows, Term(iri, label, "FoodGroup"))


def count_foods(members: list[Term]) -> str:
    """How many foods a group has, for the sentence at its head; empty where it is no group."""
    return f"is a group of {len(members)} foods of the table" if members else ""
