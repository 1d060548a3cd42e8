"""A term, claim or source that is no longer used is taken out; its id and name stay known, with the reason.

  kg retire claim:overuse_promotes_fatigue --reason 'withdrawn with its only source'
  kg retire 'leg fatigue' --replaced-by fatigue --write

What something still refers to is not retired; the places are named. Nothing is written without --write. Formats: text, json.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli import succession
from kg.cli.written import repository
from kg.graph import opened

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg retire``."""
    parser.add_argument("record", metavar="RECORD", help="a term or source by any name, or a claim as claim:...")
    parser.add_argument("--replaced-by", action="append", default=[], metavar="RECORD", help="what to use in its place")
    succession.shared(parser)


def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.retirement import retire

    root = repository()
    plan = retire(root, opened(root), options.record, options.replaced_by, options.reason)
    return succession.finish(options, root, plan)
