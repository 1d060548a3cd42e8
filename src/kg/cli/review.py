"""Write a sheet on which an expert judges the claims of a topic, or import the file that the sheet saves.

kg review hypokalemia -o sheet.html            one page that works offline and with the keyboard
kg review --import review-hypokalemia.json     add its judgements to data/reviews
"""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser, Namespace

from kg import locations
from kg.atomic import announce, save, write
from kg.authoring.review import read_back, sheet
from kg.build import reviews
from kg.build.cells import rows
from kg.cli.turns import in_turn
from kg.errors import UsageError
from kg.graph import connect


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg review``."""
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="a term: an IRI, a CURIE, a label or any synonym")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write the sheet to")
    parser.add_argument("--import", dest="saved", metavar="FILE", help="import a review that was saved by the sheet")


@in_turn
def run(options: Namespace) -> int:
    """Write the sheet, or take a review in."""
    if (options.topic is None) == (options.saved is None):
        raise UsageError("name a topic with -o FILE, or a saved review with --import FILE; see kg review --help")
    graph = connect(options.source, options.timeout)
    if options.saved is None:
        if options.output is None:
            raise UsageError("name the file of the sheet, as in -o sheet.html")
        announce(save(options.output, sheet(graph, options.topic).encode("utf-8", "replace"), "sheet.html"))
        return 0
    judged, told = read_back(graph, options.saved)
    for line in told:
        print(line, file=sys.stderr)
    if judged:
        print(f"{_keep(judged, locations.home(options.source))}: {len(judged)} judgements")
    return 0


def _keep(judged: list[dict[str, str]], root: str) -> str:
    """Put rows into the table of their reviewer, each claim and day once, and return the path."""
    who = re.sub(r"[^a-z0-9]+", "-", (judged[0]["orcid"] or judged[0]["reviewer"]).casefold()).strip("-") or "reviewer"
    path = os.path.join(root, *reviews.FOLDER.split("/"), f"{who}.tsv")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    known = {(row["claim"], row["on"]): row for row in _there(path)} | {(row["claim"], row["on"]): row for row in judged}
    lines = [
        "\t".join(reviews.COLUMNS),
        *("\t".join(row[name] for name in reviews.COLUMNS) for _, row in sorted(known.items())),
    ]
    write(path, ("\n".join(lines) + "\n").encode())
    return os.path.relpath(path)


def _there(path: str) -> list[dict[str, str]]:
    if not os.path.exists(path):
        return []
    return [cells.row for cells in rows(path, reviews.COLUMNS)]
