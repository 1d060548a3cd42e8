"""A sheet of terms in other languages: each row is new, changed, or there already."""

from __future__ import annotations

import os
from collections.abc import Callable

from kg.authoring import translate
from kg.authoring.bulk import values
from kg.authoring.bulk.absent import find_deleted_translations, number_marks
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import CHANGED, NEW, REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.draft import Draft
from kg.build import translations
from kg.build.cells import day_of
from kg.errors import UsageError
from kg.rdf.namespaces import iri_to_compact

#: The columns of the sheet with what they mean; the first three must be there.
COLUMNS = {
    "term": "the term, by any name that kg term knows",
    "language": "the tag of the language, such as de or pt-BR",
    "label": "the preferred name in that language",
    "synonyms": "other names, parted by |",
    "definition": "one sentence in your own words",
    "translated_by": "an ORCID or a name (default: your own settings)",
    "on": "the day, as year-month-day (default: today)",
    "read_by": "who, at home in the language and the field, has read it since",
}
#: The column that a filled sheet has besides.
MARK = "exported"
#: What a row may leave out and keep as it is.
_KEPT = ("synonyms", "definition", "translated_by", "on", "read_by")


class TranslationImport:
    """Takes rows in; ``draft`` holds the tables of the languages."""

    def __init__(self, root: str, names: Names, draft: Draft) -> None:
        self.root, self.names, self.draft = root, names, draft
        self.outcomes: list[Outcome] = []
        self._known: dict[str, dict[str, dict[str, str]]] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._new: dict[str, list[dict[str, str]]] = {}

    def take(self, table: Table, each: Callable[[int], None] = lambda number: None) -> None:
        """Every row of a table."""
        for number, row in enumerate(table.rows, 1):
            name = row.cells.get("term", "")
            try:
                if row.wrong:
                    raise CellError(*next(iter(row.wrong.items())))
                self.outcomes.append(self._one(row, table))
            except CellError as error:
                about = f"{error.column} {error.about}" if error.about.startswith(("is ", "holds ")) else error.about
                self.outcomes.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), about))
            each(number)
        known = ((cells.row["id"], tag) for tag, cells in translations.read(self.root))
        taken = {number: key for key, number in self._seen.items()}

        def key(row: Row) -> tuple[str, str]:
            return taken.get(row.number, (row.cells.get("term", ""), row.cells.get("language", "")))

        self.draft.notes += find_deleted_translations(table, known, key)
        for tag, rows in self._new.items():
            path = translations.path(self.root, tag)
            there = os.path.exists(path)
            self.draft.put(path, translate.text_with(self.root, tag, rows, self.draft.text(path) if there else ""))

    def _one(self, row: Row, table: Table) -> Outcome:
        for column in ("term", "language", "label"):
            if not row.cells.get(column):
                raise CellError(column, "is empty; fill it in, or delete the row")
        iri = values.resolve_cell(self.names, "term", row.cells["term"])
        try:
            tag = translate.check_tag(row.cells["language"])
        except UsageError as error:
            raise CellError("language", str(error)) from None
        name = iri_to_compact(iri)
        first = self._seen.setdefault((name, tag), row.number)
        if first != row.number:
            raise CellError("term", f"row {first} has it already in {tag}; delete one of the two")
        if tag not in self._known:
            self._known[tag] = translate.read_language(self.root, tag)
        now = self._known[tag].get(name, {})
        given = {one: row.cells.get(one, "") if one in table.columns else now.get(one, "") for one in _KEPT}
        if given["on"] and day_of(given["on"]) is None:
            raise CellError("on", f"holds {given['on']!r}; write the day as year-month-day")
        for one in ("translated_by", "on"):
            given[one] = given[one] or now.get(one, "")
        words = translate.Words(
            row.cells["label"],
            given["synonyms"].split("|"),
            given["definition"],
            given["translated_by"],
            given["on"],
            given["read_by"],
        )
        try:
            made = translate.row_of(self.names.graph, iri, tag, words)
        except UsageError as error:
            raise CellError("label", str(error)) from None
        changed = [f"{one}: {now[one] or 'nothing'} -> {made[one] or 'nothing'}" for one in now if now[one] != made[one]]
        if now and not changed:
            return Outcome(row.number, f"{name} {tag}", THERE)
        self._new.setdefault(tag, []).append(made)
        return Outcome(row.number, f"{name} {tag}", CHANGED if now else NEW, "", "; ".join(changed) or made["label"])


def fill_sheet(root: str) -> list[list[str]]:
    """The rows of a sheet of what is there, each with a mark by which rows that were deleted are known."""
    known = translations.read(root)
    return number_marks([[cells.row["id"], tag, *(cells.row[one] for one in ("label", *_KEPT)), "x"] for tag, cells in known])
