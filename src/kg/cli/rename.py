"""Rename a term: its label and id change, every reference to it follows, and the old name stays as a synonym.

  kg rename 'restless legs syndrome' 'Willis-Ekbom disease'
  kg rename 'restless legs syndrome' 'Willis-Ekbom disease' --keep-id --write     the label alone

The old id, in a command or at its address, leads to the new one with a note. Nothing is written without --write.

"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.authoring.lookup import connect_records
from kg.cli import succession
from kg.cli.turns import in_turn
from kg.cli.written import repository

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg rename``."""
    parser.add_argument("term", metavar="TERM", help="the term, by any of its names")
    parser.add_argument("label", metavar="LABEL", help="its new label")
    parser.add_argument("--name", default="", help="the new id without kg: (default: made from the label)")
    parser.add_argument("--keep-id", action="store_true", help="change the label alone")
    succession.add_options(parser)


@in_turn
def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.naming import refuse_unseen
    from kg.authoring.retirement import rename

    refuse_unseen([" ".join(options.label.split()), options.reason])
    root = repository(options.source)
    plan = rename(root, connect_records(root), options.term, options.label, options.name, options.keep_id, options.reason)
    return succession.finish(options, root, plan)
