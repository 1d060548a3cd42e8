"""Tables that stay tables: each TSV file and the one mapping by which its rows become triples.

Files are UTF-8, tab-separated, with one header line and no quoting. A cell that is empty is unknown, never zero.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError
from kg.vocabulary import DCTERMS, KG, RDF_TYPE, RDFS_LABEL, SKOS, XSD, compact_to_iri, kg

Row = dict[str, str]
UNITS = {"g", "mg", "ug", "kcal", "L", "g/kg"}


class Cells:
    """One row of a table, with readers that name file, line and column when a cell is wrong."""

    def __init__(self, path: str, line: int, row: Row) -> None:
        self.path, self.line, self.row = path, line, row

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self.row[column]:
            raise self.wrong(column, "is empty", "fill it in or delete the row")
        return self.row[column]

    def number(self, column: str) -> Literal:
        """The cell as a decimal, zero or more."""
        try:
            value = Decimal(self.text(column))
        except InvalidOperation:
            raise self.wrong(column, f"holds {self.row[column]!r}", "write a decimal number with a point") from None
        if not value.is_finite() or value < 0:
            raise self.wrong(column, f"holds {self.row[column]!r}", "amounts are zero or more")
        return Literal(format(value, "f"), datatype=NamedNode(XSD + "decimal"))

    def unit(self, column: str = "unit") -> Literal:
        """The cell as one of the known units."""
        if self.row[column] not in UNITS:
            raise self.wrong(column, f"holds {self.row[column]!r}", f"use one of {', '.join(sorted(UNITS))}")
        return Literal(self.row[column])

    def wrong(self, column: str, problem: str, fix: str) -> DataError:
        """The error for one cell."""
        return DataError(f"{self.path}:{self.line}: {column} {problem}; {fix}")


def rows(path: str, columns: tuple[str, ...]) -> Iterator[Cells]:
    """The rows of a table whose header must be ``columns``.

    Raises:
        DataError: not UTF-8, another header, a row with too few or too many cells.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = file.read().replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
    if tuple(lines[start].split("\t")) != columns:
        raise DataError(f"{path}:{start + 1}: the header is not {' '.join(columns)}; restore the header line")
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells where {len(columns)} belong; check the tabs")
        yield Cells(path, number, dict(zip(columns, cells, strict=True)))


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, for an IRI."""
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())


def _food(cells: Cells) -> Iterator[Quad]:
    food = NamedNode(KG + "food/" + cells.text("food"))
    yield Quad(food, RDF_TYPE, kg("Food"))
    yield Quad(food, RDFS_LABEL, Literal(cells.text("label"), language="en"))
    if cells.row["description"].casefold() != cells.row["label"].casefold():
        yield Quad(food, NamedNode(SKOS + "altLabel"), Literal(cells.text("description"), language="en"))
    for group in filter(None, cells.row["member_of"].split("|")):
        yield Quad(food, kg("memberOf"), kg(group))
    if cells.row["ndb_no"]:
        yield Quad(food, NamedNode(DCTERMS + "identifier"), Literal("NDB:" + cells.row["ndb_no"]))


def _content(cells: Cells) -> Iterator[Quad]:
    food, nutrient = cells.text("food"), cells.text("nutrient")
    node = NamedNode(f"{KG}amount/{food}_{nutrient}_{cells.text('source')}")
    yield Quad(node, RDF_TYPE, kg("NutrientContent"))
    yield Quad(node, kg("food"), NamedNode(KG + "food/" + food))
    yield Quad(node, kg("nutrient"), kg(nutrient))
    yield Quad(node, kg("per100g"), cells.number("amount_per_100g"))
    yield Quad(node, kg("unit"), cells.unit())
    yield Quad(node, kg("source"), NamedNode(KG + "source/" + cells.text("source")))
    if cells.row["doubt"]:
        yield Quad(node, kg("note"), Literal(cells.row["doubt"]))


def _portion(cells: Cells) -> Iterator[Quad]:
    food, words = cells.text("food"), f"{cells.text('amount')} {cells.text('portion')}"
    node = NamedNode(f"{KG}amount/{food}_{slug(words)}_{slug(cells.text('grams'))}-g")
    yield Quad(NamedNode(KG + "food/" + food), kg("usualPortion" if cells.text("rank") == "1" else "portion"), node)
    yield Quad(node, RDF_TYPE, kg("Portion"))
    yield Quad(node, RDFS_LABEL, Literal(words, language="en"))
    yield Quad(node, kg("grams"), cells.number("grams"))
    yield Quad(node, kg("source"), NamedNode(KG + "source/" + cells.text("source")))


def _intake(cells: Cells) -> Iterator[Quad]:
    nutrient, kind, group = cells.text("nutrient"), cells.text("kind"), cells.text("life_stage")
    node = NamedNode(f"{KG}intake/{nutrient}_{slug(kind)}_{slug(group.replace('>', 'over '))}_{slug(cells.text('unit'))}")
    yield Quad(node, RDF_TYPE, kg("ReferenceIntake"))
    yield Quad(node, kg("nutrient"), kg(nutrient))
    yield Quad(node, kg("intakeKind"), Literal(kind))
    yield Quad(node, kg("lifeStage"), Literal(group))
    yield Quad(node, kg("amount"), cells.number("amount"))
    yield Quad(node, kg("unit"), cells.unit())
    yield Quad(node, kg("source"), NamedNode(KG + "source/" + cells.text("source")))


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
        for claim in filter(None, cells.row[column].split("|")):
            yield Quad(node, kg(column), NamedNode(KG + "claim/" + claim))
    if cells.row["why_no_claim"]:
        yield Quad(node, kg("note"), Literal(cells.row["why_no_claim"]))


def _mapping(cells: Cells) -> Iterator[Quad]:
    predicate = NamedNode(SKOS + cells.text("predicate_id").removeprefix("skos:"))
    subject, target = (NamedNode(compact_to_iri(cells.text(column))) for column in ("subject_id", "object_id"))
    yield Quad(subject, predicate, target)
    yield Quad(target, RDFS_LABEL, Literal(cells.text("object_label")))


#: Each table with its columns and the mapping of its rows, relative to the folder that holds ``ontology/`` and ``data/``.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Cells], Iterator[Quad]]]] = {
    "data/tables/foods.tsv": (
        ("food", "label", "description", "table_group", "member_of", "ndb_no", "fdc_id", "fdc_id_basis"),
        _food,
    ),
    "data/tables/food_composition.tsv": (
        ("food", "nutrient", "amount_per_100g", "unit", "source", "data_points", "doubt"),
        _content,
    ),
    "data/tables/food_portions.tsv": (("food", "rank", "amount", "portion", "grams", "source"), _portion),
    "data/tables/reference_intakes.tsv": (("nutrient", "life_stage", "kind", "amount", "unit", "source"), _intake),
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


def quads(root: str) -> Iterator[Quad]:
    """The triples of every table under ``root``."""
    for name, (columns, mapping) in TABLES.items():
        for cells in rows(os.path.join(root, *name.split("/")), columns):
            yield from mapping(cells)
