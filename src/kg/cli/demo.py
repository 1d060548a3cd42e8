"""Show how vitamin B12 deficiency leads to muscle tightness, the question of the articles.

The routes are printed with their certainty and sources, and drawn in one HTML file.

  kg demo
  kg demo -o picture.html
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.causal.different import respells
from kg.causal.route_search import routes
from kg.cli.deadline import watch
from kg.cli.paths import NOTICE, print_routes, print_verdict
from kg.errors import UsageError
from kg.graph import connect
from kg.view.selection import MOST_ROUTES, of_routes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.causal.model import CausalGraph
    from kg.causal.route import Route
    from kg.graph import Graph

CAUSE, EFFECT = "vitamin B12 deficiency", "muscle tightness"
#: Longer routes only repeat the states of these in other orders.
LONGEST = 6
#: The routes that the articles tell, by the states that each passes.
GREAT = {
    "myelin and nerve": ("impaired myelin maintenance", "peripheral neuropathy"),
    "blood and oxygen": ("megaloblastic anemia",),
}
#: So many more routes are printed, a line each.
MORE = 5


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
    print_verdict(causal, found)
    by_way = [(name, _through(graph, found, labels)) for name, labels in GREAT.items()]
    told = {route.states for _, through in by_way for route in through}
    print(
        f"The graph has {len(found)} routes of up to {LONGEST} steps. {len(told)} of them go one of the two ways that the articles"
        f" describe; the strongest one of each follows, with its evidence. The other {len(found) - len(told)} go other ways.\n"
    )
    for name, through in by_way:
        print(f"Through {name} ({len(through)} routes)")
        print_routes(causal, through[:1])
    print("Other ways, the strongest of each; * a step without a good source:")
    for route in _differ([through[0] for _, through in by_way if through], found):
        print("  " + _line(causal, route))
    print(f"All of them: kg paths '{CAUSE}' '{EFFECT}' --strength 0 --limit {len(found)}\n")
    print(NOTICE)
    path = of_routes(causal, found[:MOST_ROUTES]).save(options.output)
    print(f"\nDrawn, with the evidence of each step: {path}")
    return 0


def _through(graph: Graph, found: Sequence[Route], labels: Iterable[str]) -> list[Route]:
    passed = {graph.term(label, "State").iri for label in labels}
    return [route for route in found if passed.issubset(route.states)]


def _differ(shown: list[Route], found: Iterable[Route]) -> list[Route]:
    """The strongest routes that only spell out none of those before them."""
    more: list[Route] = []
    for route in found:
        if len(more) < MORE and not any(route == one or respells(route, one) for one in (*shown, *more)):
            more.append(route)
    return more


def _line(causal: CausalGraph, route: Route) -> str:
    steps = [
        f"{'->' if claim.sign > 0 else '-|'}{'*' if claim.status == 'unverified' else ''} {causal.label(claim.effect)}"
        for claim in route.claims
    ]
    return f"{causal.label(route.states[0])} {' '.join(steps)}  [{route.certainty}]"
