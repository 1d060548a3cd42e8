"""The occasion at the end of a phrase, cut off so that the finding before it is read: "headache at the computer".

A closed list of words opens an occasion, since other tails change what is said ("weak in maths", "numb with cold").
"""

from __future__ import annotations

import re

from kg.grounding import qualifiers
from kg.grounding.everyday import is_not_of_the_person
from kg.grounding.normalize import fold

_WHEN = r"after|since|before|during|when|whenever|while|following"
_PLACES = (
    r"(?:at|in|on|by) (?:the |my )?(?:computer|screen|desk|work|school|night|rest|evenings?|mornings?|winter|summer|autumn|spring|bed|sauna"
    r"|stairs|bus|car|gym|holidays?|weekends?|pregnancy|exertion)"
)
_DRUG = r"(?:on|taking) (?:[\w-]+ ){0,3}(?:tablets?|pills?|drugs?|medicines?|medication|capsules?|injections?)"
_TAIL = re.compile(rf"\s(?=(?:{_WHEN})\s+\S|(?:{_PLACES}|{_DRUG})\b)", re.IGNORECASE)
_OPENING = re.compile(rf"^(?:{_WHEN})\s+(?:starting\s+|the\s+|my\s+)*", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)


def cut(text: str) -> list[str]:
    """What stands before the occasion, then the occasion; nothing where there is none, or where it is not of the person.

    Adjectives of one subject stay together: "my face feels dry and tight" says nothing of a tight muscle.

    >>> cut("tired and thirsty after the sauna"), cut("weak in maths")
    (['tired', 'thirsty', 'after the sauna'], [])
    """
    head, *tail = _TAIL.split(text.strip(), maxsplit=1)
    if not tail or is_not_of_the_person(head) or qualifiers.is_figure(fold(text)):
        return []
    halves = [half.strip() for half in _AND.split(head) if half.strip()]
    whole = len(halves) > 1 and len(halves[0].split()) > 1 and any(len(half.split()) == 1 for half in halves[1:])
    return [*([head.strip()] if whole else halves), tail[0].strip()]


def drop_opening(tail: str) -> str:
    """An occasion as a circumstance is told: "during pregnancy" is "pregnancy"."""
    return _OPENING.sub("", tail)
