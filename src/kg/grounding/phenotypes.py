"""Names of the Human Phenotype Ontology, each with the nearest of its terms that this graph is mapped to.

``data/tables/hpo_names.tsv`` is read only where a phrase is not understood otherwise. This product uses the Human Phenotype Ontology;
find out more at http://www.human-phenotype-ontology.org.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kg.grounding.word_bags import word_key
from kg.rdf import word_tables

OBO = "http://purl.obolibrary.org/obo/"


class Phenotype(NamedTuple):
    """A term of the ontology: its id, its name, and the ids nearest to it that are mapped, level by level."""

    id: str
    name: str
    nearest: tuple[tuple[str, ...], ...]


def phenotype(phrase: str) -> Phenotype | None:
    """The term of the ontology that bears this name, in any order of its words.

    >>> phenotype("gait, broad-based").id
    'HP:0002136'
    """
    return _table().get(word_key(phrase))


def iri(identifier: str) -> str:
    """The IRI of a term by its id."""
    return OBO + identifier.replace(":", "_")


@lru_cache(maxsize=1)
def _table() -> dict[str, Phenotype]:
    found = {}
    for words, identifier, name, nearest in word_tables.read("tables/hpo_names.tsv"):
        found[words] = Phenotype(identifier, name, tuple(tuple(level.split("|")) for level in nearest.split(";")))
    return found
