"""The words of a question as they are looked up: folded, without marks and amounts, a few turns of speech in one form."""

from __future__ import annotations

import re

from kg.grounding.amounts import leave_out
from kg.grounding.normalize import fold

_MARKS = re.compile(r"[?!\"()\[\]:;]|\.(?!\d)|(?<=\s)[-–—+&](?=\s)")
#: An amount is no name: mg is no magnesium.
_SOLUBLE = re.compile(r"\b(?:water|fat)[- ]soluble\b", re.IGNORECASE)
#: To drink is no drink.
_DRINK = re.compile(r"\b(i|you|we|they|he|she|to|not|people|who|can|should|never) drinks?\b", re.IGNORECASE)
#: How a diet is told by what it leaves out.
_WITHOUT = re.compile(
    r"\b(?:do not|don't|dont|cannot|can't|never|without|not|avoid|avoids|instead of|in place of|other than|apart from)(?: (?:eat|eating|have|having|drink|drinking|any|all)){0,2}"
    r" (?=(?:meat|fish|dairy|milk|lactose|nuts|eggs|gluten)\b)",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:old|older) (?:people|folk|persons)\b|\bthe (?:old|aged)\b(?= |$)|\bold age\b", re.IGNORECASE)


def read_words(question: str) -> tuple[str, ...]:
    """The words of a question.

    >>> read_words("Which foods give 5 mg of iron, if I don't eat meat?")
    ('which', 'food', 'give', 'of', 'iron', 'if', 'i', 'eat', 'no', 'meat')
    """
    return tuple(
        fold(
            _OLD.sub(
                "elderly people",
                leave_out(_SOLUBLE.sub(" ", _DRINK.sub(r"\1 have", _WITHOUT.sub("eat no ", _MARKS.sub(" ", question))))),
            )
        ).split()
    )
