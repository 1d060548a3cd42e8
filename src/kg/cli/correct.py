"""What ends when states are corrected, or what has to be corrected so that a finding ends.

Findings that lose every route, and those that something else still leads to; or the smallest sets of nutrient statuses,
exposures and conditions without which no route is left.

  kg correct 'vitamin B12 deficiency'
  kg correct 'magnesium deficiency' 'vitamin D deficiency' --format json
  kg correct --for tetany --limit 3
"""

from __future__ import annotations

import sys

from kg.cli.deadline import watch
from kg.errors import UsageError
from kg.graph import opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from kg.causal.correct import Consequences, Sets
    from kg.causal.model import CausalGraph

FORMATS = ("text", "json")
#: How many of the causes that keep a finding are printed.
MOST_CAUSES = 4


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg correct``."""
    parser.add_argument("state", nargs="*", metavar="STATE", help="a state that is corrected")
    parser.add_argument("--for", dest="finding", metavar="FINDING", help="the smallest sets to correct so that this ends")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="the first N sets (default 10)")


def run(options: Namespace) -> int:
    """Work out what ends, or what to correct, and print it."""
    form = options.format or "text"
    if form not in FORMATS:
        raise UsageError(f"--format {form}: corrections come as {', '.join(FORMATS)}")
    if options.limit < 1:
        raise UsageError("--limit is 1 or more")
    if options.state and options.finding is not None:
        raise UsageError("both states and --for are given; give the states, or the finding that is to end")
    watch(options.timeout)
    graph = opened(options.source, options.timeout)
    if options.finding is None:
        answer = graph.correct(*options.state)
        if form == "json":
            print(answer.to_json())
        else:
            _print_consequences(answer.causal, answer)
        return 0
    found = graph.correct_for(options.finding, options.limit)
    causal, goal = found.causal, found.finding
    if form == "json":
        print(found.to_json())
    else:
        _print_sets(causal, goal, found)
    if found.beyond:
        names = "; ".join(map(causal.label, found.beyond))
        print(f"kg: routes stay that nothing correctable is on, from {names}", file=sys.stderr)
    if found.more and found.sets:
        first_ones = "the first set" if len(found.sets) == 1 else f"the first {len(found.sets)} sets"
        print(f"kg: {first_ones}; there are more (--limit)", file=sys.stderr)
    elif found.more:
        print("kg: the search was given up before it found a set: too many routes lead there", file=sys.stderr)
    elif not found.sets:
        print(f"kg: nothing that can be corrected leads to {causal.label(goal)}", file=sys.stderr)
    return 0


def _print_consequences(causal: CausalGraph, answer: Consequences) -> None:
    corrected = " and ".join(map(causal.label, answer.corrected))
    if not answer.lost and not answer.kept:
        print(f"No finding is reached from {corrected}.")
    if answer.lost:
        print(f"Without {corrected} nothing in the graph leads to")
        for iri in answer.lost:
            print(f"  {causal.label(iri)}")
    if answer.kept:
        print("But still led to, by other causes" if answer.lost else f"Without {corrected} other causes still lead to each of")
        for iri, through in answer.kept.items():
            more = f"; and {len(through) - MOST_CAUSES} more" if len(through) > MOST_CAUSES else ""
            print(f"  {causal.label(iri)}: through {'; '.join(map(causal.label, through[:MOST_CAUSES]))}{more}")
    print("Information, not medical advice.")


def _print_sets(causal: CausalGraph, goal: str, found: Sets) -> None:
    # Most sets differ in a state or two: what they share is told once.
    shared = set.intersection(*map(set, found.sets)) if len(found.sets) > 1 else set()
    if found.sets:
        print(f"No route to {causal.label(goal)} is left when these are corrected")
    if shared:
        common = "; ".join(causal.label(iri) for iri in found.sets[0] if iri in shared)
        print(f"  in every set: {common}")
    for number, one in enumerate(found.sets, 1):
        rest = [causal.label(iri) for iri in one if iri not in shared]
        print(f"  {number}. {'; '.join(rest)}   ({len(one)} states)")
    print("Information, not medical advice.")
