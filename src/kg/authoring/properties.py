"""Properties of terms that no option or column names: read from the ontology, so that a new one needs no code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.authoring.written_text import quote
from kg.errors import UsageError
from kg.graph import Graph
from kg.rdf.namespaces import KG, XSD, iri_to_compact
from kg.sparql.library import nearest_names, reading

#: Properties that have an option and a column of their own, or that the build alone writes.
_ELSEWHERE = frozenset({"stateOf", "deviation", "diseaseOf", "commonness"})
#: Properties that the build fills from tables of foods and units; a sheet to fill in does not offer them.
_OF_TABLES = frozenset({"portion", "usualPortion", "eatenInThisForm", "memberOf", "unitConversion", "conversionSource"})
_WORDS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Property(NamedTuple):
    """A property of the ontology: its name, what it leads to (a class of ours, or the type of a literal), and what it means."""

    name: str
    range: str
    is_object: bool
    about: str = ""

    @property
    def column(self) -> str:
        """The name of its column as any spelling of it is brought to: ``hasIngredient``, ``Has ingredient``, ``has_ingredient``."""
        return column_key(self.name)


def properties(graph: Graph) -> dict[str, Property]:
    """The properties of terms that a graph's ontology declares, by name."""
    found: dict[str, Property] = {}
    for row in graph.rows(reading("properties")):
        name = row["property"].value.removeprefix(KG)
        range_ = row["range"].value if row["range"] else ""
        if name not in _ELSEWHERE:
            about = row["definition"].value if row["definition"] else ""
            found.setdefault(name, Property(name, range_, row["kind"].value.endswith("ObjectProperty"), about))
    return found


def offered(graph: Graph) -> list[Property]:
    """The properties that a sheet of terms offers as columns."""
    return [one for name, one in properties(graph).items() if name not in _OF_TABLES]


def column_key(name: str) -> str:
    """The name of a column without what may differ in its spelling: case, blanks and underscores."""
    return "".join(name.replace("_", " ").split()).casefold()


def split_pair(option: str, words: str) -> tuple[str, str]:
    """Property and value of ``encodes=a transporter``.

    Raises:
        UsageError: there is no ``=``, or one side is empty.
    """
    name, _, value = words.partition("=")
    if not name.strip() or not value.strip():
        raise UsageError(f"{option} {words}: write PROPERTY=VALUE, as in encodes='a transporter'")
    return name.strip().removeprefix("kg:"), value.strip()


def line(graph: Graph, name: str, value: str, declared: Mapping[str, Property] | None = None) -> str:
    """The line of a record that says a property, a term by any of its names.

    Parameters:
        declared: the properties of the graph, where they are known already.

    Raises:
        UsageError: no such property, or a value that is not of its type.
        kg.errors.UnknownName: no term of its range is called so.
    """
    known = properties(graph) if declared is None else declared
    if name not in known:
        near = nearest_names(name, known)
        hint = f"did you mean {near[0]}?" if near else "declare it in the ontology first"
        raise UsageError(f"{name!r} is not a property of terms; {hint}")
    one = known[name]
    if one.is_object:
        kind = one.range.removeprefix(KG) if one.range.startswith(KG) else None
        return f"kg:{name} {iri_to_compact(graph.term(value, kind).iri)}"
    return f"kg:{name} {_literal(one, value)}"


def _literal(one: Property, value: str) -> str:
    kind = one.range.removeprefix(XSD)
    bare = value.removeprefix("-")
    whole, point, part = bare.partition(".")
    fits = {
        "integer": bare.isascii() and bare.isdigit(),
        "decimal": (whole + part).isascii() and whole.isdigit() and (part.isdigit() or not point),
        "boolean": value in ("true", "false"),
    }
    if kind == "boolean" and value in ("TRUE", "FALSE"):  # as spreadsheets write them
        value = value.casefold()
        fits[kind] = True
    if kind in fits:
        if not fits[kind]:
            raise UsageError(f"kg:{one.name} is {value!r}, not a {kind}")
        return f"{value}.0" if kind == "decimal" and not point else value
    if one.range == _WORDS:
        return f"{quote(value)}@en"
    return quote(value) + (f"^^xsd:{kind}" if one.range.startswith(XSD) and kind != "string" else "")
