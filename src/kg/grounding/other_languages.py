"""Phrases of other languages made readable: their marks, and their words for *and*, *or*, *no*, *without* and *I have*.

Names of terms are known in every language; the rules by which a phrase is read know English alone. So a phrase that no name fits
as it stands is read again with these small words in English (``data/words/other_languages.tsv``).
"""

from __future__ import annotations

import re
from functools import cache

from kg.rdf import word_tables

#: Marks that part a list or end a sentence in scripts that have their own.
_MARKS = str.maketrans(
    dict.fromkeys("،、，", ", ") | dict.fromkeys("؛；", "; ") | {"。": ". ", "؟": "? ", "？": "? ", "！": "! "}
)
#: Letters of scripts that put no blanks between words.
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: The same, and scripts that write an article or a preposition as one word with what follows.
_JOINED = re.compile(r"[\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")


def plain_marks(text: str) -> str:
    """A text with the marks that English has.

    >>> plain_marks("抽筋、刺痛。")
    '抽筋, 刺痛. '
    """
    return text if text.isascii() else text.translate(_MARKS)


def small_words(text: str) -> str:
    """A text with its small words in English; the same text where it has none.

    >>> small_words("Ich habe Kribbeln und Krämpfe"), small_words("sin calambres"), small_words("抽筋和刺痛")
    ('Kribbeln and Krämpfe', 'without calambres', '抽筋 and 刺痛')
    """
    opening, inner, unparted, english = _patterns()
    text = opening.sub("", text)
    text = inner.sub(lambda found: english[found[0].casefold()], text)
    if _UNPARTED.search(text):
        text = unparted.sub(lambda found: f" {english[found[0]]} ", text)
    return " ".join(text.split())


def is_within(part: str, word: str) -> bool:
    """Whether a word begins with a part; in a script that joins words, whether it contains it.

    >>> is_within("magnes", "magnesium"), is_within("nesium", "magnesium"), is_within("痉挛", "肌肉痉挛")
    (True, False, True)
    """
    return part in word if _JOINED.search(part) else word.startswith(part)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    english: dict[str, str] = {}
    openings: list[str] = []
    inner: list[str] = []
    unparted: list[str] = []
    for meant, _, words in word_tables.read("words/other_languages.tsv"):
        for word in words.split("|"):
            english[word.casefold()] = meant
            (openings if not meant else unparted if _UNPARTED.match(word) else inner).append(re.escape(word))
    longest = [sorted(found, key=len, reverse=True) for found in (openings, inner, unparted)]
    first, second, third = ("|".join(found) for found in longest)
    apart = rf"(?:{first})(?:(?<=[\u3400-\u9fff])|(?=\s)\s*)"
    return (
        re.compile(rf"^\s*{apart}", re.IGNORECASE),
        re.compile(rf"(?<![\w'])(?:{second})(?![\w'])", re.IGNORECASE),
        re.compile(rf"(?:^|(?<=[\s,;\u3040-\u9fff]))(?:{third})(?=[\u3040-\u9fff])"),
        english,
    )
