"""Another name for a term: its label and id change, claims and all that refers to it follow, the old name stays a synonym.

  kg rename 'restless legs syndrome' 'Willis-Ekbom disease'
  kg rename 'restless legs syndrome' 'Willis-Ekbom disease' --keep-id --write     the label alone

Who asks by the old id, in a command or at its address, is led to the new one and told so. Nothing is written without --write.
Formats: text, json.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli import succession
from kg.cli.written import repository
from kg.graph import opened

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg rename``."""
    parser.add_argument("term", metavar="TERM", help="the term, by any of its names")
    parser.add_argument("label", metavar="LABEL", help="its new label")
    parser.add_argument("--name", default="", help="the new id without kg: (default: made from the label)")
    parser.add_argument("--keep-id", action="store_true", help="change the label alone")
    succession.shared(parser)


def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.retirement import rename

    root = repository()
    plan = rename(root, opened(root), options.term, options.label, options.name, options.keep_id, options.reason)
    return succession.finish(options, root, plan)
