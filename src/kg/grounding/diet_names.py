"""The diets that people name, and what each leaves out: ``data/words/diets.tsv``."""

from __future__ import annotations

import os
from functools import lru_cache

from kg import locations


@lru_cache(1)
def read_diets() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The names of each diet, the usual one first, with the groups and foods that it leaves out."""
    found = []
    with open(os.path.join(locations.files(), "data", "words", "diets.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith(("#", "names\t")):
                names, left_out = line.rstrip("\n").split("\t")
                found.append((tuple(names.split("|")), tuple(left_out.split("|"))))
    return tuple(found)


def key_of(said: str) -> str:
    """The key under which a diet is found: hyphens do not matter.

    >>> key_of("Dairy-free")
    'dairy free'
    """
    return " ".join(said.casefold().replace("-", " ").split())


def find_diet(said: str) -> str | None:
    """The usual name of the diet of these words, or of those who keep it; None where none is called so.

    >>> find_diet("vegans"), find_diet("lactose free"), find_diet("keto")
    ('vegan', 'dairy-free', None)
    """
    key = key_of(said).removesuffix("s")
    for names, _ in read_diets():
        if key in {key_of(name).removesuffix("s") for name in names}:
            return names[0]
    return None
