"""What a word may mean beside what it was read as: ``data/words/also_meant.tsv``."""

from __future__ import annotations

from functools import lru_cache

from kg.grounding.normalize import fold
from kg.rdf import word_tables

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
        if one.terms and (other := find_other(one.phrase, of_finding=True)) not in ("", one.terms[0].label)
    )


def find_other(word: str, of_finding: bool = False) -> str:
    """The label of the other thing that a word means; empty where it means one thing.

    Parameters:
        of_finding: whether the word is told as a finding, and not as the end of a route.

    >>> find_other("Anorexia"), find_other("fatigue")
    ('anorexia nervosa', '')
    """
    other, only = _others().get(fold(word), ("", ""))
    return "" if of_finding and only == "routes" else other


@lru_cache(1)
def _others() -> dict[str, tuple[str, str]]:
    return {fold(word): (other, only) for word, other, only in word_tables.read("words/also_meant.tsv")}
