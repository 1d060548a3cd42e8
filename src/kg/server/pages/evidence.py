"""Lines of evidence as a page shows them: one for each source and claim, with all the places in the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.grounding.sourced import describe_reading
from kg.rdf.namespaces import KG
from kg.rdf.vocabulary import STANCES


@dataclass(slots=True)
class Line:
    """What one source says of one claim."""

    name: str
    stance: str
    source: str
    title: str
    url: str
    study: str
    indirect: bool
    places: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    statements: dict[str, str] = field(default_factory=dict)
    standing: str = ""
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    credit: list[dict[str, str]] = field(default_factory=list)

    @property
    def readings(self) -> list[str]:
        """Who read the line against its text and what was found, the oldest first."""
        return [self.read[key] for key in sorted(self.read)]


def lines_by_claim(rows: Iterable[Any]) -> dict[str, list[Line]]:
    """The lines of each claim, from the rows of the reading query ``evidence_near``."""
    found: dict[str, dict[str, Line]] = {}
    for row in rows:
        lines = found.setdefault(row["claim"].value, {})
        line = lines.setdefault(row["line"].value, _line(row))
        _add(line.places, row["locator"])
        _add(line.notes, row["note"])
        if row["reading"] is not None:
            reader, on, *more = row["reading"].value.split("\t")
            line.read[on, reader] = describe_reading(reader, on, *more)
        if row["by"] is not None:
            made = {"by": row["by"].value, "on": _text(row["made_on"]), "tool": _text(row["tool"])}
            line.credit += [made] if made not in line.credit else []
        if row["statement"] is not None:
            line.statements[row["statement"].value] = row["statement_label"].value if row["statement_label"] else ""
    return {claim: sorted(lines.values(), key=_order) for claim, lines in found.items()}


def _order(line: Line) -> tuple[int, str]:
    return STANCES.index(line.stance) if line.stance in STANCES else len(STANCES), line.title


def _line(row: Any) -> Line:
    local = row["directness"].value.removeprefix(KG) if row["directness"] is not None else ""
    return Line(
        row["line"].value.rpartition("/")[2],
        row["stance"].value.removeprefix(KG),
        row["source"].value,
        row["title"].value,
        _text(row["url"]),
        row["study"].value,
        local == "indirect",
        standing=_text(row["standing"]),
    )


def _text(node: Any) -> str:
    return "" if node is None else str(node.value)


def _add(words: list[str], node: Any) -> None:
    if node is not None and node.value not in words:
        words.append(node.value)
