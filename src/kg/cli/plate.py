"""Compare a day's foods with the need and the upper limit of a life stage, and suggest foods that fill the gaps.

Amounts are grams of the edible part, or portions from the table ("2 cups", "1 slice", "1 portion"). Where the table has no value
for a food, the sum is a lower bound ("at least").

kg plate 'spinach, raw=100' 'rolled oats, dry=1 cup' 'almonds=1 portion' --life-stage pregnant
kg plate 'whole milk, with added vitamin D=500' --life-stage 'man of 70' --diet vegetarian --format csv
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace

from kg.causal.foods.figures import figures
from kg.cli.deadline import watch
from kg.cli.table import table
from kg.errors import UsageError
from kg.graph import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.foods.plate import Line, Plate

FORMATS = ("text", "json", "csv")
#: More letters than this are no name of a food.
_LONGEST = 300


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg plate``."""
    parser.add_argument(
        "food",
        nargs="+",
        metavar="FOOD=AMOUNT",
        help="a food and the amount eaten, such as 'spinach, raw=100' or 'almonds=1 portion'",
    )
    parser.add_argument(
        "--life-stage",
        metavar="WORDS",
        help="the life stage, such as pregnant, toddler or 'man of 70' (default: females 31-50 y)",
    )
    parser.add_argument(
        "--diet",
        metavar="NAME",
        help="report the foods that this diet excludes, and fill gaps from the others: vegan, vegetarian, dairy-free ...",
    )


def run(options: Namespace) -> int:
    """Sum the foods and print the nutrients."""
    form = options.format or "text"
    foods: dict[str, float | str] = {}
    for word in options.food:
        name, amount = _part(word)
        if name in foods:
            raise UsageError(f"{name!r} is given twice; add the amounts up")
        foods[name] = amount
    watch(options.timeout)
    answer = connect(options.source, options.timeout, options.lang).plate(foods, options.life_stage, options.diet)
    if form == "json":
        print(json.dumps(answer.to_dict(), indent=1, ensure_ascii=False))
    elif form == "csv":
        _write_csv(answer)
    else:
        _print(answer)
    if answer.life_stage.assumed and not options.quiet:
        print(
            f"kg: {options.life_stage!r} is read as {answer.life_stage.name} ({answer.life_stage.assumed} is assumed)",
            file=sys.stderr,
        )
    return 0


def _part(word: str) -> tuple[str, str]:
    name, equals, amount = word.rpartition("=")
    if not equals or not name.strip() or not amount.strip() or len(word) > _LONGEST:
        raise UsageError(f"{word[:60]!r}: write a food and its amount, as in 'spinach, raw=100' or 'almonds=1 portion'")
    return name.strip(), amount.strip()


def _print(answer: Plate) -> None:
    foods = "; ".join(f"{grams:g} g {term.label}" for term, grams in answer.foods)
    print(f"{foods}\nNeed and limit a day of: {answer.life_stage.name}")
    if answer.outside_diet:
        print(f"Not {answer.diet}: {'; '.join(answer.outside_diet)}")
    for title, lines in (
        ("Above the limit", [line for line in answer.lines if (line.percent_of_limit or 0) > 100]),
        (
            "Less than half of the need",
            [line for line in answer.lines if line.percent_of_need is not None and line.percent_of_need < 50],
        ),
    ):
        if lines:
            print(f"{title}: {', '.join(line.nutrient.label for line in lines)}")
    print()
    known = [line for line in answer.lines if line.amount is not None]
    rows = [
        [line.nutrient.label, _amount(line), _percent(line.percent_of_need), _need(line), _limit(line), _gap(line)]
        for line in known
    ]
    table(["nutrient", "amount", "of need", "need", "limit", "would fill the gap"], rows)
    for line in known:
        if line.unknown:
            print(f"{line.nutrient.label}: not known of {'; '.join(line.unknown)}")
    silent = [line.nutrient.label for line in answer.lines if line.amount is None]
    if silent:
        print(f"Not known of any of these foods: {', '.join(silent)}")
    print("\nInformation, not medical advice.", file=sys.stderr)


def _amount(line: Line) -> str:
    return f"{'at least ' if line.unknown else ''}{figures(line.amount or 0)} {line.unit}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} %"


def _need(line: Line) -> str:
    return f"{line.need.kind} {line.need.amount:g} {line.need.unit}"


def _limit(line: Line) -> str:
    if line.limit is None:
        return "none set"
    told = f"{line.limit.kind} {line.limit.amount:g} {line.limit.unit}"
    if line.percent_of_limit is not None:
        over = "ABOVE: " if line.percent_of_limit > 100 else ""
        told = f"{over}{line.percent_of_limit:.0f} % of {told}"
    return f"{told} ({line.limit.note})" if line.limit.partial else told


def _gap(line: Line) -> str:
    return "; ".join(f"{one.food.label}, {one.portion} ({figures(one.amount)} {one.unit})" for one in line.fillers)


COLUMNS = (
    "nutrient", "amount", "unit", "need_kind", "need", "percent_of_need", "limit_kind", "limit", "percent_of_limit", "limit_note",
    "unknown", "fillers", "iri",
)  # fmt: skip


def _write_csv(answer: Plate) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for line in answer.lines:
        limit = line.limit
        writer.writerow(
            [
                *(line.nutrient.label, line.amount, line.unit, line.need.kind, line.need.amount, line.percent_of_need),
                *((limit.kind, limit.amount, line.percent_of_limit, limit.note) if limit else ("", "", "", "")),
                *("; ".join(line.unknown), _gap(line), line.nutrient.iri),
            ]
        )
