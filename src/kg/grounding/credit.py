"""Who made a record, as far as it says so."""

from __future__ import annotations

from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def credit_of(graph: Any, iri: str) -> list[dict[str, str]]:
    """Who made a record, when and with what tool; nothing where nobody said.

    Parameters:
        graph: what answers a query text with its method ``rows``.
    """
    return [_facts(row) for row in graph.rows(reading("credit", record=iri))]


def credit_of_lines(graph: Any, claim: str) -> list[tuple[str, dict[str, str]]]:
    """The same of the lines of evidence of a claim: the IRI of each that says who wrote it, with what it says."""
    return [(row["line"].value, _facts(row)) for row in graph.rows(reading("line_credit", claim=claim))]


def _facts(row: Any) -> dict[str, str]:
    return {name: "" if row[name] is None else row[name].value for name in ("by", "on", "tool")}


def in_words(one: dict[str, str]) -> str:
    """Credit in a line.

    >>> in_words({"by": "https://orcid.org/0000-0002-1825-0097", "on": "2026-11-29", "tool": ""})
    'https://orcid.org/0000-0002-1825-0097, 2026-11-29'
    """
    tool = f"with {one['tool']}" if one["tool"] else ""
    return ", ".join(filter(None, (one["by"], one["on"], tool)))
