"""What a phrase with typing errors may have meant: to be asked back, never read by itself.

Each word that occurs in no name and in no everyday phrase is replaced by the nearest one that does; a phrase so mended is offered
only where it is then understood. After those come names that are like the phrase as a whole.
"""

from __future__ import annotations

from itertools import product

from kg.grounding import everyday_grammar, phrases, qualifiers
from kg.grounding.laboratory_doubts import nearest_test
from kg.grounding.normalize import fold
from kg.grounding.resolve import nearest_terms
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked

#: Shorter words are left as they are, and longer phrases too.
_SHORTEST, _MOST_WORDS = 4, 10
#: So many of the words that come near are tried for each, and so many mended phrases are offered.
_TRIED, _OFFERED = 2, 2
_ALIKE = 0.74
#: Words that are understood and never put into anybody's mouth.
_COARSE = frozenset(("shit", "crap", "arse", "piss"))


def suggest(rows: Asked, phrase: str, kind: str, count: int) -> tuple[str, ...]:
    """What a phrase that was not understood may have meant, the likeliest first.

    >>> import kg
    >>> suggest(kg.open().rows, "numness in my feet", "State", 1)
    ('numbness in my feet',)
    """
    if test := nearest_test(phrase):
        return (test,)
    nearest = nearest_terms(rows, phrase, kind, count)
    spelled = {fold(name): name for name in nearest}
    mended = [spelled.get(key, key) for key in _mended(rows, phrase, kind)]
    return tuple(dict.fromkeys((*mended, *nearest)))[:count]


def _mended(rows: Asked, phrase: str, kind: str) -> list[str]:
    words = fold(phrase).split()
    if len(words) > _MOST_WORDS:
        return []
    known = _vocabulary(rows, kind)
    choices = [_near(word, known) if _is_unknown(word, known) else (word,) for word in words]
    typed = phrase.split()
    if len(typed) != len(words):
        typed = words
    tried = [
        " ".join(as_typed if word == mended else mended for as_typed, word, mended in zip(typed, words, chosen, strict=True))
        for chosen in list(product(*choices))[: _TRIED**3]
        if list(chosen) != words
    ]
    read = phrases.findings(rows, tried) if tried else []
    return [one.phrase for one in read if one.terms and not one.unread][:_OFFERED]


def _is_unknown(word: str, known: frozenset[str]) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word not in known


def _near(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The known words that come near to one: of about its length, and with its first letter before others."""
    from difflib import get_close_matches

    alike = [one for one in known if abs(len(one) - len(word)) <= 2]
    first = [one for one in alike if one[0] == word[0]]
    return tuple(get_close_matches(word, first, _TRIED, _ALIKE) or get_close_matches(word, alike, 1, _ALIKE)) or (word,)


def _vocabulary(rows: Asked, kind: str) -> frozenset[str]:
    names = {word for row in rows(reading("term_names", **{"class": KG + kind})) for word in fold(row[0].value).split()}
    return frozenset(names | everyday_grammar.vocabulary() | qualifiers.all_words()) - _COARSE
