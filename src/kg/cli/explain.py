"""Rank the states that could explain the given findings.

For each: its causal routes, the findings it leaves unexplained, and the test that best separates it from its rivals.

This ranks what the graph knows; it is not a diagnosis. Findings may be written as people and reports write them. Signs that
need care now (of a stroke, a heart attack, sepsis ...) are listed first, with the page that says so. Without findings,
the risks of the given circumstances are listed, with what to watch for. On a terminal, kg asks about words that it does not understand.

  kg explain 'pins and needles' fatigue 'MCV: high' --context 'vegan diet' --context metformin
  kg explain --context metformin --context omeprazole
  kg explain cramps --absent 'muscle weakness' --context diuretics --top 3 --format json
  kg explain fatigue 'ferritin 9 ng/mL' 'Hb 82 g/L' --context 'woman, 34 years'
"""

from __future__ import annotations

import sys

from kg.causal.commonness import say_commonness
from kg.causal.paths import chain
from kg.causal.warnings import as_lines
from kg.cli.ask_back import can_ask, put_right
from kg.cli.deadline import watch
from kg.cli.fallback import say_untranslated
from kg.errors import UnknownName, UsageError
from kg.graph import connect
from kg.grounding.sourced import describe_certainty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Sequence

    from kg.causal.candidate import Candidate
    from kg.causal.explain import Explanation
    from kg.causal.route import Route
    from kg.graph import Graph

FORMATS = ("text", "json")
#: How many states of the same story are printed.
MOST_ALSO = 6


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg explain``."""
    parser.add_argument("finding", nargs="*", metavar="FINDING", help="a symptom, a sign or a test result, such as 'MCV: high'")
    parser.add_argument("--absent", action="append", default=[], metavar="F", help="a finding that is absent (repeatable)")
    about = "diet, drug, condition, operation, age or sex (repeatable)"
    parser.add_argument("--context", action="append", default=[], metavar="C", help=about)
    parser.add_argument("--top", type=int, default=5, metavar="N", help="maximum number of candidates (default 5)")


def run(options: Namespace) -> int:
    """Rank the candidates and print them."""
    form = options.format or "text"
    if options.top < 1:
        raise UsageError("--top is 1 or more")
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    answer = _answer(graph, options)
    for note in answer.notes:
        print(f"kg: {note}", file=sys.stderr)
    if answer.unresolved:
        print(f"kg: not understood and left out: {'; '.join(answer.unresolved)}", file=sys.stderr)
    if form == "json":
        print(answer.to_json())
    else:
        _print(answer)
    shown = [(term.iri, term.label) for _, term in answer.findings]
    shown += [(one.iri, answer.causal.label(one.iri)) for one in answer.candidates]
    say_untranslated(graph, shown, options.quiet)
    if not answer.candidates:
        nothing = "explains any of these findings" if answer.findings else "is known to follow from these circumstances"
        print(f"kg: no state of the graph {nothing}", file=sys.stderr)
    return 0


def _answer(graph: Graph, options: Namespace) -> Explanation:
    """The answer; on a terminal what was not understood is asked back, once."""

    def explain(findings: Sequence[str]) -> Explanation:
        return graph.explain(findings, options.absent, options.context, options.top)

    asks = can_ask() and not options.quiet
    try:
        answer = explain(options.finding)
    except UnknownName:
        if not asks:
            raise
        return explain(put_right(graph, options.finding, options.finding))
    unread = [phrase for phrase in answer.unresolved if phrase in options.finding]
    return explain(put_right(graph, options.finding, unread)) if asks and unread else answer


def _print(answer: Explanation) -> None:
    for line in as_lines(answer.red_flags):
        print(line)
    if answer.red_flags:
        print()
    for number, candidate in enumerate(answer.candidates, 1):
        state = answer.causal.states[candidate.iri]
        print(f"{number}. {state.label}{_common(candidate)}{_strength(candidate, answer.candidates[0])}")
        for line in _lines(answer, candidate):
            print(f"   {line}")
        if candidate.iri in answer.next_tests and not answer.findings:
            print(f"   to watch: {answer.next_tests[candidate.iri].label}")
        elif candidate.iri in answer.next_tests:
            rival = answer.rival if number == 1 else answer.candidates[0].iri
            missed = ", which must not be missed" if number == 1 and rival != answer.candidates[1].iri else ""
            test = answer.next_tests[candidate.iri].label
            print(f"   {test} would best tell it from {answer.causal.label(rival)}{missed}")
        print()
    beside = [(n, one) for n, one in enumerate(answer.candidates, 1) if one.iri in answer.nutritional]
    if beside and len(beside) < len(answer.candidates):
        told = "; ".join(f"{n}. {answer.causal.label(one.iri)}" for n, one in beside)
        print(f"Of these a nutrient's being short or in excess: {told}")
    print("A ranking of what the graph knows, no diagnosis. Information, not medical advice.")
    print("kg paths CAUSE FINDING shows the evidence of each step.")


def _strength(candidate: Candidate, first: Candidate) -> str:
    """How strong a candidate is beside the first, since a score by itself says nothing; --format json has the scores."""
    if candidate is first or first.score <= 0:
        return ""
    return f"   {max(candidate.score, 0) / first.score:.0%} as strong as the first"


def _common(candidate: Candidate) -> str:
    """How common it is, which the order hardly weighs: a rare disease may explain all that was told."""
    return f"   {say_commonness(candidate.commonness)}" if candidate.commonness else ""


def _lines(answer: Explanation, candidate: Candidate) -> Iterable[str]:
    label = answer.causal.label
    if candidate.stages:
        yield f"with its stages: {'; '.join(map(label, candidate.stages))}"
    for iri, route in candidate.explained.items():
        yield f"explains {label(iri)}: {_route(answer, route)}" if route.claims else f"is what was found: {label(iri)}"
    for iri, route in candidate.context.items():
        yield f"likelier with {label(iri)}: {_route(answer, route)}" if route.claims else f"told: {label(iri)}"
    for iri, route in candidate.contradicted.items():
        yield f"speaks against it, being absent: {label(iri)}: {_route(answer, route)}"
    if candidate.unexplained:
        yield f"leaves unexplained: {'; '.join(map(label, candidate.unexplained))}"
    if candidate.also:
        more = f"; and {len(candidate.also) - MOST_ALSO} more" if len(candidate.also) > MOST_ALSO else ""
        yield f"part of the same story: {'; '.join(map(label, candidate.also[:MOST_ALSO]))}{more}"


def _route(answer: Explanation, route: Route) -> str:
    weakest = max(route.claims, key=lambda claim: claim.rank)
    doubt = {"contested": ", a step is contested", "unverified": ", a step has no good source"}.get(weakest.status, "")
    return f"{chain(answer.causal, route.claims)}   [{describe_certainty(weakest.certainty)}{doubt}]"
