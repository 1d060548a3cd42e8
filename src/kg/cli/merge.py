"""Two terms that mean the same become one: it takes over the names of the other, its claims with their evidence, and all else.

  kg merge 'leg cramp' 'muscle cramp'
  kg merge 'leg cramp' 'muscle cramp' --reason 'the same finding' --write

The first is given up, the second stays. Who asks by the old id is led to it and told so. Nothing is written without --write.
Formats: text, json.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli import succession
from kg.cli.written import repository
from kg.graph import opened

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg merge``."""
    parser.add_argument("term", metavar="TERM", help="the term that is given up")
    parser.add_argument("into", metavar="INTO", help="the term that stays")
    succession.shared(parser)


def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.retirement import merge

    root = repository()
    return succession.finish(options, root, merge(root, opened(root), options.term, options.into, options.reason))
