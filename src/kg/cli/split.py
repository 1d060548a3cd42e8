"""Split a term into several existing ones: each claim goes to the one that --claim names, everything else to --rest.

  kg split 'leg pain' 'calf pain' 'thigh pain' --rest 'calf pain' --claim claim:overuse_promotes_leg-pain='thigh pain'

The old id lists the parts. Nothing is written without --write.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.authoring.lookup import connect_records
from kg.cli import succession
from kg.cli.turns import in_turn
from kg.cli.written import repository
from kg.errors import UsageError

FORMATS = succession.FORMATS


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg split``."""
    parser.add_argument("term", metavar="TERM", help="the term to remove")
    parser.add_argument("parts", nargs="+", metavar="PART", help="the terms that replace it; add them first with kg new term")
    parser.add_argument(
        "--claim", action="append", default=[], metavar="CLAIM=PART", help="the part that a claim goes to (repeatable)"
    )
    parser.add_argument("--rest", dest="others", default="", metavar="PART", help="the part that everything else goes to")
    succession.add_options(parser)


@in_turn
def run(options: Namespace) -> int:
    """Plan, show, and write where asked."""
    from kg.authoring.naming import refuse_unseen
    from kg.authoring.retirement import split

    refuse_unseen([options.reason])
    root = repository(options.source)
    claims = {}
    for given in options.claim:
        claim, equals, part = given.partition("=")
        if not equals or not claim.strip() or not part.strip():
            raise UsageError(f"--claim {given}: write it as CLAIM=PART")
        claims[claim.strip()] = part.strip()
    plan = split(root, connect_records(root), options.term, options.parts, claims, options.others, options.reason)
    return succession.finish(options, root, plan)
