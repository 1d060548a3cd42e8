"""How settled a claim is, by a written rule that reads its evidence lines and nothing else.

Each source counts once for each stance, with the weight of its kind (``kg:weight`` in the ontology: 3 strong, 2 ordinary,
1 weak, 0 none of its own). It weighs one less where it speaks to the claim only indirectly, and one less, but not less
than 1, where it was read as a copy on another site. A source *sums up* when its kind is not that of one study and it
is not such a copy. Let S be the weight of support, D the weight of dispute plus half the weight of mixed reports. The
support is *outranked* when a strong source disputes and no strong one supports: numbers do not outvote a kind of study.

====================================  ============  ==========================================================
evidence                              status        certainty
====================================  ============  ==========================================================
no weight at all                      unverified    very low
no support; disputes of 3 or more     refuted       very low
no support, otherwise                 contested     very low
support and dispute, outranked        contested     very low
support and dispute, S < 3 D          contested     low where S > D, else very low
support and dispute, S >= 3 D         probable      moderate where S >= 4, else low
support alone: a strong source that   established   high with a strong source and a second of ordinary weight, or
sums up, or two of ordinary weight                  with three of ordinary weight of which two sum up; that a
of which one sums up                                treatment works is high with a strong source only; else moderate
support alone: a strong source or     probable      moderate
two of ordinary weight, none of
which sums up
support alone, less than that         probable      low with an ordinary source, else very low
====================================  ============  ==========================================================

The rule is ours; its ideas are those by which GRADE rates evidence: kinds of study rank (trials and systematic reviews above
opinion and single observations), few or indirect data lower the rating, disagreement lowers it, agreement of several
lines raises it, and the effect of a treatment needs trials. It does not read the size of an effect, the risk of bias
within a study, or whether two sources depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

STRONG, ORDINARY, WEAK = 3, 2, 1


class Line(NamedTuple):
    """What the rule needs of an evidence line: ``stance`` is supports, disputes or mixed.

    ``single`` tells a kind that is one study, ``copy`` a source that was read as a copy on another site.
    """

    source: str
    stance: str
    weight: int
    indirect: bool = False
    single: bool = False
    copy: bool = False


class Judgement(NamedTuple):
    """The outcome of the rule."""

    status: str
    certainty: str


class _Weighed(NamedTuple):
    weight: int
    sums_up: bool


def judge(lines: Iterable[Line], treatment: bool = False) -> Judgement:
    """Status and certainty of a claim with these evidence lines; ``treatment`` for a claim that a treatment works.

    >>> judge([Line("textbook", "supports", 2), Line("fact sheet", "supports", 2)])
    Judgement(status='established', certainty='moderate')
    >>> judge([Line("article", "supports", 0)])
    Judgement(status='unverified', certainty='very low')
    """
    sides = _sides(lines)
    support, disputes, mixed = (sides.get(stance, []) for stance in ("supports", "disputes", "mixed"))
    disputing = sum(line.weight for line in disputes)
    against = disputing + sum(line.weight for line in mixed) / 2
    if not support and not against:
        return Judgement("unverified", "very low")
    if not support:
        return Judgement("refuted" if not mixed and disputing >= STRONG else "contested", "very low")
    if against:
        return _weighed(support, disputes, against)
    return _supported(support, treatment)


def _sides(lines: Iterable[Line]) -> dict[str, list[_Weighed]]:
    heaviest: dict[tuple[str, str], _Weighed] = {}
    for line in lines:
        weight = line.weight - line.indirect
        if line.copy:
            weight = min(weight, max(WEAK, weight - 1))
        if weight > 0:
            key = (line.stance, line.source)
            heaviest[key] = max(_Weighed(weight, not line.single and not line.copy), heaviest.get(key, _Weighed(0, False)))
    sides: dict[str, list[_Weighed]] = {}
    for (stance, _), weighed in heaviest.items():
        sides.setdefault(stance, []).append(weighed)
    return sides


def _weighed(support: list[_Weighed], disputes: list[_Weighed], against: float) -> Judgement:
    outranked = _count(disputes, STRONG) and not _count(support, STRONG)
    total = sum(line.weight for line in support)
    if not outranked and total >= 3 * against:
        return Judgement("probable", "moderate" if total >= 4 else "low")
    return Judgement("contested", "low" if total > against and not outranked else "very low")


def _supported(support: list[_Weighed], treatment: bool) -> Judgement:
    strong, ordinary = _count(support, STRONG), _count(support, ORDINARY)
    summing_up = sum(line.sums_up and line.weight >= ORDINARY for line in support)
    if any(line.sums_up and line.weight >= STRONG for line in support) or (ordinary >= 2 and summing_up):
        by_number = ordinary >= 3 and summing_up >= 2 and not treatment
        return Judgement("established", "high" if (strong and ordinary >= 2) or by_number else "moderate")
    if strong or ordinary >= 2:
        return Judgement("probable", "moderate")
    return Judgement("probable", "low" if ordinary else "very low")


def _count(lines: list[_Weighed], weight: int) -> int:
    return sum(line.weight >= weight for line in lines)


def verdict(judgements: Iterable[tuple[str, str]]) -> str:
    """The verdict on a statement, from the status and certainty of the claims that express it.

    A claim that is probable with very low certainty stands on copies, encyclopedias or indirect evidence alone: it supports
    a statement in part at most.

    >>> verdict([("established", "high"), ("unverified", "very low")])
    'partlySupported'
    """
    found = set(judgements)
    statuses = {status for status, _ in found}
    if not found:
        return "notAssessable"
    if statuses & {"contested", "refuted"}:
        return "contestedStatement"
    if statuses == {"unverified"}:
        return "unsupported"
    return "partlySupported" if any(certainty == "very low" for _, certainty in found) else "supported"
