"""The tables of amounts: what stands in a food, what a body says to eat, and what a measured value means.

One mapping for each table. The unit stands with every amount; a check holds that the units of one nutrient or one
biomarker can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.cells import AMOUNTS, MEASURES, Cells, slug
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, kg

INTERPRETATIONS = ("deficiency", "insufficiency", "adequate", "excess")
COMPARATORS = ("<", "<=", ">", ">=", "range")
#: What a cut-off is called in the name of its record.
_NAMES = {"<": "below", "<=": "up-to", ">": "above", ">=": "from", "range": "in"}


def content(cells: Cells) -> Iterator[Quad]:
    """The amount of one nutrient in 100 g of one food."""
    node = NamedNode(content_name(cells))
    yield Quad(node, RDF_TYPE, kg("NutrientContent"))
    yield Quad(node, kg("food"), kg("food/" + cells.row["food"]))
    yield Quad(node, kg("nutrient"), kg(cells.row["nutrient"]))
    yield Quad(node, kg("per100g"), cells.number("amount_per_100g"))
    yield from _with_unit(node, cells, "doubt")


def content_name(cells: Cells) -> str:
    """The IRI of the record of such a row."""
    return f"{KG}amount/{cells.text('food')}_{cells.text('nutrient')}_{cells.text('source')}"


def portion(cells: Cells) -> Iterator[Quad]:
    """A household portion of one food with its weight."""
    food, words = cells.text("food"), f"{cells.text('amount')} {cells.text('portion')}"
    node = NamedNode(f"{KG}amount/{food}_{slug(words)}_{slug(cells.text('grams'))}-g")
    rank = cells.number("rank").value
    yield Quad(NamedNode(KG + "food/" + food), kg("usualPortion" if rank == "1" else "portion"), node)
    yield Quad(node, RDF_TYPE, kg("Portion"))
    yield Quad(node, RDFS_LABEL, Literal(words, language="en"))
    yield Quad(node, kg("grams"), cells.number("grams"))
    yield Quad(node, kg("source"), _source(cells))


def inhibitor(cells: Cells) -> Iterator[Quad]:
    """The amount of an inhibitor in another sample of a food: the food of our table that comes closest is named, no more."""
    substance = cells.text("inhibitor")
    node = NamedNode(f"{KG}inhibitor/{cells.text('source')}-{cells.text('sample')}_{substance}")
    yield Quad(node, RDF_TYPE, kg("InhibitorContent"))
    yield Quad(node, RDFS_LABEL, Literal(cells.text("name"), language="en"))
    yield Quad(node, kg("inhibitor"), kg(substance))
    yield Quad(node, kg("closestFood"), NamedNode(KG + "food/" + cells.text("closest_food")))
    yield Quad(node, kg("per100g"), cells.number("amount_per_100g"))
    yield from _with_unit(node, cells, "note")


def intake(cells: Cells) -> Iterator[Quad]:
    """The daily amount of a nutrient that a body sets for a group of people or for labels."""
    node = NamedNode(intake_name(cells))
    yield Quad(node, RDF_TYPE, kg("ReferenceIntake"))
    yield Quad(node, kg("nutrient"), kg(cells.row["nutrient"]))
    yield Quad(node, kg("intakeKind"), Literal(cells.row["kind"]))
    yield Quad(node, kg("lifeStage"), Literal(cells.row["life_stage"]))
    yield Quad(node, kg("amount"), cells.number("amount"))
    yield from _with_unit(node, cells, "note")


def intake_name(cells: Cells) -> str:
    """The IRI of the record of such a row."""
    kind, group = slug(cells.text("kind")), slug(cells.text("life_stage").replace(">", "over "))
    return f"{KG}intake/{cells.text('nutrient')}_{kind}_{group}_{slug(cells.text('unit'))}"


def reference_range(cells: Cells) -> Iterator[Quad]:
    """What a body says a measured value means: its interpretation, the state it points to, for whom, in which unit."""
    biomarker, meaning = cells.text("biomarker"), cells.one_of("interpretation", INTERPRETATIONS)
    comparator, value, group = cells.one_of("comparator", COMPARATORS), cells.text("value"), cells.text("group")
    limits = f"{_NAMES[comparator]}-{value.replace('.', 'p')} {cells.row['unit'].replace('%', 'percent')}"
    node = NamedNode(f"{KG}range/{biomarker}_{meaning}_{slug(limits)}_{slug(group)}_{cells.text('source')}")
    yield Quad(node, RDF_TYPE, kg("ReferenceRange"))
    yield Quad(node, kg("biomarker"), kg(biomarker))
    for column, name in (("state", "pointsTo"), ("nutrient", "nutrient")):
        for thing in cells.many(column):
            yield Quad(node, kg(name), kg(thing))
    yield Quad(node, kg("interpretation"), Literal(meaning))
    yield Quad(node, kg("comparator"), Literal(comparator))
    words = " to ".join(value.split("-"))
    yield Quad(node, kg("cutoff"), Literal(words if comparator == "range" else f"{comparator} {words}"))
    yield from _limits(node, cells, comparator, value.split("-"))
    yield Quad(node, kg("group"), Literal(group))
    for people in cells.many("whom"):
        yield Quad(node, kg("whom"), Literal(people))
    yield Quad(node, kg("body"), Literal(cells.text("body")))
    yield from _with_unit(node, cells, "note", MEASURES)


def _limits(node: NamedNode, cells: Cells, comparator: str, values: list[str]) -> Iterator[Quad]:
    """The limits as numbers, the widest where the source gives a span for the limit itself."""
    if len(values) > 2 or (comparator == "range" and len(values) < 2):
        raise cells.wrong("value", f"holds {cells.row['value']!r}", "write one number, or two with a hyphen for a range")
    if comparator in (">", ">=", "range"):
        yield Quad(node, kg("lower"), cells.decimal("value", values[0]))
    if comparator in ("<", "<=", "range"):
        yield Quad(node, kg("upper"), cells.decimal("value", values[-1]))


def _with_unit(node: NamedNode, cells: Cells, note: str, units: set[str] = AMOUNTS) -> Iterator[Quad]:
    yield Quad(node, kg("unit"), Literal(cells.one_of("unit", units)))
    yield Quad(node, kg("source"), _source(cells))
    if cells.row[note]:
        yield Quad(node, kg("note"), Literal(cells.row[note]))


def _source(cells: Cells) -> NamedNode:
    return kg("source/" + cells.text("source"))
