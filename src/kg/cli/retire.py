"""Retire a term, claim or source that is no longer used; its id and name stay known, with the reason.

  kg retire claim:overuse_promotes_fatigue --reason 'withdrawn with its only source'
  kg retire 'leg fatigue' --replaced-by fatigue --write

A record that is still referred to is not retired; the references are listed. Nothing is written without --write.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.authoring.lookup import connect_records
from kg.cli import succession
from kg.cli.turns import in_turn
from kg.cli.written import repository

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg retire``."""
    parser.add_argument("record", metavar="RECORD", help="a term or source by any name, or a claim as claim:...")
    parser.add_argument("--replaced-by", action="append", default=[], metavar="RECORD", help="the record to use instead")
    succession.add_options(parser)


@in_turn
def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.naming import refuse_unseen
    from kg.authoring.retirement import retire

    refuse_unseen([options.reason])
    root = repository(options.source)
    plan = retire(root, connect_records(root), options.record, options.replaced_by, options.reason)
    return succession.finish(options, root, plan)
