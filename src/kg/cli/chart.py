"""Draw a chart as SVG, on standard output or in a file.

kg chart foods --nutrient iron -o iron.svg
kg chart cutoffs --biomarker '25-hydroxyvitamin D' -o vitamin-d.svg
kg chart systems -o systems.svg
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.atomic import announce
from kg.charts import CHARTS
from kg.cli.deadline import watch
from kg.graph import connect
from kg.rdf.xml import note_replaced

#: The forms of the output, the usual one first.
FORMATS = ("svg",)


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg chart``."""
    about = "; ".join(f"{name}: {words}" for name, (words, _, _) in CHARTS.items())
    parser.add_argument("name", metavar="NAME", choices=list(CHARTS), help=about)
    for parameter in (one for _, _, one in CHARTS.values() if one):
        parser.add_argument(f"--{parameter[0]}", metavar="TERM", help=f"default {parameter[1]}")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: standard output)")


def run(options: Namespace) -> int:
    """Draw and write."""
    watch(options.timeout)
    given = {one[0]: getattr(options, one[0]) for _, _, one in CHARTS.values() if one}
    with note_replaced() as replaced:
        drawn = connect(options.source, options.timeout, options.lang).chart(
            options.name, **{key: word for key, word in given.items() if word}
        )
    if replaced:
        print(f"kg: {replaced}", file=sys.stderr)
    if options.output not in (None, "-"):
        announce(drawn.save(options.output))
    else:
        sys.stdout.write(drawn.svg)
    return 0
