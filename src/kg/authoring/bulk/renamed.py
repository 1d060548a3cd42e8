"""Old ids in a table that was written before records were renamed or merged: each stands for what replaced the record."""

from __future__ import annotations

from kg.authoring.bulk.tables import Table
from kg.build import retired
from kg.rdf.namespaces import compact_to_iri

#: Columns whose words are names without a prefix of their own.
_OF_CLAIMS = ("claim",)


def follow_renamed(table: Table, root: str) -> None:
    """Put the id of today for each old one that a single record replaced, in cells that hold nothing but ids.

    Parameters:
        table: the table, which is changed.
        root: the repository with the table of retired records.

    Raises:
        kg.errors.DataError: that table cannot be read.
    """
    became = {row.row["id"]: row.many("replaced_by")[0] for row in retired.read(root) if len(row.many("replaced_by")) == 1}
    if not became:
        return
    spelled = {compact_to_iri(old): old for old in became}

    def current(word: str, column: str) -> str:
        name = spelled.get(word.strip("<>"), f"claim:{word}" if column in _OF_CLAIMS and f"claim:{word}" in became else word)
        if name not in became:
            return word
        while name in became:  # no record replaces itself in the end, which the reader of the table sees to
            name = became[name]
        return name

    for row in table.rows:
        for column, cell in row.cells.items():
            words = cell.split(" ")
            if column in _OF_CLAIMS or all(
                ":" in word or word == "|" for word in words
            ):  # no note, which is left as it was written
                row.cells[column] = " ".join(current(word, column) for word in words)
