"""A food's card: what a portion of it gives a person, what helps or hinders the uptake, and what a lack of that would lead to."""

from __future__ import annotations

from html import escape
from typing import Any, NamedTuple

from kg.causal.foods.contents_and_needs import (
    COUNTED_BY_LIMIT,
    USUAL_LIFE_STAGE,
    Content,
    Intake,
    Portion,
    contents,
    food,
    needs,
    percent,
    portions,
)
from kg.causal.foods.figures import figures
from kg.errors import UsageError
from kg.grounding.life_stages import LifeStage, life_stage
from kg.grounding.resolve import Term
from kg.rdf.namespaces import KG
from kg.sparql.library import reading
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.grounding.resolve import Asked

#: From so many percent of a day's need on, a portion is worth naming for a nutrient.
GOOD = 15
#: So many effects of a lack are named.
_EFFECTS = 5
#: Processes of uptake that are called by another name than their nutrient.
_CALLED = {"cobalamin": "vitamin B12", "intestinal calcium": "calcium"}


class Share(NamedTuple):
    """A nutrient of a food: its amount in 100 g and in the portion, and the portion's share of need and limit."""

    nutrient: Term
    per_100g: float
    unit: str
    amount: float
    need: Intake | None
    percent_of_need: float | None
    limit: Intake | None
    percent_of_limit: float | None
    doubt: str


class Modifier(NamedTuple):
    """What strengthens or weakens the uptake of a nutrient, and how well sourced that is."""

    claim: str
    modifier: Term
    relation: str
    nutrient: str
    certainty: str


class Lack(NamedTuple):
    """The lack of a nutrient and what it leads to in one step, the best sourced first."""

    nutrient: Term
    state: Term
    effects: tuple[Term, ...]


class Inhibitor(NamedTuple):
    """What hinders uptake, measured in a sample that comes close to the food."""

    inhibitor: Term
    per_100g: float
    unit: str
    sample: str
    source: str


class FoodCard(NamedTuple):
    """All that the graph knows of one food, for one portion and one life stage."""

    food: Term
    portion: Portion
    portions: tuple[Portion, ...]
    eaten_in_this_form: bool
    life_stage: LifeStage
    shares: tuple[Share, ...]
    modifiers: tuple[Modifier, ...]
    inhibitors: tuple[Inhibitor, ...]
    lacks: tuple[Lack, ...]
    tables: tuple[str, ...]

    @property
    def good(self) -> tuple[Share, ...]:
        """The nutrients of which the portion gives a good part of the need, most first."""
        return tuple(share for share in self.shares if (share.percent_of_need or 0) >= GOOD)

    def table(self) -> Table:
        """The nutrients with their amount and share of the need, most first."""
        rows = [
            [
                one.nutrient.label,
                f"{figures(one.amount)} {one.unit}",
                _percent(one.percent_of_need),
                _percent(one.percent_of_limit),
            ]
            for one in self.shares
        ]
        return Table(("nutrient", "amount", "of need", "of limit"), rows)

    def _repr_html_(self) -> str:
        head = f"{self.food.label}, {self.portion.label} ({self.portion.grams:g} g), of the need of {self.life_stage.name}"
        return f"<h4>{escape(head)}</h4>{self.table()._repr_html_()}"

    def to_dict(self) -> dict[str, Any]:
        """The key ``food`` of ``kg term FOOD --format json``."""
        return {
            "portion": self.portion._asdict(),
            "portions": [one._asdict() for one in self.portions],
            "eaten_in_this_form": self.eaten_in_this_form,
            "life_stage": self.life_stage.name,
            "nutrients": [
                {
                    **_name(share.nutrient),
                    **{k: v for k, v in share._asdict().items() if k not in ("nutrient", "need", "limit")},
                    "need": share.need._asdict() if share.need else None,
                    "limit": share.limit._asdict() if share.limit else None,
                }
                for share in self.shares
            ],
            "uptake": [{**one._asdict(), "modifier": _name(one.modifier)} for one in self.modifiers],
            "inhibitors": [{**one._asdict(), "inhibitor": _name(one.inhibitor)} for one in self.inhibitors],
            "lack_leads_to": [
                {"nutrient": _name(one.nutrient), "state": _name(one.state), "effects": [_name(e) for e in one.effects]}
                for one in self.lacks
            ],
            "tables": list(self.tables),
        }


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} %"


def _name(term: Term) -> dict[str, str]:
    return {"iri": term.iri, "label": term.label}


def card(rows: Asked, name: str, stage: str | None = None, portion: str | None = None) -> FoodCard:
    """The card of a food for a life stage and one of its portions; without one, the portion that is usually eaten, else 100 g.

    Raises:
        UnknownName: the food or the life stage is not known; the nearest ones are listed.
        UsageError: the food has no such portion.
    """
    term = food(rows, name)
    read = life_stage(rows, stage or USUAL_LIFE_STAGE)
    known, eaten = portions(rows, term.iri)
    hundred = Portion("100 g", 100, not known)
    listed = (*known, hundred)
    chosen = next((one for one in listed if one.label == (portion or listed[0].label)), None)
    if chosen is None:
        raise UsageError(f"{term.label}: no portion is called {portion!r}; it has {'; '.join(one.label for one in listed)}")
    held = contents(rows, term.iri)
    shares = _shares(rows, held, read, chosen)
    good = [share.nutrient for share in shares if (share.percent_of_need or 0) >= GOOD]
    return FoodCard(
        term,
        chosen,
        listed,
        eaten,
        read,
        shares,
        uptake(rows, [one.label for one in good]),
        _inhibitors(rows, term.iri),
        lacks(rows, good),
        tuple(dict.fromkeys(content.table for content in held)),
    )


def _shares(rows: Asked, held: Sequence[Content], stage: LifeStage, portion: Portion) -> tuple[Share, ...]:
    wanted = {one.nutrient.iri: one for one in needs(rows, stage.name)}
    by_iri = {content.nutrient.iri: content for content in held}
    found = []
    for content in held:
        set_for = wanted.get(content.nutrient.iri)
        need, limit = (set_for.need, set_for.limit) if set_for else (None, None)
        amount = content.per_100g * portion.grams / 100
        counted = by_iri.get(COUNTED_BY_LIMIT.get(content.nutrient.iri, "")) if limit and limit.partial else content
        of_limit = percent(counted.per_100g * portion.grams / 100, counted.unit, limit) if counted else None
        of_need = percent(amount, content.unit, need)
        rounded = float(f"{amount:.4g}")
        found.append(
            Share(content.nutrient, content.per_100g, content.unit, rounded, need, of_need, limit, of_limit, content.doubt)
        )
    return tuple(sorted(found, key=lambda one: (one.percent_of_need is None, -(one.percent_of_need or 0), one.nutrient.label)))


def by_relation(modifiers: Sequence[Modifier]) -> dict[str, dict[str, list[Modifier]]]:
    """What strengthens and what weakens uptake, each by nutrient."""
    found: dict[str, dict[str, list[Modifier]]] = {}
    for one in modifiers:
        found.setdefault(one.relation, {}).setdefault(one.nutrient, []).append(one)
    return found


def uptake(rows: Asked, nutrients: Sequence[str]) -> tuple[Modifier, ...]:
    """What strengthens or weakens the uptake of nutrients, by their labels."""
    found = []
    for row in rows(reading("uptake")):
        claim, modifier, label, relation, _, process, _, certainty = (cell.value for cell in row)
        name = process.removesuffix(" absorption")
        name = _CALLED.get(name, name)
        if name in nutrients and label not in nutrients:
            found.append(Modifier(claim, Term(modifier, label, ""), relation.removeprefix(KG), name, certainty))
    return tuple(found)


def lacks(rows: Asked, nutrients: Sequence[Term]) -> tuple[Lack, ...]:
    """What the lack of each nutrient leads to, where the graph has a state for it."""
    if not nutrients:
        return ()
    states: dict[str, Term] = {}
    effects: dict[str, list[Term]] = {}
    for row in rows(reading("lacks", nutrient=[one.iri for one in nutrients])):
        nutrient, state = row[0].value, Term(row[1].value, row[2].value, "NutrientStatus")
        if states.setdefault(nutrient, state) == state and row[3]:
            effects.setdefault(nutrient, []).append(Term(row[3].value, row[4].value, row[5].value.removeprefix(KG)))
    return tuple(
        Lack(one, states[one.iri], tuple(dict.fromkeys(effects.get(one.iri, ())))[:_EFFECTS])
        for one in nutrients
        if one.iri in states
    )


def _inhibitors(rows: Asked, iri: str) -> tuple[Inhibitor, ...]:
    return tuple(
        Inhibitor(Term(row[0].value, row[1].value, "Inhibitor"), float(row[2].value), row[3].value, row[4].value, row[5].value)
        for row in rows(reading("inhibitors_in", food=iri))
    )
