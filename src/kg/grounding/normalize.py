"""Folding of names, so that a term is found however it is typed."""

from __future__ import annotations

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "ω": "omega", "µ": "u", "μ": "u"}
_MARKS = str.maketrans({**dict.fromkeys("-_/,;:()[]", " "), **dict.fromkeys("'’`´.\"", None), **_GREEK})


def fold(name: str) -> str:
    """The key under which a name is found: case, punctuation, plural and British spelling do not matter.

    >>> fold("Paraesthesia") == fold("paresthesias")
    True
    >>> fold("Muscle-Cramps")
    'muscle cramp'
    """
    return " ".join([_words[word] for word in name.casefold().translate(_MARKS).split()])


class _Folded(dict[str, str]):
    """Words as they are folded, each worked out once: names share most of theirs."""

    def __missing__(self, word: str) -> str:
        folded = self[word] = _fold_word(word)
        return folded


_words = _Folded()


def _fold_word(word: str) -> str:
    # ae, oe and our are how British spelling differs in medicine: anaemia, oedema, colour.
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("fibre", "fiber")
    if word.endswith(("isation", "ising", "ised")):
        word = word.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word
