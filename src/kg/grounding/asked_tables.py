"""What a question means that names no row of a table of needs or of foods: which nutrients a stage of life needs more of, which have
an upper limit, what a group of nutrients is counted as, and whose limit is asked beside what too much does."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grounding.amounts import find_amount
from kg.grounding.asked_roles import Roles
from kg.grounding.resolve import find
from kg.sparql import library
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.grounding.asked_parts import Parts, Picked
    from kg.grounding.resolve import Asked

#: Whose needs and limits are told where nobody is named.
_USUAL = "females 31-50 y"
#: So many nutrients are told of in the place of their group.
_MOST = 3
#: A need that is higher by less is not told of.
_MORE = 1.1
#: Asks whether so much may be taken that it harms, and for no amount.
_TOO_MUCH = re.compile(
    r"^(?:can|could|may|might|is it possible)\b.*\b(?:too much|overdo\w*|an excess)\b(?!.*\b(?:cause|lead to|make)\b)",
    re.IGNORECASE,
)


class Need(NamedTuple):
    """A need or a limit of a nutrient a day, and what it was compared with (0 where with nothing)."""

    nutrient: str
    amount: float
    unit: str
    usual: float
    note: str = ""


def find_risen(rows: Asked, stage: str) -> tuple[str, list[Need]]:
    """The stage of the same age and sex that a stage is compared with, and the needs that are higher by a tenth or more.

    Pregnant and breastfeeding women are compared with women of their age, others with people of 31 to 50 years of their sex;
    where that is the stage itself, or is none, nothing is found.
    """
    own = _set_for(rows, stage, ("RDA", "AI"))
    beside, usual = find_usual(rows, stage)
    risen = [
        one._replace(usual=usual[name].amount)
        for name, one in own.items()
        if name in usual and usual[name].unit == one.unit and one.amount >= _MORE * usual[name].amount > 0
    ]
    return beside, sorted(risen, key=lambda one: -one.amount / one.usual)


def find_usual(rows: Asked, stage: str) -> tuple[str, dict[str, Need]]:
    """The stage that a stage is compared with, and its needs by nutrient; none where that is the stage itself."""
    group, _, age = stage.partition(" ")
    beside = f"females {age}" if group in ("pregnancy", "lactation") else f"{group} 31-50 y"
    return beside, _set_for(rows, beside, ("RDA", "AI")) if beside != stage else {}


def find_limited(rows: Asked, stage: str, kinds: Collection[str]) -> tuple[list[Need], list[str]]:
    """The nutrients of some kinds that have an upper limit for a stage, and those that have a need and no limit.

    Parameters:
        kinds: Vitamin, Mineral and their like; none for all of them.
    """
    limits, needed = _set_for(rows, stage, ("UL",)), _set_for(rows, stage, ("RDA", "AI"))

    def is_asked(name: str) -> bool:
        term = find(rows, name, "Nutrient")
        return term is not None and (not kinds or term.kind in kinds)

    return [one for name, one in limits.items() if is_asked(name)], [
        name for name in needed if name not in limits and is_asked(name)
    ]


def _set_for(rows: Asked, stage: str, kinds: Sequence[str]) -> dict[str, Need]:
    from pyoxigraph import Literal

    found: dict[str, Need] = {}
    for row in rows(reading("intakes_at", life_stage=[Literal(stage)])):
        if row["kind"].value in kinds:
            note = row["note"].value if row["note"] else ""
            one = Need(row["label"].value, float(row["amount"].value), row["unit"].value, 0, note)
            found.setdefault(one.nutrient, one)
    return found


def spread(rows: Asked, one: Picked) -> list[Picked]:
    """The commands for what a command stands for that names no row of a table; the command itself where it does."""
    name = one.command[1] if one.command[:1] == ["query"] else ""
    if name == "need_at" and "--nutrient" not in one.command:
        return [_first_of(rows, one)]
    if name in ("foods_richest_in", "foods_for_a_days_need"):
        return _members(rows, one)
    if name in ("need_at", "findings_reached_from") and one.told and _TOO_MUCH.search(one.question):
        return _limit_and_effects(rows, one, one.told)
    return [one]


def stage_of(command: Sequence[str]) -> str:
    """The stage of life of a command, else the usual one."""
    return command[command.index("--life_stage") + 1] if "--life_stage" in command else _USUAL


def _first_of(rows: Asked, one: Picked) -> Picked:
    """The command with the first nutrient of those that the sentence lists."""
    stage = stage_of(one.command)
    kinds = [kind for kind in ("Vitamin", "Mineral") if kind.casefold() in one.question.casefold()]
    found = find_limited(rows, stage, kinds)[0] if one.told and "limit" in one.told.cues else find_risen(rows, stage)[1]
    name = found[0].nutrient if found else "iron"
    return one._replace(command=["query", "need_at", "--nutrient", name, "--life_stage", stage])


def _members(rows: Asked, one: Picked) -> list[Picked]:
    group = find(rows, one.command[3], "Nutrient")
    forms = [row["label"].value for row in rows(reading("forms_of", nutrient=group.iri))] if group else []
    if group is None or not forms or _has_amounts(rows, group.iri):
        return [one]
    held = [form for form in forms if (term := find(rows, form, "Nutrient")) and _has_amounts(rows, term.iri)]
    lead = f"The tables of foods give {group.label} as {', '.join(held[:_MOST])}. "
    told = one.told and one.told._replace(parts=tuple(each for each in one.told.parts if each.term != group))
    return [
        one._replace(command=[*one.command[:3], form, *one.command[4:]], told=told, lead="" if at else lead)
        for at, form in enumerate(held[:_MOST])
    ] or [one]


def _has_amounts(rows: Asked, iri: str) -> bool:
    return bool(list(rows(library.question("foods_richest_in").bound({"nutrient": f"<{iri}>"}))))


def _limit_and_effects(rows: Asked, one: Picked, told: Parts) -> list[Picked]:
    """The limit of those who are asked about, and what too much of the nutrient leads to."""
    roles = Roles(rows)
    whose = next((each for each in told.parts if roles.play("stage", each)), None)
    excess = next((each for each in told.parts if each != whose and roles.play("excess", each)), None)
    nutrient = roles.play("nutrient", excess) if excess else ""
    if whose is None or excess is None or not nutrient or find_amount(one.question):
        return [one]
    alone = told._replace(parts=tuple(each for each in told.parts if each != whose), unread=())
    limit = ["query", "need_at", "--nutrient", nutrient, "--life_stage", roles.play("stage", whose)]
    effects = ["query", "findings_reached_from", "--state", roles.play("excess", excess)]
    return [one._replace(command=limit, left=()), one._replace(command=effects, left=(), told=alone)]
