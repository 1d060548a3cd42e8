"""Combinations of signs that need care now, read from the description of a person before anything is ranked.

Two tables hold the knowledge: ``data/tables/red_flag_signs.tsv`` says how people describe a sign (patterns of words, terms of the graph,
an age), ``data/tables/red_flags.tsv`` which signs together are a red flag, what to do, and the page that says so. A rule is a
list of ways, parted by ``|``; a way is signs joined by ``+``, each needed::

    face-droop | arm-weakness + sudden | fever + 2 of (confusion, fast-heart, mottled) | tarry + not takes-iron

The free words count beside the terms, since the graph sets aside what makes a stroke (the side of a weakness). The tables are
read from the package, whatever graph is asked: a warning must not depend on a server.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple

from kg import locations
from kg.grounding.clauses import clauses
from kg.grounding.demographics import find_age
from kg.grounding.word_patterns import Pattern, fits, pattern
from kg.rdf.namespaces import KG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.grounding.clauses import Clause

_COUNTED = re.compile(r"(\d+) of \(([^)]*)\)")
_LONG, _SUDDEN = "long-standing", "sudden"


class RedFlag(NamedTuple):
    """A combination that needs care now.

    Attributes:
        iri: the record of the flag.
        label: what it may be.
        advice: what to do.
        source: the IRI of the page or guideline that says so.
        signs: the signs found in the description that make the flag.
    """

    iri: str
    label: str
    advice: str
    source: str
    signs: tuple[str, ...]


class Way(NamedTuple):
    """One way to a flag: signs that are needed, signs of which some are, signs that must not be there."""

    needed: tuple[str, ...]
    counted: tuple[tuple[int, tuple[str, ...]], ...]
    barred: tuple[str, ...]


class Sign(NamedTuple):
    """How people describe a sign; a background sign holds as well where it lies in the past."""

    patterns: tuple[Pattern, ...]
    terms: frozenset[str]
    ages: tuple[tuple[str, float], ...]
    background: bool


def find_red_flags(
    told: Iterable[str],
    terms: Iterable[str] = (),
    absent: Iterable[str] = (),
    context: Iterable[str] = (),
    ruled_out: Iterable[str] = (),
) -> tuple[RedFlag, ...]:
    """The red flags in a description, in the order of the table; none in most cases.

    Parameters:
        told: findings as they were typed, whole sentences included.
        terms: the IRIs of the terms that they were read as.
        absent: findings that are not there, as they were typed.
        context: circumstances as they were typed.
        ruled_out: the IRIs of what is not there.

    >>> [flag.label for flag in find_red_flags(["face droops on the left", "slurred speech"])]
    ['Possible stroke']
    >>> find_red_flags(["fatigue", "no chest pain"], context=["vegan diet"])
    ()
    """
    said = [clause for text in (*told, *context) for clause in clauses(text)]
    flags, known = tables()
    denied = {
        name
        for name in _names([clause for text in absent for clause in clauses(text)], frozenset(), None)[0]
        if name == _LONG or not known[name].background
    }
    out = frozenset(ruled_out)
    there = frozenset(term for term in terms if term not in out)
    signs, suddenly = _names(said, there, find_age(" ; ".join((*told, *context))))
    signs -= denied
    found = []
    for flag, ways in flags:
        made_by = next((met for way in ways if (met := _meet(way, signs, suddenly))), None)
        if made_by:
            found.append(flag._replace(signs=made_by))
    return tuple(found)


def _names(said: Sequence[Clause], terms: frozenset[str], age: float | None) -> tuple[set[str], set[str]]:
    """The names of the signs in a description, and those of them that came suddenly."""
    _, signs = tables()
    found = {_LONG} if any(clause.long for clause in said) else set()
    found |= {name for name, sign in signs.items() if sign.terms & terms or _of_age(sign, age)}
    suddenly: set[str] = set()
    for clause in said:
        here = {name for name, sign in signs.items() if (sign.background or not clause.past) and _describe(sign, clause)}
        found |= here
        if here == {_SUDDEN}:
            suddenly |= set(signs)  # "came on suddenly", said by itself, holds for all
        elif _SUDDEN in here:
            suddenly |= here
    return found, suddenly


def _describe(sign: Sign, clause: Clause) -> bool:
    return any(fits(one, clause) for one in sign.patterns)


def _of_age(sign: Sign, age: float | None) -> bool:
    return age is not None and any(age < limit if less == "<" else age >= limit for less, limit in sign.ages)


def _meet(way: Way, signs: set[str], suddenly: set[str]) -> tuple[str, ...]:
    """The signs that meet a way, none where it is not met; what is sudden has to be one of them."""
    if not signs.issuperset(way.needed) or signs.intersection(way.barred):
        return ()
    met = list(way.needed)
    for count, choices in way.counted:
        some = [sign for sign in choices if sign in signs and sign not in way.needed]
        if _SUDDEN in some and not suddenly.intersection(met):
            some.remove(_SUDDEN)
        if len(some) < count:
            return ()
        met += some
    if _SUDDEN in way.needed and not suddenly.intersection(sign for sign in met if sign != _SUDDEN):
        return ()
    return tuple(dict.fromkeys(met))


@lru_cache(maxsize=1)
def tables() -> tuple[tuple[tuple[RedFlag, tuple[Way, ...]], ...], dict[str, Sign]]:
    """The flags with their ways, and the signs by name."""
    signs: dict[str, Sign] = {}
    for name, kind, value in _rows("red_flag_signs.tsv"):
        sign = signs.get(name, Sign((), frozenset(), (), False))
        if kind == "words":
            sign = sign._replace(patterns=(*sign.patterns, pattern(value)))
        elif kind == "term":
            sign = sign._replace(terms=sign.terms | {KG + value})
        elif kind == "background":
            sign = sign._replace(background=True)
        else:
            sign = sign._replace(ages=(*sign.ages, _limit(value)))
        signs[name] = sign
    flags = [
        (RedFlag(f"{KG}red-flag/{flag}", label, advice, f"{KG}source/{source}", ()), ways(rule))
        for flag, label, _, advice, rule, source in _rows("red_flags.tsv")
    ]
    return tuple(flags), signs


@lru_cache(maxsize=1)
def dangers() -> frozenset[str]:
    """The states that the flags stand for: what must not be missed."""
    return frozenset(KG + state for _, _, state, *_ in _rows("red_flags.tsv") if state)


def ways(rule: str) -> tuple[Way, ...]:
    """A rule as it is written in the table, read.

    >>> ways("fever + 2 of (confusion, mottled) + not takes-iron")
    (Way(needed=('fever',), counted=((2, ('confusion', 'mottled')),), barred=('takes-iron',)),)
    """
    found = []
    for written in rule.split(" | "):
        needed, counted, barred = [], [], []
        for item in (item.strip() for item in written.split(" + ")):
            if match := _COUNTED.fullmatch(item):
                counted.append((int(match[1]), tuple(name.strip() for name in match[2].split(","))))
            elif item.startswith("not "):
                barred.append(item[4:])
            else:
                needed.append(item)
        found.append(Way(tuple(needed), tuple(counted), tuple(barred)))
    return tuple(found)


def _limit(value: str) -> tuple[str, float]:
    """An age as the table tells it, in years: "<3m" is younger than three months."""
    sign, number, unit = re.fullmatch(r"(<|>=)(\d+)([my])", value).groups()  # type: ignore[union-attr]
    return sign, int(number) / (12 if unit == "m" else 1)


def _rows(name: str) -> list[list[str]]:
    with open(os.path.join(locations.files(), "data", "tables", name), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")][1:]
