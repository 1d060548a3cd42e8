"""How settled a claim is, by a written rule that reads its evidence lines and nothing else.

What counts is a *voice*: a work (``kg:partOfWork``; a source that belongs to none is a work of its own), or all fact sheets
of one publisher together, since they are written from each other. A voice counts once for each stance, with its heaviest
line. A line weighs what the kind of its source weighs (``kg:weight``: 3 strong, 2 ordinary, 1 weak, 0 none of its own), but
not more than its own kind allows (``kg:weightAtMost``: the introduction of a trial is background), and nothing where the
source was withdrawn. It weighs one less where it speaks to the claim only indirectly, and one less, but not less than 1,
where a copy on another site was read. A dispute or a mixed report that is indirect does not test the claim: it weighs at
most 1. A line *sums up* when its source is not one study and not such a copy; it is *on its subject* when it sums up, is
direct, and its title or its place in the source names an end of the claim, as a chapter on hypokalemia does for what
hypokalemia does. Let S be the weight of support, D the weight of dispute plus half the weight of mixed reports. Support is
*outranked* when a strong line disputes and no strong one supports: numbers do not outvote a kind of study.

====================================  ============  ==========================================================
evidence                              status        certainty
====================================  ============  ==========================================================
no weight at all                      unverified    very low
no support; disputes of 3 or more     refuted       very low
and nothing mixed
no support; no dispute, mixed         contested     low
reports of 2 or more
no support, otherwise                 contested     very low
support and dispute, outranked        contested     very low
support and dispute, S < 3 D          contested     low where S >= D, else very low
support and dispute, S >= 3 D         probable      moderate where S >= 4, else low
support alone, and true by            established   high with an ordinary voice, else moderate
definition
support alone: a strong voice that    established   high with a strong voice and a second of ordinary weight, with
sums up, or two of ordinary weight                  three of ordinary weight of which two sum up, or with two that
of which one sums up                                are on their subject; that a treatment works is high with a
                                                    strong voice only; else moderate
support alone: a strong voice, or     probable      moderate
two of ordinary weight, or one that
is on its subject
support alone, less than that         probable      low with an ordinary voice or three weak ones, else very low
====================================  ============  ==========================================================

The rule is ours; its ideas are those by which GRADE rates evidence: kinds of study rank (trials and systematic reviews above
opinion and single observations), few or indirect data lower the rating, disagreement lowers it, agreement of several
lines raises it, and the effect of a treatment needs trials. It does not read the size of an effect or the risk of bias
within a study. The reasons for each row, and how the rule did on claims graded by hand, are in ``docs/evidence.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.rdf.vocabulary import STANCES

STRONG, ORDINARY, WEAK = 3, 2, 1
#: So many weak voices that agree count as much as one of ordinary weight.
AGREEING = 3


class Line(NamedTuple):
    """What the rule needs of an evidence line: ``stance`` is supports, disputes or mixed.

    ``voice`` names what counts once, ``single`` tells a kind that is one study, ``copy`` a source that was read as a copy on
    another site, ``on_subject`` a source or chapter whose own subject is an end of the claim, ``listed`` a place that only names it
    among others.
    """

    voice: str
    stance: str
    weight: int
    indirect: bool = False
    single: bool = False
    copy: bool = False
    on_subject: bool = False
    listed: bool = False


class Judgement(NamedTuple):
    """The outcome of the rule."""

    status: str
    certainty: str


class _Weighed(NamedTuple):
    weight: int
    sums_up: bool
    on_subject: bool


def judge(lines: Iterable[Line], treatment: bool = False, definition: bool = False) -> Judgement:
    """Status and certainty of a claim with these evidence lines.

    Parameters:
        treatment: the claim says that a treatment works.
        definition: the claim is true by definition, as ``kg:byDefinition`` says.

    >>> judge([Line("textbook", "supports", 2), Line("fact sheet", "supports", 2)])
    Judgement(status='established', certainty='moderate')
    >>> judge([Line("article", "supports", 0)])
    Judgement(status='unverified', certainty='very low')
    """
    sides = _sides(lines)
    support, disputes, mixed = (sides.get(stance, []) for stance in STANCES)
    disputing = sum(line.weight for line in disputes)
    against = disputing + sum(line.weight for line in mixed) / 2
    if not support and not against:
        return Judgement("unverified", "very low")
    if not support:
        open_question = not disputes and 2 * against >= ORDINARY
        refuted = not mixed and disputing >= STRONG
        return Judgement("refuted" if refuted else "contested", "low" if open_question else "very low")
    if against:
        return _weigh(support, disputes, against)
    if definition:
        return Judgement("established", "high" if _count(support, ORDINARY) else "moderate")
    return _judge_support(support, treatment)


def is_listed_alone(lines: Iterable[Line]) -> bool:
    """Whether all that supports a claim are lists of one voice: nobody says how its effect comes about, or how often.

    >>> is_listed_alone([Line("handbook", "supports", 2, listed=True)])
    True
    >>> is_listed_alone([Line("handbook", "supports", 2, listed=True), Line("review", "supports", 2)])
    False
    """
    support = [line for line in lines if line.stance == "supports"]
    return len({line.voice for line in support}) == 1 and all(line.listed for line in support)


def _sides(lines: Iterable[Line]) -> dict[str, list[_Weighed]]:
    heaviest: dict[tuple[str, str], _Weighed] = {}
    for line in lines:
        weight = line.weight - line.indirect
        if line.copy:
            weight = min(weight, max(WEAK, weight - 1))
        if line.indirect and line.stance != "supports":
            weight = min(weight, WEAK)
        if weight > 0:
            sums_up = not line.single and not line.copy
            weighed = _Weighed(weight, sums_up, sums_up and line.on_subject and not line.indirect)
            key = (line.stance, line.voice)
            heaviest[key] = max(weighed, heaviest.get(key, weighed))
    sides: dict[str, list[_Weighed]] = {}
    for (stance, _), weighed in heaviest.items():
        sides.setdefault(stance, []).append(weighed)
    return sides


def _weigh(support: list[_Weighed], disputes: list[_Weighed], against: float) -> Judgement:
    outranked = _count(disputes, STRONG) and not _count(support, STRONG)
    total = sum(line.weight for line in support)
    if not outranked and total >= 3 * against:
        return Judgement("probable", "moderate" if total >= 4 else "low")
    return Judgement("contested", "low" if total >= against and not outranked else "very low")


def _judge_support(support: list[_Weighed], treatment: bool) -> Judgement:
    strong, ordinary = _count(support, STRONG), _count(support, ORDINARY)
    summing_up = sum(line.sums_up and line.weight >= ORDINARY for line in support)
    on_subject = sum(line.on_subject and line.weight >= ORDINARY for line in support)
    if any(line.sums_up and line.weight >= STRONG for line in support) or (ordinary >= 2 and summing_up):
        by_number = (ordinary >= 3 and summing_up >= 2) or on_subject >= 2
        high = (strong and ordinary >= 2) or (by_number and not treatment)
        return Judgement("established", "high" if high else "moderate")
    if strong or ordinary >= 2 or on_subject:
        return Judgement("probable", "moderate")
    return Judgement("probable", "low" if ordinary or len(support) >= AGREEING else "very low")


def _count(lines: list[_Weighed], weight: int) -> int:
    return sum(line.weight >= weight for line in lines)


def verdict(judgements: Iterable[tuple[str, str]]) -> str:
    """The verdict on a statement, from the status and certainty of the claims that express it.

    A claim that is probable with very low certainty stands on one or two copies, encyclopedias or indirect lines alone: it
    supports a statement in part at most.

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
