"""Tables that stay tables: each TSV file and the one mapping by which its rows become triples."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.build import amounts
from kg.build.cells import Cells, rows
from kg.rdf.namespaces import DCTERMS, KG, RDF_TYPE, RDFS_LABEL, SKOS, compact_to_iri, kg

#: A number of the National Nutrient Database, zeros in front among its digits.
_NDB = re.compile("[0-9]{5}")


def _food(cells: Cells) -> Iterator[Quad]:
    food = NamedNode(KG + "food/" + cells.text("food"))
    yield Quad(food, RDF_TYPE, kg("Food"))
    yield Quad(food, RDFS_LABEL, Literal(cells.text("label"), language="en"))
    if cells.row["description"].casefold() != cells.row["label"].casefold():
        yield Quad(food, NamedNode(SKOS + "altLabel"), Literal(cells.text("description"), language="en"))
    for group in cells.many("member_of"):
        yield Quad(food, kg("memberOf"), kg(group))
    if cells.row["form_eaten"] == "no":
        yield Quad(food, kg("eatenInThisForm"), Literal(False))
    if cells.row["ndb_no"]:
        own = cells.row["food"].removeprefix("ndb-")
        form = _NDB if own == cells.row["food"] else re.compile(re.escape(own))
        number = cells.id("ndb_no", form, "the five digits of the NDB number" if form is _NDB else f"{own}, as the food has it")
        yield Quad(food, NamedNode(DCTERMS + "identifier"), Literal("NDB:" + number))


def _statement(cells: Cells) -> Iterator[Quad]:
    node = NamedNode(KG + "statement/" + cells.text("id"))
    qualifiers = f" ({cells.row['qualifiers']})" if cells.row["qualifiers"] else ""
    words = f"{cells.text('subject')} {cells.text('relation')} {cells.text('object')}{qualifiers}"
    yield Quad(node, RDF_TYPE, kg("Statement"))
    yield Quad(node, RDFS_LABEL, Literal(words, language="en"))
    yield Quad(node, kg("article"), NamedNode(KG + "source/" + cells.text("article")))
    yield Quad(node, kg("section"), Literal(cells.text("section")))
    yield Quad(node, kg("statementKind"), kg(cells.text("kind") + "Statement"))
    for column in ("states", "summarises"):
        for claim in cells.many(column):
            yield Quad(node, kg(column), NamedNode(KG + "claim/" + claim))
    if cells.row["why_no_claim"]:
        yield Quad(node, kg("note"), Literal(cells.row["why_no_claim"]))


def _read_red_flag(cells: Cells) -> Iterator[Quad]:
    node = NamedNode(KG + "red-flag/" + cells.text("flag"))
    yield Quad(node, RDF_TYPE, kg("RedFlag"))
    yield Quad(node, RDFS_LABEL, Literal(cells.text("label"), language="en"))
    for state in cells.many("state"):
        yield Quad(node, kg("warnsOf"), kg(state))
    yield Quad(node, kg("advice"), Literal(cells.text("advice"), language="en"))
    yield Quad(node, kg("rule"), Literal(cells.text("rule")))
    yield Quad(node, kg("source"), NamedNode(KG + "source/" + cells.text("source")))


def _laboratory_test(cells: Cells) -> Iterator[Quad]:
    biomarker = kg(cells.text("biomarker"))
    for column in ("low", "high"):
        for finding in cells.many(column):
            yield Quad(kg(finding), kg("measuredBy"), biomarker)
    if cells.row["factor"]:
        words = f"1 {cells.text('mass_unit')} is {cells.text('factor')} {cells.text('mole_unit')}"
        yield Quad(biomarker, kg("unitConversion"), Literal(words))
        yield Quad(biomarker, kg("conversionSource"), NamedNode(KG + "source/" + cells.text("source")))


def _mapping(cells: Cells) -> Iterator[Quad]:
    predicate = NamedNode(SKOS + cells.text("predicate_id").removeprefix("skos:"))
    subject, target = (NamedNode(compact_to_iri(cells.text(column))) for column in ("subject_id", "object_id"))
    yield Quad(subject, predicate, target)
    yield Quad(target, RDFS_LABEL, Literal(cells.text("object_label")))


#: The ids of other catalogues that tables hold, by column: their form, and what to write where one has another.
#: A name of ours needs none: one that nobody declared is told as such.
IDS: dict[str, tuple[re.Pattern[str], str]] = {
    "fdc_id": (re.compile("[1-9][0-9]*"), "the digits of the FoodData Central id"),
    "sample": (re.compile(r"[A-Za-z]\S*"), "the letter and number of the sample"),
    "id": (re.compile(r"[A-Za-z]\S*"), "the article and number of the statement, such as S1-005"),
    "subject_id": (re.compile(r"[^\s:]+:\S+"), "an id with its prefix, such as kg:magnesium"),
    "object_id": (re.compile(r"[^\s:]+:\S+"), "an id with its prefix, such as HP:0003394"),
    "data_points": (re.compile("0|[1-9][0-9]*"), "a whole number of samples"),
    "rank": (re.compile("[1-9][0-9]*"), "a whole number"),
}

#: The two tables with most of the rows: 9,000 amounts of food and 2,500 of daily intake.
CONTENTS, INTAKES = "data/tables/food_composition.tsv", "data/tables/reference_intakes.tsv"
#: Each table with its columns and the mapping of its rows, relative to the folder that holds ``ontology/`` and ``data/``.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Cells], Iterator[Quad]]]] = {
    "data/tables/foods.tsv": (
        ("food", "label", "description", "table_group", "member_of", "ndb_no", "fdc_id", "fdc_id_basis", "form_eaten"),
        _food,
    ),
    CONTENTS: (
        ("food", "nutrient", "amount_per_100g", "unit", "source", "data_points", "doubt"),
        amounts.content,
    ),
    "data/tables/food_portions.tsv": (("food", "rank", "amount", "portion", "grams", "source"), amounts.portion),
    "data/tables/inhibitor_content.tsv": (
        (
            *("sample", "name", "scientific_name", "inhibitor", "amount_per_100g", "unit"),
            *("closest_food", "source", "note"),
        ),
        amounts.inhibitor,
    ),
    INTAKES: (
        ("nutrient", "life_stage", "kind", "amount", "unit", "source", "note"),
        amounts.intake,
    ),
    "data/tables/reference_ranges.tsv": (
        (
            *("biomarker", "state", "nutrient", "interpretation", "comparator", "value", "unit"),
            *("group", "whom", "body", "source", "note"),
        ),
        amounts.reference_range,
    ),
    "data/tables/laboratory_tests.tsv": (
        (
            *("biomarker", "names", "low", "high", "unit", "least", "most"),
            *("mass_unit", "mole_unit", "factor", "valence", "source"),
        ),
        _laboratory_test,
    ),
    "data/tables/red_flags.tsv": (("flag", "label", "state", "advice", "rule", "source"), _read_red_flag),
    "data/articles/statements.tsv": (
        (
            *("id", "article", "section", "subject", "relation", "object", "qualifiers", "kind"),
            *("states", "summarises", "why_no_claim"),
        ),
        _statement,
    ),
    "ontology/mappings.sssom.tsv": (
        (
            *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
            *("mapping_justification", "confidence", "comment"),
        ),
        _mapping,
    ),
}


def read(root: str, names: Iterable[str] = TABLES) -> Iterator[tuple[Cells, Callable[[Cells], Iterator[Quad]]]]:
    """Each row of every table under ``root``, or of those named, with the mapping that makes triples of it."""
    for name in names:
        columns, mapping = TABLES[name]
        ids = [(column, *IDS[column]) for column in columns if column in IDS]
        for cells in rows(os.path.join(root, *name.split("/")), columns):
            for column, form, meant in ids:
                cells.id(column, form, meant)
            yield cells, mapping


def quads(root: str, names: Iterable[str] = TABLES) -> Iterator[Quad]:
    """The triples of every table under ``root``, or of those named; those of a row start with one about the record itself."""
    for cells, mapping in read(root, names):
        yield from mapping(cells)
