"""All that differs between two graphs, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.diff.blame import MOST_CLAIMS, find_changed
from kg.diff.conclusions import Conclusion
from kg.diff.other_statements import NONE, Statements, between, others
from kg.diff.record_changes import Difference, Facts, difference, read
from kg.diff.snapshot import Side, at_hand, in_memory
from kg.graph import Graph
from kg.grounding.retired import Fate, fates
from kg.sparql.embedded import Embedded


@dataclass(frozen=True, slots=True)
class Report:
    """All that differs between two graphs. ``blamed`` is false where too many claims differ to seek those responsible.

    ``later`` are the claims of the later graph by IRI.
    """

    terms: Difference
    claims: Difference
    conclusions: tuple[Conclusion, ...]
    blamed: bool
    others: Statements = NONE
    fates: Mapping[str, Fate] = field(default_factory=dict)
    later: Mapping[str, Facts] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values: terms, claims, conclusions and other statements."""
        return {
            "terms": _plain(self.terms, self.fates),
            "claims": _plain(self.claims, self.fates),
            "conclusions": [
                {"kind": c.kind, "name": c.name, "gone": c.gone, "new": c.new, "claims": c.claims} for c in self.conclusions
            ],
            "responsible_claims_sought": self.blamed,
            "other_statements": {"added": list(self.others.added), "removed": list(self.others.removed)},
        }


def report(before: Side, after: Graph) -> Report:
    """Compare a graph with what :func:`kg.diff.snapshot.side` took out of an earlier one."""
    store = at_hand(after)
    now = read(store)
    claims = difference(before.records.claims, now.claims)
    terms, more = difference(before.records.terms, now.terms), between(before.others, others(store, now))
    later = Graph(Embedded(in_memory(Graph(Embedded(store))) if 0 < len(claims.iris) <= MOST_CLAIMS else store))
    conclusions = find_changed(before, later, claims.iris)
    gone = {iri for part in (terms, claims) for iri, _ in part.removed}
    became = {iri: one for iri, one in fates(later.rows).items() if iri in gone} if gone else {}
    return Report(terms, claims, tuple(conclusions), len(claims.iris) <= MOST_CLAIMS, more, became, now.claims)


def _plain(part: Difference, became: Mapping[str, Fate]) -> dict[str, Any]:
    def name_records(records: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
        return [{"iri": iri, "label": label} for iri, label in records]

    changes = [
        {
            "iri": change.iri,
            "label": change.label,
            "properties": [{"property": name, "old": old, "new": new} for name, old, new in change.properties],
        }
        for change in part.changed
    ]
    removed: list[dict[str, Any]] = []
    for iri, label in part.removed:
        one = became.get(iri)
        fate = {"how": one.how, "replaced_by": [new for new, _, _ in one.new], "reason": one.reason} if one else {}
        removed.append({"iri": iri, "label": label, **fate})
    return {"added": name_records(part.added), "removed": removed, "changed": changes}
