"""Too little, too much or the supplement of something, however it is said: "not enough zinc", "selenium poisoning", "folic acid pills"."""

from __future__ import annotations

import re

from kg.grounding.asked_degrees import DEGREES
from kg.grounding.resolve import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.grounding.resolve import Asked, Term

_LACK = (
    r"(?:(?:an? )?(?:lack|shortage) of|not enough|not getting enough|too little|insufficient|inadequate|low levels of|low|poor)"
)
_LACKING = r"(?:deficiency|insufficiency|depletion|lack|shortage)"
_EXCESS = r"(?:(?:an? )?(?:excess|overdose) of|too much|excessive|excess|high[- ]dose|high levels of|high)"
_EXCEEDING = r"(?:excess|overload|overdose|toxicity|poisoning)"
_TAKEN = r"(?:supplementation|supplement|tablet|pill|capsule)s?"
_MEASURED = r"(?: (?:intake|level|status)s?)?"
#: What is said around a name, and the kind of it that is meant.
_SAID = tuple(
    (degree, re.compile(pattern, re.IGNORECASE))
    for degree, pattern in (
        ("taken", rf"(?:high[- ]dose )?(?P<name>.+?) {_TAKEN}"),
        ("lack", rf"{_LACK} (?P<name>.+?){_MEASURED}"),
        ("lack", rf"(?P<name>.+?) {_LACKING}"),
        ("excess", rf"{_EXCESS} (?P<name>.+?){_MEASURED}"),
        ("excess", rf"(?P<name>.+?) {_EXCEEDING}"),
    )
)


def find_degree(rows: Asked, phrase: str) -> Term | None:
    """The lack, the excess or the supplement of what a phrase names; None where it says none of them, or no term stands for it."""
    for degree, pattern in _SAID:
        told = pattern.fullmatch(phrase.strip())
        if told and (found := next(filter(None, _of(rows, told["name"], degree)), None)):
            return found
    return None


def _of(rows: Asked, name: str, degree: str) -> Iterator[Term | None]:
    nutrient = find(rows, name, "Nutrient")
    for called in dict.fromkeys((name, *((nutrient.english, nutrient.label) if nutrient else ()))):
        if degree == "taken":
            yield find(rows, f"{called} supplement use", "State")
            yield find(rows, f"{called} supplementation", "Treatment")
        for word in DEGREES.get(degree, ()):
            yield find(rows, f"{called} {word}", "State")
