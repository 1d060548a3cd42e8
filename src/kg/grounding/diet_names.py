"""The diets that people name, and what each leaves out: ``data/words/diets.tsv``."""

from __future__ import annotations

from functools import lru_cache

from kg.rdf import word_tables


@lru_cache(1)
def read_diets() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The names of each diet, the usual one first, with the groups and foods that it leaves out."""
    rows = word_tables.read("words/diets.tsv")
    return tuple((tuple(names.split("|")), tuple(left_out.split("|"))) for names, left_out in rows)


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
