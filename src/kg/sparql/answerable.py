"""Which questions of the library a graph can answer at all: those whose every needed pattern something in it fits.

The library is about nutrition; a graph of one's own on sleep has no foods, and a question about them has no answer there.
"""

from __future__ import annotations

import re

from kg.sparql.triple_patterns import Pattern, find_needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kg.sparql.library import Question

    Asked = Callable[[str], Iterable[Any]]

_PREFIXES = re.compile(r"(?im)^\s*PREFIX\s+[\w.-]*:\s*<[^<>\s]*>")


def split_answerable(rows: Asked, questions: Iterable[Question]) -> tuple[list[Question], list[Question]]:
    """The questions that can have an answer in a graph, and those that cannot since it has no record of what they are about."""
    known: dict[str, bool] = {}

    def fits(question: Question) -> bool:
        head = "\n".join(_PREFIXES.findall(question.text))
        for pattern in find_needed(_PREFIXES.sub("", question.text)):
            tried = _alone(pattern)
            if tried is None:
                continue
            if tried not in known:
                known[tried] = any(True for _ in rows(f"{head}\nSELECT ?s {{ {tried} }} LIMIT 1"))
            if not known[tried]:
                return False
        return True

    can: list[Question] = []
    cannot: list[Question] = []
    for question in questions:
        (can if fits(question) else cannot).append(question)
    return can, cannot


def _alone(pattern: Pattern) -> str | None:
    """A pattern without what the rest of its query binds; None where its predicate is a variable."""
    if pattern.predicate.startswith(("?", "$")):
        return None
    target = "?o" if pattern.object.startswith(("?", "$", "_:")) else pattern.object
    return f"?s {pattern.predicate} {target}"
