"""The difference of two graphs as text or Markdown: the conclusions first, which no patch shows, then the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from textwrap import shorten

from kg.diff.blame import MOST_CLAIMS
from kg.diff.conclusions import Conclusion
from kg.diff.record_changes import Change, Difference
from kg.diff.report import Report
from kg.grounding.retired import Fate
from kg.rdf.namespaces import iri_to_compact

#: So many rows of an answer, and so many records or conclusions of one sort, are printed; JSON has them all.
ROWS, ENTRIES = 5, 30
#: So many characters of a row.
WIDTH = 160
_MAPPINGS = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")

#: A line of the report: how deep it stands, and its words.
Line = tuple[int, str]


def lines(found: Report, markdown: bool = False) -> Iterator[str]:
    """The report line by line; Markdown with headings and nested bullets."""
    if not (found.terms or found.claims or found.conclusions or found.others):
        yield "Nothing changed."
    for number, (heading, told) in enumerate(parts(found)):
        if number:
            yield ""
        yield f"## {heading}" if markdown else heading
        for depth, words in told:
            yield "  " * depth + ("- " if markdown else "  ") + words


def parts(found: Report) -> Iterator[tuple[str, Iterator[Line]]]:
    """The parts of a report that are not empty: heading and lines."""
    if found.conclusions:
        yield f"Conclusions that changed: {len(found.conclusions)}", _conclusions(found)
    for title, part in (("Claims", found.claims), ("Terms", found.terms)):
        if part:
            counts = f"{len(part.added)} added, {len(part.removed)} removed, {len(part.changed)} changed"
            yield f"{title}: {counts}", _records(part, found.fates)
    if found.others:
        counts = f"{len(found.others.added)} added, {len(found.others.removed)} removed"
        yield f"Other statements: {counts}", _statements(found)


def _conclusions(found: Report) -> Iterator[Line]:
    if not found.blamed:
        yield 0, f"more than {MOST_CLAIMS} claims differ: no single one was sought"
    routes = [conclusion for conclusion in found.conclusions if conclusion.kind == "route"]
    for kind in ("verdict", "answer"):
        alike = [conclusion for conclusion in found.conclusions if conclusion.kind == kind]
        yield from some([list(_answer(one) if kind == "answer" else _judgement(one)) for one in alike], f"{kind}s")
    yield from some([list(_judgement(one)) for one in _gather(routes)], "routes")


def _statements(found: Report) -> Iterator[Line]:
    signed = [(sign, line) for sign, part in (("-", found.others.removed), ("+", found.others.added)) for line in part]
    yield from some([[(0, f"`{sign} {shorten(line, WIDTH, placeholder=' ...')}`")] for sign, line in signed], "statements")


def _answer(conclusion: Conclusion) -> Iterator[Line]:
    yield 0, f"answer of {conclusion.name}: {len(conclusion.gone)} rows gone, {len(conclusion.new)} new"
    for sign, rows in (("-", conclusion.gone), ("+", conclusion.new)):
        yield from ((1, f"`{sign} {shorten(row, WIDTH, placeholder=' ...')}`") for row in rows[:ROWS])
        if len(rows) > ROWS:
            yield 1, f"`{sign}` {len(rows) - ROWS} more"
    yield from _by(conclusion)


def _judgement(conclusion: Conclusion) -> Iterator[Line]:
    old, new = ("; ".join(side) or "none" for side in (conclusion.gone, conclusion.new))
    yield 0, f"{conclusion.kind} {conclusion.name}: {old} -> {new}"
    yield from _by(conclusion)


def _by(conclusion: Conclusion) -> Iterator[Line]:
    if conclusion.claims:
        yield 1, f"by {', '.join(iri_to_compact(claim) for claim in conclusion.claims)}"


def _gather(routes: Iterable[Conclusion]) -> list[Conclusion]:
    """Routes that changed alike and by the same claims, told as one: first those from one state, then those to the same findings."""
    by_start: dict[tuple[str, Conclusion], list[str]] = {}
    for one in routes:
        start, _, finding = one.name.partition(" -> ")
        by_start.setdefault((start, replace(one, name="")), []).append(finding)
    by_findings: dict[tuple[Conclusion, tuple[str, ...]], list[str]] = {}
    for (start, alike), findings in by_start.items():
        by_findings.setdefault((alike, tuple(findings)), []).append(start)
    return [
        replace(alike, name=f"{', '.join(starts)} -> {_list(findings)}") for (alike, findings), starts in by_findings.items()
    ]


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - ROWS} more" if len(names) > ROWS + 1 else ""
    return ", ".join(names[:ROWS] if more else names) + more


def _records(part: Difference, became: Mapping[str, Fate]) -> Iterator[Line]:
    told = [change for change in part.changed if not _in_mappings_alone(change)]
    yield from some([[(0, f"+ {_name(iri, label)}")] for iri, label in part.added], "added")
    yield from some([[(0, f"- {_describe_gone(iri, label, became)}")] for iri, label in part.removed], "removed")
    yield from some([list(_describe_change(change)) for change in told], "changed")
    if len(told) < len(part.changed):
        yield 0, f"{len(part.changed) - len(told)} changed in their mappings to other ontologies alone"


def _describe_gone(iri: str, label: str, became: Mapping[str, Fate]) -> str:
    """A record that is no longer there, and what became of it where that is known."""
    return str(became[iri]) if iri in became else _name(iri, label)


def _in_mappings_alone(change: Change) -> bool:
    return all(name in _MAPPINGS for name, _, _ in change.properties)


def _describe_change(change: Change) -> Iterator[Line]:
    yield 0, f"~ {_name(change.iri, change.label)}"
    for name, old, new in change.properties:
        gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
        yield 1, f"{name}: {'; '.join(gone) or 'nothing'} -> {'; '.join(come) or 'nothing'}"


def _name(iri: str, label: str) -> str:
    compact = iri_to_compact(iri)
    return compact if label == compact else f"{label} ({compact})"


def some(entries: list[list[Line]], sort: str) -> Iterator[Line]:
    """The first entries of a sort, and how many more there are."""
    for entry in entries[:ENTRIES]:
        yield from entry
    if len(entries) > ENTRIES:
        yield 0, f"{len(entries) - ENTRIES} more {sort}; --format json has all"
