"""What a word may mean beside what it was read as: ``data/words/also_meant.tsv``."""

from __future__ import annotations

import os
from functools import lru_cache

from kg import locations
from kg.grounding.normalize import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.reading import Reading


def offer_others(readings: Iterable[Reading]) -> tuple[str, ...]:
    """A line for each word that was read and means another thing too.

    >>> from kg.grounding.reading import Reading
    >>> from kg.grounding.resolve import Term
    >>> offer_others([Reading("Anorexia", (Term("kg:poor-appetite", "poor appetite", "Symptom"),), how="exact")])
    ("'Anorexia' is read as poor appetite; it also means anorexia nervosa, which is another term",)
    """
    return tuple(
        f"{one.phrase!r} is read as {one.terms[0].label}; it also means {other}, which is another term"
        for one in readings
        if one.terms and (other := _others().get(fold(one.phrase), one.terms[0].label)) != one.terms[0].label
    )


@lru_cache(1)
def _others() -> dict[str, str]:
    with open(os.path.join(locations.files(), "data", "words", "also_meant.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith(("#", "word\t"))]
    return {fold(word): other for word, other in rows}
