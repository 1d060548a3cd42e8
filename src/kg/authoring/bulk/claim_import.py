"""A sheet of claims held against the repository: each row is new, already there, changed, or refused with its cell and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.authoring import blocks, placement
from kg.authoring.bulk import claim_rows, values
from kg.authoring.bulk.claim_edit import set_claim, set_line
from kg.authoring.bulk.columns import COLUMNS, OF_CLAIM, OF_LINE
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import CHANGED, NEW, REFUSED, THERE, CellError, Outcome
from kg.authoring.bulk.tables import Row, Table
from kg.authoring.claim_files import file_of, topics_of
from kg.authoring.credit import credit_line
from kg.authoring.draft import Draft
from kg.authoring.relations import relation
from kg.authoring.written import Written
from kg.errors import UsageError
from kg.rdf.namespaces import KG, compact_to_iri, iri_to_compact

#: What is done to the draft once a whole row is found good.
Change = Callable[[], None]


@dataclass
class _Pending:
    """A claim that the sheet adds: its ends, the cells that hold for it, its lines, and the row that began it."""

    subject: str
    relation: str
    object: str
    row: Row
    cells: dict[str, str]
    lines: list[str] = field(default_factory=list)


class ClaimImport:
    """Takes rows in, one after the other; ``draft`` holds what they change."""

    def __init__(self, root: str, names: Names, known: dict[str, Written], draft: Draft) -> None:
        self.root, self.names, self.known, self.draft = root, names, known, draft
        self.outcomes: list[Outcome] = []
        self._pending: dict[str, _Pending] = {}
        self._seen: dict[tuple[str, ...], int] = {}

    def take(self, table: Table, each: Callable[[int], None] = lambda number: None) -> None:
        """Every row of a table; ``each`` is called with the number of rows done."""
        for number, row in enumerate(table.rows, 1):
            name = row.cells.get("claim", "")
            try:
                if row.wrong:
                    raise CellError(*next(iter(row.wrong.items())))
                self.outcomes.append(self._with_name(row) if name else self._without_name(row))
            except CellError as error:
                self.outcomes.append(Outcome(row.number, name, REFUSED, table.cell(row, error.column), error.sentence))
            each(number)
        self._finish(table)

    def _with_name(self, row: Row) -> Outcome:
        name = row.cells["claim"]
        claim = self.known.get(_iri(name))
        if claim is None:
            raise CellError("claim", f"{name}: no claim of this repository; leave the cell empty to add one")
        compact = iri_to_compact(claim.iri)
        number = row.cells.get("line", "")
        if not number and claim.lines:
            return self._further(row, claim)
        if number and not (number.isascii() and number.isdigit() and 0 < int(number) <= len(claim.lines)):
            raise CellError("line", f"{compact} has {len(claim.lines)} lines of evidence; leave the cell empty to add one")
        at = int(number or 1) - 1
        self._once(row, compact, f"line {at + 1}")
        now = claim_rows.row(self.names, claim, at)
        given = {column: row.cells.get(column, now[column]) for column in COLUMNS[:-1]} | {"claim": compact}
        columns = [column for column in COLUMNS[1:-1] if given[column] != now[column]]
        mark = row.cells.get("exported", "").partition(":")[0]
        if not columns or (mark and claim_rows.mark(given) == mark):
            return Outcome(row.number, compact, THERE)
        made = {one: self._change(claim, at, one, given[one], now[one]) for one in columns}
        changes = {one: change for one, change in made.items() if change}
        if changes and mark and now["exported"] != mark:
            about = "the record was changed since the sheet was written; write the sheet anew and change that"
            raise CellError(next(iter(changes)), about)
        told = [f"{one}: {now[one] or 'nothing'} -> {given[one] or 'nothing'}" for one in changes]
        for change in changes.values():
            change()
        return Outcome(row.number, compact, CHANGED if told else THERE, "", "; ".join(told))

    def _change(self, claim: Written, at: int, column: str, given: str, now: str) -> Change | None:
        """The change that a cell asks for; None where it is another name for the same."""
        if column in ("subject", "object"):
            if given and values.resolve_cell(self.names, column, given) == getattr(claim, column):
                return None
            raise CellError(column, f"the ends of a claim are not changed; leave {now!r}, and add another claim in a new row")
        if column == "relation":
            if given and "".join(given.split()).casefold() == now.casefold():
                return None
            raise CellError(
                column, f"the relation of a claim is not changed; leave {now!r}, and add another claim in a new row"
            )
        found = values.objects(self.names, column, given)
        if column in OF_LINE:
            if column in ("source", "stance") and not found:
                raise CellError(column, "is empty; a line of evidence needs it")
            if found == values.objects(self.names, column, now):
                return None
            if not claim.lines:
                raise CellError(column, "the claim's evidence is derived from tables; leave the cell empty")
            return lambda: set_line(self.draft, claim, at, OF_LINE[column].property, found)
        if at:
            raise CellError(column, "holds for the whole claim; write it in the claim's first row")
        if sorted(found) == sorted(values.objects(self.names, column, now)):
            return None
        return lambda: set_claim(self.draft, claim, OF_CLAIM[column].property, found)

    def _without_name(self, row: Row) -> Outcome:
        subject, relation, target = self._ends(row)
        iri = compact_to_iri(blocks.claim_name(subject, relation, target))
        if iri in self.known:
            return self._further(row, self.known[iri])
        name = iri_to_compact(iri)
        line = self._line(row)
        given = {column: row.cells.get(column, "") for column in OF_CLAIM if row.cells.get(column)}
        for column, cell in given.items():
            values.objects(self.names, column, cell)
        self._once(row, name, line)
        first = self._pending.get(iri)
        if first is None:
            self._pending[iri] = first = _Pending(subject, relation, target, row, given)
            if self.names.relations[relation].kind == "TreatmentClaim" and not given.keys() & {"only_when", "population"}:
                del self._pending[iri]
                raise CellError("only_when", "is empty; say in whom the treatment holds, here or in population")
        else:
            for column, cell in given.items():
                if first.cells.setdefault(column, cell) != cell:
                    told = f"row {first.row.number} says {first.cells[column]!r} of the same claim; say one of the two"
                    raise CellError(column, told)
        first.lines.append(line)
        about = "claim" if len(first.lines) == 1 else "evidence for a claim of this sheet"
        return Outcome(row.number, name, NEW, "", about)

    def _further(self, row: Row, claim: Written) -> Outcome:
        """A line of evidence for a claim that is there."""
        name = iri_to_compact(claim.iri)
        if row.cells.get("claim") and any(row.cells.get(end) for end in ("subject", "relation", "object")):
            subject, relation, target = self._ends(row)
            if (subject, relation, target) != (claim.subject, claim.relation, claim.object):
                raise CellError("claim", f"{name} joins other ends than the row; leave the cell empty, or mend the ends")
        added = self._add(row, claim)
        told = [f"{column}: nothing -> {row.cells[column]}" for column in added]
        outcome = CHANGED if told else THERE
        if any(row.cells.get(column) for column in OF_LINE):
            line = self._line(row)
            self._once(row, name, line)
            if line not in [self._of_facts(facts) for facts in claim.lines]:
                set_line(self.draft, claim, None, credit_line(line), [])
                told.append("evidence for a claim that is there")
                outcome = CHANGED if added else NEW
        for column, found in added.items():
            set_claim(self.draft, claim, OF_CLAIM[column].property, found)
        return Outcome(row.number, name, outcome, "", "; ".join(told))

    def _add(self, row: Row, claim: Written) -> dict[str, list[str]]:
        """What a new row says of a claim that is there: added where the claim says nothing, refused where it says something else."""
        now = values.cells(self.names, claim.facts, OF_CLAIM)
        added = {}
        for column in OF_CLAIM:
            found = values.objects(self.names, column, row.cells.get(column, ""))
            if not found or sorted(found) == sorted(values.objects(self.names, column, now[column])):
                continue
            if now[column]:
                raise CellError(column, f"the claim is there and says {now[column]!r}; change it in a filled sheet (--filled)")
            added[column] = found
        return added

    def _of_facts(self, facts: dict[str, list[str]]) -> str:
        cells = values.cells(self.names, facts, OF_LINE)
        return self._line(Row(0, cells))

    def _line(self, row: Row) -> str:
        """The line of evidence that a row makes, in brackets."""
        if not row.cells.get("source"):
            raise CellError("source", "is empty; name what was read")
        cells = {column: row.cells.get(column, "") for column in OF_LINE} | {"stance": row.cells.get("stance") or "supports"}
        parts = []
        for column, cell in cells.items():
            found = values.objects(self.names, column, cell)
            if found and found[0] != "kg:direct":
                parts.append(f"kg:{OF_LINE[column].property} {found[0]}")
        return f"[ {' ; '.join(parts)} ]"

    def _ends(self, row: Row) -> tuple[str, str, str]:
        for column in ("subject", "relation", "object"):
            if not row.cells.get(column):
                raise CellError(column, "is empty; a claim has two ends and a relation")
        try:
            stated = relation(self.names.relations, row.cells["relation"])
        except UsageError as error:
            raise CellError("relation", str(error)) from None
        subject = values.resolve_cell(self.names, "subject", row.cells["subject"], stated.domain)
        target = values.resolve_cell(self.names, "object", row.cells["object"], stated.range)
        if subject == target:
            raise CellError("object", f"both ends are {self.names.label(subject)}; a claim joins two terms")
        return subject, stated.name, target

    def _once(self, row: Row, *key: str) -> None:
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            raise CellError("", f"says the same as row {first}; delete one of the two")

    def _finish(self, table: Table) -> None:
        """Put the claims that the sheet adds into their files."""
        ends = sorted({end for one in self._pending.values() for end in (one.subject, one.object)})
        topics = topics_of(self.names.graph.rows, ends) if len(ends) < 500 else topics_of(self.names.graph.rows)
        for one in self._pending.values():
            stated = self.names.relations[one.relation]
            path = placement.claim_path(self.root, file_of(stated.kind, topics[one.subject], topics[one.object]))
            block = blocks.claim(one.subject, stated, one.object, one.lines[:1], {}, {})
            more = [
                f"kg:{OF_CLAIM[column].property} {' , '.join(values.objects(self.names, column, cell))}"
                for column, cell in one.cells.items()
            ]
            opening = block.rpartition(" ;\n    kg:evidence ")[0]
            lines = [f"kg:evidence {credit_line(line)}" for line in one.lines]
            self.draft.add(path, " ;\n    ".join([opening, *more, *lines]) + " .\n")


def _iri(name: str) -> str:
    if name.startswith("<") and name.endswith(">"):
        name = name[1:-1]
    if name.startswith(KG):
        return name
    return f"{KG}claim/{name.removeprefix('claim:')}"
