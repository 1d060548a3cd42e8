"""The strict readings of a phrase: each finds terms by their names alone, or finds none.

The words that may be set aside and those that turn the meaning are :mod:`kg.grounding.qualifiers`'; see :mod:`kg.grounding.phrases`.
"""

from __future__ import annotations

import re

from kg.grounding import demographics, qualifiers
from kg.grounding.abbreviations import write_out
from kg.grounding.laboratory import judge, number
from kg.grounding.laboratory_doubts import part_whom, without_cutoff
from kg.grounding.laboratory_marks import write_outcome
from kg.grounding.normalize import fold
from kg.grounding.reading import CONTEXT, FINDING, Reading
from kg.grounding.resolve import Term
from kg.grounding.word_bags import word_key
from kg.rdf.namespaces import KG

#: Who denies it, before the denial.
_SUBJECT = re.compile(
    r"^(?:the )?(?:pt|patient|she|he|they|i|we)(?: (?:have|has|had|got|am|is|are|feel|also|currently))* (?=(?:no|not|deny|denie|denies|denied|without|never|neither)\b)"
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.grounding.name_lookup import Names

    Reader = Callable[[Names, str], Reading | None]

_RESULT = ("LabFinding", "Sign", "PhysiologicalState", "Condition", "NutrientStatus", "Symptom")
_MEASURED = ("Biomarker", "Quantity")


def finding(names: Names, phrase: str) -> Reading | None:
    bare, remark = qualifiers.remark(phrase)
    if qualifiers.is_figure(fold(phrase)):
        return None
    return (
        _exact(names, phrase, FINDING)
        or _number(names, phrase)
        or _result(names, phrase)
        or without_cutoff(phrase)
        or _read_denial(names, bare, finding)
        or _aside(names, fold(bare), FINDING, qualifiers.FINDING, remark)
        or _eponym(names, bare, FINDING)
        or _several(names, bare, finding)
    )


def circumstance(names: Names, phrase: str) -> Reading | None:
    bare, remark = qualifiers.remark(phrase)
    key = fold(bare)
    return (
        _exact(names, phrase, CONTEXT)
        or _person(names, key)
        or _diet(names, key)
        or _number(names, phrase)
        or _result(names, phrase)
        or without_cutoff(phrase)
        or _read_denial(names, bare, circumstance)
        or _aside(names, key, CONTEXT, qualifiers.CONTEXT, remark)
        or _eponym(names, bare, CONTEXT)
        or _several(names, bare, circumstance)
    )


def _exact(names: Names, phrase: str, kinds: tuple[str, ...]) -> Reading | None:
    found = names.find(fold(phrase), kinds) or names.meant(phrase, kinds)
    return as_reading(names, phrase, found, "exact") if found else None


def _aside(
    names: Names, key: str, kinds: tuple[str, ...], set_aside: tuple[str, ...], remark: tuple[str, ...]
) -> Reading | None:
    for rest, aside in qualifiers.without(key, set_aside):
        turned = qualifiers.put_place_first(rest)
        found = names.find(rest, kinds) or (names.find(turned, kinds) if turned else None)
        if found:
            return as_reading(names, key, found, "set aside", aside + remark)
    return None


def _eponym(names: Names, phrase: str, kinds: tuple[str, ...]) -> Reading | None:
    """A sign or a disease called by a person's name alone: "Lhermitte's", "positive Romberg"."""
    match = _EPONYM.fullmatch(phrase.strip())
    if match is None:
        return None
    for what in ("sign", "disease", "syndrome", "phenomenon"):
        if found := names.find(f"{fold(match[1])} {what}", kinds):
            return as_reading(names, phrase, found, "set aside")
    return None


_EPONYM = re.compile(r"(?:[Pp]ositive )?([A-Z][a-z]{3,}?)(?:['’]?s)?(?: positive)?")


def as_reading(names: Names, phrase: str, found: Term, how: str, aside: tuple[str, ...] = ()) -> Reading | None:
    if found.kind not in ("Drug", "Exposure"):
        return Reading(phrase, (found,), how=how, aside=aside)
    own = () if found.kind == "Drug" else (found,)
    uses = {term.iri: term for term in (*own, *names.uses_of(found))}
    if not uses:
        return None
    return Reading(phrase, tuple(uses.values()), how="drug" if found.kind == "Drug" else how, aside=aside)


def _number(names: Names, phrase: str) -> Reading | None:
    """A value of a laboratory: "ferritin 9 ng/mL"; read against the cut-offs of the graph."""
    told, whom = number(phrase), names.whom
    if told is None and (apart := part_whom(phrase)):
        told, whom = number(apart[0]), apart[1] or whom
    if told is None:
        return None
    said = judge(phrase, told, names.cutoffs(KG + told.test.biomarker), whom)
    if said.says == "normal":
        both = (names.meant(f"kg:{one}", _RESULT) for one in (told.test.low, told.test.high) if one)
        return Reading(phrase, ruled_out=tuple(one for one in both if one), how="number", measured=said)
    found = names.meant(f"kg:{said.finding}", _RESULT) if said.finding else None
    return Reading(phrase, (found,) if found else (), how="number", measured=said)


def _result(names: Names, phrase: str) -> Reading | None:
    """A test with its outcome: "MCV: high", "raised TSH", "ferritin low"."""
    for test, direction in qualifiers.outcomes(write_outcome(phrase)):
        if direction == "normal":
            ruled_out = [found for way in ("low", "high") if (found := _read_test(names, test, way))]
            if ruled_out:
                return Reading(phrase, ruled_out=tuple(ruled_out), how="result")
        elif found := _read_test(names, test, direction):
            return Reading(phrase, (found,), how="result")
    return None


def _read_test(names: Names, test: str, direction: str) -> Term | None:
    for rest, _ in qualifiers.without(test, qualifiers.TEST):
        measured = names.find(rest, _MEASURED)
        for name in (rest, *(names.names_of(measured) if measured else ())):
            for way in qualifiers.words(direction):
                if found := names.find(f"{way} {name}", _RESULT):
                    return found
    return None


def _read_denial(names: Names, phrase: str, one: Reader) -> Reading | None:
    """What is said not to be there; "no" holds for all of a list, and nothing after it is ever read as present."""
    first, *others = qualifiers.alternatives(phrase)
    rest = None if qualifiers.resumes(phrase) else qualifiers.opening("not", _SUBJECT.sub("", fold(first)))
    if rest is None:
        return _read_closing_denial(names, phrase, one)
    if not others and (lacking := _lack(names, fold(phrase))):
        return lacking
    if not others and (treated := qualifiers.split_at_treatment(rest)):
        told = circumstance(names, treated[1])
        # "no diabetes on metformin": it is taken
        if told and told.terms and all(term.kind == "Exposure" for term in told.terms):
            denied = one(names, treated[0])
            gone = denied.terms if denied else ()
            return Reading(phrase, told.terms, gone, "split", unread=() if gone else (treated[0],))
    pieces = [rest, *(qualifiers.opening("not", fold(other)) or other for other in others)]
    read = [one(names, write_out(piece) or piece) for piece in pieces]
    ruled_out = tuple(term for reading in read if reading for term in reading.terms)
    unread = tuple(piece for piece, reading in zip(pieces, read, strict=True) if not (reading and reading.terms))
    return Reading(phrase, ruled_out=ruled_out, how="denied" if ruled_out else "unread", unread=unread if ruled_out else ())


def _lack(names: Names, key: str) -> Reading | None:
    """A finding that is itself the lack of something normal: "absent knee jerks on both sides" denies nothing."""
    for rest, aside in qualifiers.without(key, qualifiers.FINDING):
        if qualifiers.opening("not", rest) and (found := names.find(rest, FINDING)):
            return as_reading(names, key, found, "set aside", aside)
    return None


def _read_closing_denial(names: Names, phrase: str, one: Reader) -> Reading | None:
    """What the end of a phrase says not to be there: "celiac disease was ruled out"; but "ankle jerks absent" is a finding."""
    key = fold(phrase)
    rest = qualifiers.closing("not after", key)
    if rest is None or names.by_words(word_key(key)):
        return None
    read = one(names, rest)
    return Reading(phrase, ruled_out=read.terms, how="denied", aside=read.aside) if read and read.terms else None


def _several(names: Names, phrase: str, one: Reader) -> Reading | None:
    pieces = qualifiers.parts(phrase)
    if len(pieces) > 1:
        return _join(phrase, [(piece, one(names, piece)) for piece in pieces])
    if (treated := qualifiers.split_at_treatment(phrase)) and (told := _treated(names, phrase, treated, one)):
        return told
    company = qualifiers.split_at_with(phrase)
    if company:
        read = [one(names, piece) for piece in company]
        # "sister with diabetes": what comes with something unknown may be another's.
        return _join(phrase, list(zip(company, read, strict=True))) if read[0] and read[0].understood else None
    head, _, tail = fold(phrase).partition(" and ")
    if not tail:
        return None
    both = [_first(names, sides, one) for sides in qualifiers.share_words(head, tail)]
    # Half a pair may say the opposite of the whole ("pain and temperature sense are lost"): both are read, or none.
    return _join(phrase, list(zip((head, tail), both, strict=True))) if all(both) else None


def _treated(names: Names, phrase: str, sides: tuple[str, str], one: Reader) -> Reading | None:
    """A condition and what is taken for it: "epilepsy on phenytoin" is two things, "pain on walking" is not."""
    both = [one(names, sides[0]), circumstance(names, sides[1])]
    if not all(reading and reading.terms and not reading.unread for reading in both) or both[1] is None:
        return None
    return (
        _join(phrase, list(zip(sides, both, strict=True))) if all(term.kind == "Exposure" for term in both[1].terms) else None
    )


def _first(names: Names, sides: list[str], one: Reader) -> Reading | None:
    return next((reading for side in sides if (reading := one(names, side)) and reading.understood), None)


def _join(phrase: str, pieces: list[tuple[str, Reading | None]]) -> Reading | None:
    read = [reading for _, reading in pieces if reading and reading.understood]
    if not read:
        return None
    terms = tuple({term.iri: term for reading in read for term in reading.terms}.values())
    ruled_out = tuple({term.iri: term for reading in read for term in reading.ruled_out}.values())
    aside = tuple(word for reading in read for word in reading.aside)
    unread = tuple(piece for piece, reading in pieces if not (reading and reading.understood))
    return Reading(phrase, terms, ruled_out, "split", aside, unread)


def _diet(names: Names, key: str) -> Reading | None:
    """What a person eats little, much or mainly of: "refuses vegetables" is a low vegetable intake."""
    for kind, form in (("eating little", "low {} intake"), ("eating much", "high {} intake"), ("eating", "{} diet")):
        rest = qualifiers.opening(kind, key)
        if rest and kind == "eating":
            rest = qualifiers.opening("mainly", rest) or rest
        if rest and (
            found := names.find(form.format(rest), ("Exposure",)) or names.in_any_order(form.format(rest), "Exposure")
        ):
            return Reading(key, (found,), how="set aside", aside=(key.removesuffix(rest).strip(),))
    return None


def _person(names: Names, key: str) -> Reading | None:
    told = demographics.person(key)
    if told is None:
        return None
    terms = tuple(Term(group.term, group.label, "Population") for group in demographics.groups(told, names.groups()))
    return Reading(key, terms, how="person") if terms else None
