"""Mappings to public ontologies (SSSOM) held against the table of the repository."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import CHANGED, NEW, REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.draft import Draft
from kg.authoring.table_rows import lines, with_rows
from kg.build.tables import TABLES
from kg.errors import UsageError
from kg.rdf.namespaces import KG, SKOS, iri_to_compact, prefixes
from kg.sparql.library import reading

TABLE, CHECKED = "ontology/mappings.sssom.tsv", "data/tables/ontology_terms.tsv"
COLUMNS = TABLES[TABLE][0]
#: Each predicate with the one that says the same the other way round.
PREDICATES = {
    "skos:exactMatch": "skos:exactMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:relatedMatch": "skos:relatedMatch",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:narrowMatch": "skos:broadMatch",
}
_CURIE_MAP = re.compile(r"#\s*([A-Za-z][\w.-]*):\s*[\"']?(https?://[^\s\"']+)")
_OTHERWISE = "semapv:UnspecifiedMatching"


class MappingImport:
    """Takes rows of mappings in; ``draft`` gets the table anew."""

    def __init__(self, root: str, names: Names, draft: Draft) -> None:
        self.root, self.names, self.draft = root, names, draft
        self.outcomes: list[Outcome] = []
        self._path = os.path.join(root, *TABLE.split("/"))
        self._known = {(row["subject_id"], row["object_id"]): row for row in lines(self._path, COLUMNS)}
        checked = lines(os.path.join(root, *CHECKED.split("/")))
        self._labels = {row["id"]: row["label"] for row in checked}
        self._seen: dict[tuple[str, str], int] = {}
        said = names.graph.rows(reading("export_mappings"))
        self._ours = {iri_to_compact(row[0].value) for row in said}
        self._said = {tuple(iri_to_compact(row[place].value) for place in (0, 2, 3)) for row in said}

    def take(self, table: Table, each: Callable[[int], None] = lambda number: None) -> None:
        """Every row of a table."""
        spaces = {name: space for line in table.head for name, space in _CURIE_MAP.findall(line)}
        made: list[dict[str, str]] = []
        for number, row in enumerate(table.rows, 1):
            name = f"{row.cells['subject_id']} {row.cells['object_id']}"
            try:
                if row.wrong:
                    raise CellError(*next(iter(row.wrong.items())))
                outcome, new = self._take(row, spaces)
                self.outcomes.append(outcome)
                made += [new] if new else []
            except CellError as error:
                self.outcomes.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), error.sentence))
            each(number)
        if made:
            key = ("subject_id", "object_id")
            self.draft.put(self._path, with_rows(self.draft.text(self._path), COLUMNS, made, key))

    def _take(self, row: Row, spaces: Mapping[str, str]) -> tuple[Outcome, dict[str, str] | None]:
        for column in ("subject_id", "predicate_id", "object_id"):
            if not row.cells[column]:
                raise CellError(column, "is empty; a mapping has two ends and a predicate")
            if " " in row.cells[column]:
                raise CellError(column, f"holds {row.cells[column]!r}; an id has no blanks")
        ends = [_compact(row.cells[column], spaces) for column in ("subject_id", "object_id")]
        predicate = _compact(row.cells["predicate_id"], spaces)
        if predicate not in PREDICATES:
            raise CellError("predicate_id", f"holds {predicate}; choose one of {', '.join(PREDICATES)}")
        column, other = "subject_id", "object_id"
        if not ends[0].startswith("kg:") and ends[1].startswith("kg:"):
            ends, predicate, column, other = ends[::-1], PREDICATES[predicate], other, column
        if not ends[0].startswith("kg:"):
            raise CellError("subject_id", f"{ends[0]}: neither end is a term of ours; write it as kg:...")
        try:
            iri = KG + ends[0].removeprefix("kg:") if ends[0] in self._ours else self.names.term(ends[0])
        except UsageError as error:
            raise CellError(column, str(error)) from None
        pair = iri_to_compact(iri), ends[1]
        if pair not in self._known and (pair[0], predicate, pair[1]) in self._said:  # by the ontology itself
            return Outcome(row.number, " ".join(pair), THERE), None
        if pair[1] not in self._labels:
            raise CellError(
                other, f"{pair[1]} is not in the table of checked ids; kg ids add {pair[1]} --from RELEASE brings it in"
            )
        said = row.cells.get(other.replace("_id", "_label"), "")
        if said and said.casefold() != self._labels[pair[1]].casefold():
            raise CellError(other.replace("_id", "_label"), f"holds {said!r}; the checked label is {self._labels[pair[1]]!r}")
        first = self._seen.setdefault(pair, row.number)
        if first != row.number:
            raise CellError("", f"says the same pair as row {first}; delete one of the two")
        return self._compare(row, iri, pair, predicate)

    def _compare(self, row: Row, iri: str, pair: tuple[str, str], predicate: str) -> tuple[Outcome, dict[str, str] | None]:
        now = self._known.get(pair)
        given = {column: row.cells.get(column, "") for column in ("mapping_justification", "confidence", "comment")}
        name = " ".join(pair)
        if now and now["predicate_id"] == predicate and all(cell in ("", now[column]) for column, cell in given.items()):
            return Outcome(row.number, name, THERE), None
        if given["confidence"] and not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", given["confidence"]):
            raise CellError("confidence", f"holds {given['confidence']!r}; write a number between 0 and 1")
        if given["mapping_justification"] and not re.fullmatch(r"semapv:\w+", given["mapping_justification"]):
            raise CellError("mapping_justification", f"holds {given['mapping_justification']!r}; write one of semapv:")
        base = dict(now) if now else dict.fromkeys(COLUMNS, "") | {"mapping_justification": _OTHERWISE}
        new = base | {column: cell for column, cell in given.items() if cell}
        new |= {"subject_id": pair[0], "predicate_id": predicate, "object_id": pair[1]}
        new |= {"subject_label": self.names.label(iri), "object_label": self._labels[pair[1]]}
        if now is None:
            return Outcome(row.number, name, NEW, "", predicate), new
        told = [f"{column}: {now[column] or 'nothing'} -> {new[column]}" for column in COLUMNS if now[column] != new[column]]
        return Outcome(row.number, name, CHANGED, "", "; ".join(told)), new


def _compact(name: str, spaces: Mapping[str, str]) -> str:
    """An id as our prefix table writes it, from a CURIE or an IRI."""
    name = name.strip("<>")
    if name.startswith(("http://", "https://")):
        return iri_to_compact(name)
    prefix, colon, local = name.partition(":")
    if not colon:
        return name
    if prefix in spaces:
        return iri_to_compact(spaces[prefix] + local)
    own = {known.casefold(): known for known in prefixes()}
    return f"{own.get(prefix.casefold(), prefix)}:{local}"


#: The predicates by IRI, for graphs of others.
BY_IRI = {SKOS + name.removeprefix("skos:"): name for name in PREDICATES}
