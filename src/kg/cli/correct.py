"""Show which findings end when states are corrected, or what to correct so that a finding ends.

For the findings and conditions that the states contribute to: what ends, what improves, what stays because of another cause,
and what may be irreversible, with times where a source gives them. With --for: the nutrient statuses, exposures and
conditions that lead most strongly to a finding, and the smallest sets of them.

  kg correct 'vitamin B12 deficiency'
  kg correct 'magnesium deficiency' 'vitamin D deficiency' --format json
  kg correct --for tetany --limit 3
"""

from __future__ import annotations

import sys

from kg.cli.deadline import watch
from kg.cli.fallback import say_untranslated
from kg.errors import UsageError
from kg.graph import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from kg.causal.correct import Correction
    from kg.causal.remedies import Remedies

FORMATS = ("text", "json")
#: How many of the causes that keep a finding are printed.
MOST_CAUSES = 4
#: How many findings of one fate are printed on a terminal.
MOST_SHOWN = 12


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg correct``."""
    parser.add_argument("state", nargs="*", metavar="STATE", help="a state to correct")
    parser.add_argument("--for", dest="finding", metavar="FINDING", help="list the causes to correct so that this finding ends")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="maximum number of causes and of sets (default 10)")


def run(options: Namespace) -> int:
    """Work out what ends, or what to correct, and print it."""
    form = options.format or "text"
    if options.limit < 1:
        raise UsageError("--limit is 1 or more")
    if options.state and options.finding is not None:
        raise UsageError("both states and --for were given; give the states, or the finding that is to end")
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    if options.finding is None:
        answer = graph.correct(*options.state)
        if form == "json":
            print(answer.to_json())
        else:
            _print_correction(answer)
        shown = [*answer.corrected, *answer.lost, *answer.improved, *answer.kept]
        say_untranslated(graph, [(iri, answer.causal.label(iri)) for iri in shown], options.quiet)
        return 0
    found = graph.correct_for(options.finding, options.limit)
    if form == "json":
        print(found.to_json())
    else:
        _print_remedies(found)
    say_untranslated(graph, [(iri, found.causal.label(iri)) for iri in (found.finding, *found.causes)], options.quiet)
    if found.more and found.causes:
        print(f"kg: the first {options.limit} causes and sets; there are more (--limit)", file=sys.stderr)
    elif not found.causes:
        print(f"kg: nothing that can be corrected leads to {found.causal.label(found.finding)}", file=sys.stderr)
    return 0


def _print_correction(answer: Correction) -> None:
    label = answer.causal.label
    corrected = " and ".join(map(label, answer.corrected))
    if not answer.strengths:
        print(f"No finding is reached from {corrected} by a route that carries anything.")
    for words, group in (("ends", answer.lost), ("improves, but has other causes too", answer.improved)):
        if group:
            print(f"With {corrected} corrected, this {words}:")
        _print_first([f"  {label(iri)}{_time(answer, iri)}" for iri in group])
        if group and group is answer.lost:
            print(
                "  (Little else brings these. That one goes back in a person is said only where a time or 'goes back' stands.)"
            )
    if not answer.lost and answer.strengths:
        print("Nothing ends: all that it leads to has other causes too.")
    if answer.kept:
        print("Stays where another cause is there:")
    others = {iri: "; ".join(map(label, through[:MOST_CAUSES])) for iri, through in answer.kept.items()}
    _print_first([f"  {label(iri)}{f': {named}' if named else ''}" for iri, named in others.items()])
    if answer.may_not_reverse:
        print("May not go back:")
    for iri, why in answer.may_not_reverse.items():
        print(f"  {label(iri)}: {why}")
    print("Information, not medical advice.")


def _print_first(lines: Sequence[str]) -> None:
    """The lines, on a terminal the first of them with how many more there are; a pipe gets them all."""
    shown = lines[:MOST_SHOWN] if sys.stdout.isatty() else lines
    for line in shown:
        print(line)
    if len(shown) < len(lines):
        print(f"  and {len(lines) - len(shown)} more (all of them in a pipe: | less)")


def _time(answer: Correction, iri: str) -> str:
    return f" ({answer.times[iri]})" if iri in answer.times else ""


def _print_remedies(found: Remedies) -> None:
    label = found.causal.label
    if found.causes:
        print(f"{label(found.finding)} comes most strongly from")
    for number, (iri, strength) in enumerate(found.causes.items(), 1):
        print(f"  {number}. {label(iri)}   strength {strength:.2f}")
    if found.sets:
        print("None of these routes is left when all of one line are corrected")
    elif found.causes:
        print("No small set of these ends all of their routes: which cause is there has to be found out (kg explain).")
    for one in found.sets:
        print(f"  {'; '.join(map(label, one))}")
    print("Information, not medical advice.")
