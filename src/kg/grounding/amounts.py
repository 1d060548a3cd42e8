"""Amounts that a question gives: "5 g", "half a gramme", "1,000 mg twice a day", and what they are in a day."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNIT = (
    r"(?:grams?|grammes?|milligrams?|milligrammes?|micrograms?|microgrammes?|mg|mcg|ug|µg|μg|g|i\.?u\.?s?|international units?)"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_WORDS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
          "nine": "9", "ten": "10", "twenty": "20", "fifty": "50", "a hundred": "100", "one hundred": "100", "two hundred": "200",
          "three hundred": "300", "four hundred": "400", "five hundred": "500", "a thousand": "1000", "one thousand": "1000",
          "two thousand": "2000", "five thousand": "5000", "ten thousand": "10000", "half a": "0.5", "a half": "0.5",
          "a quarter of a": "0.25", "a quarter": "0.25", "one and a half": "1.5", "two and a half": "2.5"}  # fmt: skip
_SAID = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))}) ({_UNIT})(?![\w-])(?! of the)", re.IGNORECASE)
#: What follows an amount that is none of a day's intake: of a kilogram, a litre of blood, a portion.
_OTHER = r"(?!\s*(?:/|per\b|for each\b|for every\b)\s*(?:kg|kilo\w*|d?l|ml|lit\w*|\d+|serving|portion|tablet|pill|meal|cup)\b)"
_SEVERAL = r"(?:(\d{1,2}) ?[x×] ?|(two|three|four) (?=[^ ]+ ?[^ ]+ (?:tablet|pill|capsule|drop|gumm)))?"
_AMOUNT = re.compile(rf"(?<![\w.,/])(?<!per ){_SEVERAL}({_NUMBER})\s?({_UNIT})(?![\w-]){_OTHER}", re.IGNORECASE)
_FIGURE = re.compile(rf"(?<![\w.,]){_SEVERAL}{_NUMBER}\s?{_UNIT}(?![\w-])", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "thrice": 3, "four times": 4}
_RHYTHM = re.compile(
    rf"\s*(?:,\s*)?(?:({'|'.join(_TIMES)}|\d x|\dx)\s*)?"
    r"(?:(?:a |per |each |every |/ ?)(day|week|month)|(daily|weekly|monthly)|every (\d+) (hours?|days?|weeks?))\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "hour": 1 / 24}
_GRAMS = {"g": 1.0, "mg": 1e-3, "ug": 1e-6}


class Amount(NamedTuple):
    """An amount of a day: its words in the question, number and unit (g, mg, ug or IU); no number where its rhythm is too vague."""

    words: str
    number: float | None
    unit: str

    def compare(self, other: float, unit: str) -> float | None:
        """By how many times this is ``other``; None where units of activity stand against mass: what one weighs depends on the form."""
        if self.number is None or not other or self.unit not in _GRAMS or unit not in _GRAMS:
            return None
        return round(self.number * _GRAMS[self.unit] / (other * _GRAMS[unit]), 9)


def write_numbers(text: str) -> str:
    """The text with the number of an amount in figures.

    >>> write_numbers("Is half a gram of magnesium a day safe?")
    'Is 0.5 gram of magnesium a day safe?'
    """
    return _SAID.sub(lambda match: f"{_WORDS[match[1].casefold()]} {match[2]}", text)


def find_amount(question: str) -> Amount | None:
    """The first amount of a question that may be a day's.

    >>> find_amount("Is 1,000 mg of vitamin C twice a day too much?")
    Amount(words='1,000 mg twice a day', number=2000.0, unit='mg')
    >>> find_amount("is 0.8 g per kg enough?")
    """
    text = write_numbers(question)
    found = _AMOUNT.search(text)
    if found is None:
        return None
    several, in_words, figure, unit = found.groups()
    times = several or (_WORDS[in_words.casefold()] if in_words else "")
    number = float(re.sub(r",(?=\d{3}\b)", "", figure).replace(",", ".")) * int(times or 1)
    said = " ".join(one for one in (f"{times} x" if times else "", figure, unit) if one)
    if rhythm := _RHYTHM.search(text, found.end()):
        said += " " + " ".join(rhythm[0].replace("/", "a ").split()).lstrip(", ")
        return Amount(said, _in_a_day(number, rhythm), _unit(unit))
    return Amount(f"{said} a day", number, _unit(unit))


def leave_out(question: str) -> str:
    """The question without its amounts."""
    return _FIGURE.sub(" ", question)


def _in_a_day(number: float, rhythm: re.Match[str]) -> float | None:
    times = rhythm[1].casefold().strip() if rhythm[1] else "once"
    often = _TIMES.get(times) or int(times[0])
    if rhythm[4]:
        return number / (int(rhythm[4]) * _DAYS[rhythm[5].casefold().removesuffix("s")]) if int(rhythm[4]) else None
    span = (rhythm[2] or rhythm[3]).casefold().replace("daily", "day").removesuffix("ly")
    return number * often / _DAYS[span] if span in _DAYS else None


def _unit(word: str) -> str:
    word = word.casefold().replace("mcg", "ug").replace("µ", "u").replace("μ", "u")
    if word.startswith("i"):
        return "IU"
    return "ug" if word.startswith(("ug", "micro")) else "mg" if word.startswith("m") else "g"
