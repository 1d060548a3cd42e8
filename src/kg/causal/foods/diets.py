"""Diets as filters: which foods a diet leaves out."""

from __future__ import annotations

from difflib import get_close_matches

from kg.errors import UnknownName
from kg.grounding.diet_names import key_of, read_diets
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked


class Diet:
    """A diet: its name and the IRIs of the foods that it leaves out."""

    def __init__(self, name: str, without: frozenset[str]) -> None:
        self.name, self.without = name, without


def diet(rows: Asked, said: str) -> Diet:
    """The diet called ``said``.

    Raises:
        UnknownName: no diet is called so; those that are known are listed.
    """
    key = key_of(said)
    for names, left_out in read_diets():
        if key in map(key_of, names):
            found = rows(reading("foods_left_out", left_out=[KG + thing for thing in left_out]))
            return Diet(names[0], frozenset(row[0].value for row in found))
    known = list_diets()
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "the known ones are"
    listed = "" if near else f" {', '.join(known)}"
    raise UnknownName(f"no diet is called {said!r}; {hint}{listed}", tuple(near or known))


def list_diets() -> list[str]:
    """The names of the diets that are known."""
    return [names[0] for names, _ in read_diets()]
