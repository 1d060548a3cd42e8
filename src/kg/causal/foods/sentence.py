"""What a portion of a food gives, in words: the sentence at the head of its card and page."""

from __future__ import annotations

from kg.causal.foods.card import GOOD
from kg.grounding.life_stages import in_words
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.foods.card import FoodCard

_NAMED = 4


def portion_gives(card: FoodCard) -> str:
    """What a portion of a food gives of a day's need, and what it holds that hinders uptake."""
    portion = card.portion.label
    portion = f"0{portion}" if portion.startswith(".") else portion
    where = f"({portion})" if portion == f"{card.portion.grams:g} g" else f"({portion}, {card.portion.grams:g} g)"
    best = [f"{one.percent_of_need:.0f} % of the {one.nutrient.label}" for one in card.good[:_NAMED]]
    if not best:
        return f"{where} gives {GOOD} % of a day's need of no nutrient"
    hindering = listed(list(dict.fromkeys(one.inhibitor.label for one in card.inhibitors)))
    against = f"; it also holds {hindering}" if hindering else ""
    return f"{where} gives {listed(best, _NAMED)} that {in_words(card.life_stage.name)} need a day{against}"
