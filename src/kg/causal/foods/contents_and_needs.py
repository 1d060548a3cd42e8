"""What the tables say of foods and needs: foods by their names, portions, contents, and what a life stage needs of each nutrient."""

from __future__ import annotations

from typing import NamedTuple

from kg.errors import UnknownName, UsageError
from kg.grounding.resolve import Term, resolve
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked

#: Whose need is taken where nobody says: as in the question foods_richest_in.
USUAL_LIFE_STAGE = "females 31-50 y"
#: What an upper limit counts, where that is one part of the nutrient that the table of foods gives separately.
COUNTED_BY_LIMIT = {f"{KG}vitamin-a": f"{KG}retinol", f"{KG}folate": f"{KG}folic-acid"}
#: A limit with such a note is for less than the whole nutrient.
_PARTIAL = ("supplements", "fortified", "preformed", "synthetic")


class Intake(NamedTuple):
    """A need or a limit: RDA, AI, UL or CDRR, its amount a day, who set it, and whom or what it spares."""

    kind: str
    amount: float
    unit: str
    source: str
    note: str

    @property
    def partial(self) -> bool:
        """Whether it counts less than all that foods hold of the nutrient."""
        return any(word in self.note for word in _PARTIAL)


class Need(NamedTuple):
    """What a life stage needs of a nutrient, and the limit; each None where none is set."""

    nutrient: Term
    need: Intake | None
    limit: Intake | None


class Content(NamedTuple):
    """The amount of a nutrient in 100 g of the edible part; ``doubt`` where another release says otherwise."""

    nutrient: Term
    per_100g: float
    unit: str
    table: str
    doubt: str


class Portion(NamedTuple):
    """A household portion and its weight; ``usual`` marks the one that is usually eaten."""

    label: str
    grams: float
    usual: bool


def food(rows: Asked, name: str) -> Term:
    """The food called ``name``.

    Raises:
        UnknownName: no food is called so; where a group is, its foods are listed.
    """
    try:
        return resolve(rows, name, "Food")
    except UnknownName as unknown:
        try:
            group = resolve(rows, name, "FoodGroup")
        except UsageError:
            raise unknown from None
        labels = tuple(member.label for member in members(rows, group))
        if not labels:
            raise unknown from None
        raise UnknownName(f"{name!r} is a group of foods; give one of: {'; '.join(labels)}", labels) from None


def members(rows: Asked, group: Term) -> list[Term]:
    """The foods of a group."""
    found = rows(reading("foods_in_group", group=group.iri))
    return [Term(row[0].value, row[1].value, "Food") for row in found]


def contents(rows: Asked, iri: str) -> list[Content]:
    """What 100 g of a food hold, by nutrient."""
    found = rows(reading("food_amounts", food=iri))
    return [
        Content(
            Term(row[0].value, row[1].value, "Nutrient"),
            float(row[2].value),
            row[3].value,
            row[5].value,
            row[6].value if row[6] else "",
        )
        for row in found
    ]


def portions(rows: Asked, iri: str) -> tuple[list[Portion], bool]:
    """The portions of a food, the usual one first, and whether the food is eaten in the form that was measured."""
    found = list(rows(reading("portions", food=iri)))
    listed = [Portion(row[0].value, float(row[1].value), row[2].value == "true") for row in found]
    return listed, not any(row[3].value == "true" for row in found)


def needs(rows: Asked, stage: str) -> list[Need]:
    """Need and limit of each nutrient for a life stage as the table names it."""
    from pyoxigraph import Literal

    found: dict[str, tuple[Term, dict[str, Intake]]] = {}
    for row in rows(reading("intakes_at", life_stage=[Literal(stage)])):
        term = Term(row[0].value, row[1].value, "Nutrient")
        intake = Intake(row[2].value, float(row[3].value), row[4].value, row[5].value, row[6].value if row[6] else "")
        found.setdefault(term.iri, (term, {}))[1].setdefault(intake.kind, intake)
    return [
        Need(
            term,
            kinds.get("RDA") or kinds.get("AI") or kinds.get("PRI") or kinds.get("PRI or AI"),
            kinds.get("UL") or kinds.get("CDRR"),
        )
        for term, kinds in found.values()
    ]


def percent(amount: float | None, unit: str, of: Intake | None) -> float | None:
    """The share of a need or limit in percent; None where one is not known or the units differ."""
    if amount is None or of is None or of.unit != unit or not of.amount:
        return None
    return round(100 * amount / of.amount, 1)
