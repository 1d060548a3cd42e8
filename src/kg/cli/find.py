"""Search names, definitions and notes for a word. Each record is listed once: names first, then synonyms, definitions and notes.

kg find tingling
kg find 'night blindness' --format json
kg find Muskelkrampf --lang de
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace

from kg.cli.deadline import watch
from kg.cli.fallback import say_untranslated
from kg.cli.table import table
from kg.errors import UsageError
from kg.graph import connect
from kg.grounding.resolve import spell_out

FORMATS = ("table", "json", "csv")
#: A table shows so many rows unless more are asked for; the other forms hold all.
SHOWN = 30


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg find``."""
    parser.add_argument(
        "word", metavar="WORD", help="a word or the beginning of one; of several words, all must occur in one text"
    )
    parser.add_argument(
        "--limit", type=int, metavar="N", help=f"maximum number of rows (default: {SHOWN} in a table, otherwise all)"
    )


def run(options: Namespace) -> int:
    """Print what holds the word."""
    form = options.format or "table"
    if options.limit is not None and options.limit < 1:
        raise UsageError(f"--limit {options.limit}: a number of rows is 1 or more")
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    found = graph.find(options.word)
    hits = found[: options.limit or (SHOWN if form == "table" else None)]
    if form == "json":
        print(json.dumps([hit._asdict() for hit in hits], indent=1, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(hits[0]._fields)
        writer.writerows(hits)
    else:
        table(["name", "kind", "where", "text"], [[hit.label, spell_out(hit.kind), hit.where, hit.text] for hit in hits])
        if len(found) > len(hits):
            print(f"{len(found) - len(hits)} more: --limit {len(found)}", file=sys.stderr)
    say_untranslated(
        graph, [(hit.iri, hit.label) for hit in hits if hit.kind != "Statement" and "Claim" not in hit.kind], options.quiet
    )
    return 0
