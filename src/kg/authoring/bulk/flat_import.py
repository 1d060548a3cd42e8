"""The table of ``kg export csv`` on its way back: one row for each claim, its sources by stance as CURIEs parted by blanks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.authoring.bulk import values
from kg.authoring.bulk.claim_edit import set_claim, set_line
from kg.authoring.bulk.claim_import import Change, ClaimImport
from kg.authoring.bulk.outcomes import CHANGED, REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.credit import credit_line
from kg.authoring.written import Written
from kg.rdf.namespaces import KG, compact_to_iri, iri_to_compact
from kg.rdf.vocabulary import STANCES

#: What the build derives or a name is made of: a sheet does not change it.
_DERIVED = ("status", "certainty", "kind")
_ENDS = ("subject", "relation", "object", "subject_id", "object_id")
_WORDS = {"onset": "onset", "reversibility": "reversibility", "note": "note"}
_TERMS = {"rather_than": ("ratherThan", "State"), "population": ("population", "Population")}


class FlatImport:
    """Takes the rows of such a table in; rows without a claim of the repository become rows of a sheet of claims."""

    def __init__(self, base: Mapping[str, Mapping[str, str]], into: ClaimImport) -> None:
        self.base, self.into, self.names = base, into, into.names
        self._rows: dict[str, int] = {}

    def take(self, table: Table, each: Callable[[int], None] = lambda number: None) -> None:
        """Every row of a table."""
        new = Table(table.name, table.columns, [])
        for number, row in enumerate(table.rows, 1):
            name = row.cells.get("claim", "")
            try:
                if row.wrong:
                    raise CellError(*next(iter(row.wrong.items())))
                if name and (name in self.base or f"claim:{name}" in self.base):
                    self.into.outcomes.append(self._meet_known(row, name if name in self.base else f"claim:{name}"))
                elif name and any(letter.isspace() for letter in name):
                    raise CellError("claim", f"holds {name!r}; a name has no blanks")
                else:
                    new.rows += self._as_sheet(row)
            except CellError as error:
                self.into.outcomes.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), error.sentence))
            each(number)
        if new.rows:
            self.into.take(new)

    def _meet_known(self, row: Row, name: str) -> Outcome:
        first = self._rows.setdefault(name, row.number)
        if first != row.number:
            raise CellError("", f"is the claim of row {first} again; delete one of the two")
        now = self.base[name]
        columns = [column for column in now if column in row.cells and row.cells[column] != " ".join(now[column].split())]
        claim = self.into.known.get(compact_to_iri(name))
        if columns and claim is None:
            raise CellError(columns[0], "the claim is not written in this repository; change it where it is")
        changes: list[Change] = []
        told = []
        for column in columns:
            if column in _DERIVED:
                raise CellError(column, f"is derived by the build; leave {now[column]!r}, and change the evidence")
            if column in _ENDS and self._same(column, row.cells[column], now):
                continue  # the same end by another name, as in another language
            if column in _ENDS:
                raise CellError(
                    column, f"is part of the claim's name; leave {now[column]!r}, and add another claim in a new row"
                )
            told.append(f"{column}: {now[column] or 'nothing'} -> {row.cells[column] or 'nothing'}")
            if claim is not None and column not in STANCES:
                changes.append(self._whole(claim, column, row.cells[column]))
        stances = [column for column in columns if column in STANCES]
        if claim is not None and stances:
            changes += self._sources(claim, {column: (now[column], row.cells[column]) for column in stances})
        for change in changes:
            change()
        return Outcome(row.number, name, CHANGED if changes else THERE, "", "; ".join(told))

    def _same(self, column: str, cell: str, now: Mapping[str, str]) -> bool:
        if column not in ("subject", "object") or not cell:
            return False
        try:
            return iri_to_compact(values.resolve_cell(self.names, column, cell)) == now[f"{column}_id"]
        except CellError:
            return False

    def _whole(self, claim: Written, column: str, cell: str) -> Change:
        if column in _TERMS:
            name, kind = _TERMS[column]
            words = _several(cell)
            found = [iri_to_compact(values.resolve_cell(self.names, column, word, kind)) for word in words]
        else:
            from kg.authoring.written_text import quote

            name, found = _WORDS[column], [quote(cell)] if cell else []
        return lambda: set_claim(self.into.draft, claim, name, found)

    def _sources(self, claim: Written, cells: Mapping[str, tuple[str, str]]) -> list[Change]:
        gone = {one: stance for stance, (old, new) in cells.items() for one in old.split() if one not in new.split()}
        come = {one: stance for stance, (old, new) in cells.items() for one in _several(new) if one not in old.split()}
        changes: list[Change] = []
        for source, stance in gone.items():
            lines = [
                at for at, line in enumerate(claim.lines) if f"{KG}source/" + source.removeprefix("source:") in line["source"]
            ]
            other = come.pop(source, None)
            if other is None or len(lines) != 1:
                raise CellError(stance, f"{source} is gone; a line of evidence is taken out by hand, in {claim.path}")
            changes.append(lambda at=lines[0], to=other: set_line(self.into.draft, claim, at, "stance", [f"kg:{to}"]))  # type: ignore[misc]
        for source, stance in come.items():
            line = credit_line(f"[ kg:source {values.objects(self.names, 'source', source)[0]} ; kg:stance kg:{stance} ]")
            changes.append(lambda line=line: set_line(self.into.draft, claim, None, line, []))  # type: ignore[misc]
        return changes

    def _as_sheet(self, row: Row) -> list[Row]:
        """A claim that is new, as rows of a sheet of claims: one for each source."""
        shared = {column: row.cells.get(column, "") for column in ("rather_than", "population", "onset", "reversibility")}
        for column in ("rather_than", "population"):
            shared[column] = " | ".join(_several(shared[column]))
        shared |= {end: row.cells.get(f"{end}_id") or row.cells.get(end, "") for end in ("subject", "object")}
        shared["relation"] = row.cells.get("relation", "")
        found = [(stance, source) for stance in STANCES for source in _several(row.cells.get(stance, ""))]
        if not found:
            raise CellError("supports", "is empty; name what was read")
        if row.cells.get("note"):
            raise CellError(
                "note", "is of the whole claim and has no place in a new one; say it in a sheet of kg import --template claims"
            )
        return [Row(row.number, shared | {"stance": stance, "source": source}) for stance, source in found]


def is_flat(table: Table) -> bool:
    """Whether a table has the columns of ``kg export csv``."""
    return set(STANCES) <= set(table.columns)


def _several(cell: str) -> list[str]:
    """The parts of a cell: parted by ``|``, or by blanks where each part is a CURIE."""
    if "|" in cell:
        return [part.strip() for part in cell.split("|") if part.strip()]
    words = cell.split()
    return words if all(":" in word[1:-1] for word in words) else [cell]
