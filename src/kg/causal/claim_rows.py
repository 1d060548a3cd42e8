"""Rows of the reading queries as values: one way to fill in what is asked of, and to read a claim."""

from __future__ import annotations

from kg.causal.model import Claim
from kg.rdf.namespaces import KG
from kg.rdf.vocabulary import CERTAINTY_NAMES, MOST_PROMINENT
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.grounding.resolve import Asked

#: How many IRIs go into one query: servers limit its length.
BATCH = 500


def of(rows: Asked, name: str, variable: str, values: list[str] | None) -> Iterator[Any]:
    """The rows of a reading query for some values of a variable, or for all: its VALUES row is replaced, or taken out."""
    if values is None:
        yield from rows(reading(name, **{variable: None}))
        return
    for first in range(0, len(values), BATCH):
        yield from rows(reading(name, **{variable: values[first : first + BATCH]}))


def read_evidence(rows: Asked, claims: list[str] | None) -> list[Any]:
    """The rows of the evidence of some claims, or of all, by claim, line and place: an engine takes as long again to put them in order."""
    return sorted(of(rows, "evidence", "claim", claims), key=lambda row: (row[0].value, row[1].value, text(row[9])))


def read_claim(
    claim: Any,
    cause: Any,
    relation: Any,
    effect: Any,
    status: Any,
    certainty: Any,
    onset: Any,
    frequency: Any = None,
    gate: Any = None,
    answered: Any = None,
    definition: Any = None,
    listed: Any = None,
    prominence: Any = None,
) -> Claim:
    """The claim of a row of a reading query, with the gate of that row."""
    return Claim(
        claim.value,
        *(cause.value, local(relation), effect.value),
        *(local(status), CERTAINTY_NAMES[local(certainty)]),
        onset=text(onset),
        frequency=local_or_none(frequency),
        only_when=() if gate is None else (gate.value,),
        compensates_for=text(answered),
        by_definition=text(definition) in ("true", "1"),  # Virtuoso writes a boolean as 1
        listed=text(listed) in ("true", "1"),
        prominence=MOST_PROMINENT if prominence is None else int(prominence.value),
    )


def join_gates(known: Claim | None, again: Claim) -> Claim:
    """A claim that comes once for each of its gates, with all of them."""
    return again if known is None else known._replace(only_when=tuple(sorted({*known.only_when, *again.only_when})))


def span(soonest: str, latest: str) -> str:
    """Two ISO 8601 durations in words.

    >>> span("P1W", "P2M")
    '1 week to 2 months'
    """
    times = [in_words(one) for one in (soonest, latest) if one]
    return " to ".join(dict.fromkeys(times))


def in_words(duration: str) -> str:
    """An ISO 8601 duration in words; as it stands where it is none.

    >>> in_words("P1Y6M"), in_words("PT12H"), in_words("soon")
    ('1 year 6 months', '12 hours', 'soon')
    """
    import re

    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", duration)
    units = ("year", "month", "week", "day", "hour", "minute", "second")
    parts = (
        [f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in zip(found.groups(), units, strict=True) if n] if found else []
    )
    return " ".join(parts) or duration


def local(node: Any) -> str:
    """The local name of a node of our namespace."""
    return str(node.value).removeprefix(KG)


def local_or_none(node: Any) -> str:
    """The same, empty for no node."""
    return "" if node is None else local(node)


def text(node: Any) -> str:
    """The words of a literal, empty for none."""
    return "" if node is None else str(node.value)
