"""Foods among the words of a question: by the first part of their names, and eaten in a way that has a name of its own ("much milk")."""

from __future__ import annotations

from kg.grounding.food_names import is_organ
from kg.grounding.normalize import fold
from kg.grounding.resolve import Term
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.grounding.name_lookup import Names
    from kg.grounding.resolve import Asked

_LONGEST = 3

#: What eating much or little of a food may be called.
_AMOUNTS = {
    "much": ("excess {} intake", "excess {}", "too much {}", "large amounts of {}", "much {}", "{} diet", "mainly {}", "high {} diet"),
    "lack": ("low {} intake", "little {}", "no {}", "low {} diet"),
}  # fmt: skip


def read_foods(rows: Asked) -> dict[str, Term]:
    """Foods by what people say of their names: kale is "kale, raw", brown rice "brown rice, cooked", and Atlantic salmon salmon."""
    first_words: dict[str, Term] = {}
    last_words: dict[str, Term] = {}
    for row in rows(reading("term_names", **{"class": KG + "Food"})):
        name, comma, _ = row[0].value.partition(",")
        key = fold(name).removeprefix("whole ")
        if comma and (" " not in key or not is_organ(name)):
            first_words.setdefault(key, Term("", name, "Food"))
            if " " in key:
                last = key.rpartition(" ")[2]
                last_words.setdefault(last, Term("", last, "Food"))
    return {**last_words, **first_words}


def find_foods(foods: Mapping[str, Term], words: tuple[str, ...], free: set[int]) -> Iterator[tuple[int, int, Term]]:
    """The foods among words that no name has taken, the longest first, with the places of their words."""
    left = set(free)
    for size in range(_LONGEST, 0, -1):
        for start in range(len(words) - size + 1):
            term = foods.get(" ".join(words[start : start + size])) if left.issuperset(range(start, start + size)) else None
            if term:
                left -= set(range(start, start + size))
                yield start, start + size, term


def eaten_so(names: Names, food: str, amount: str) -> Term | None:
    """What eating much of a food ("much"), or little of it ("lack"), is called in the graph."""
    tried = [form.format(food) for form in _AMOUNTS[amount]]
    for _ in range(2):
        found = [names.find(one, ("Exposure",)) for one in tried]
        names.fetch()
    return next(filter(None, found), None)
