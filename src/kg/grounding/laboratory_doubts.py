"""Values that are not read: a misspelt test, which is asked back, and a test that the graph has no cut-off for."""

from __future__ import annotations

import re

from kg.grounding import demographics
from kg.grounding.laboratory import VALUE, Measured, find_tests, fold_name, people, read_tests
from kg.grounding.laboratory_marks import without_marks
from kg.grounding.normalize import fold
from kg.grounding.reading import Reading
from kg.grounding.units import unit

#: A test has no longer name, a shorter one is not corrected, and a nearer one has so much in common.
_WORDS_OF_A_TEST, _SHORTEST, _ALIKE = 4, 5, 0.84
#: A value, and behind it whose it is.
_VALUE_OF_WHOM = re.compile(
    r"(?P<value>.*\d.*?),? (?:in|for|at|of) (?P<whom>(?:an? |the |\d|pregnan|(?:wo)?men\b|child|infant|adult|toddler|adolescen|elderly).*)",
    re.IGNORECASE,
)


def part_whom(phrase: str) -> tuple[str, tuple[str, ...]] | None:
    """A value and the kinds of people that its owner belongs to; None where nothing behind it says so.

    >>> part_whom("Hb 82 g/L in a woman of 30"), part_whom("ferritin 9")
    (('Hb 82 g/L', ('women',)), None)
    """
    apart = _VALUE_OF_WHOM.fullmatch(phrase.strip())
    if apart is None:
        return None
    person = demographics.person(fold(apart["whom"]))
    whom = people([apart["whom"]], person.span[0] if person and person.span else None)
    return (apart["value"], whom) if person or whom else None


def is_value(phrase: str) -> bool:
    """Whether a phrase is a name of few words, a value and a unit of a laboratory, whatever the test.

    >>> is_value("free T4 5 pmol/L"), is_value("ran 5 km"), is_value("vitamin C 500 mg")
    (True, False, False)
    """
    match = VALUE.match(without_marks(phrase).phrase)
    return bool(
        match and match["name"] and match["unit"] and unit(match["unit"]) and len(match["name"].split()) <= _WORDS_OF_A_TEST
    )


def nearest_test(phrase: str) -> str:
    """The phrase with the name of the test that comes nearest to a misspelt one; empty where none does.

    >>> nearest_test("feritin 5 ng/mL")
    'ferritin 5 ng/mL'
    """
    from difflib import get_close_matches

    match = VALUE.match(without_marks(phrase).phrase)
    name = fold_name(match["name"] or "") if match else ""
    if len(name) < _SHORTEST or find_tests(name) or not match:
        return ""
    close = get_close_matches(name, read_tests(), 1, _ALIKE)
    return f"{close[0]} {phrase[match.end('name') :].strip(' :=')}" if close else ""


def without_cutoff(phrase: str) -> Reading | None:
    """A value in a test that the graph has no cut-off for; a misspelt test is asked back in its place."""
    if not is_value(phrase) or nearest_test(phrase):
        return None
    return Reading(phrase, how="number", measured=Measured(phrase, "", 0.0, "", False, "unknown", "", ()))
