"""Small words of the sentences of ``kg ask``: which names a question holds, plurals, and what a table of rows is."""

from __future__ import annotations

import re

from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Told = Sequence[dict[str, str]]
    #: Puts rows in words: the rows, the label that they are about, and the question as it was asked.
    Teller = Callable[[Told, str, str], str]

#: Words of labels that tell no two things apart.
_COMMON = frozenset(
    map(
        fold,
        [
            "raw",
            "boiled",
            "cooked",
            "dry",
            "with",
            "added",
            "and",
            "the",
            "use",
            "deficiency",
            "supplementation",
            "supplements",
            "intake",
            "diet",
            "of",
            "in",
            "vitamin",
            "acid",
        ],
    )
)


def names(label: str, question: str) -> bool:
    """Whether a question names what bears a label: it holds the first word that makes it out.

    >>> names("spinach, boiled", "how much spinach for a day's iron?"), names("vitamin B12", "what is vitamin C?")
    (True, False)
    """
    text = fold(re.sub(r"[?!.,:']", " ", question))
    words = [word for word in fold(label).split() if word not in _COMMON]
    if words and len(words[0]) == 1:  # "a" alone is an article
        return f"vitamin {words[0]}" in text
    return bool(words) and words[0] in text.split()


def mentions(label: str, question: str) -> bool:
    """Whether a question holds any word of a label: "coffee" of "tea and coffee polyphenols"."""
    return names(label, question) or any(len(word) > 2 and names(word, question) for word in label.split())


def distinct(rows: Told, column: str) -> list[str]:
    """The values of a column, each once."""
    return list(dict.fromkeys(row[column] for row in rows if row[column]))


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def count(number: int, noun: str) -> str:
    """A number and its noun.

    >>> count(1, "line"), count(2, "line")
    ('1 line', '2 lines')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def agree(label: str, verb: str) -> str:
    """The verb as its subject takes it.

    >>> agree("tea and coffee polyphenols", "weakens"), agree("phytate", "weakens")
    ('weaken', 'weakens')
    """
    plural = label.endswith("s") and not label.endswith(("ss", "us", "is"))
    return verb.removesuffix("s") if plural else verb
