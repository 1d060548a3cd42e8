"""The foods that hold most of a nutrient in the portion that is usually eaten."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.grounding.resolve import Term
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.grounding.resolve import Asked


class Helping(NamedTuple):
    """A usual portion of a food and what it holds of a nutrient."""

    food: Term
    portion: str
    grams: float
    amount: float
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"iri": self.food.iri, "label": self.food.label, **{k: v for k, v in self._asdict().items() if k != "food"}}


def richest(
    rows: Asked, nutrients: Iterable[str], most: int, without: frozenset[str] = frozenset()
) -> dict[str, list[Helping]]:
    """For each nutrient, by IRI, the usual portions that hold most of it, without some foods; one food of each first word.

    Three cuts of beef in a row tell less than beef, clams and yeast: the first word of a food's name is taken once.
    """
    wanted = list(dict.fromkeys(nutrients))
    if not wanted:
        return {}
    found: dict[str, list[Helping]] = {}
    for row in rows(reading("usual_amounts", nutrient=wanted)):
        nutrient, iri, label, portion, grams, per_100g, unit = (cell.value for cell in row)
        if iri not in without and float(per_100g) > 0:
            amount = float(f"{float(per_100g) * float(grams) / 100:.4g}")
            found.setdefault(nutrient, []).append(Helping(Term(iri, label, "Food"), portion, float(grams), amount, unit))
    return {nutrient: _vary(helpings, most) for nutrient, helpings in found.items()}


def find_beyond(rows: Asked, limits: Mapping[str, tuple[float, str]]) -> frozenset[str]:
    """The foods of which one usual portion holds more of something than its limit, an amount and a unit, by nutrient."""
    if not limits:
        return frozenset()
    found = set()
    for row in rows(reading("usual_amounts", nutrient=list(limits))):
        nutrient, iri, _, _, grams, per_100g, unit = (cell.value for cell in row)
        amount, of = limits[nutrient]
        if unit == of and float(per_100g) * float(grams) / 100 > amount:
            found.add(iri)
    return frozenset(found)


def _vary(helpings: list[Helping], most: int) -> list[Helping]:
    kept: dict[str, Helping] = {}
    for helping in sorted(helpings, key=lambda one: (-one.amount, one.food.label)):
        kept.setdefault(helping.food.label.casefold().replace(",", " ").split()[0], helping)
    return list(kept.values())[:most]
