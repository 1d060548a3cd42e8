"""A food as people name it: "kale" is "kale, raw", "lentils" are boiled ones, and milk is whole milk."""

from __future__ import annotations

import re

from kg.errors import UnknownName
from kg.grounding.resolve import find, nearest_terms, resolve
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked


#: A liver is another food than the meat of the same animal.
_ORGAN = re.compile(r"\b(?:liver|kidneys?|heart|brain|tongue|gizzard)\b", re.IGNORECASE)


def is_organ(name: str) -> bool:
    """Whether a food is an organ.

    >>> is_organ("beef liver, braised"), is_organ("Atlantic salmon, farmed")
    (True, False)
    """
    return _ORGAN.search(name) is not None


def eaten(rows: Asked, name: str, alone: bool) -> str:
    """A food or a group of foods; of foods in several forms ("kale, raw") the first. ``alone``: no group.

    Raises:
        UnknownName: no food is called so.
    """
    name = name.casefold()
    group = find(rows, name, "FoodGroup")
    try:
        return ((None if alone else group) or resolve(rows, name, "Food")).label
    except UnknownName as unknown:
        like = (*unknown.nearest, *nearest_terms(rows, f"whole {name}", "Food"))  # milk is whole milk, bread whole bread
        forms = [form for form in like if form.casefold().startswith((f"{name},", f"{name}s,", f"whole {name},"))]
        organ = is_organ(name)
        forms = (
            [form for form in forms if not is_organ(form)]
            or [
                form
                for form in like
                if form.casefold().partition(",")[0].endswith(f" {name}") and (organ or not is_organ(form))
            ]
            or [form for form in like if f" {name}" in f" {form.casefold()}" and (organ or not is_organ(form))]
            or forms
        )
        if not forms and group is None:
            raise
        return _choose_form(rows, forms) if forms or group is None else group.label


def _choose_form(rows: Asked, forms: list[str]) -> str:
    """Of several forms of a food the first that is eaten so: boiled lentils, not dry ones."""
    for form in forms:
        found = find(rows, form, "Food")
        told = list(rows(reading("portions", food=found.iri))) if found else []
        if told and not any(row[3].value == "true" for row in told):
            return form
    return forms[0]
