"""Whether works still stand: look-ups that contradict the records, and a report of those that are old or were never made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kg.build import withdrawal_lookups
from kg.build.cells import Cells
from kg.checks.problems import Problem, show_path
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, KG, kg

#: A look-up that is older is made again.
MOST_DAYS = 365
#: What is known of a source, worst first.
STATES = ("never looked up", "looked up too long ago", "looked up", "without identifier")


class Standing(NamedTuple):
    """When it was looked up whether a source still stands; ``on`` is empty where it never was."""

    source: str
    title: str
    state: str
    on: str

    def to_dict(self) -> dict[str, Any]:
        """The standing as plain values."""
        return self._asdict()


def contradictions(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """Look-ups of sources or identifiers that are not there, and sources that a list names and whose record says nothing.

    Raises:
        kg.errors.DataError: the table of look-ups cannot be read.
    """
    for cells in withdrawal_lookups.read(root):
        row, source = cells.row, NamedNode(f"{KG}source/{cells.row['source']}")
        if next(store.quads_for_pattern(source, kg("access"), None, None), None) is None:
            yield _of(cells, "no such source", "delete the row or mend its name")
            continue
        identifiers = _values(store, source, NamedNode(DCTERMS + "identifier"))
        if row["identifier"] not in identifiers:
            yield _of(cells, f"the source does not have the identifier {row['identifier']}", "look up the one that it has")
        elif row["found"] == withdrawal_lookups.LISTED and not _values(store, source, kg("standing")):
            problem = f"{row['list']} lists {row['identifier']}, and the record does not say what became of it"
            yield places.problem(source, problem, "read the notice and write kg:standing with its address as kg:standingNotice")


def report(sources: Iterable[tuple[str, str, bool, str]], today: date) -> list[Standing]:
    """What is known of each source.

    Parameters:
        sources: name, title, whether it has an identifier to look up, and the day of the last look-up or nothing.
        today: the day to which the age of a look-up is counted.
    """
    oldest = (today - timedelta(days=MOST_DAYS)).isoformat()
    found = []
    for source, title, identified, on in sources:
        state = "looked up" if on >= oldest else "looked up too long ago" if on else "never looked up"
        found.append(Standing(source, title, state if on or identified else "without identifier", on))
    return sorted(found, key=lambda one: (STATES.index(one.state), one.source))


def in_words(found: list[Standing]) -> str:
    """The report as one line.

    >>> in_words([Standing("a", "A", "looked up", "2026-11-29"), Standing("b", "B", "never looked up", "")])
    'withdrawals and retractions: 1 source looked up, 0 more than 365 days ago, 1 never, 0 have no DOI or PMID'
    """
    counts = Counter(one.state for one in found)
    current = counts["looked up"]
    return (
        f"withdrawals and retractions: {current} source{'' if current == 1 else 's'} looked up, "
        f"{counts['looked up too long ago']} more than {MOST_DAYS} days ago, {counts['never looked up']} never, "
        f"{counts['without identifier']} have no DOI or PMID"
    )


def _values(store: Store, source: NamedNode, predicate: NamedNode) -> set[str]:
    found = (quad.object for quad in store.quads_for_pattern(source, predicate, None, None))
    return {one.value for one in found if isinstance(one, Literal | NamedNode)}


def _of(cells: Cells, problem: str, fix: str) -> Problem:
    return Problem(show_path(cells.path), cells.line, f"source:{cells.row['source']}", problem, fix)
