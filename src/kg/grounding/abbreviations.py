"""Short and everyday forms written out: abbreviations of ``data/words/abbreviations.tsv``, contractions, spans of time, weights."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.grounding.normalize import fold
from kg.rdf import word_tables

#: The ways to say that one cannot, folded.
_CANNOT = re.compile(r"\b(?:cant|can not|could not|couldnt|unable to|not able to)\b")
#: "Won't", "haven't" and the like, folded.
_NOT = re.compile(r"\b(wo|have|has|do|doe|does|did|is|are|was|were|would|should)nt\b")
_VERBS = {"wo": "will", "doe": "does"}
#: A clinician's "-ve", and "3/7" for three days, "2/52" for two weeks, "6/12" for six months.
_MINUS = re.compile(r"(?<=\s)-ve\b")
_BREAK = re.compile(r"(?<!\w)#(?!\d)")
_SPANS = re.compile(r"(?:\b[xX] ?|\b)(\d{1,2})/(7|52|12)\b")
_SPAN_UNITS = {"7": "days", "52": "weeks", "12": "months"}
#: So many kilograms or pounds are weight.
_WEIGHT = re.compile(
    r"\b(lost|gained|dropped|put on|losing|gaining|shed)(?: about| over| nearly| almost| around| some)? (?:[\d.]+|a|an|one|two|three|four|five|six|ten|several|many|half a|a few) ?(?:kg|kgs|kilos?|kilograms?|lbs?|pounds?|stones?|st)\b",
    re.IGNORECASE,
)


def write_out(phrase: str) -> str | None:
    """The phrase with its short forms written out, or None where it has none.

    >>> write_out("N/V x 3 days, SOB")
    'nausea and vomiting for 3 day, shortness of breath'
    """
    whole = _BREAK.sub(" fracture", phrase) if "#" in phrase else phrase
    spelled = _SPANS.sub(
        lambda match: f"for {match[1]} {_SPAN_UNITS[match[2]]}", _WEIGHT.sub(r"\1 weight", _MINUS.sub(" negative", whole))
    )
    text = ", ".join(fold(piece.replace("/", "slash")) for piece in spelled.split(","))
    plain = _NOT.sub(lambda match: f"{_VERBS.get(match[1], match[1])} not", _CANNOT.sub("cannot", text))
    changed = _pattern().sub(lambda match: _long_forms()[match[0]], plain).replace("slash", " ")
    return changed if changed != text or spelled != phrase else None


@lru_cache(maxsize=1)
def _long_forms() -> dict[str, str]:
    rows = word_tables.read("words/abbreviations.tsv")
    return {fold(short.replace("/", "slash")): ", ".join(map(fold, long.split(","))) for short, long in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_long_forms(), key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\S|$(?<=\bx))")
