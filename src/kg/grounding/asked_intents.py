"""What a question asks for beside its terms ("how long", "who should not"), and which commands say it: ``data/words/question_intents.tsv``.

A command that speaks of the right terms may still not answer: of two readings the one that says more of what is asked for is
better, and what the answer does not say is named.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple

from kg import locations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Intent(NamedTuple):
    """Something that is asked for: how it is worded, its name in an answer, and the commands and questions of the library that say it."""

    asked: re.Pattern[str]
    said: str
    answered_by: frozenset[str]


def find_unanswered(question: str, command: Sequence[str]) -> tuple[str, ...]:
    """What a question asks for and a command does not say.

    >>> find_unanswered("How long does rickets take to heal?", ["query", "causes_of", "--finding", "rickets"])
    ('how long it takes',)
    >>> find_unanswered("How long does rickets take to heal?", ["query", "goes_back", "--state", "rickets"])
    ()
    """
    name = command[1] if command[0] == "query" else command[0]
    return tuple(one.said for one in _asked_for(question) if name not in one.answered_by)


@lru_cache(maxsize=64)
def _asked_for(question: str) -> tuple[Intent, ...]:
    text = re.sub(r"['’]", "", question.casefold()).rstrip(" ?!.")
    return tuple(one for one in _intents() if one.asked.search(text))


@lru_cache(maxsize=1)
def _intents() -> tuple[Intent, ...]:
    with open(os.path.join(locations.files(), "data", "words", "question_intents.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if "\t" in line and not line.startswith(("#", "asked\t"))]
    return tuple(Intent(re.compile(asked), said, frozenset(names.split())) for asked, said, names in rows)
