"""All that differs between two graphs, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.diff.blame import MOST_CLAIMS, changed
from kg.diff.conclusions import Conclusion
from kg.diff.other_statements import NONE, Statements, between, others
from kg.diff.record_changes import Difference, difference, read
from kg.diff.snapshot import Side, in_memory
from kg.graph import Graph
from kg.sparql.embedded import Embedded


@dataclass(frozen=True, slots=True)
class Report:
    """All that differs between two graphs. ``blamed`` is false where too many claims differ to seek those responsible."""

    terms: Difference
    claims: Difference
    conclusions: tuple[Conclusion, ...]
    blamed: bool
    others: Statements = NONE

    def as_json(self) -> dict[str, Any]:
        """Plain values: terms, claims, conclusions and other statements."""
        return {
            "terms": _plain(self.terms),
            "claims": _plain(self.claims),
            "conclusions": [
                {"kind": c.kind, "name": c.name, "gone": c.gone, "new": c.new, "claims": c.claims} for c in self.conclusions
            ],
            "responsible_claims_sought": self.blamed,
            "other_statements": {"added": list(self.others.added), "removed": list(self.others.removed)},
        }


def report(before: Side, after: Graph) -> Report:
    """Compare a graph with what :func:`kg.diff.snapshot.side` took out of an earlier one."""
    later = Graph(Embedded(in_memory(after)))
    now = read(in_memory(later))
    claims = difference(before.records.claims, now.claims)
    conclusions = changed(before, later, claims.iris)
    terms, more = difference(before.records.terms, now.terms), between(before.others, others(in_memory(later), now))
    return Report(terms, claims, tuple(conclusions), len(claims.iris) <= MOST_CLAIMS, more)


def _plain(part: Difference) -> dict[str, Any]:
    def named(records: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
        return [{"iri": iri, "label": label} for iri, label in records]

    changes = [
        {
            "iri": change.iri,
            "label": change.label,
            "properties": [{"property": name, "old": old, "new": new} for name, old, new in change.properties],
        }
        for change in part.changed
    ]
    return {"added": named(part.added), "removed": named(part.removed), "changed": changes}
