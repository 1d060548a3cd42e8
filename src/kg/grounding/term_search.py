"""Terms by a word that their names, definitions or notes hold."""

from __future__ import annotations

from typing import NamedTuple

from kg.errors import UnknownName, UsageError
from kg.grounding.normalize import fold
from kg.grounding.other_languages import is_within
from kg.grounding.resolve import nearest_terms, warn_of_retired
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import Literal

    from kg.grounding.resolve import Asked

#: Nobody looks for more letters at once.
_LONGEST = 100
#: Where a word may stand, in the order in which hits are listed; a key is a name in its folded form.
PLACES = ("name", "synonym", "key", "definition", "note", "statement", "note of a source")


class Hit(NamedTuple):
    """What holds the word: a term, a claim by the note of its source, or a statement of the articles; where, and that text."""

    iri: str
    label: str
    kind: str
    where: str
    text: str


def find(rows: Asked, word: str) -> list[Hit]:
    """One hit for each record, names first, then synonyms, definitions and notes.

    All words must stand in one text, each as a word or as the beginning of one (anywhere in one, in a script that
    joins words), in any case and spelling variant.

    Raises:
        UsageError: there is no letter or digit to look for.
        UnknownName: nothing holds the word; the nearest names are listed.
    """
    wanted = fold(word).split()
    if not any(letter.isalnum() for letter in word) or not wanted:
        raise UsageError(f"{word!r} has no letter or digit to search for; give a word, as in kg find tingling")
    if len(word) > _LONGEST:
        raise UsageError(f"{word[:40]!r}... is longer than {_LONGEST} letters; give one word or a few")
    best: dict[str, tuple[tuple[int, int, int, str], Hit]] = {}
    for part in _parts(word, wanted):
        for row in rows(reading("texts", word=[part])):
            hit = Hit(row[0].value, row[1].value, row[2].value.removeprefix(KG), row[3].value, row[4].value)
            said = fold(hit.text).split()
            if all(any(is_within(one_wanted, one) for one in said) for one_wanted in wanted):
                place = PLACES.index(hit.where)
                if hit.where == "key":
                    hit = hit._replace(where="synonym", text=hit.label)
                # A whole word in a synonym says more than the beginning of one in a name.
                rank = (place if place > 2 else 0, int(not set(wanted) <= set(said)), place + len(said), hit.label.casefold())
                if hit.iri not in best or rank < best[hit.iri][0]:
                    best[hit.iri] = (rank, hit)
    if not best:
        warn_of_retired(rows, [word])
        nearest = nearest_terms(rows, word)
        hint = f"nearest: {'; '.join(nearest)}" if nearest else "try a shorter part of the word"
        raise UnknownName(f"no name, definition or note contains {word!r}; {hint}", nearest)
    return [hit for _, hit in sorted(best.values(), key=lambda entry: (entry[0], entry[1].iri))]


def _parts(word: str, wanted: list[str]) -> list[Literal]:
    """The longest word narrows most: as typed for running text, folded for the keys of names."""
    from pyoxigraph import Literal

    return [Literal(part) for part in sorted({max(words, key=len) for words in (word.casefold().split(), wanted)})]
