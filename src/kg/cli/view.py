"""Draw a pathway as one HTML file that works offline and from a mail.

kg view 'magnesium deficiency' --depth 2 -o magnesium.html
kg view --from 'vitamin B12 deficiency' --to 'muscle tightness' --open
kg view --all -o everything.html
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli.limits import watch
from kg.errors import UsageError
from kg.graph import opened


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg view``."""
    parser.add_argument("terms", nargs="*", metavar="TERM", help="states whose surroundings are drawn")
    parser.add_argument("--from", dest="cause", metavar="A", help="draw the routes from this state ...")
    parser.add_argument("--to", dest="effect", metavar="B", help="... to this one")
    parser.add_argument("--depth", type=int, default=2, metavar="N", help="how many claims away from the terms (default 2)")
    parser.add_argument("--all", action="store_true", help="the whole causal graph")
    parser.add_argument(
        "-o", "--output", default="pathway.html", metavar="FILE", help="the file to write (default pathway.html)"
    )
    parser.add_argument("--open", action="store_true", help="show it in the browser")


def run(options: Namespace) -> int:
    """Draw, write, and name the file."""
    asked = sum([bool(options.terms), bool(options.cause or options.effect), options.all])
    if asked != 1:
        raise UsageError("say what to draw: terms, or --from A --to B, or --all")
    if options.depth < 1:
        raise UsageError(f"--depth {options.depth}: a neighbourhood is 1 claim wide or more")
    watch(options.timeout)
    graph = opened(options.source, options.timeout)
    view = graph.view(*options.terms, depth=options.depth, cause=options.cause, effect=options.effect)
    path = view.save(options.output)
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())
    return 0
