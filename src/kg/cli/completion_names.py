"""The names that a shell completes: of terms by class, sources, claims, life stages, languages, releases and words of the ontology.

They come from the built graph of the repository at hand. Where it has not been built, or the source is a file or an endpoint, there are none:
a keystroke builds nothing and asks no server.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from pyoxigraph import Store

from kg import locations
from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded
from kg.sparql.library import reading

#: So many names are offered at most; a shell asks before it prints more than a screen.
MOST = 500
_CLASS = "http://www.w3.org/2002/07/owl#Class"


def names(kind: str, start: str = "", source: str | None = None) -> list[str]:
    """The names of a kind that begin with some letters, in any case, sorted.

    Parameters:
        kind: ``term`` or a class, ``source``, ``claim``, ``LifeStage``, ``language``, ``release``, ``class``, or ``choice:`` and a class.
    """
    found = {name for name in _find(kind, source) if name.casefold().startswith(start.casefold())}
    return sorted(found, key=lambda name: (name.casefold(), name))[:MOST]


def _find(kind: str, source: str | None) -> Iterable[str]:
    if kind == "release":
        from kg.export.kept_releases import list_kept

        return list_kept()
    store = _store(source)
    if store is None:
        return []

    def column(text: str, place: int = 0) -> Iterable[str]:
        return (row[place].value for row in Embedded(store).run(text))

    if kind in _READINGS:
        name, place = _READINGS[kind]
        return (value.removeprefix(f"{KG}claim/") for value in column(reading(name), place))
    if kind == "class" or kind.startswith("choice:"):
        of = _CLASS if kind == "class" else KG + kind.removeprefix("choice:")
        return (iri.removeprefix(KG) for iri in column(reading("choices", of=of)) if iri.startswith(KG))
    return column(reading("term_names", **{"class": KG + kind}))


#: The query that reads names of a kind, and the column that they stand in.
_READINGS = {
    "term": ("all_names", 1),
    "Thing": ("all_names", 1),
    "source": ("sources", 1),
    "Source": ("sources", 1),
    "claim": ("claim_names", 0),
    "LifeStage": ("life_stages_of_intakes", 0),
    "language": ("languages", 0),
}


def _store(source: str | None) -> Store | None:
    """The built graph of the repository that is named, where it is there."""
    named = locations.path_of(source or os.environ.get("KG_SOURCE") or "")
    if named and not os.path.isdir(os.path.join(named, "ontology")):
        return None
    path = locations.find_stamped(named or None)
    try:
        return Store.read_only(path) if path else None
    except (OSError, RuntimeError):
        return None
