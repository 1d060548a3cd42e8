"""Show how vitamin B12 deficiency leads to muscle tightness, the question of the articles.

The routes are printed with their certainty and sources, and drawn in one HTML file.

  kg demo
  kg demo -o picture.html
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.causal.model import CausalGraph
from kg.causal.route_search import Route, routes
from kg.cli.deadline import watch
from kg.cli.paths import print_routes
from kg.errors import UsageError
from kg.graph import connect
from kg.view.selection import MOST_ROUTES, of_routes

CAUSE, EFFECT = "vitamin B12 deficiency", "muscle tightness"
#: Longer routes only repeat the states of these in other orders.
LONGEST = 6
#: The routes that the articles tell, by the states that each passes.
GREAT = {
    "myelin and nerve": ("impaired myelin maintenance", "peripheral neuropathy"),
    "blood and oxygen": ("megaloblastic anemia",),
}
#: So many more routes are printed, a line each.
MORE = 20


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg demo``."""
    parser.add_argument("-o", "--output", default="b12-to-muscle-tightness.html", metavar="FILE", help="the view to write")


def run(options: Namespace) -> int:
    """Answer the question and draw the answer."""
    if options.output == "-":
        raise UsageError("standard output already has the routes; name a file for the view with -o FILE")
    watch(options.timeout)
    graph = connect(options.source, options.timeout)
    causal = graph.causal()
    if CAUSE not in (state.label for state in causal.states.values()):
        raise UsageError(
            "the demo is about nutrition-kg; of this graph, kg view draws the whole, and kg paths CAUSE EFFECT a route"
        )
    found = list(routes(causal, graph.term(CAUSE, "State").iri, graph.term(EFFECT, "State").iri, max_steps=LONGEST))
    print(f"How does {CAUSE} lead to {EFFECT}?")
    print(
        f"{len(found)} routes of up to {LONGEST} steps are in the graph. Of each kind, the strongest one with its evidence:\n"
    )
    for name, labels in GREAT.items():
        passed = {graph.term(label, "State").iri for label in labels}
        through = [route for route in found if passed.issubset(route.states)]
        print(f"By way of {name} ({len(through)} routes)")
        print_routes(causal, through[:1])
        print()
    print("The strongest routes; * rests on the articles alone:")
    for route in found[:MORE]:
        print("  " + _line(causal, route))
    print(f"  ... and {len(found) - MORE} more: kg paths '{CAUSE}' '{EFFECT}' --strength 0 --limit {len(found)}")
    path = of_routes(causal, found[:MOST_ROUTES]).save(options.output)
    print(f"\nDrawn, with the evidence of each step: {path}")
    return 0


def _line(causal: CausalGraph, route: Route) -> str:
    steps = [
        f"{'->' if claim.sign > 0 else '-|'}{'*' if claim.status == 'unverified' else ''} {causal.label(claim.effect)}"
        for claim in route.claims
    ]
    return f"{causal.label(route.states[0])} {' '.join(steps)}  [{route.certainty}]"
