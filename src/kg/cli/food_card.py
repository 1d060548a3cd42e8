"""A food's card, and the foods of a group, as text."""

from __future__ import annotations

import textwrap

from kg.causal.foods.card import by_relation
from kg.causal.foods.figures import figures
from kg.cli.table import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.foods.card import FoodCard, Share
    from kg.grounding.resolve import Term

#: The width of a full bar: a day's need.
_BAR = 20


def print_card(card: FoodCard) -> None:
    """Print the card: shares of the need as bars, limits, uptake, and what a lack would lead to."""
    form = "" if card.eaten_in_this_form else " (nobody eats it in the form that was measured)"
    print(f"\n{card.portion.label} ({card.portion.grams:g} g){form}, of a day's need of {card.life_stage.name}")
    table(["nutrient", "amount", "of need", "", "limit"], [_line(share) for share in card.good])
    small = [share.nutrient.label for share in card.shares if share not in card.good and (share.percent_of_need or 0) >= 1]
    if small:
        print(_wrap("less than that of: ", small))
    others = [f"{one.label} ({one.grams:g} g)" for one in card.portions if one != card.portion]
    if others:
        print(_wrap("other portions: ", others))
    for relation, title in (("strengthens", "Helps the uptake"), ("weakens", "Hinders the uptake")):
        lines = by_relation(card.modifiers).get(relation, {})
        if lines:
            print(f"\n{title}")
            for nutrient, modifiers in lines.items():
                print(_wrap(f"  of {nutrient}: ", [f"{one.modifier.label} [{one.certainty}]" for one in modifiers]))
    if card.inhibitors:
        print("\nHolds what hinders uptake (another sample, which comes close to it)")
        for one in card.inhibitors:
            print(f"  {one.inhibitor.label}: {one.per_100g:g} {one.unit} in 100 g of {one.sample} ({one.source})")
    if card.lacks:
        print("\nA lack of what it gives may lead to")
        for lack in card.lacks:
            print(_wrap(f"  {lack.state.label}: ", [effect.label for effect in lack.effects] or ["no claim yet"]))
    print(f"\nAmounts: {'; '.join(card.tables)}. What is missing was not measured, which is not the same as none.")


def print_members(group: Term, foods: Sequence[Term]) -> None:
    """Print the foods of a group."""
    print(f"\nFoods of this group ({len(foods)}); kg term shows what is in each")
    for one in foods:
        print(f"  {one.label}")


def _line(share: Share) -> list[str]:
    percent = share.percent_of_need or 0
    bar = "█" * round(min(percent, 100) / 100 * _BAR) + ("▸" if percent > 100 else "")
    limit = ""
    if share.limit:
        part = "" if share.percent_of_limit is None else f"{share.percent_of_limit:.0f} % of "
        over = "ABOVE: " if (share.percent_of_limit or 0) > 100 else ""
        limit = f"{over}{part}{share.limit.kind} {share.limit.amount:g} {share.limit.unit}"
    return [share.nutrient.label, f"{figures(share.amount)} {share.unit}", f"{percent:.0f} %", bar, limit]


def _wrap(start: str, words: Sequence[str]) -> str:
    return textwrap.fill(start + ", ".join(words), 100, subsequent_indent="    ")
