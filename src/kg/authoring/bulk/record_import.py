"""Sheets of sources and of terms: each row is a new record, or one that is there already; names that are taken are refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property

from kg.authoring import blocks, lookup, placement, properties
from kg.authoring.bulk import values
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import NEW, REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.draft import Draft
from kg.authoring.naming import address_fault, identifier, identifier_fault, local_name
from kg.build import retired
from kg.errors import UsageError
from kg.grounding.normalize import fold
from kg.grounding.resolve import find
from kg.rdf.namespaces import KG, iri_to_compact

#: The columns of each sheet with what they mean; the first three must be there.
SOURCES = {
    "title": "as it stands",
    "study_kind": "Review, FactSheet, Guideline, RandomizedTrial ...",
    "access": "how close to the original your text was: original, originalFirstPart, datasetCopy, otherSiteCopy",
    "url": "the whole address",
    "identifier": "such as PMID:1 or DOI:10.1000/1; several parted by |",
    "name": "the local name (default: made from the title)",
}
TERMS = {
    "label": "the preferred name",
    "kind": "its class, such as Symptom",
    "definition": "one sentence in your own words",
    "synonyms": "other names, parted by |",
    "state_of": "what a state is a state of",
    "deviation": "low, high, impaired, damaged, disordered, altered or present",
    "name": "the local name (default: made from the label)",
}
_CLASS = "http://www.w3.org/2002/07/owl#Class"


class RecordImport:
    """Takes rows of sources or terms in; ``draft`` holds what they add."""

    def __init__(self, root: str, names: Names, draft: Draft) -> None:
        self.root, self.names, self.draft = root, names, draft
        self.outcomes: list[Outcome] = []
        self._seen: dict[str, int] = {}
        self._paths: dict[str, str] = {}

    def take(self, table: Table, each: Callable[[int], None] = lambda number: None) -> None:
        """Every row of a table."""
        one = self._source if "title" in table.columns else self._term
        for number, row in enumerate(table.rows, 1):
            try:
                if row.wrong:
                    raise CellError(*next(iter(row.wrong.items())))
                self.outcomes.append(one(row))
            except CellError as error:
                about = (
                    f"{error.column} {error.about}"
                    if error.about.startswith(("is ", "holds ")) and error.column
                    else error.about
                )
                name = row.cells.get("title") or row.cells.get("label", "")
                self.outcomes.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), about))
            each(number)

    def _source(self, row: Row) -> Outcome:
        title = self._require(row, "title")
        kinds = [
            values.choice(self.names, column, self._require(row, column), of)
            for column, of in (("study_kind", "StudyKind"), ("access", "Access"))
        ]
        url = row.cells.get("url", "")
        if url and (wrong := address_fault(url)):
            raise CellError("url", f"holds {url!r}; {wrong}")
        identifiers = [identifier(one) for one in row.cells.get("identifier", "").split("|") if one.strip()]
        for one in identifiers:
            if wrong := identifier_fault(one):
                raise CellError("identifier", f"holds {one!r}; {wrong}")
        known = [iri for iri in (lookup.find_identifier(self.names.graph, one) for one in identifiers) if iri]
        same = find(self.names.graph.rows, title, "Source")
        if known or same:
            return Outcome(row.number, iri_to_compact(known[0] if known else same.iri if same else ""), THERE)
        for one in (fold(title), *identifiers):
            self._once(row, one, "title" if one == fold(title) else "identifier")
        name = self._name(row, "source", lambda: blocks.source_name(title))
        path = os.path.join(self.root, "data", "sources", "literature.ttl")
        self.draft.add(path, blocks.source(title, kinds[0], kinds[1], url, identifiers, name))
        return Outcome(row.number, f"source:{name}", NEW)

    def _term(self, row: Row) -> Outcome:
        label, definition = self._require(row, "label"), self._require(row, "definition")
        kind = values.choice(self.names, "kind", self._require(row, "kind"), _CLASS)
        synonyms = [one.strip() for one in row.cells.get("synonyms", "").split("|") if one.strip()]
        twin = self._check_value("label", label)
        if twin and fold(self.names.label(twin)) == fold(label) and self.names.kind(twin) == kind:
            return Outcome(row.number, iri_to_compact(twin), THERE)
        for column, name in (("label", label), *(("synonyms", one) for one in synonyms)):
            taken = self._check_value(column, name)
            if taken:
                told = f"{name!r} is a name of {iri_to_compact(taken)} ({self.names.kind(taken)}) already; use that term, or another name"
                raise CellError(column, told)
        for column, name in (("label", label), *(("synonyms", one) for one in synonyms)):
            self._once(row, fold(name), column)
        of = row.cells.get("state_of", "")
        deviation = row.cells.get("deviation", "")
        if bool(of) != bool(deviation) or (not of and kind in self._kinds_of_states):
            empty = "deviation" if of else "state_of"
            raise CellError(empty, "is empty; a state says what it is a state of and how it deviates")
        state = values.resolve_cell(self.names, "state_of", of) if of else ""
        deviates = values.choice(self.names, "deviation", deviation, "Deviation") if deviation else ""
        more = [line for column, cell in row.cells.items() if cell for line in self._properties(column, cell)]
        name = self._name(row, "kg", lambda: local_name(label))
        self.draft.add(self._place(kind), blocks.term(label, kind, definition, synonyms, state, deviates, name, "", more))
        return Outcome(row.number, f"kg:{name}", NEW)

    def _properties(self, column: str, cell: str) -> list[str]:
        """The lines of a property whose name a column bears; several terms are parted by ``|``, as in other columns."""
        one = self.own.get(properties.column_key(column))
        if one is None or column in TERMS:
            return []
        values = [part.strip() for part in cell.split("|")] if one.is_object else [cell]
        try:
            first, *more = (properties.line(self.names.graph, one.name, value, self._declared) for value in values)
        except UsageError as error:
            raise CellError(column, str(error)) from None
        return [" , ".join([first, *(line.partition(" ")[2] for line in more)])]

    @cached_property
    def own(self) -> dict[str, properties.Property]:
        """The columns that a sheet of terms may have besides, by their keys: the properties that the ontology declares."""
        return {one.column: one for one in self._declared.values()}

    @cached_property
    def _kinds_of_states(self) -> set[str]:
        return {self.names.kind(iri) for iri in self.names.members("State")}

    @cached_property
    def _declared(self) -> dict[str, properties.Property]:
        return properties.properties(self.names.graph)

    def _place(self, kind: str) -> str:
        if kind not in self._paths:
            self._paths[kind] = placement.of_term(self.root, kind)
        return self._paths[kind]

    def _check_value(self, column: str, name: str) -> str:
        try:
            found = find(self.names.graph.rows, name)
        except UsageError as error:
            raise CellError(column, str(error)) from None
        return found.iri if found else ""

    def _require(self, row: Row, column: str) -> str:
        if not row.cells.get(column):
            raise CellError(column, "is empty; fill it in, or delete the row")
        return row.cells[column]

    def _name(self, row: Row, space: str, made: Callable[[], str]) -> str:
        given = row.cells.get("name", "")
        try:
            name = given or made()
            plain = local_name(name)
        except UsageError as error:
            raise CellError("name", str(error)) from None
        if name != plain:
            raise CellError("name", f"holds {name!r}; a name is lower-case words joined by hyphens, such as {plain}")
        iri = f"{KG}{'source/' if space == 'source' else ''}{name}"
        if self.names.kind(iri):
            raise CellError("name", f"{space}:{name} already exists; give another name")
        if f"{space}:{name}" in self._retired:
            raise CellError("name", f"{space}:{name} is retired, and an id is never used again; give another name")
        self._once(row, iri, "name")
        return name

    @cached_property
    def _retired(self) -> frozenset[str]:
        return frozenset(cells.row["id"] for cells in retired.read(self.root))

    def _once(self, row: Row, key: str, column: str) -> None:
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            raise CellError(column, f"row {first} has it already; delete one of the two, or give another")
