"""Causal routes from one state to another, best first, each step with its certainty and sources.

kg paths 'vitamin B12 deficiency' 'muscle tightness'
kg paths 'low magnesium' cramps --limit 3 --format json
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from kg.causal import CausalGraph, Claim
from kg.cli.limits import watch
from kg.errors import UsageError
from kg.graph import opened
from kg.paths import MAX_STEPS, Route, first, routes


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg paths``."""
    parser.add_argument("cause", metavar="CAUSE", help="the state to start from")
    parser.add_argument("effect", metavar="EFFECT", help="the state to arrive at")
    parser.add_argument("--max-steps", type=int, default=MAX_STEPS, metavar="N", help=f"no longer routes (default {MAX_STEPS})")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="the first N routes (default 10)")


def run(options: Namespace) -> int:
    """Find the routes and print them."""
    if options.max_steps < 1 or options.limit < 1:
        raise UsageError("--max-steps and --limit are 1 or more")
    watch(options.timeout)
    graph = opened(options.source, options.timeout)
    cause, effect = graph.term(options.cause, "State"), graph.term(options.effect, "State")
    causal = graph.causal()
    found, more = first(routes(causal, cause.iri, effect.iri, options.max_steps), options.limit)
    form = options.format or "text"
    if form == "json":
        json.dump(as_json(causal, cause.iri, effect.iri, found), sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif form == "csv":
        _csv(causal, found)
    elif form == "text":
        print_routes(causal, found, more)
    else:
        raise UsageError(f"--format {form}: routes come as text, json, csv")
    if not found:
        print(f"kg: no causal route leads from {cause.label} to {effect.label} in {options.max_steps} steps", file=sys.stderr)
    return 0


def as_json(causal: CausalGraph, cause: str, effect: str, found: list[Route]) -> dict[str, Any]:
    """Routes in the form that others rely on."""

    def named(iri: str) -> dict[str, str]:
        return {"iri": iri, "label": causal.label(iri)}

    def step(claim: Claim) -> dict[str, Any]:
        return {
            "cause": named(claim.cause),
            "relation": claim.relation,
            "effect": named(claim.effect),
            "claim": claim.iri,
            "status": claim.status,
            "certainty": claim.certainty,
            "sources": list(dict.fromkeys(line.source.iri for line in claim.evidence)),
        }

    paths = [
        {
            "sign": route.sign,
            "length": len(route.claims),
            "certainty": route.certainty,
            "steps": [step(c) for c in route.claims],
        }
        for route in found
    ]
    return {"cause": named(cause), "effect": named(effect), "paths": paths}


def print_routes(causal: CausalGraph, found: list[Route], more: bool) -> None:
    """Print routes for people to read."""
    for number, route in enumerate(found, 1):
        outcome = "promotes" if route.sign == "+" else "inhibits"
        steps = f"{len(route.claims)} step{'' if len(route.claims) == 1 else 's'}"
        print(f"{number}. {causal.label(route.states[0])} {outcome} {causal.label(route.states[-1])}")
        print(f"   {steps}; certainty of the weakest: {route.certainty}")
        for claim in route.claims:
            arrow = "->" if claim.relation == "promotes" else "-|"
            print(f"     {causal.label(claim.cause)} {arrow} {causal.label(claim.effect)}   [{judged(claim)}]")
            for line in claim.evidence:
                print(f"         {line.stance}: {line.source.title} ({line.study}){_where(line.locator)}")
        print()
    print("Information, not medical advice.")
    if more:
        print(f"kg: the first {len(found)} routes; there are more (--limit)", file=sys.stderr)


def judged(claim: Claim) -> str:
    """Status and certainty in words, with what rests on the articles alone said so."""
    if claim.status == "unverified":
        return "rests on the articles alone; certainty very low"
    return f"{claim.status}; certainty {claim.certainty}"


def _where(locator: str) -> str:
    return f", {locator}" if locator else ""


def _csv(causal: CausalGraph, found: list[Route]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["route", "step", "cause", "relation", "effect", "status", "certainty", "claim"])
    for number, route in enumerate(found, 1):
        for place, claim in enumerate(route.claims, 1):
            ends = causal.label(claim.cause), claim.relation, causal.label(claim.effect)
            writer.writerow([number, place, *ends, claim.status, claim.certainty, claim.iri])
