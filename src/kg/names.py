"""Folding of names, so that a term is found however it is typed."""

from __future__ import annotations

_MARKS = str.maketrans({**dict.fromkeys("-_/,;:()[]", " "), **dict.fromkeys("'’`´.\"", None)})
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "ω": "omega", "µ": "u", "μ": "u"}


def fold(name: str) -> str:
    """The key under which a name is found: case, punctuation, plural and British spelling do not matter.

    >>> fold("Paraesthesia") == fold("paresthesias")
    True
    >>> fold("Muscle-Cramps")
    'muscle cramp'
    """
    name = name.casefold()
    for letter, word in _GREEK.items():
        name = name.replace(letter, word)
    return " ".join(_word(word) for word in name.translate(_MARKS).split())


def _word(word: str) -> str:
    # ae, oe and our are how British spelling differs in medicine: anaemia, oedema, colour.
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("fibre", "fiber")
    if word.endswith(("isation", "ising", "ised")):
        word = word.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word
