"""Compare two foods, states, drugs or other terms.

Foods are compared by their usual portions, or by 100 g. For other terms, claims that hold for both are listed first, then claims
that hold for one alone.

kg compare 'spinach, boiled' 'broccoli, boiled'
kg compare almonds walnuts --portion '100 g' --life-stage pregnant
kg compare 'vitamin B12 deficiency' 'folate deficiency'
kg compare metformin omeprazole --format json
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace

from kg.causal.foods.figures import figures
from kg.cli.deadline import watch
from kg.cli.table import table
from kg.graph import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.compare import Comparison
    from kg.causal.foods.card import Share

FORMATS = ("text", "json", "csv")
#: So many lines stand in each part of the text, unless all are asked for.
SHOWN = 15


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg compare``."""
    parser.add_argument("first", metavar="A", help="a food, a state, a drug ...")
    parser.add_argument("second", metavar="B", help="... and another of its kind")
    parser.add_argument("--life-stage", metavar="WORDS", help="for foods: the life stage (default: females 31-50 y)")
    parser.add_argument("--portion", metavar="PORTION", help="for foods: a portion that both have, such as '100 g'")
    parser.add_argument("--all", action="store_true", help=f"all lines, not the first {SHOWN} of each part")


def run(options: Namespace) -> int:
    """Compare and print."""
    form = options.format or "text"
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    answer = graph.compare(options.first, options.second, options.life_stage, options.portion)
    if form == "json":
        print(json.dumps(answer.to_dict(), indent=1, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(_columns(answer))
        writer.writerows(_rows(answer))
    else:
        _print(answer, None if options.all else SHOWN)
    return 0


def _columns(answer: Comparison) -> list[str]:
    if answer.cards:
        return ["nutrient", "unit", "first", "first_percent_of_need", "second", "second_percent_of_need"]
    return ["whose", "claim", "certainty_of_first", "certainty_of_second", "other"]


def _rows(answer: Comparison) -> list[list[str]]:
    rows = []
    for line in answer.to_dict()["lines"]:
        if answer.cards:
            sides = [line["first"] or {}, line["second"] or {}]
            cells = [side.get(name) for side in sides for name in ("amount", "percent_of_need")]
            rows.append([line["label"], line["unit"], *("" if cell is None else f"{cell:g}" for cell in cells)])
        else:
            rows.append([line["whose"], line["words"], line["first"], line["second"], line["other"]["iri"]])
    return rows


def _print(answer: Comparison, most: int | None) -> None:
    first, second = answer.first.label, answer.second.label
    if answer.cards:
        sides = [f"{card.food.label}, {card.portion.label} ({card.portion.grams:g} g)" for card in answer.cards]
        print(f"{sides[0]}  beside  {sides[1]}\nShares are of the need of: {answer.cards[0].life_stage.name}\n")
        lines = [[line.nutrient.label, _share(line.first), _share(line.second)] for line in answer.lines[:most]]  # type: ignore[union-attr, arg-type]
        table(["nutrient", first, second], lines)
        _more(len(answer.lines), len(lines))
    else:
        print(f"{first}  beside  {second}\n")
        for whose, title in (("both", "Said of both"), ("first", f"Of {first} alone"), ("second", f"Of {second} alone")):
            part = [line for line in answer.lines if line.whose == whose]  # type: ignore[union-attr]
            print(f"{title} ({len(part)})")
            for line in part[:most]:
                print(f"  {line.words}  [{' / '.join(dict.fromkeys(filter(None, (line.first, line.second))))}]")  # type: ignore[union-attr, arg-type]
            _more(len(part), len(part[:most]))
            print()
    print("Information, not medical advice.", file=sys.stderr)


def _more(count: int, shown: int) -> None:
    if count > shown:
        print(f"  and {count - shown} more: --all")


def _share(share: Share | None) -> str:
    if share is None:
        return "not known"
    percent = "" if share.percent_of_need is None else f", {share.percent_of_need:.0f} %"
    return f"{figures(share.amount)} {share.unit}{percent}"
