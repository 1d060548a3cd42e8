"""How settled a claim is, by a written rule that reads its evidence lines and nothing else.

What counts is a *voice*: a work (``kg:partOfWork``; a source that belongs to none is a work of its own), or all fact sheets
of one publisher together, since they are written from each other. A voice counts once for each stance, with its heaviest
line. A line weighs what the kind of its source weighs (``kg:weight``: 3 strong, 2 ordinary, 1 weak, 0 none of its own), but
not more than its own kind allows (``kg:weightAtMost``: the introduction of a trial is background), and nothing where the
source was withdrawn. It weighs half less where it speaks to the claim only indirectly, and half less where a copy on another
site was read. A dispute or a mixed report that is indirect does not test the claim: it weighs at most 1.

For support that nothing speaks against, a voice has as many *points* as it weighs, but a strong one no more than an ordinary
one, since no trial is made of what textbooks say; half a point more if it *sums up* (its source is neither one study nor a copy)
and is *on its subject*: its title or its place in the source names an end of the claim, as a chapter on hypokalemia does for what
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
support alone of 2 points or more,    established   high; that a treatment works is high with a strong voice only,
with an ordinary voice that sums up,                else moderate
or two ordinary ones, copies apart
support alone, less than that         probable      moderate with one point or more, else low
====================================  ============  ==========================================================

The rule is ours; its ideas are those by which GRADE rates evidence: kinds of study rank (trials and systematic reviews above
opinion and single observations), few or indirect data lower the rating, disagreement lowers it, agreement of several
lines raises it, and the effect of a treatment needs trials. It does not read the size of an effect or the risk of bias
within a study. The reasons for each row, and how the rule did on claims graded by hand, are in ``docs/evidence.md``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kg.rdf.vocabulary import STANCES

STRONG, ORDINARY, WEAK = 3, 2, 1


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


class _Voice(NamedTuple):
    """What a voice says of a claim with one stance: the kind of its heaviest line, its weight, its points, and if it sums up."""

    kind: int = 0
    weight: float = 0
    points: float = 0
    sums_up: bool = False


def judge(lines: Iterable[Line], treatment: bool = False, definition: bool = False) -> Judgement:
    """Status and certainty of a claim with these evidence lines.

    Parameters:
        treatment: the claim says that a treatment works.
        definition: the claim is true by definition, as ``kg:byDefinition`` says.

    >>> judge([Line("textbook", "supports", 2), Line("fact sheet", "supports", 2)])
    Judgement(status='established', certainty='high')
    >>> judge([Line("article", "supports", 0)])
    Judgement(status='unverified', certainty='very low')
    """
    sides = _sides(lines)
    support, disputes, mixed = (sides.get(stance, []) for stance in STANCES)
    disputing = sum(voice.weight for voice in disputes)
    against = disputing + sum(voice.weight for voice in mixed) / 2
    if not support and not against:
        return Judgement("unverified", "very low")
    if not support:
        open_question = not disputes and 2 * against >= ORDINARY
        refuted = not mixed and disputing >= STRONG
        return Judgement("refuted" if refuted else "contested", "low" if open_question else "very low")
    if against:
        return _judge_disputed(support, disputes, against)
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


def _sides(lines: Iterable[Line]) -> dict[str, list[_Voice]]:
    voices: defaultdict[str, dict[str, _Voice]] = defaultdict(dict)
    for line in lines:
        if line.weight > 0:
            voices[line.stance][line.voice] = _heavier(voices[line.stance].get(line.voice, _Voice()), _weigh(line))
    return {stance: list(said.values()) for stance, said in voices.items()}


def _weigh(line: Line) -> _Voice:
    far = (line.indirect + line.copy) / 2
    if line.indirect and line.stance != "supports":
        return _Voice(WEAK, WEAK)
    sums_up = not line.single and not line.copy
    points = min(line.weight, ORDINARY) - far + (sums_up and line.on_subject) / 2
    kind = min(line.weight, WEAK) if line.copy else line.weight
    return _Voice(kind, line.weight - far, points, sums_up and line.weight >= ORDINARY)


def _heavier(one: _Voice, other: _Voice) -> _Voice:
    weight, points = max(one.weight, other.weight), max(one.points, other.points)
    return _Voice(max(one.kind, other.kind), weight, points, one.sums_up or other.sums_up)


def _judge_disputed(support: list[_Voice], disputes: list[_Voice], against: float) -> Judgement:
    outranked = _count(disputes, STRONG) and not _count(support, STRONG)
    total = sum(voice.weight for voice in support)
    if not outranked and total >= 3 * against:
        return Judgement("probable", "moderate" if total >= 2 * ORDINARY else "low")
    return Judgement("contested", "low" if total >= against and not outranked else "very low")


def _judge_support(support: list[_Voice], treatment: bool) -> Judgement:
    points = sum(voice.points for voice in support)
    if points >= ORDINARY and (any(voice.sums_up for voice in support) or _count(support, ORDINARY) >= 2):
        return Judgement("established", "moderate" if treatment and not _count(support, STRONG) else "high")
    return Judgement("probable", "moderate" if points >= WEAK else "low")


def _count(voices: list[_Voice], kind: int) -> int:
    return sum(voice.kind >= kind for voice in voices)


def verdict(judgements: Iterable[tuple[str, str]]) -> str:
    """The verdict on a statement, from the status and certainty of the claims that express it.

    A claim that is probable with low certainty stands on a copy of an encyclopedia or on its indirect lines alone: it supports
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
    return "partlySupported" if any(certainty in ("low", "very low") for _, certainty in found) else "supported"
