"""Where each record is written: a block of Turtle, which starts at the beginning of a line, or a row of a table."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from kg.build import retired, tables, translations
from kg.checks.problems import Problem, show_path
from kg.errors import DataError
from kg.rdf.namespaces import KG, compact_to_iri, iri_to_compact, prefixes


class Places:
    """The file and line of each record of a repository. Rows are looked through only when one is asked for.

    Parameters:
        only: the files that are reported on; all, where it is empty.
    """

    def __init__(self, root: str, only: Collection[str] = ()) -> None:
        self._root = root
        self._only = frozenset(only)
        self._blocks: dict[str, tuple[str, int]] = {}
        self._rows: dict[str, tuple[str, int]] | None = None

    def note(self, path: str, text: bytes) -> Iterator[Problem]:
        """Remember the records of a file, and tell those that start a second time."""
        for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
            if not line or line[0] in " \t#@[].":
                continue
            word = line.split(" ", 1)[0].rstrip()
            if word.startswith("<") and word.endswith(">"):
                iri = word[1:-1]
            elif ":" in word and word.partition(":")[0] in prefixes():
                iri = compact_to_iri(word)
            else:
                continue
            first = self._blocks.setdefault(iri, (path, number))
            if first != (path, number):
                told = f"the record also starts at {show_path(first[0])}:{first[1]}"
                yield Problem(show_path(path), number, iri_to_compact(iri), told, "keep one block for each record")

    def of(self, iri: str) -> tuple[str, int] | None:
        """File and line of a record, or None for what only the build writes."""
        if iri in self._blocks:
            return self._blocks[iri]
        if self._rows is None:
            self._rows = {}
            with contextlib.suppress(DataError):  # another check reports a broken row
                for row in retired.read(self._root):
                    self._rows[compact_to_iri(row.row["id"])] = (row.path, row.line)
                for tag, row in translations.read(self._root):
                    translated = compact_to_iri(row.row["id"])
                    self._rows[f"{KG}translation/{tag}/{translated.removeprefix(KG)}"] = (row.path, row.line)
                    self._rows.setdefault(translated, (row.path, row.line))
                for row, mapping in tables.read(self._root):
                    self._rows.setdefault(getattr(next(mapping(row)).subject, "value", ""), (row.path, row.line))
        return self._rows.get(iri)

    def is_reported(self, iri: str) -> bool:
        """Whether the file of a record is reported on."""
        return not self._only or (self.of(iri) or ("", 0))[0] in self._only

    def problem(self, record: object, problem: str, fix: str) -> Problem:
        """The problem of a record, told at its place."""
        iri = record.value if isinstance(record, NamedNode) else ""
        path, line = self.of(iri) or ("", 0)
        return Problem(show_path(path) if path else "(built)", line, iri_to_compact(iri) if iri else "(blank)", problem, fix)
