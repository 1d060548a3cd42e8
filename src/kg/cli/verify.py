"""Check each evidence line against its recorded readings: found again, moved, changed, not available, not read, not public.

kg verify                                            count the lines that were read, and report wrong records
kg verify hypokalemia_promotes_muscle-cramp          the lines of one claim
kg verify --texts ~/texts                            compare the readings with texts at ~/texts/OWNER/REPOSITORY/PATH
kg verify --texts ~/texts --by-source                the same, one line for each source
kg verify --withdrawals                              sources whose withdrawal was looked up long ago, or never
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import date
from typing import Any

from kg import locations
from kg.build import readings
from kg.checks import withdrawals
from kg.checks.head_words import HeadWords
from kg.checks.verify import OUTCOMES, PUBLIC, Outcome, Texts, by_source, verify
from kg.errors import DataError, UsageError
from kg.graph import Graph, connect
from kg.grounding.spelled_ids import claim_name
from kg.rdf.namespaces import KG
from kg.sparql import library

#: The forms of the output, the usual one first.
FORMATS = ("text", "json")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg verify``."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="names of claims (default: all)")
    parser.add_argument(
        "--texts", metavar="FOLDER", help="the folder of the texts, each at OWNER/REPOSITORY/PATH of its address"
    )
    parser.add_argument("--by-source", action="store_true", help="print the number of lines by outcome for each source")
    parser.add_argument(
        "--withdrawals",
        "--standings",
        action="store_true",
        help="list sources whose withdrawal status was not checked recently",
    )


def run(options: Namespace) -> int:
    """Print what became of each line, or of all in numbers; 1 where a record is wrong."""
    form = options.format or "text"
    if options.texts is not None and not os.path.isdir(options.texts):
        raise DataError(f"{options.texts}: no such folder; name the folder that contains the texts")
    graph = connect(options.source, options.timeout)
    if options.withdrawals:
        return _print_lookups(graph, form)
    rows = {_local(row["line"]): row for row in graph.rows(library.reading("evidence_ends"))}
    wanted = {claim_name(name) for name in options.claims}
    if missing := wanted - {_local(row["claim"]) for row in rows.values()}:
        raise UsageError(f"{min(missing)}: no claim of that name has evidence; see kg term for the claims of a term")
    lines = {line: row for line, row in rows.items() if not wanted or _local(row["claim"]) in wanted}
    records = [cells for cells in readings.read(locations.home(options.source)) if not wanted or cells.row["line"] in lines]
    names = HeadWords(graph, {line: (row["subject"].value, row["object"].value) for line, row in rows.items()})
    closed = {line for line, row in lines.items() if row["address"] is None}
    given_up = [row["old"].value for row in graph.rows(library.reading("retired", old=None, key=None))]
    gone = {iri.removeprefix(KG + "claim/") for iri in given_up if iri.startswith(KG + "claim/")}
    found = verify(records, lines, Texts(options.texts), names.of, closed, gone)
    sources = {line: _local(row["source"]) for line, row in lines.items()}
    known = _check_names(graph)
    if form == "json":
        told: dict[str, Any] = {"counts": _counts(found), "sources": by_source(found, sources)}
        told |= {"lines": [one.to_dict() for one in found], "withdrawals": dict(Counter(one.state for one in known))}
        json.dump(told, sys.stdout, indent=1)
        print()
    else:
        _print(found, sources, options.by_source, each=bool(wanted))
        if not wanted:
            print(withdrawals.in_words(known), file=sys.stderr)
    return 1 if any(one.problems for one in found) else 0


def _counts(found: list[Outcome]) -> dict[str, int]:
    counts = Counter(one.outcome for one in found)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _print(found: list[Outcome], sources: dict[str, str], sourcewise: bool, each: bool) -> None:
    for one in found:
        if each:
            print(f"{one.outcome:<22}{one.line}  {' '.join(one.verdicts)}")
        for problem in one.problems:
            print(problem, file=sys.stderr)
    if sourcewise:
        for source, counts in by_source(found, sources).items():
            told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
            print(f"{sum(counts.values()):>6}  {source}: {told}")
    counts = _counts(found)
    for outcome, number in counts.items():
        print(f"{number:>6}  {outcome}")
    if public := sum(counts[outcome] for outcome in PUBLIC):
        again = [one for one in found if one.outcome in ("found again", "moved")]
        named = sum("named" in one.verdicts for one in again)
        share = f"{len(again)} of {public} lines whose text lies in a public collection were found again"
        how = f"{named} by the names of both ends, {len(again) - named} by other words that a reader has confirmed"
        print(f"{share} ({100 * len(again) / public:.0f} %): {how}")


def _check_names(graph: Graph) -> list[withdrawals.Standing]:
    rows = (
        (_local(row["source"]), row["title"].value, row["identifiers"].value != "0", row["checked"])
        for row in graph.rows(library.reading("source_lookups"))
    )
    return withdrawals.report(((*row, on.value if on is not None else "") for *row, on in rows), date.today())


def _print_lookups(graph: Graph, form: str) -> int:
    """The sources to look up: never a failure, since the records are right."""
    known = _check_names(graph)
    if form == "json":
        json.dump([one.to_dict() for one in known], sys.stdout, indent=1)
        print()
        return 0
    for one in known:
        if one.state in withdrawals.STATES[:2]:
            print(f"{one.state:<24}{one.on:<12}{one.source}  {one.title}")
    print(withdrawals.in_words(known), file=sys.stderr)
    return 0


def _local(node: object) -> str:
    return str(getattr(node, "value", "")).removeprefix(KG).split("/", 1)[-1]
