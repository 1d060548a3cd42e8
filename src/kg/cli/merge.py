"""Merge two terms that mean the same: the second takes over the names, claims, evidence and all references of the first.

  kg merge 'leg cramp' 'muscle cramp'
  kg merge 'leg cramp' 'muscle cramp' --reason 'the same finding' --write

The first is removed, the second stays. The old id leads to it with a note. Nothing is written without --write.

"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.authoring.lookup import connect_records
from kg.cli import succession
from kg.cli.turns import in_turn
from kg.cli.written import repository

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg merge``."""
    parser.add_argument("term", metavar="TERM", help="the term to remove")
    parser.add_argument("into", metavar="INTO", help="the term that stays")
    succession.add_options(parser)


@in_turn
def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.naming import refuse_unseen
    from kg.authoring.retirement import merge

    refuse_unseen([options.reason])
    root = repository(options.source)
    return succession.finish(options, root, merge(root, connect_records(root), options.term, options.into, options.reason))
