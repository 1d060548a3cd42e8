"""Units of laboratory values as people and reports write them, and how one becomes another.

Within mass and within amount of substance the prefixes alone decide; from one to the other a factor is needed that belongs to the
substance, see ``data/tables/laboratory_tests.tsv``. The spelling follows UCUM where it can ("ug/dL"), whatever was typed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PREFIX = {"": 1.0, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15}
_SPELLINGS = (
    *(
        ("µ", "u"),
        ("μ", "u"),
        ("²", "2"),
        ("milli", "m"),
        ("micro", "u"),
        ("nano", "n"),
        ("pico", "p"),
        ("deci", "d"),
        ("mc", "u"),
    ),
    *(
        ("grams", "g"),
        ("gram", "g"),
        ("moles", "mol"),
        ("mole", "mol"),
        ("units", "u"),
        ("unit", "u"),
        ("litre", "l"),
        ("liter", "l"),
    ),
    *(("per", "/"), ("cc", "ml"), ("hour", "h"), ("hr", "h"), (",73", ".73")),
)
_RATIO = re.compile(r"(?P<pre>[dcmunpf]?)(?P<of>g|mol|eq|iu|u)/(?P<per>[dcmu]?)l")
_PLAIN = {
    "%": ("share", 1.0),
    "l/l": ("share", 100.0),
    "fl": ("volume", 1e-15),
    "mg%": ("mass", 1e-2),
    "ratio": ("ratio", 1.0),
    "/ul": ("count", 1e6),
    "/mm3": ("count", 1e6),
    "pg": ("mass of a cell", 1e-12),
    "mmol/mol": ("share of moles", 1e-3),
    "mm/h": ("speed", 1.0),
    "mmh": ("speed", 1.0),
    "mosm/kg": ("osmolality", 1.0),
    "mosmol/kg": ("osmolality", 1.0),
    "ml/min": ("filtration", 1.0),
    "ml/min/1.73m2": ("filtration", 1.0),
    "ml/min/1.73m": ("filtration", 1.0),
    "ml/min/1.73": ("filtration", 1.0),
}
_SPELLED = {
    "fl": "fL",
    "mg%": "mg/dL",
    "l/l": "L/L",
    "/ul": "/uL",
    "mmh": "mm/h",
    "mosmol/kg": "mosm/kg",
    **dict.fromkeys(("ml/min", "ml/min/1.73m", "ml/min/1.73", "ml/min/1.73m2"), "mL/min/1.73m2"),
}
#: Cells in a volume of blood, as "10*9/L", "x10^9/L", "K/uL" or "10^3/uL".
_THOUSANDS = re.compile(r"(?:x?(?:10)?[*^e]?9/l|x?10[*^e]?3/(?:ul|mm3)|k/(?:ul|mm3|cumm)|(?:thousand|thou)/ul)")
_WRITTEN = {"mol": "mol", "g": "g", "eq": "Eq", "iu": "IU", "u": "IU"}


class Unit(NamedTuple):
    """A unit: what it measures (mass, amount, charge, activity, share, volume or count, in a litre), its size, and its spelling."""

    kind: str
    size: float
    name: str


def spell(unit: str) -> str:
    """A unit as people write it; the tables have the codes of UCUM, where a microgram is ``ug``.

    >>> spell("ug"), spell("mg")
    ('µg', 'mg')
    """
    return unit.replace("ug", "µg")


def unit(text: str) -> Unit | None:
    """The unit that a text names, or None.

    >>> unit("mcg/dl").name, unit("mEq/L").kind, unit("kg")
    ('ug/dL', 'charge', None)
    """
    key = text.strip().casefold().replace(" ", "")
    for told, written in _SPELLINGS:
        key = key.replace(told, written)
    if key in _PLAIN:
        kind, size = _PLAIN[key]
        return Unit(kind, size, _SPELLED.get(key, key))
    if _THOUSANDS.fullmatch(key):
        return Unit("count", 1e9, "10*9/L")
    match = _RATIO.fullmatch(key)
    if match is None:
        return None
    kind = {"g": "mass", "mol": "amount", "eq": "charge", "iu": "activity", "u": "activity"}[match["of"]]
    name = f"{match['pre']}{_WRITTEN[match['of']]}/{match['per']}L"
    return Unit(kind, _PREFIX[match["pre"]] / _PREFIX[match["per"]], name)


class Conversion(NamedTuple):
    """What a substance needs to go from mass to amount: so many mole-units are one mass-unit; and its charges."""

    mass: Unit | None = None
    amount: Unit | None = None
    factor: float = 0.0
    valence: float = 0.0


def convert(value: float, given: Unit, wanted: Unit, how: Conversion) -> float | None:
    """The value in another unit, or None where nothing says how.

    >>> calcium = Conversion(unit("mg/dL"), unit("mmol/L"), 0.2495, 2)
    >>> round(convert(2.5, unit("mmol/L"), unit("mg/dL"), calcium), 1)
    10.0
    """
    size = value * given.size
    if given.kind == wanted.kind:
        return size / wanted.size
    amount = _amount(size, given.kind, how)
    if amount is None:
        return None
    if wanted.kind == "amount":
        return amount / wanted.size
    if wanted.kind == "charge" and how.valence:
        return amount * how.valence / wanted.size
    if wanted.kind == "mass" and how.mass and how.amount:
        return amount / how.amount.size / how.factor * how.mass.size / wanted.size
    return None


def _amount(size: float, kind: str, how: Conversion) -> float | None:
    """A size in moles per litre."""
    if kind == "amount":
        return size
    if kind == "charge" and how.valence:
        return size / how.valence
    if kind == "mass" and how.mass and how.amount:
        return size / how.mass.size * how.factor * how.amount.size
    return None
