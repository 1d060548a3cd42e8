"""How settled a claim is, by a written rule that reads its evidence lines and nothing else.

Each source counts once for each stance, with the weight of its kind (``kg:weight`` in the ontology: 3 strong, 2 ordinary,
1 weak, 0 none of its own), one less where it speaks to the claim only indirectly. Let S be the weight of support,
D the weight of dispute plus half the weight of mixed reports.

====================================  ============  ==========================================================
evidence                              status        certainty
====================================  ============  ==========================================================
no weight at all                      unverified    very low
no support; disputes of 3 or more     refuted       very low
no support, otherwise                 contested     very low
support and dispute, S < 3 D          contested     low where S > D, else very low
support and dispute, S >= 3 D         probable      moderate where S >= 4, else low
support alone: a strong source or     established   high with a strong source among two or more, or with three
two ordinary ones                                   of ordinary weight; else moderate
support alone, less than that         probable      low with an ordinary source, else very low
====================================  ============  ==========================================================

The rule is ours; its ideas (kinds of study, directness, agreement, number) are those by which GRADE rates evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

STRONG, ORDINARY = 3, 2


class Line(NamedTuple):
    """What the rule needs of an evidence line: ``stance`` is supports, disputes or mixed."""

    source: str
    stance: str
    weight: int
    indirect: bool = False


class Judgement(NamedTuple):
    """The outcome of the rule."""

    status: str
    certainty: str


def judge(lines: Iterable[Line]) -> Judgement:
    """Status and certainty of a claim with these evidence lines.

    >>> judge([Line("textbook", "supports", 2), Line("fact sheet", "supports", 2)])
    Judgement(status='established', certainty='moderate')
    >>> judge([Line("article", "supports", 0)])
    Judgement(status='unverified', certainty='very low')
    """
    weights = _weights(lines)
    support, disputes, mixed = (weights.get(stance, []) for stance in ("supports", "disputes", "mixed"))
    against = sum(disputes) + sum(mixed) / 2
    if not support and not against:
        return Judgement("unverified", "very low")
    if not support:
        return Judgement("refuted" if not mixed and sum(disputes) >= STRONG else "contested", "very low")
    if against:
        return _weighed(sum(support), against)
    return _supported(support)


def _weights(lines: Iterable[Line]) -> dict[str, list[int]]:
    heaviest: dict[tuple[str, str], int] = {}
    for line in lines:
        weight = line.weight - line.indirect
        if weight > 0:
            key = (line.stance, line.source)
            heaviest[key] = max(weight, heaviest.get(key, 0))
    weights: dict[str, list[int]] = {}
    for (stance, _), weight in heaviest.items():
        weights.setdefault(stance, []).append(weight)
    return weights


def _weighed(support: int, against: float) -> Judgement:
    if support >= 3 * against:
        return Judgement("probable", "moderate" if support >= 4 else "low")
    return Judgement("contested", "low" if support > against else "very low")


def _supported(support: list[int]) -> Judgement:
    strong = sum(weight >= STRONG for weight in support)
    ordinary = sum(weight >= ORDINARY for weight in support)
    if strong or ordinary >= 2:
        high = (strong and len(support) >= 2) or ordinary >= 3
        return Judgement("established", "high" if high else "moderate")
    return Judgement("probable", "low" if ordinary else "very low")


def verdict(statuses: Iterable[str]) -> str:
    """The verdict on a statement, from the statuses of the claims that express it.

    >>> verdict(["established", "unverified"])
    'partlySupported'
    """
    found = set(statuses)
    if not found:
        return "notAssessable"
    if found & {"contested", "refuted"}:
        return "contestedStatement"
    if found == {"unverified"}:
        return "unsupported"
    return "partlySupported" if "unverified" in found else "supported"
