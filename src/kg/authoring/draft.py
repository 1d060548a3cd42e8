"""Changes to many files of a repository, made in memory and written all or none."""

from __future__ import annotations

import os

from kg.atomic import write_folder
from kg.authoring import placement
from kg.authoring.turtle_format import format_turtle
from kg.build import retired
from kg.build.read import contents
from kg.errors import DataError, of_system


class Draft:
    """New and changed records by file. Nothing reaches the disk before :meth:`write`."""

    def __init__(self) -> None:
        self.notes: list[str] = []  # what whoever looks at the draft should know
        self._added: dict[str, dict[str, str]] = {}
        self._changed: dict[str, dict[str, str]] = {}
        self._blocks: dict[str, dict[str, str]] = {}
        self._texts: dict[str, str] = {}

    def add(self, path: str, block: str) -> None:
        """Put a new block into a Turtle file, in the order of names."""
        name = block.split(None, 1)[0]
        if name in self._added.get(path, {}) or name in self._list_known(path):
            raise DataError(f"{path}: {name} already exists; add to that record")
        self._added.setdefault(path, {})[name] = block

    def block(self, path: str, name: str) -> str:
        """The text of a record as the draft has it.

        Raises:
            DataError: the file contains no such record.
        """
        for found in (self._added.get(path, {}), self._changed.get(path, {}), self._list_known(path)):
            if name in found:
                return found[name]
        raise DataError(f"{path}: contains no record {name}; check the name")

    def change(self, path: str, name: str, block: str) -> None:
        """Replace the text of a record; an empty one takes the record out."""
        if name in self._added.get(path, {}):
            self._added[path][name] = block
        else:
            self._list_known(path)
            self._changed.setdefault(path, {})[name] = block

    def put(self, path: str, text: str) -> None:
        """Replace a file that is not Turtle, such as a table."""
        self._texts[path] = text

    def text(self, path: str) -> str:
        """The text of a file that is not Turtle, as the draft has it."""
        if path not in self._texts:
            return contents(path).decode()
        return self._texts[path]

    @property
    def paths(self) -> list[str]:
        """The files that differ."""
        return sorted({*self._added, *self._changed, *self._texts})

    def write(self) -> None:
        """Write all files; where one cannot be written, those before it are put back.

        Raises:
            DataError: a text that would be no Turtle.
            UsageError: a file that cannot be written; all are as they were.
        """
        made = {path: self._make(path) for path in self.paths}
        before = {path: contents(path) if os.path.exists(path) else None for path in made}
        changed = [(path, [content]) for path, content in made.items() if content != before[path]]
        # Old ids first: whoever is stopped in the middle and begins again no longer finds the records that bore them.
        changed.sort(key=lambda one: not one[0].endswith(os.path.basename(retired.TABLE)))
        try:
            write_folder("", changed)
        except OSError as error:
            raise of_system(", ".join(path for path, _ in changed), error, "no file was changed") from None

    def _list_known(self, path: str) -> dict[str, str]:
        if path not in self._blocks:
            text = placement.shape_file(path) if os.path.exists(path) else ""
            self._blocks[path] = {block.name: block.text for block in placement.blocks(text)}
        return self._blocks[path]

    def _make(self, path: str) -> bytes:
        if path in self._texts:
            return self._texts[path].encode()
        text = placement.shape_file(path) if os.path.exists(path) else placement.head(list(self._added.get(path, {}).values()))
        if self._changed.get(path):
            changed = self._changed[path]
            text = placement.with_prefixes(placement.rewritten(text, changed), changed.values())
        text = placement.with_blocks(text, list(self._added.get(path, {}).values()))
        return format_turtle(text.encode(), path)
