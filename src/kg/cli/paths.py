"""Find causal routes from a cause to an effect, the strongest first, each step with its certainty and sources.

The cause is a state; a drug, food or substance, which acts by its use, by its states (too little, too much) or by what it
does to a process and supplies; or a group of people, by what it is at risk of. The effect is a state. From a state to itself, the routes are the feedback loops through it.
A claim that holds only in some people or states counts fully if --context names them. The first routes differ from each other;
routes that are weak compared with the strongest are left out (--strength 0 lists them). docs/strength.md has the formula.

  kg paths 'vitamin B12 deficiency' 'muscle tightness'
  kg paths metformin 'pins and needles' --limit 3 --format json
  kg paths hypocalcemia hypocalcemia
  kg paths 'iron deficiency' fatigue --strength 0
  kg paths 'folate deficiency' 'neural tube defect' --context pregnant
  kg paths 'Vitamin-B12-Mangel' 'muscle tightness' --lang de
"""

from __future__ import annotations

import sys

from kg.causal.model import GROUP, KIND
from kg.causal.route_search import MAX_STEPS
from kg.causal.strength import unmet
from kg.causal.verdict import ask, choose, judge
from kg.cli.deadline import watch
from kg.cli.fallback import say_untranslated
from kg.errors import UsageError
from kg.graph import connect
from kg.grounding.sourced import describe_certainty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from kg.causal.model import CausalGraph, Claim
    from kg.causal.route import Route

FORMATS = ("text", "json", "csv")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg paths``."""
    parser.add_argument("cause", metavar="CAUSE", help="the start: a state, exposure, drug, food, substance or group of people")
    parser.add_argument("effect", metavar="EFFECT", help="the end: a state")
    parser.add_argument(
        "--max-steps",
        type=int,
        default=MAX_STEPS,
        metavar="N",
        help=f"maximum number of steps in a route (default {MAX_STEPS})",
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="maximum number of routes (default 10)")
    least = "minimum strength of a route, 0 to 1 (default: a share of the strongest)"
    parser.add_argument("--strength", type=float, metavar="S", help=least)
    circumstance = "a circumstance: diet, drug, condition, age or sex (repeatable)"
    parser.add_argument("--context", action="append", default=[], metavar="TEXT", help=circumstance)


def run(options: Namespace) -> int:
    """Find the routes and print them."""
    form = options.format or "text"
    if options.max_steps < 1 or options.limit < 1:
        raise UsageError("--max-steps and --limit are 1 or more")
    if options.strength is not None and not 0 <= options.strength <= 1:
        raise UsageError("--strength is a number from 0 to 1")
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    found = graph.paths(options.cause, options.effect, options.max_steps, options.limit, options.strength, options.context)
    label = found.causal.label
    for note in found.notes:
        print(f"kg: {note}", file=sys.stderr)
    if form == "json":
        print(found.to_json())
    elif form == "csv":
        _csv(found.causal, found)
    else:
        print_verdict(found.causal, found)
        print_routes(found.causal, found, found.told, found.mechanism)
        print(NOTICE)
    shown = {iri for route in found for iri in route.states}
    say_untranslated(graph, [(iri, label(iri)) for iri in shown or (found.cause, found.effect)], options.quiet)
    if found and found.more:
        first_ones = "the first route" if len(found) == 1 else f"the first {len(found)} routes"
        print(
            f"kg: {first_ones}; there are more ({'--limit' if not found.weaker else '--limit, or weaker ones with --strength 0'})",
            file=sys.stderr,
        )
    if not found:
        ends = f"from {label(found.cause)} to {label(found.effect)} in {options.max_steps} steps"
        weak = "; --strength 0 lists the weaker ones" if found.weaker else ""
        print(f"kg: no causal route {'worth telling ' if weak else ''}leads {ends}{weak}", file=sys.stderr)
        if not weak and not options.quiet:
            from kg.causal.asking.routes import find_nearest

            nearest = find_nearest(graph, options.cause, options.effect)
            if nearest:
                print(f"kg: {nearest}", file=sys.stderr)
    return 0


NOTICE = "Information, not medical advice."


def print_verdict(causal: CausalGraph, found: Sequence[Route]) -> None:
    """Print what the best of the routes answers, in a sentence or two."""
    if not found:
        return
    best = choose(found)
    verdict, *steps = judge(causal, best)
    place = "" if best is found[0] else f" (Route {found.index(best) + 1}.)"
    print(f"{ask(causal, best)} {verdict}{place}", *steps, sep="\n")
    print()


#: So many lines of evidence are shown for each step on a terminal; a pipe gets all.
_SHOWN = 3


def print_routes(causal: CausalGraph, found: Sequence[Route], told: Sequence[str] = (), mechanism: Route | None = None) -> None:
    """Print routes for people to read, with the gates that neither a route nor the circumstances meet.

    Parameters:
        mechanism: what spells out a claim that stands alone, too weak to be a route of its own.
    """
    for number, route in enumerate(found, 1):
        steps = f"{len(route.claims)} step{'' if len(route.claims) == 1 else 's'}"
        print(f"{number}. {_outcome(causal, route)}{_by_way_of(causal, route, found, mechanism)}")
        print(f"   {steps}; strength {route.strength:.2f}; the weakest is {describe_certainty(route.certainty)}")
        for claim, gates in zip(route.claims, unmet(causal, route.claims, told), strict=True):
            if claim.relation == KIND:
                print(f"     {causal.label(claim.cause)} is a kind of {causal.label(claim.effect)}")
                continue
            arrow = "->" if claim.relation == "promotes" else "-|"
            onset = f"   onset: {claim.onset}" if claim.onset else ""
            print(
                f"     {causal.label(claim.cause)} {arrow} {causal.label(claim.effect)}   [{judge_claim(claim)}]{_when(causal, claim, gates)}{onset}"
            )
            shown = claim.evidence[:_SHOWN] if sys.stdout.isatty() else claim.evidence
            for line in shown:
                print(f"         {line.stance}: {line.source.title} ({line.study}){_where(line.locator)}")
            if len(shown) < len(claim.evidence):
                name = claim.iri.rpartition("/")[2]
                print(f"         and {len(claim.evidence) - len(shown)} more of {len(claim.evidence)}: kg claim {name}")
        print()


def _by_way_of(causal: CausalGraph, route: Route, found: Sequence[Route], mechanism: Route | None) -> str:
    """What spells out a claim that leads there straight: the strongest of the longer routes of the same sign, or a weak one."""
    longer = [one for one in found if len(one.claims) > 1 and one.sign == route.sign]
    weak = not longer and mechanism is not None and mechanism.sign == route.sign
    if mechanism is not None and weak:
        longer = [mechanism]
    if len(route.claims) > 1 or not longer or route.states[0] == route.states[-1]:
        return ""
    best = max(longer, key=lambda one: one.strength)
    names = ", ".join(map(causal.label, best.states[1:-1]))
    weakly = f"weakly (strength {best.strength:.2f}) " if weak else ""
    return f", straight; {weakly}also by way of {names}{'' if len(longer) == 1 else ' and others'}"


#: How often an effect is there, in words.
_OFTEN = {
    "obligate": "always",
    "veryFrequent": "very often",
    "frequent": "often",
    "occasional": "sometimes",
    "veryRare": "rarely",
    "excluded": "never",
}


def _when(causal: CausalGraph, claim: Claim, gates: Sequence[str]) -> str:
    often = f"   {_OFTEN[claim.frequency]}" if claim.frequency else ""
    return often + (f"   only when: {'; '.join(map(causal.label, gates))}" if gates else "")


def _outcome(causal: CausalGraph, route: Route) -> str:
    cause, effect = route.states[0], route.states[-1]
    if cause == effect:
        return f"{causal.label(cause)} {'feeds itself' if route.sign == '+' else 'holds itself back'}"
    at_risk = " (at risk)" if causal.states[cause].kind == GROUP else ""
    return f"{causal.label(cause)}{at_risk} {_LEADS[route.sign, route.certainty == 'high']} {causal.label(effect)}"


#: What a route does, by its sign, and by whether each of its steps is of high certainty: less is no ground to say that it is so.
_LEADS = {
    ("+", True): "can lead to",
    ("+", False): "may lead to",
    ("-", True): "can hold back",
    ("-", False): "may hold back",
}


def judge_claim(claim: Claim) -> str:
    """Status and certainty in words."""
    if claim.status == "unverified":
        return "no good source"
    return f"{claim.status}; {describe_certainty(claim.certainty)}"


def _where(locator: str) -> str:
    return f", {locator}" if locator else ""


def _csv(causal: CausalGraph, found: Sequence[Route]) -> None:
    import csv

    writer = csv.writer(sys.stdout)
    writer.writerow(["route", "step", "cause", "relation", "effect", "status", "certainty", "claim", "onset", "strength"])
    for number, route in enumerate(found, 1):
        for place, claim in enumerate(route.claims, 1):
            ends = causal.label(claim.cause), claim.relation, causal.label(claim.effect)
            writer.writerow(
                [number, place, *ends, claim.status, claim.certainty, claim.iri, claim.onset, f"{route.strength:.4f}"]
            )
