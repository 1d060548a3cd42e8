"""Each evidence line against its recorded readings: found again, moved, changed, not at hand, not read.

kg verify                                            how many lines were read, and what is wrong with the records
kg verify hypokalemia_promotes_muscle-cramp          the lines of one claim
kg verify --texts ~/texts                            hold the readings against texts: ~/texts/OWNER/REPOSITORY/PATH
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter

from kg import locations
from kg.build import readings
from kg.checks.passages import words
from kg.checks.verify import OUTCOMES, Outcome, Texts, verify
from kg.errors import DataError, UsageError
from kg.graph import Graph, opened
from kg.grounding.normalize import fold
from kg.rdf.namespaces import KG
from kg.sparql import library


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg verify``."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="names of claims (default: all)")
    parser.add_argument("--texts", metavar="FOLDER", help="where the texts are, each at OWNER/REPOSITORY/PATH of its address")


def run(options: Namespace) -> int:
    """Print what became of each line, or of all in numbers; 1 where a record is wrong."""
    form = options.format or "text"
    if form not in ("text", "json"):
        raise UsageError(f"--format {form}: what was verified comes as text, json")
    if options.texts is not None and not os.path.isdir(options.texts):
        raise DataError(f"{options.texts}: no such folder; name the folder that holds the texts")
    graph = opened(options.source, options.timeout)
    ends = {
        _local(row[0]): (_local(row[1]), row[2].value, row[3].value) for row in graph.rows(library.reading("evidence_ends"))
    }
    wanted = {name.removeprefix("claim:").removeprefix(KG + "claim/") for name in options.claims}
    if missing := wanted - {claim for claim, _, _ in ends.values()}:
        raise UsageError(f"{min(missing)}: no claim of that name has evidence; see kg term for the claims of a term")
    lines = [line for line, (claim, _, _) in ends.items() if not wanted or claim in wanted]
    records = [cells for cells in readings.read(locations.files()) if not wanted or cells.row["line"] in set(lines)]
    names = _Names(graph, {line: (subject, thing) for line, (_, subject, thing) in ends.items()})
    found = verify(records, lines, Texts(options.texts), names.of)
    _print(found, form, each=bool(wanted))
    return 1 if any(one.problems for one in found) else 0


def _print(found: list[Outcome], form: str, each: bool) -> None:
    counts = Counter(one.outcome for one in found)
    if form == "json":
        told = {"counts": {outcome: counts[outcome] for outcome in OUTCOMES}, "lines": [one.to_dict() for one in found]}
        json.dump(told, sys.stdout, indent=1)
        print()
        return
    for one in found:
        if each:
            print(f"{one.outcome:<22}{one.line}  {' '.join(one.verdicts)}")
        for problem in one.problems:
            print(problem, file=sys.stderr)
    for outcome in OUTCOMES:
        print(f"{counts[outcome]:>6}  {outcome}")


class _Names:
    """Whether a word is a name of an end of a line's claim or of a kind of it, and of no other state."""

    def __init__(self, graph: Graph, ends: dict[str, tuple[str, str]]) -> None:
        self.ends = ends
        self.bearers: dict[str, set[str]] = {}
        self.states: set[str] = set()
        for row in graph.rows(library.reading("all_names")):
            self.bearers.setdefault(_key(row["name"].value), set()).add(row["term"].value)
            if row["state"] is not None:
                self.states.add(row["term"].value)
        self.kinds: dict[str, set[str]] = {}
        for row in graph.rows(library.reading("wider_states")):
            self.kinds.setdefault(row["wide"].value, set()).add(row["narrow"].value)

    def of(self, line: str, column: str, word: str) -> tuple[bool, bool]:
        """As :data:`kg.checks.verify.Names`."""
        if line not in self.ends:
            return True, True
        end = self.ends[line][0 if column == "cause" else 1]
        own = {end, *self.kinds.get(end, ())}
        bearers = self.bearers.get(_key(word), set())
        return bool(bearers & own), end not in self.states or not (bearers & self.states) - own


def _key(name: str) -> str:
    return " ".join(fold(word) for word in words(name))


def _local(node: object) -> str:
    return str(getattr(node, "value", "")).removeprefix(KG).split("/", 1)[-1]
