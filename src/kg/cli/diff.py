"""Show what changed between two graphs: terms, claims and conclusions, with the claim responsible for each.

  kg diff old.nt .                         a release and the current checkout
  kg diff main-checkout my-checkout --format md
  kg diff old.nt new.nt --format json

A side is a file, the folder of a repository, or the URL of a SPARQL endpoint.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from kg.cli.deadline import watch
from kg.diff.report import report
from kg.diff.snapshot import side
from kg.diff.text import lines
from kg.graph import opened

FORMATS = ("text", "md", "json")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg diff``."""
    parser.add_argument("old", metavar="OLD", help="the earlier graph")
    parser.add_argument("new", metavar="NEW", help="the later graph")


def run(options: Namespace) -> int:
    """Compare and tell."""
    form = options.format or "text"
    watch(options.timeout)
    found = report(side(opened(options.old, options.timeout)), opened(options.new, options.timeout))
    if form == "json":
        json.dump(found.as_json(), sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        for line in lines(found, markdown=form == "md"):
            print(line)
    return 0
