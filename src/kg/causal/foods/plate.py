"""A day's foods summed against the need and the upper limit of a life stage, with what would fill the gaps."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from kg.causal.foods.contents_and_needs import (
    COUNTED_BY_LIMIT,
    USUAL_LIFE_STAGE,
    Content,
    Intake,
    Need,
    contents,
    food,
    needs,
    percent,
    portions,
)
from kg.causal.foods.diets import Diet, diet
from kg.causal.foods.richest import Helping, find_beyond, richest
from kg.errors import UsageError
from kg.grounding.life_stages import LifeStage, life_stage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.grounding.resolve import Asked, Term

#: A day that holds less than this share of a need, in percent, has a gap there.
SHORT = 70
#: So many foods are named for a gap.
_FILLERS = 3
#: Nobody eats more in a day; a larger number is a slip.
_MOST = 10_000


class Line(NamedTuple):
    """One nutrient of a plate. ``amount`` and the percentages are None where they are not known.

    ``unknown`` are the foods whose amount is not known: the sum is then a lower bound. ``fillers`` are foods of the diet that
    would fill a gap, none of which goes beyond a limit with one portion.
    """

    nutrient: Term
    amount: float | None
    unit: str
    need: Intake
    percent_of_need: float | None
    limit: Intake | None
    percent_of_limit: float | None
    unknown: tuple[str, ...]
    fillers: tuple[Helping, ...] = ()


class Plate(NamedTuple):
    """Foods with their grams, the life stage, a line for each nutrient that it needs, and the foods that the diet leaves out."""

    foods: tuple[tuple[Term, float], ...]
    life_stage: LifeStage
    lines: tuple[Line, ...]
    diet: str = ""
    outside_diet: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The values of ``kg plate --format json``."""
        return {
            "life_stage": self.life_stage.name,
            "assumed": self.life_stage.assumed,
            "diet": self.diet or None,
            "outside_diet": list(self.outside_diet),
            "foods": [{"iri": term.iri, "label": term.label, "grams": grams} for term, grams in self.foods],
            "nutrients": [
                {
                    "iri": line.nutrient.iri,
                    "label": line.nutrient.label,
                    "amount": line.amount,
                    "unit": line.unit,
                    "need": line.need._asdict(),
                    "percent_of_need": line.percent_of_need,
                    "limit": line.limit._asdict() if line.limit else None,
                    "percent_of_limit": line.percent_of_limit,
                    "unknown": list(line.unknown),
                    "fillers": [filler.to_dict() for filler in line.fillers],
                }
                for line in self.lines
            ],
        }


def plate(rows: Asked, foods: Mapping[str, float | str], stage: str | None = None, kept: str | None = None) -> Plate:
    """Sum the foods of a day, each in grams of the edible part or in portions of the table, such as ``"2 cups"``.

    Raises:
        UsageError: no food is given, or an amount is neither grams nor a portion of that food.
        UnknownName: a food, the life stage or the diet is not known; the nearest ones are listed.
    """
    if not foods:
        raise UsageError("no food was given; write each as FOOD=GRAMS, as in 'spinach, raw=100'")
    read = life_stage(rows, stage or USUAL_LIFE_STAGE)
    keeps = diet(rows, kept) if kept else None
    eaten: dict[str, tuple[Term, float]] = {}
    if not hasattr(foods, "items"):
        raise UsageError(f"{foods!r}: give foods with their amounts, as in {{'spinach, raw': 100}}")
    for name, amount in foods.items():
        term = food(rows, name)
        before = eaten[term.iri][1] if term.iri in eaten else 0
        eaten[term.iri] = (term, before + _grams(rows, term, amount))
    held = {iri: {one.nutrient.iri: one for one in contents(rows, iri)} for iri in eaten}
    lines = [_line(one, one.need, eaten, held) for one in needs(rows, read.name) if one.need]
    outside = tuple(term.label for term, _ in eaten.values() if keeps and term.iri in keeps.without)
    return Plate(tuple(eaten.values()), read, _fill(rows, lines, keeps), keeps.name if keeps else "", outside)


def _grams(rows: Asked, term: Term, amount: float | str) -> float:
    """Grams from a number, from words such as "100 g", or from so many of a portion of the table, "2 cups"."""
    text = str(amount).strip()
    number, _, words = text.partition(" ")
    if number.endswith("g") and not words:
        number = number[:-1]
    try:
        value = float(number)
    except ValueError:
        value, words = 1.0, text
    if not 0 < value < math.inf:
        raise UsageError(f"{term.label}: {text or 'nothing'} is not an amount; give grams above 0, as in '{term.label}=100'")
    grams = value if words in ("", "g", "gram", "grams") else value * _portion(rows, term, words)
    if grams > _MOST:
        raise UsageError(f"{term.label}: {grams:g} g is more than anyone eats in a day; check the number")
    return grams


def _portion(rows: Asked, term: Term, words: str) -> float:
    """The grams of one portion named by words such as "cup", "slice, large" or "portion"."""
    known, _ = portions(rows, term.iri)
    wanted = words.casefold().strip().rstrip("s")
    if wanted in ("portion", "serving", "usual portion") and known:
        return known[0].grams
    for one in known:
        number, _, name = one.label.casefold().partition(" ")
        if wanted in (name.rstrip("s"), name.split(",")[0].rstrip("s"), name.split(" ")[0].rstrip("s,")):
            try:
                return one.grams / float(number)
            except ValueError:
                continue
    listed = "; ".join(f"{one.label} ({one.grams:g} g)" for one in known)
    hint = f"its portions are {listed}" if listed else "the table has no portion of it"
    raise UsageError(f"{term.label}: {words!r} is not a portion of it; give grams, or a portion: {hint}")


def _line(one: Need, need: Intake, eaten: Mapping[str, tuple[Term, float]], held: Mapping[str, Mapping[str, Content]]) -> Line:
    amount, unknown = _sum(one.nutrient.iri, need.unit, eaten, held)
    of_limit = None
    if one.limit:
        part = _counted(one.nutrient.iri, one.limit)
        counted = _sum(part, one.limit.unit, eaten, held)[0] if part else None
        of_limit = percent(counted, one.limit.unit, one.limit)
    rounded = None if amount is None else float(f"{amount:.4g}")
    return Line(one.nutrient, rounded, need.unit, need, percent(amount, need.unit, need), one.limit, of_limit, unknown)


def _counted(nutrient: str, limit: Intake) -> str | None:
    """What a limit counts: the nutrient, or its part that the table has as a nutrient of its own, if it does."""
    return COUNTED_BY_LIMIT.get(nutrient) if limit.partial else nutrient


def _sum(
    nutrient: str, unit: str, eaten: Mapping[str, tuple[Term, float]], held: Mapping[str, Mapping[str, Content]]
) -> tuple[float | None, tuple[str, ...]]:
    """The sum over the foods whose amount is known in this unit, None where it is of none; and those where it is not."""
    total, unknown = 0.0, []
    for iri, (term, grams) in eaten.items():
        content = held[iri].get(nutrient)
        if content and content.unit == unit:
            total += content.per_100g * grams / 100
        else:
            unknown.append(term.label)
    return (total if len(unknown) < len(eaten) else None), tuple(unknown)


def _fill(rows: Asked, lines: list[Line], keeps: Diet | None) -> tuple[Line, ...]:
    # Of what should be eaten less (CDRR: sodium) nobody needs more.
    measured = [line for line in lines if line.percent_of_need is not None and not (line.limit and line.limit.kind == "CDRR")]
    short = [line.nutrient.iri for line in measured if (line.percent_of_need or 0) < SHORT]
    # No food is named of which one portion goes beyond a limit of anything: liver for a gap in vitamin A, or in vitamin B12.
    limits: dict[str, tuple[float, str]] = {}
    for line in lines if short else ():
        counted = _counted(line.nutrient.iri, line.limit) if line.limit else None
        if line.limit and counted:
            limits[counted] = (line.limit.amount, line.limit.unit)
    without = (keeps.without if keeps else frozenset()) | find_beyond(rows, limits)
    found = richest(rows, short, _FILLERS, without)
    return tuple(line._replace(fillers=tuple(found.get(line.nutrient.iri, ()))) for line in lines)
