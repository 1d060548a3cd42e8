"""Draw a pathway as one HTML file, which works offline and as a mail attachment.

kg view 'magnesium deficiency' --depth 2 -o magnesium.html
kg view 'spinach, boiled'
kg view iron -o iron.html
kg --source own view 'example gene'
kg view --from 'vitamin B12 deficiency' --to 'muscle tightness' --open
kg view --query pathway cause='folate deficiency' effect=fatigue
kg view --explain 'pins and needles' fatigue --context 'vegan diet'
kg view --all -o everything.html
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from shlex import quote

from kg.atomic import announce
from kg.causal.warnings import as_lines
from kg.cli.deadline import watch
from kg.cli.query import parameters
from kg.errors import UsageError
from kg.graph import Graph, connect
from kg.sparql import library
from kg.view import View
from kg.view.asked import view_of_query

#: More candidates than these make a map that nobody reads.
CANDIDATES = 5

#: The forms of the output, the usual one first.
FORMATS = ("html",)


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg view``."""
    parser.add_argument(
        "terms",
        nargs="*",
        metavar="TERM",
        help="states whose surroundings are drawn, or a state and a finding, whose routes are; or a food, a nutrient, a drug, a group of people, or a term that a relation "
        "marked with kg:drawn joins",
    )
    parser.add_argument("--from", dest="cause", metavar="A", help="draw the routes from this state")
    parser.add_argument("--to", dest="effect", metavar="B", help="draw the routes to this state")
    parser.add_argument(
        "--depth", type=int, default=2, metavar="N", help="maximum number of claims away from the terms (default 2)"
    )
    parser.add_argument(
        "--query", nargs="+", metavar=("NAME", "PARAMETER=VALUE"), help="draw what a CONSTRUCT question of the library builds"
    )
    parser.add_argument(
        "--explain", nargs="+", metavar="FINDING", help="draw the states that could explain findings, with their routes"
    )
    parser.add_argument("--absent", action="append", default=[], metavar="F", help="with --explain: a finding that is absent")
    parser.add_argument(
        "--context", action="append", default=[], metavar="C", help="with --explain: diet, drug, condition, age"
    )
    parser.add_argument("--all", action="store_true", help="draw the whole causal graph")
    parser.add_argument(
        "-o",
        "--output",
        default="pathway.html",
        metavar="FILE",
        help="the file to write, - for standard output (default pathway.html)",
    )
    parser.add_argument("--open", action="store_true", help="open it in the browser")


def run(options: Namespace) -> int:
    """Draw, write, and name the file."""
    asked = sum(
        [bool(options.terms), bool(options.cause or options.effect), bool(options.query), bool(options.explain), options.all]
    )
    if asked > 1:
        raise UsageError("one view draws one thing: terms, or --from A --to B, or --query NAME, or --explain FINDING, or --all")
    if not asked:
        raise UsageError("say what to draw: terms, or --from A --to B, or --query NAME, or --explain FINDING, or --all")
    if options.depth < 1:
        raise UsageError(f"--depth {options.depth}: a neighbourhood is 1 claim wide or more")
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    view = _view(graph, options)
    if options.output == "-":
        sys.stdout.write(view.html)
        return 0
    path = view.save(options.output)
    announce(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())
    return 0


def _view(graph: Graph, options: Namespace) -> View:
    if options.query:
        return _of_query(graph, options)
    if options.explain:
        answer = graph.explain(options.explain, options.absent, options.context, CANDIDATES)
        for line in as_lines(answer.red_flags):
            print(line, file=sys.stderr)
        return graph.view(answer)
    return graph.view(*options.terms, depth=options.depth, cause=options.cause, effect=options.effect)


def _of_query(graph: Graph, options: Namespace) -> View:
    name, *values = options.query
    question = library.question(name)
    bare = next((value for value in values if "=" not in value), None)
    if bare:
        raise UsageError(
            f"--query {name}: {bare!r} has no parameter before it; write PARAMETER=VALUE, and quote a value with spaces"
        )
    text = graph.bound(question, parameters(question, [f"--{value}" for value in values]))
    try:
        return view_of_query(graph, text, f"kg view --query {name} {' '.join(map(quote, values))}".strip())
    except UsageError as error:
        raise UsageError(f"--query {name}: {error}") from None
