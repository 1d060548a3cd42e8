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


def wholly_named(label: str, question: str) -> bool:
    """Whether a question holds every word of a label that makes it out: calcium is no calcium channel blocker.

    >>> wholly_named("calcium channel blocker use", "calcium?"), wholly_named("calcium excess", "calcium?")
    (False, True)
    """
    told = set(fold(re.sub(r"[?!.,:']", " ", question)).split())
    words = [word for word in fold(label).split() if word not in _COMMON | _GENERAL | {"excess", "overload", "toxicity"}]
    return bool(words) and all(word in told for word in words)


def mentions(label: str, question: str) -> bool:
    """Whether a question holds any word of a label: "coffee" of "tea and coffee polyphenols"."""
    return names(label, question) or any(len(word) > 2 and names(word, question) for word in label.split())


#: Words of labels that name no group by themselves.
_GENERAL = frozenset(
    map(
        fold,
        (
            "use",
            "diet",
            "people",
            "with",
            "without",
            "disease",
            "high",
            "low",
            "intake",
            "after",
            "vitamin",
            "deficiency",
            "surgery",
            "sign",
            "symptom",
            "finding",
            "latent",
            "excess",
            "excessive",
            "other",
            "group",
            "age",
            "healthy",
            "health",
            "apparently",
            "severe",
            "chronic",
            "women",
            "drug",
            "medicine",
            "supplement",
            "men",
            "body",
            "blood",
            "level",
            "value",
        ),
    )
)


def is_named(label: str, question: str, about: str) -> bool:
    """Whether a question speaks of what bears a label, by a word that is none of what it asks about.

    >>> is_named("people on hemodialysis", "do people on hemodialysis lack zinc?", "zinc deficiency"), is_named("zinc excess", "who lacks zinc?", "zinc deficiency")
    (True, False)
    """
    asked = {_stem(word) for word in fold(re.sub(r"[?!.,:']", " ", question)).split()}
    own = {_stem(word) for word in fold(about).split()}
    words = {_stem(word) for word in fold(label).split() if word not in _GENERAL and len(word) > 3} - own
    return bool(words & asked)


def _stem(word: str) -> str:
    return word[:-2] if word.endswith("ic") else word[:6] if len(word) > 6 else word


def is_lack(label: str) -> bool:
    """Whether a nutrient status is a lack and no excess.

    >>> is_lack("zinc deficiency"), is_lack("hypervitaminosis A"), is_lack("selenium excess")
    (True, False, False)
    """
    return not re.search(r"excess|hyper|toxicity|overload|poisoning|high\b", label)


def span_in_words(start: str, end: str) -> str:
    """How long a thing takes, from durations of XML Schema.

    >>> span_in_words("P1M", "P6M"), span_in_words("", "P2M"), span_in_words("P1W", "")
    ('in 1 to 6 months', 'within 2 months', 'after 1 week')
    """
    first, last = _DURATION.fullmatch(start), _DURATION.fullmatch(end)
    if last is None:
        return f"after {_told(first)}" if first else ""
    if first is None:
        return f"within {_told(last)}"
    same = f"{first[1]} to {_told(last)}" if first[2] == last[2] else f"{_told(first)} to {_told(last)}"
    return f"in {same}" if start != end else f"in {_told(last)}"


def _told(duration: re.Match[str]) -> str:
    unit = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}[duration[2]]
    return count(int(duration[1]), unit)


_DURATION = re.compile(r"PT?(\d+)([YMWDH])")


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
