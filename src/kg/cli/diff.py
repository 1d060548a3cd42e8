"""Show what changed between two graphs: terms, claims and conclusions, with the claim responsible for each.

  kg diff old.nt .                         a release and the current checkout
  kg diff main-checkout my-checkout --format md
  kg diff old.nt new.nt --format json
  kg diff main-checkout my-checkout --review     one comment for a pull request: also support, style and checks

A side is a file, the folder of a repository, or the URL of a SPARQL endpoint.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace

from kg import locations
from kg.cli.deadline import watch
from kg.diff.report import Report, report
from kg.diff.snapshot import Side, side
from kg.diff.text import lines
from kg.errors import UsageError
from kg.graph import connect

FORMATS = ("text", "md", "json")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg diff``."""
    parser.add_argument("old", metavar="OLD", help="the earlier graph")
    parser.add_argument("new", metavar="NEW", help="the later graph")
    parser.add_argument("--review", action="store_true", help="write the comment on a pull request, in Markdown")


def run(options: Namespace) -> int:
    """Compare and tell."""
    form = options.format or "text"
    if options.review and options.format not in (None, "md"):
        raise UsageError(f"--format {options.format}: --review is Markdown; leave --format out")
    watch(options.timeout)
    before = side(connect(options.old, options.timeout))
    found = report(before, connect(options.new, options.timeout))
    if options.review:
        print(_comment(found, before, options.new), end="")
    elif form == "json":
        json.dump(found.as_json(), sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        for line in lines(found, markdown=form == "md"):
            print(line)
    return 0


def _comment(found: Report, before: Side, new: str) -> str:
    """The comment; style and checks are those of the later side where it is a repository."""
    from kg.checks import validate
    from kg.cli.format import find_unformatted
    from kg.diff.pull_request import comment

    root = locations.path_of(new)
    if not os.path.isdir(os.path.join(root, "ontology")):
        return comment(found, before.records.claims, found.later)
    style = (os.path.relpath(path, root) for path in find_unformatted(root))
    problems = (problem._replace(file=_within(problem.file, root)) for problem in validate(root))
    return comment(found, before.records.claims, found.later, style, problems)


def _within(path: str, root: str) -> str:
    inner = os.path.relpath(path, root)
    return path if inner.startswith("..") or not os.path.exists(path) else inner
