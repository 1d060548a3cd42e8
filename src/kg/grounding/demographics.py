"""Age and sex in a phrase, and the groups of people they tell."""

from __future__ import annotations

import re
from typing import NamedTuple

_YEARS = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "year": 1.0}
_SEXES = {
    "female": "female", "woman": "female", "women": "female", "girl": "female", "lady": "female", "f": "female",
    "male": "male", "man": "male", "men": "male", "boy": "male", "gentleman": "male", "m": "male",
}  # fmt: skip
#: Ages that words alone tell, in years: from, and below.
_STAGES = {
    "newborn": (0.0, 0.08), "neonate": (0.0, 0.08), "infant": (0.08, 1.0), "baby": (0.08, 1.0), "toddler": (1.0, 3.0),
    "child": (3.0, 12.0), "schoolchild": (5.0, 12.0), "adolescent": (12.0, 18.0), "teenager": (12.0, 18.0), "teenage": (12.0, 18.0),
    "adult": (18.0, 60.0), "young adult": (18.0, 40.0), "middle aged": (40.0, 60.0),
    "older": (65.0, 120.0), "elderly": (65.0, 120.0), "older adult": (65.0, 120.0),
}  # fmt: skip
_SEX = "|".join(_SEXES)
_AGE = r"(?:age|aged)? ?(?P<number>\d+)(?: ?(?P<unit>day|week|month|year|yr|y|mo|d|wk)\b)?(?: (?:old|of age|o)\b)?"
_SAID = "|".join(sorted(_STAGES, key=len, reverse=True))
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
#: As people write them, and folded.
_DECADES = {form: 10 * number for number, word in enumerate(_TENS.split(), 2) for form in (f"{word[:-1]}ies", f"{word[:-1]}ie")}
_DECADE = rf"in (?:his|her|their|my) (?:(?:early|mid|late)[ -])?(?P<decade>[2-9]0s?|{'|'.join(_DECADES)})"
_PERSON = re.compile(
    rf"(?:(?:an?|my|our|the) )?(?:(?P<before>{_SEX}) (?:of )?)?(?:{_AGE}|{_DECADE}|(?P<stage>{_SAID}))?(?: ?(?P<sex>{_SEX}))?"
)
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_WORDS = {word: number for number, word in enumerate(_UNITS.split(), 1)} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_SPELLED = re.compile(rf"\b({'|'.join(_WORDS)})(?:[ -]({'|'.join(_UNITS.split()[:9])}))?(?=[ -](?:day|week|month|year)s?\b)")
_SHORT = {"yr": "year", "y": "year", "mo": "month", "d": "day", "wk": "week", None: "year"}


class Person(NamedTuple):
    """An age in years, as the span it may lie in (closed below, open above), and a sex; each None where not told."""

    span: tuple[float, float] | None
    sex: str | None


class Group(NamedTuple):
    """A group of people that an age span and a sex make up; ``sex`` is empty where it does not matter."""

    term: str
    label: str
    start: float
    below: float
    sex: str


def person(key: str) -> Person | None:
    """The person that a folded phrase names by age and sex alone, or None where it says something else.

    >>> person("age 15 month male")
    Person(span=(1.25, 1.25), sex='male')
    >>> person("woman in her thirties")
    Person(span=(30.0, 40.0), sex='female')
    >>> person("age 55 metformin")
    """
    match = _PERSON.fullmatch(key)
    if match is None:
        return None
    sex = _SEXES.get(match["sex"] or match["before"] or "")
    if match["decade"]:
        start = _decade(match["decade"])
        return Person((start, start + 10), sex)
    if match["number"]:
        if not (sex or key.startswith("age") or " old" in key):
            return None  # "9 months" alone is a time
        age = int(match["number"]) * _YEARS[_SHORT.get(match["unit"], match["unit"])]
        return Person((age, age), sex) if age < 130 else None
    if match["stage"]:
        return Person(_STAGES[match["stage"]], sex)
    return Person(None, sex) if sex and len(key) > 1 else None


_AGED = re.compile(
    r"\b(?:(?:aged?) ?(?P<age>\d+)(?: ?-?(?P<after>day|week|month|year|yr|y|mo|d|wk)s?)?|(?P<number>\d+)[ -]?(?P<unit>day|week|month|year|yr|y|mo|d|wk)s?[ -/]*(?:old|of age|o)\b|(?P<short>\d+) ?(?:yo|y/o|m|f)\b)"
    r"|\b(?:boy|girl|man|woman|lady|child|baby|infant|toddler) of (?P<of>\d+)(?: ?(?P<his>day|week|month|year|yr|y|mo|wk)s?)?\b(?! [a-z])"
    rf"|\b{_DECADE}\b"
)


def _decade(text: str) -> float:
    """The age at which a decade of life begins: 40 for "40s" and "forties"."""
    return float(_DECADES.get(text) or text.removesuffix("s"))


def find_age(text: str) -> float | None:
    """The age in years that a text tells anywhere in it, or None.

    >>> find_age("3-week-old baby, will not feed"), find_age("cramps for 3 weeks"), find_age("a sixty-five year old man")
    (0.057, None, 65.0)
    >>> find_age("a boy of 3, pale"), find_age("a man in his late forties"), find_age("glucose in the 60s")
    (3.0, 45.0, None)
    """
    match = _AGED.search(_SPELLED.sub(_write_number, text.casefold()))
    if match is None:
        return None
    unit = match["unit"] or match["after"] or match["his"]
    if match["decade"]:
        return _decade(match["decade"]) + 5.0
    years = int(match["age"] or match["number"] or match["short"] or match["of"]) * _YEARS[_SHORT.get(unit, unit)]
    return round(years, 3) if years < 130 else None


def _write_number(match: re.Match[str]) -> str:
    """Digits for a number that is spelled out."""
    return str(_WORDS[match[1]] + _WORDS.get(match[2], 0))


def groups(told: Person, known: list[Group]) -> list[Group]:
    """The groups that the person belongs to beyond doubt."""
    return [group for group in known if (not group.sex or group.sex == told.sex) and _inside(told.span, group)]


def _inside(span: tuple[float, float] | None, group: Group) -> bool:
    everyone = (0.0, 200.0)
    start, end = span or everyone
    return group.start <= start and (end < group.below or (end <= group.below and end > start))
