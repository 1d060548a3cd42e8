"""Texts as words, and passages of them by place and hash.

A text is folded so that neither typography nor markup matters: tags are taken out, letters and digits stay, in lower case.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")


def words(text: str, markup: bool = False) -> list[str]:
    """The words of a text as they are compared.

    >>> words("Low <b>K&#8314;</b> can lead to cramps.", markup=True)
    ['low', 'k', 'can', 'lead', 'to', 'cramps']
    """
    if markup:
        text = html.unescape(_TAG.sub(" ", text))
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def passage_hash(passage: list[str]) -> str:
    """The hash of a passage: SHA-256 of its words joined by blanks."""
    return hashlib.sha256(" ".join(passage).encode()).hexdigest()


def find(text: list[str], start: int, length: int, wanted: str) -> int | None:
    """Where the passage of ``length`` words with the hash ``wanted`` begins: at ``start``, else at the first place that fits.

    >>> text = words("one two three four")
    >>> find(text, 0, 2, passage_hash(["three", "four"]))
    2
    """
    if passage_hash(text[start : start + length]) == wanted:
        return start
    places = range(len(text) - length + 1)
    return next((place for place in places if passage_hash(text[place : place + length]) == wanted), None)
