"""What a person or a report says, read as terms of the graph: "severe pain in both legs", "MCV: high", "metformin for 2 years".

Each phrase is read from the strict to the loose, and the first reading that finds a term stands: the exact name; a
laboratory result; what is denied; the name with ever more words set aside; the parts of a combined phrase. So the more
specific term wins, and nothing is matched by mere likeness: a wrong reading is worse than none. :mod:`kg.grounding.qualifiers` holds
the words, this module what they lead to.

Which names the graph knows is asked for all phrases at once, see :mod:`kg.grounding.name_lookup`.
"""

from __future__ import annotations

from kg.grounding import everyday, loose_readings, qualifiers
from kg.grounding.name_lookup import Names
from kg.grounding.normalize import fold
from kg.grounding.reading import CONTEXT, FINDING, Reading
from kg.grounding.resolve import warn_of_retired
from kg.grounding.strict_readings import as_reading, circumstance, finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.resolve import Asked
    from kg.grounding.strict_readings import Reader

__all__ = ["CONTEXT", "FINDING", "Reading", "context", "findings"]


def findings(rows: Asked, phrases: Iterable[str], whom: tuple[str, ...] = ()) -> list[Reading]:
    """Findings and laboratory results as people tell them, each read as terms.

    >>> import kg
    >>> [reading] = findings(kg.open().rows, ["tingling of both feet for 3 weeks"])
    >>> reading.terms[0].label, reading.how, reading.aside
    ('paresthesia', 'set aside', ('of both feet', 'for 3 week'))
    """
    return _read(rows, list(phrases), finding, whom)


def context(rows: Asked, phrases: Iterable[str]) -> list[Reading]:
    """Circumstances as people tell them (diet, drugs, conditions, operations, age and sex), each read as terms.

    A drug is read as its use, followed by the use of each class it belongs to.
    """
    return _read(rows, list(phrases), circumstance)


def _read(rows: Asked, phrases: list[str], one: Reader, whom: tuple[str, ...] = ()) -> list[Reading]:
    names = Names(rows, whom)
    found = _settle(names, phrases, one)
    unread = [phrase for reading, phrase in zip(found, phrases, strict=True) if not (reading.understood or reading.measured)]
    if unread:
        warn_of_retired(rows, unread)
    # The loose readings ask for many names, so only for what is left.
    loosely = dict(zip(unread, _settle(names, unread, _LOOSELY[one]), strict=True)) if unread else {}
    halves = {
        phrase: reading for reading, phrase in zip(found, phrases, strict=True) if one is finding and _leaves_some(reading)
    }
    told = dict(zip(halves, _settle(names, list(halves), _everyday), strict=True)) if halves else {}
    for phrase, reading in told.items():
        if reading.understood and not reading.unread and (halves[phrase].how == "split" or not reading.aside):
            loosely[phrase] = reading
    whole = [loosely.get(phrase, reading) for reading, phrase in zip(found, phrases, strict=True)]
    pieces = sorted({piece for reading in whole if reading.understood for piece in reading.unread})
    read = dict(zip(pieces, _settle(names, pieces, _LOOSELY[one]), strict=True)) if pieces else {}
    return [_fill(reading, read)._replace(phrase=phrase) for reading, phrase in zip(whole, phrases, strict=True)]


def _leaves_some(reading: Reading) -> bool:
    """Whether everyday words may say more than a reading does, which leaves a part of the phrase unread or aside."""
    return (reading.how == "split" and bool(reading.unread)) or (reading.how == "set aside" and bool(reading.aside))


def _fill(reading: Reading, read: dict[str, Reading]) -> Reading:
    """A reading with the pieces that were read loosely after it."""
    if not (reading.understood and reading.unread) or reading.how == "denied":
        return reading
    found = [read[piece] for piece in reading.unread if read[piece].understood]
    terms = {term.iri: term for one in (reading, *found) for term in one.terms}
    ruled_out = {term.iri: term for one in (reading, *found) for term in one.ruled_out if term.iri not in terms}
    unread = tuple(piece for piece in reading.unread if not read[piece].understood)
    aside = (*reading.aside, *(word for one in found for word in one.aside))
    return reading._replace(terms=tuple(terms.values()), ruled_out=tuple(ruled_out.values()), aside=aside, unread=unread)


def _settle(names: Names, phrases: list[str], one: Reader) -> list[Reading]:
    """The phrases read, once the graph has been asked for every name that matters."""
    while True:
        found = [one(names, phrase.strip()) or Reading(phrase) for phrase in phrases]
        if not names.fetch():
            return found


# ---------------------------------------------------------------- readings of what is left


def _finding_loosely(names: Names, phrase: str) -> Reading | None:
    return _loosely(names, phrase, finding, FINDING, qualifiers.FINDING)


def _circumstance_loosely(names: Names, phrase: str) -> Reading | None:
    return _loosely(names, phrase, circumstance, CONTEXT, qualifiers.CONTEXT)


def _loosely(names: Names, phrase: str, one: Reader, kinds: tuple[str, ...], set_aside: tuple[str, ...]) -> Reading | None:
    if qualifiers.is_figure(fold(phrase)):
        return None
    full = loose_readings.expand(phrase)
    if full and (found := one(names, full)) and found.understood and not found.measured:  # folding takes the points of decimals
        told = _everyday(names, phrase, kinds) if found.unread or found.aside else None
        return told if told and (found.unread or not told.unread) else found._replace(how="written out")
    key = fold(full or phrase)
    found_loosely = loose_readings.other_order(names, key, kinds, set_aside)
    if not found_loosely and (told := _everyday(names, phrase, kinds)):
        return told
    found_loosely = (
        found_loosely
        or loose_readings.nearest_phenotype(names, key, kinds)
        or (loose_readings.drugs_within(names, key) if kinds is CONTEXT else None)
        or loose_readings.within(names, key, kinds)
        or loose_readings.long_word(names, fold(phrase))
    )
    if not found_loosely:
        return _two_words(names, key, one, kinds, set_aside)
    read = [as_reading(names, phrase, term, found_loosely.how, found_loosely.over) for term in found_loosely.terms]
    terms = {term.iri: term for reading in read if reading for term in reading.terms}
    return Reading(phrase, tuple(terms.values()), how=found_loosely.how, aside=found_loosely.over) if terms else None


def _two_words(names: Names, key: str, one: Reader, kinds: tuple[str, ...], set_aside: tuple[str, ...]) -> Reading | None:
    """A pair of single words, each read as it would be alone: "sweaty and shaky". Longer halves may mean the opposite together."""
    words = key.split(" and ")
    if len(words) != 2 or any(" " in word.strip() for word in words):
        return None
    both = [one(names, word) or _loosely(names, word, one, kinds, set_aside) for word in words]
    read = [reading for reading in both if reading and reading.terms and not reading.measured]
    terms = {term.iri: term for reading in read for term in reading.terms}
    return Reading(key, tuple(terms.values()), how="split") if len(read) == 2 else None


def _everyday(names: Names, phrase: str, kinds: tuple[str, ...] = FINDING) -> Reading | None:
    """What a phrase tells in everyday words: all of the findings or circumstances that it means, or nothing."""
    said = everyday.read(phrase)
    if said is None:
        return None
    terms = {
        term.iri: term for name in said.names if (term := names.find(fold(name), FINDING) or names.find(fold(name), kinds))
    }
    return Reading(phrase, tuple(terms.values()), how="everyday", aside=said.over, unread=said.unread) if terms else None


_LOOSELY: dict[Reader, Reader] = {finding: _finding_loosely, circumstance: _circumstance_loosely}
