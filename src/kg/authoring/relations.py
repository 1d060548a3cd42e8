"""What claims may state, as the ontology says it (``kg:asserts``): a new class of claims needs no code."""

from __future__ import annotations

from typing import NamedTuple

from kg.errors import UsageError
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.grounding.resolve import Asked


class Relation(NamedTuple):
    """A relation: its name, the class of its claims, the properties of their two ends, and the classes that it joins, if any are said."""

    name: str
    kind: str
    first: str = "subject"
    last: str = "object"
    domain: str = ""
    range: str = ""
    label: str = ""


def relations(rows: Asked) -> dict[str, Relation]:
    """The relations of a graph by name, those of causal claims first.

    Raises:
        UsageError: its ontology says of no class what it asserts.
    """
    found: dict[str, Relation] = {}
    for row in rows(reading("relations")):
        name, kind, domain, range_, first, last = (
            row[key].value.removeprefix(KG) if row[key] else ""
            for key in ("relation", "class", "domain", "range", "first", "last")
        )
        label = row["label"].value if row["label"] else ""
        found.setdefault(name, Relation(name, kind, first or "subject", last or "object", domain, range_, label))
    if not found:
        raise UsageError(
            "the ontology says of no class of claims what it asserts (kg:asserts); take ontology/kg.ttl of this version"
        )
    return found


def relation(known: Mapping[str, Relation], word: str) -> Relation:
    """The relation called ``word``: its name, or its label such as ``required for``.

    Raises:
        UsageError: no relation is called so.
    """
    plain = "".join(word.split()).casefold()
    for one in known.values():
        if plain in (one.name.casefold(), "".join(one.label.split()).casefold()):
            return one
    raise UsageError(f"{word!r} is not a relation; choose one of {', '.join(known)}")
