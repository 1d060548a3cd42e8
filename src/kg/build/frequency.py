"""How often the effect of a claim is there, given its cause, by a written rule that reads what its evidence lines say.

Three kinds of word are heard, each only where the one before it is silent: counts, shares, classes.

=====================================  ==================================================================
what the lines of a claim say          the claim's frequency
=====================================  ==================================================================
counts (kg:affected of kg:examined)    all pooled; the class of the pooled share, if 10 or more were examined
shares (kg:share), no such counts      the class of their median; of two in the middle the smaller one
classes (kg:frequency) alone           their median; of two in the middle the rarer one
fewer than 10 examined, nothing else   the class of the pooled share
nothing                                none
=====================================  ==================================================================

The class of a share is that of the Human Phenotype Ontology: all (obligate), from 80 % (very frequent), from 30 %
(frequent), from 5 % (occasional), above none (very rare), none (excluded). All or none of fewer than 30 people are not
yet always or never: they count as very frequent and very rare.

Lines that are indirect, whose text is about others than the claim (children, a narrower state), are heard only
where no direct line says how often.

A line counts whatever its stance: a source that disputes a claim since it found the effect in 2 of 100 says how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: The classes, the rarest first.
CLASSES = ("excluded", "veryRare", "occasional", "frequent", "veryFrequent", "obligate")
#: The least share of each class between never and always.
_FROM = (("veryFrequent", 0.8), ("frequent", 0.3), ("occasional", 0.05))
#: So many must have been examined for a count to go before a share or a class.
ENOUGH = 10
#: So many must have been examined for all of them to be always, and none of them never.
ALL = 30


class Said(NamedTuple):
    """What one evidence line says of how often: a count, a share, a class, or several of these."""

    affected: int | None = None
    examined: int | None = None
    share: float | None = None
    frequency: str = ""
    direct: bool = True


def frequency(lines: Sequence[Said]) -> str:
    """The class that the lines of a claim come to; empty where they say nothing.

    >>> frequency([Said(12, 100), Said(3, 50)])
    'occasional'
    >>> frequency([Said(share=0.4), Said(frequency="veryRare")])
    'frequent'
    >>> frequency([Said(share=0.4), Said(2, 90, direct=False)])
    'frequent'
    """
    lines = [line for line in lines if line.direct] or lines
    counted = [(line.affected, line.examined) for line in lines if line.affected is not None and line.examined]
    affected, examined = sum(some for some, _ in counted), sum(of for _, of in counted)
    if examined >= ENOUGH:
        return class_of(affected / examined, examined)
    # A line that counted some of too few says no more than that.
    shares = sorted(line.share for line in lines if line.share is not None)
    if shares:
        return class_of(shares[(len(shares) - 1) // 2])
    classes = sorted(CLASSES.index(line.frequency) for line in lines if line.frequency in CLASSES)
    if classes:
        return CLASSES[classes[(len(classes) - 1) // 2]]
    return class_of(affected / examined, examined) if examined else ""


def class_of(share: float, examined: int = ALL) -> str:
    """The class of a share of people; ``examined`` says of how many, where that was counted.

    >>> [class_of(share) for share in (0, 0.01, 0.05, 0.3, 0.8, 1)]
    ['excluded', 'veryRare', 'occasional', 'frequent', 'veryFrequent', 'obligate']
    >>> class_of(1, 12), class_of(0, 12)
    ('veryFrequent', 'veryRare')
    """
    if share >= 1:
        return "obligate" if examined >= ALL else "veryFrequent"
    if share <= 0:
        return "excluded" if examined >= ALL else "veryRare"
    return next((name for name, least in _FROM if share >= least), "veryRare")
