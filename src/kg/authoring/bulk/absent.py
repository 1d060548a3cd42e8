"""Which records a sheet held when it was written and no longer holds: an import removes nothing, and says so.

A sheet that ``kg import --template ... --filled`` writes says in each row which one it is, of how many, and about which terms:
what is missing is known from any row that is left, whoever sorted them. The table of ``kg export csv`` holds every claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from kg.authoring.bulk.tables import Row, Table
from kg.authoring.written import Written
from kg.rdf.namespaces import KG, iri_to_compact

#: So many records are listed by name.
_LISTED = 3
_OF_CLAIMS = "an import removes nothing; kg retire CLAIM retires a claim, and a line of evidence is deleted in its file"
_OF_TRANSLATIONS = "an import removes nothing; delete their rows in data/languages"
#: A record as a sheet names it: a claim with the number of its line, a term with a language.
Key = tuple[str, str]


def number_marks(rows: Iterable[list[str]], about: Iterable[str] = ()) -> list[list[str]]:
    """Rows of a sheet, the last cell of each with its number, how many there are, and the terms (IRIs) that the sheet is about.

    >>> number_marks([["a", "x1"], ["b", "x2"]], ["https://w3id.org/nutrition-kg/zinc"])
    [['a', 'x1:1:2:zinc'], ['b', 'x2:2:2:zinc']]
    """
    kept = list(rows)
    scope = "+".join(iri.removeprefix(KG) for iri in sorted(about))
    return [[*row[:-1], f"{row[-1]}:{number}:{len(kept)}:{scope}"] for number, row in enumerate(kept, 1)]


def find_deleted_rows(table: Table, known: Mapping[str, Written]) -> list[str]:
    """A line for each filled sheet of claims, of which rows stand in a table, that had more rows than are left."""

    def keys(ends: set[str]) -> list[Key]:
        claims = (one for one in known.values() if not ends or ends & {one.subject, one.object})
        return [key for one in claims for key in _keys_of(one)]

    return _compare(table, _key, keys, _OF_CLAIMS)


def find_deleted_translations(table: Table, known: Iterable[Key], key: Callable[[Row], Key]) -> list[str]:
    """The same for a sheet of translations: ``known`` are the terms and languages of the repository."""
    return _compare(table, key, lambda ends: list(known), _OF_TRANSLATIONS)


def _compare(table: Table, key: Callable[[Row], Key], keys: Callable[[set[str]], list[Key]], advice: str) -> list[str]:
    groups: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in table.rows:
        _, *written = row.cells.get("exported", "").split(":", 3)
        if len(written) == 3 and written[0].isdecimal() and written[1].isdecimal():
            groups[int(written[1]), written[2]].add(int(written[0]))
    present = {key(row) for row in table.rows}
    found = []
    for (total, scope), numbers in groups.items():
        absent = [one for one in keys({f"{KG}{name}" for name in scope.split("+") if name}) if one not in present]
        count = min(total - len(numbers), len(absent))
        if count > 0:
            # More are absent than were deleted where somebody added records since: then none is named.
            names = [" ".join(filter(None, one)) for one in absent] if len(absent) == count else []
            found.append(_in_words(count, "row", "that the sheet was written with", names, advice))
    return found


def find_deleted_claims(table: Table, base: Collection[str]) -> list[str]:
    """The same for the table of ``kg export csv``, which is written with all claims."""
    present = {row.cells.get("claim", "") for row in table.rows}
    absent = [name for name in base if name not in present and name.removeprefix("claim:") not in present]
    return [_in_words(len(absent), "claim", "of the repository", absent, _OF_CLAIMS)] if absent else []


def _key(row: Row) -> Key:
    name = row.cells.get("claim", "").strip("<>")
    line = row.cells.get("line", "")
    return (iri_to_compact(name) if name.startswith(KG) else f"claim:{name.removeprefix('claim:')}"), line and f"line {line}"


def _keys_of(claim: Written) -> list[Key]:
    name = iri_to_compact(claim.iri)
    return [(name, f"line {number}") for number in range(1, len(claim.lines) + 1)] or [(name, "")]


def _in_words(count: int, what: str, which: str, names: list[str], advice: str) -> str:
    listed = f" ({', '.join(names[:_LISTED])}{', ...' if len(names) > _LISTED else ''})" if names else ""
    are = "is" if count == 1 else "are"
    return f"{count:,} {what}{'' if count == 1 else 's'} {which} {are} not in it{listed}: {advice}"
