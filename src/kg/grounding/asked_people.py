"""Whose question it is: diets, and stages of life that words of people and of age make up."""

from __future__ import annotations

from kg.errors import UsageError
from kg.grounding.diet_names import find_diet
from kg.grounding.life_stages import life_stage, words_of_people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.grounding.resolve import Asked

#: Beside a number these say that it is an age.
_AGED = frozenset(("people", "person", "age", "aged", "old", "over", "above", "older"))

#: Before the words of people these belong to what is asked: "what is normal in pregnancy".
_ASKS = frozenset(("is", "normal", "average", "in", "for"))


def find_people(rows: Asked, words: tuple[str, ...]) -> Iterator[tuple[int, int, str, str]]:
    """Diets, and stages of life that words of people and of age make up ("a woman of 70").

    Yields:
        the place of the first word, the place after the last one, and the name of the life stage or of the diet, the other empty.
    """
    at = 0
    while at < len(words):
        for size in (2, 1):
            diet = find_diet(" ".join(words[at : at + size])) if at + size <= len(words) else None
            if diet:
                yield at, at + size, "", diet
                at += size
                break
        else:
            end = at
            while end < len(words) and (words[end] in words_of_people() or _is_age(words, at, end)):
                end += 1
            while at + 1 < end and words[at] in _ASKS:
                at += 1
            stage = _stage(rows, words[at:end]) if end > at else ""
            if stage:
                yield at, end, stage, ""
            at = max(end, at + 1)


def _is_age(words: tuple[str, ...], at: int, end: int) -> bool:
    return words[end].isdigit() and (end > at or (end + 1 < len(words) and words[end + 1] in ("month", "year", "mo", "yr")))


def _stage(rows: Asked, words: tuple[str, ...]) -> str:
    aged = any(word.isdigit() for word in words) and not _AGED.isdisjoint(words)
    if not aged and all(words_of_people().get(word, ("", None)) == ("", None) for word in words):
        return ""
    try:
        return life_stage(rows, " ".join(words)).name
    except UsageError:
        return ""
