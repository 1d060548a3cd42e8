"""The difference of two graphs as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Quad, Store

from kg.diff.blame import MOST_CLAIMS, changed
from kg.diff.conclusions import Conclusion
from kg.diff.records import Difference, difference, read
from kg.graph import Graph
from kg.vocabulary import iri_to_compact

#: So many rows of a changed answer are shown; JSON has them all.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Report:
    """All that differs between two graphs. ``blamed`` is false where too many claims differ to seek those responsible."""

    terms: Difference
    claims: Difference
    conclusions: tuple[Conclusion, ...]
    blamed: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values: terms, claims and conclusions."""
        return {
            "terms": _plain(self.terms),
            "claims": _plain(self.claims),
            "conclusions": [
                {"kind": c.kind, "name": c.name, "gone": c.gone, "new": c.new, "claims": c.claims} for c in self.conclusions
            ],
            "responsible_claims_sought": self.blamed,
        }

    def lines(self, markdown: bool = False) -> Iterator[str]:
        """The report line by line; Markdown with headings and bullets."""
        head, item = ("## {}", "- {}") if markdown else ("{}", "  {}")
        if not (self.terms or self.claims or self.conclusions):
            yield "Nothing changed."
        for title, part in (("Terms", self.terms), ("Claims", self.claims)):
            if part:
                yield head.format(f"{title}: {len(part.added)} added, {len(part.removed)} removed, {len(part.changed)} changed")
                yield from (item.format(line) for line in _records(part))
                yield ""
        if self.conclusions:
            yield head.format(f"Conclusions that changed: {len(self.conclusions)}")
            for conclusion in _gathered(self.conclusions):
                yield from (item.format(line) for line in _concluded(conclusion))
            if not self.blamed:
                yield item.format(f"more than {MOST_CLAIMS} claims differ: no single one was sought")


def report(old: Graph, new: Graph) -> Report:
    """Compare two graphs."""
    before, after = _copied(old), _copied(new)
    was, now = read(before), read(after)
    claims = difference(was.claims, now.claims)
    conclusions = changed(before, after, claims.iris)
    return Report(difference(was.terms, now.terms), claims, tuple(conclusions), len(claims.iris) <= MOST_CLAIMS)


def _copied(graph: Graph) -> Store:
    # The search for the claim responsible writes to the store, which must be our own.
    store = Store()
    store.extend(Quad(*triple) for triple in graph.triples())
    return store


def _records(part: Difference) -> Iterator[str]:
    for iri, label in part.added:
        yield f"+ {_named(iri, label)}"
    for iri, label in part.removed:
        yield f"- {_named(iri, label)}"
    for change in part.changed:
        yield f"~ {_named(change.iri, change.label)}"
        for name, old, new in change.properties:
            gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
            yield f"    {name}: {'; '.join(gone) or 'nothing'} -> {'; '.join(come) or 'nothing'}"


def _named(iri: str, label: str) -> str:
    compact = iri_to_compact(iri)
    return compact if label == compact else f"{label} ({compact})"


def _gathered(conclusions: tuple[Conclusion, ...]) -> list[Conclusion]:
    """The conclusions with routes to one finding that changed alike, and by the same claims, told as one."""
    together: dict[object, list[Conclusion]] = {}
    for conclusion in conclusions:
        finding = conclusion.name.partition(" -> ")[2] if conclusion.kind == "route" else conclusion.name
        key = conclusion.kind, finding, conclusion.gone, conclusion.new, conclusion.claims
        together.setdefault(key, []).append(conclusion)
    return [_as_one(alike) for alike in together.values()]


def _as_one(alike: list[Conclusion]) -> Conclusion:
    if len(alike) == 1:
        return alike[0]
    starts = ", ".join(conclusion.name.partition(" -> ")[0] for conclusion in alike)
    return replace(alike[0], name=f"({starts}) -> {alike[0].name.partition(' -> ')[2]}")


def _concluded(conclusion: Conclusion) -> Iterator[str]:
    if conclusion.kind == "answer":
        yield f"answer of {conclusion.name}: {len(conclusion.gone)} rows gone, {len(conclusion.new)} new"
        for sign, rows in (("-", conclusion.gone), ("+", conclusion.new)):
            yield from (f"    {sign} {row}" for row in rows[:SHOWN])
            if len(rows) > SHOWN:
                yield f"    {sign} and {len(rows) - SHOWN} more"
    else:
        old, new = ("; ".join(side) or "none" for side in (conclusion.gone, conclusion.new))
        yield f"{conclusion.kind} {conclusion.name}: {old} -> {new}"
    if conclusion.claims:
        yield f"    by {', '.join(iri_to_compact(claim) for claim in conclusion.claims)}"


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
