"""From words such as "pregnant", "toddler" or "man of 70" to a life stage of the table of reference intakes.

What the words leave open (the age of "a woman", the sex of "a senior") is assumed and said; where an assumption would be a
guess, as for "a baby", the life stages are listed instead.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from kg.errors import UnknownName
from kg.rdf import word_tables
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.resolve import Asked

#: The age that is assumed where a group is named and no age.
_USUAL_AGE = {"pregnancy": 25.0, "lactation": 25.0, "females": 40.0, "males": 40.0, "adults": 40.0, "children": 5.0}
_STAGE = re.compile(r"(\w+) (?:(\d+)-(\d+)|>(\d+)) (y|mo)")


class LifeStage(NamedTuple):
    """A life stage of the table; ``assumed`` says in words what had to be assumed, empty where nothing had."""

    name: str
    assumed: str = ""


class _Stage(NamedTuple):
    name: str
    group: str
    first: float
    below: float


def life_stage(rows: Asked, said: str) -> LifeStage:
    """The life stage that the words mean: one that the table names, or one of the table that has needs and limits.

    Raises:
        UnknownName: the words mean none or several; those that come nearest are listed.
    """
    every: list[str] = []
    with_needs: list[str] = []
    found = [(row[0].value, row[1].value, row[2].value if row[2] else "") for row in rows(reading("life_stages_of_intakes"))]
    bodies = {body for _, kind, body in found if kind == "RDA"}
    for stage, kind, body in found:
        every.append(stage)
        if kind in ("RDA", "AI") and body in bodies:
            with_needs.append(stage)
    whole = said.strip() in every and not said.strip().isalpha()  # "pregnancy" alone leaves the age open
    if said.strip() in with_needs or whole:
        return LifeStage(said.strip())
    try:
        return read(said, dict.fromkeys(with_needs))
    except UnknownName:  # a stage of another body, whose needs are not those that shares are reckoned of
        if said.strip() in every:
            return LifeStage(said.strip())
        raise


_PEOPLE = {"pregnancy": "pregnant women", "lactation": "breastfeeding women", "children": "children", "infants": "infants"}
#: From this age on girls and boys are told as women and men.
_GROWN = 19.0
_TEENS, _OLD = 14.0, 65.0


def in_words(name: str) -> str:
    """A life stage of the table in the words of people.

    >>> in_words("pregnancy 19-30 y"), in_words("males >70 y"), in_words("females 9-13 y")
    ('pregnant women of 19 to 30 years', 'men over 70 years', 'girls of 9 to 13 years')
    """
    match, stage = _STAGE.fullmatch(name), _stage(name)
    if match is None or stage is None:
        return name
    grown = stage.first >= _GROWN
    sexes = {"females": "women" if grown else "girls", "males": "men" if grown else "boys"}
    who = {**_PEOPLE, **sexes}.get(stage.group, stage.group)
    unit = "months" if match[5] == "mo" else "years"
    return f"{who} over {match[4]} {unit}" if match[4] else f"{who} of {match[2]} to {match[3]} {unit}"


def group_of(name: str) -> str:
    """The group of people that a life stage belongs to, without the age that was looked up for a need.

    >>> group_of("females 31-50 y"), group_of("males >70 y"), group_of("females 9-13 y"), group_of("pregnancy 19-30 y")
    ('women', 'older adults', 'children', 'pregnant women')
    """
    stage = _stage(name)
    if stage is None:
        return name
    if stage.group in _PEOPLE:
        return _PEOPLE[stage.group]
    if stage.first > _OLD:
        return "older adults"
    if stage.first < _GROWN:
        return "children" if stage.below <= _TEENS else "adolescents"
    return {"females": "women", "males": "men"}.get(stage.group, stage.group)


def read(said: str, known: Iterable[str]) -> LifeStage:
    """The one life stage of ``known`` that the words mean.

    >>> read("pregnant, 25 years", ["pregnancy 14-18 y", "pregnancy 19-30 y"]).name
    'pregnancy 19-30 y'
    """
    names = list(known)
    key = _key(said)
    for name in names:
        if _key(name) == key:
            return LifeStage(name)
    key = re.sub(r"(\d)(yo?|yrs?|mo?|f)\b", r"\1 \2", key)
    words = re.findall(r"[a-z]+", key)
    if not names:
        raise UnknownName("the graph has no table of reference intakes; open one that has, with --source")
    meanings = _meanings()
    groups = {meanings[word][0] for word in words if word in meanings} - {""}
    said_ages = [age for word in words if word in meanings and (age := meanings[word][1]) is not None]
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", key)]
    span = re.search(r"\d ?(?:-|to) ?\d", key)
    unclear = [word for word in words if word not in meanings]
    if re.search(r"\d m\b", key) or re.search(r"(?<!\d)(?<!\d )-\d", key) or len(numbers) > 1 + bool(span):
        unclear.append(key)  # 9 m may be nine months or a boy of nine
    stages = [stage for name in names if (stage := _stage(name))]
    if not unclear and (groups or said_ages or numbers):
        scale = 12 if re.search(r"\d ?-?(mo|mos|months?)\b", key) else 1
        ages = [number / scale for number in numbers] or said_ages[:1]
        if re.search(r"\b(?:over|above|older|more) |>", key) and len(numbers) == 1:
            ages = [ages[0] + 1]
        return _choose(said, stages, groups, ages)
    near = [stage.name for stage in _of_groups(stages, groups)] if groups else []
    raise _unclear(said, "is not a life stage of the table", near or get_close_matches(key, names, n=3, cutoff=0.4) or names)


def _choose(said: str, stages: list[_Stage], groups: set[str], ages: list[float]) -> LifeStage:
    assumed = []
    fitting = _of_groups(stages, groups)
    if not fitting:
        raise _unclear(said, "is not a life stage of the table", [stage.name for stage in stages])
    if not ages:
        whose = next((group for group in _USUAL_AGE if group in groups), "")
        if not whose:
            raise _unclear(said, "may be several life stages", [stage.name for stage in fitting])
        ages = [_USUAL_AGE[whose]]
        assumed.append("the age")
    at_age = [stage for stage in fitting if stage.first <= ages[0] and ages[-1] < stage.below]
    if not at_age:
        raise _unclear(said, "is not a life stage of the table", [stage.name for stage in fitting])
    if len(at_age) > 1:
        women = [stage for stage in at_age if stage.group == "females"]
        if groups & {"pregnancy", "lactation"} or len(women) != 1:
            raise _unclear(said, "may be several life stages", [stage.name for stage in at_age])
        at_age = women
        assumed.append("the sex")
    return LifeStage(at_age[0].name, " and ".join(reversed(assumed)))


def _key(words: str) -> str:
    text = words.casefold().replace("–", "-").replace("breast-f", "breastf").replace("breast f", "breastf")
    text = text.replace("post-meno", "postmeno").replace("pre-school", "preschool").replace("year-old", "years old")
    text = re.sub(r"\b(in (?:her|his|their) )?(\d)0'?s\b", lambda m: f"{m[2]}5", text)
    text = re.sub(r"\b\d+(?:st|nd|rd|th)?[ -]?(?:weeks?|trimester)\b|\btrimester\b", " ", text)  # how far a pregnancy is
    return " ".join(re.sub(r"[,;()'’]", " ", text).split())


def words_of_people() -> dict[str, tuple[str, float | None]]:
    """Each word that may say whose need is meant, with its group and age."""
    return _meanings()


@lru_cache(1)
def _meanings() -> dict[str, tuple[str, float | None]]:
    """The group and the age that each word means, from the table of words."""
    found: dict[str, tuple[str, float | None]] = {}
    for words, group, age in word_tables.read("words/life_stages.tsv"):
        found.update(dict.fromkeys(words.split("|"), (group, float(age) if age else None)))
    return found


def _stage(name: str) -> _Stage | None:
    match = _STAGE.fullmatch(name)
    if match is None:
        return None
    scale = 12 if match[5] == "mo" else 1
    if match[4]:
        return _Stage(name, match[1], float(match[4]) + 1, 130)
    # The youngest groups of the table, 0-6 mo and 7-12 mo, count completed months; the others count years.
    below = (float(match[3]) if match[3] == "12" else float(match[3]) + 1) / scale if scale == 12 else float(match[3]) + 1
    return _Stage(name, match[1], float(match[2]) / scale, below)


def _of_groups(stages: list[_Stage], groups: set[str]) -> list[_Stage]:
    """The stages of a group; children and infants are of either sex, and whoever carries or feeds a child is female."""
    carrying = groups & {"pregnancy", "lactation"}
    if carrying:
        fits = len(carrying) == 1 and groups <= carrying | {"females", "adults"}
        return [stage for stage in stages if stage.group in carrying] if fits else []
    sexes = groups & {"females", "males"}
    if len(sexes) > 1:
        return []
    either = {"children", "infants"}
    if groups <= {"children", "adults"} | sexes and not groups <= {"adults"} | sexes:
        return [stage for stage in stages if stage.group in {"children"} | (sexes or {"females", "males"})]
    if "infants" in groups:
        return [stage for stage in stages if stage.group == "infants"]
    return [stage for stage in stages if stage.group in either | (sexes or {"females", "males"})]


def _unclear(said: str, why: str, near: Iterable[str]) -> UnknownName:
    listed = tuple(near)
    return UnknownName(f"{said!r} {why}; give one of: {'; '.join(listed)}", listed)
