"""A source as people name it: by its title, or by words of it that no other title has."""

from __future__ import annotations

from kg.errors import UnknownName
from kg.grounding.normalize import fold
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked

#: So many titles are named where several hold the words.
_LISTED = 5


def find_source(rows: Asked, said: str) -> str:
    """The title of the one source that has it, or that alone holds all of its words.

    Raises:
        UnknownName: no title holds the words, or several do; the error gives the first of these.
    """
    titles = {row["title"].value for row in rows(reading("sources"))}
    wanted = fold(said)
    exact = next((title for title in titles if fold(title) == wanted), "")
    words = wanted.split()
    held = [exact] if exact else sorted(title for title in titles if words and set(words) <= set(fold(title).split()))
    if len(held) != 1:
        many = f"{len(held)} sources bear the name {said!r}" if held else f"no source is called {said!r}"
        raise UnknownName(many, tuple(held[:_LISTED]))
    return held[0]
