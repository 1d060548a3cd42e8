"""What becomes of each record of an import, and the complaint about one cell."""

from __future__ import annotations

from typing import NamedTuple

NEW, THERE, CHANGED, REFUSED = "new", "already there", "changed", "refused"
OUTCOMES = (NEW, THERE, CHANGED, REFUSED)


class Outcome(NamedTuple):
    """One row of the report. ``cell`` is where what is refused stands; ``about`` says what is new or changes, or why not."""

    row: int
    record: str
    outcome: str
    cell: str = ""
    about: str = ""


class CellError(Exception):
    """What is wrong with a cell of the row at hand; the column is empty where the whole row is meant."""

    def __init__(self, column: str, about: str) -> None:
        super().__init__(about)
        self.column, self.about = column, about

    @property
    def sentence(self) -> str:
        """What is wrong, with the column as its subject where the words have none."""
        return (
            f"{self.column} {self.about}"
            if self.column and self.about.startswith(("is ", "holds ", "contains "))
            else self.about
        )
