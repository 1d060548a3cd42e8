"""Readings of what the strict ones leave unread: short forms written out, other order and endings, a known name within more words.

A name within a longer phrase has to hold every word that turns the meaning (low, no, loss ...), and at least two words; it is
marked as wider than what was said. Nothing is guessed from likeness: typing errors are asked back, see
:func:`kg.grounding.resolve.nearest_terms`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.grounding import qualifiers
from kg.grounding.abbreviations import write_out
from kg.grounding.phenotypes import iri, phenotype
from kg.grounding.word_bags import MOST_WORDS, content, find_contained, stem, word_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.name_lookup import Names
    from kg.grounding.resolve import Term

_KINDS_WITHIN = ("LabFinding", "Biomarker", "Quantity", "Population")
#: A single word that is left over with another ending is taken only where it is a long one, and something felt or seen.
_LONG_ENOUGH, _FELT = 5, ("Symptom", "Sign")
_NUMBER = re.compile(r"\d")
#: A single word within a longer phrase is taken for a name only where it is a long one: those have one meaning.
_LONG_NAME = 8


class Loose(NamedTuple):
    """A term that was found loosely: how, and the words that it leaves over."""

    terms: tuple[Term, ...]
    how: str
    over: tuple[str, ...]


def other_order(names: Names, key: str, kinds: tuple[str, ...], set_aside: tuple[str, ...]) -> Loose | None:
    """The term that bears a name of the same words in another order or with other endings."""
    for rest, aside in qualifiers.without(key, set_aside):
        alone = len(content(rest)) == 1
        if rest in qualifiers.words("needs its place"):
            continue
        if not alone or not aside or len(rest) >= _LONG_ENOUGH:
            found = _one(names.by_words(word_key(rest)), _FELT if alone and aside else kinds)
            if found:
                return Loose((found,), "set aside" if aside else "words", aside)
    return None


def within(names: Names, key: str, kinds: tuple[str, ...]) -> Loose | None:
    """The term whose name of two or more words stands within the phrase: the longest such name, where it is but one."""
    stems = content(key)
    if _NUMBER.search(key) or qualifiers.is_figure(key):
        return None
    if _not_of_the_person().intersection(stems):
        return None
    turning = (_turning() | _measures()).intersection(stems)
    allowed = tuple(kind for kind in kinds if kind not in _KINDS_WITHIN)
    best: dict[int, dict[str, tuple[Term, tuple[str, ...]]]] = {}
    for bag, over in find_contained(key):
        if turning.intersection(over):
            continue
        found = _one(names.by_words(bag), allowed)
        if found:
            best.setdefault(len(over), {})[found.iri] = (found, over)
    if not best:
        return None
    fewest = best[min(best)]
    if len(fewest) > 1:
        return None
    ((found, over),) = fewest.values()
    return Loose((found,), "wider", over)


def long_word(names: Names, key: str) -> Loose | None:
    """The one finding that a long word names among others: "some palpitations whenever I climb"."""
    words, stems = key.split(), content(key)
    barred = _turning() | _measures() | _not_of_the_person()
    if len(words) > MOST_WORDS or _NUMBER.search(key) or qualifiers.is_figure(key) or barred.intersection(stems):
        return None
    found = {word: term for word in words if len(word) >= _LONG_NAME and (term := names.find(word, _FELT))}
    if len({term.iri for term in found.values()}) != 1:
        return None
    return Loose((next(iter(found.values())),), "wider", tuple(word for word in words if word not in found))


def nearest_phenotype(names: Names, phrase: str, kinds: tuple[str, ...]) -> Loose | None:
    """The term nearest to a name of the Human Phenotype Ontology: its own, or that of what it is a kind of."""
    known = phenotype(phrase)
    if known is None:
        return None
    for level in known.nearest:
        found = _one([term for identifier in level for term in names.by_phenotype(iri(identifier))], kinds)
        if found:
            return Loose((found,), "phenotype", () if known.id in level else (f"{known.id} {known.name}",))
    return None


def drugs_within(names: Names, key: str) -> Loose | None:
    """The drugs that a phrase names among other words: a drug's name means the drug wherever it stands."""
    stems = content(key)
    if (_not_of_the_person() | _turning()).intersection(stems) or len(stems) > 8:
        return None
    found = {word: term for word in key.split() if word.isalpha() and len(word) > 4 and (term := names.find(word, ("Drug",)))}
    terms = {term.iri: term for term in found.values()}
    return Loose(tuple(terms.values()), "wider", tuple(word for word in key.split() if word not in found)) if terms else None


def expand(phrase: str) -> str | None:
    """The phrase with its short forms written out, where it has any."""
    return write_out(phrase)


def _one(found: list[Term], kinds: tuple[str, ...]) -> Term | None:
    """The one term of the first kind that has any; none where several of a kind share the words."""
    fitting = sorted(
        (term for term in {term.iri: term for term in found}.values() if term.kind in kinds), key=lambda t: kinds.index(t.kind)
    )
    if not fitting or (len(fitting) > 1 and fitting[0].kind == fitting[1].kind):
        return None
    return fitting[0]


@lru_cache(maxsize=1)
def _turning() -> frozenset[str]:
    """The stems of the words that turn the meaning of a name."""
    return _stems("not", "low", "high", "normal", "turning")


@lru_cache(maxsize=1)
def _not_of_the_person() -> frozenset[str]:
    """The stems of the words that speak of someone else, of a thing, or of what may be: no name within them is the person's."""
    return _stems("of others", "of things")


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    """What a laboratory writes around a name: a finding within such a phrase is none."""
    return _stems("measure")


def _stems(*kinds: str) -> frozenset[str]:
    return frozenset(stem(word) for kind in kinds for told in qualifiers.words(kind) for word in told.split() if content(word))
