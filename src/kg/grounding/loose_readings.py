"""Readings of what the strict ones leave unread: short forms written out, other order and endings, a known name within more words.

A name within a longer phrase has to hold every word that turns the meaning (low, no, loss ...), and at least two words; it is
marked as wider than what was said. Nothing is guessed from likeness: typing errors are asked back, see
:func:`kg.grounding.resolve.nearest_terms`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grounding import qualifiers
from kg.grounding.normalize import fold
from kg.grounding.phenotypes import iri, phenotype
from kg.grounding.word_bags import content, find_contained, stem, word_key, write_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.name_lookup import Names
    from kg.grounding.resolve import Term

#: Phrases that speak of someone else, or of what may be: no name within them is the person's.
_NOT_OF_THE_PERSON = frozenset(
    stem(word)
    for word in (
        *(
            "mother",
            "father",
            "sister",
            "brother",
            "aunt",
            "uncle",
            "family",
            "wife",
            "husband",
            "dog",
            "cat",
            "doll",
            "friend",
        ),
        *(
            "fear",
            "risk",
            "afraid",
            "scared",
            "worried",
            "craving",
            "hope",
            "prevent",
            "prevention",
            "like",
            "about",
            "if",
            "test",
        ),
        *("who", "they", "he", "she", "people", "book", "film", "song", "picture", "never", "video", "prevents", "neighbor"),
    )
)
#: Words that turn the meaning of a name, beside those of the table of words.
_TURNING = (
    "loss",
    "lose",
    "gain",
    "lack",
    "excess",
    "deficiency",
    "deficient",
    "overload",
    "toxicity",
    "free",
    "stopped",
    "normal",
)
_KINDS_WITHIN = ("LabFinding", "Biomarker", "Quantity", "Population")
#: A single word that is left over with another ending is taken only where it is a long one, and something felt or seen.
_LONG_ENOUGH, _FELT = 5, ("Symptom", "Sign")
_NUMBER = re.compile(r"\d")


class Loose(NamedTuple):
    """A term that was found loosely: how, and the words that it leaves over."""

    terms: tuple[Term, ...]
    how: str
    over: tuple[str, ...]


def other_order(names: Names, key: str, kinds: tuple[str, ...], set_aside: tuple[str, ...]) -> Loose | None:
    """The term that bears a name of the same words in another order or with other endings."""
    for rest, aside in qualifiers.without(key, set_aside):
        alone = len(content(rest)) == 1
        if not alone or not aside or len(rest) >= _LONG_ENOUGH:
            found = _one(names.by_words(word_key(rest)), _FELT if alone and aside else kinds)
            if found:
                return Loose((found,), "set aside" if aside else "words", aside)
    return None


def within(names: Names, key: str, kinds: tuple[str, ...]) -> Loose | None:
    """The term whose name of two or more words stands within the phrase: the longest such name, where it is but one."""
    stems = content(key)
    if _NOT_OF_THE_PERSON.intersection(stems) or _NUMBER.search(key):
        return None
    turning = _turning().intersection(stems)
    allowed = tuple(kind for kind in kinds if kind not in _KINDS_WITHIN)
    best: dict[int, dict[str, tuple[Term, tuple[str, ...]]]] = {}
    for bag, over in find_contained(key):
        if turning.intersection(over) or _measures().intersection(over):
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
    if _NOT_OF_THE_PERSON.intersection(stems) or _turning().intersection(stems) or len(stems) > 8:
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


def _turning() -> frozenset[str]:
    kinds = ("not", "low", "high", "normal")
    return frozenset(stem(word) for kind in kinds for told in qualifiers.words(kind) for word in told.split()) | {
        stem(fold(word)) for word in _TURNING
    }


def _measures() -> frozenset[str]:
    """What a laboratory writes around a name: a finding within such a phrase is none."""
    return frozenset(stem(word) for told in qualifiers.words("measure") for word in told.split())
