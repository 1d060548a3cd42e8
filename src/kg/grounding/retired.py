"""What became of a record that is no longer used: found by its old id or name, with a line that says what replaced it."""

from __future__ import annotations

import warnings

from kg.errors import RetiredName, UnknownName
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]

_HOW = {"renamed": "was renamed", "merged": "was merged with another record", "split": "was split", "retired": "was retired"}


class Fate:
    """What became of one record: its old id and label, how, when and why, and what replaced it (IRI, label and kind of each)."""

    def __init__(self, old: str, label: str, how: str, on: str, reason: str) -> None:
        self.old, self.label, self.how, self.on, self.reason = old, label, how, on, reason
        self.new: list[tuple[str, str, str]] = []

    def __str__(self) -> str:
        """One line."""
        since = f" on {self.on}" if self.on else ""
        why = f" ({self.reason})" if self.reason else ""
        told = f"{self.label} ({iri_to_compact(self.old)}) {_HOW[self.how]}{since}{why}"
        return (
            f"{told}; replaced by {' and '.join(name_record(iri, label) for iri, label, _ in self.new)}" if self.new else told
        )

    def warn(self) -> None:
        """Tell whoever asked by the old name; the command line prints it."""
        warnings.warn(str(self), RetiredName, stacklevel=3)

    def error(self) -> UnknownName:
        """The error where no single record took its place."""
        fix = "; choose one of them" if self.new else "; kg term shows what is known about a name"
        return UnknownName(f"{self}{fix}", tuple(label for _, label, _ in self.new))


def name_record(iri: str, label: str) -> str:
    """A record as a sentence names it."""
    return f"{label} ({iri_to_compact(iri)})" if label else iri_to_compact(iri)


def fate(rows: Asked, key: str = "", iris: Iterable[str] = ()) -> Fate | None:
    """What became of the record that bore a name (by its folded key) or one of some IRIs; None where none is retired."""
    from pyoxigraph import Literal

    old = list(iris)
    query = reading("retired", old=old, key=None) if old else reading("retired", old=None, key=[Literal(key)])
    found: Fate | None = None
    for old, old_label, how, on, reason, new, label, kind in rows(query):
        if found is None:
            found = Fate(old.value, old_label.value, how.value, _text(on), _text(reason))
        if new is not None and found.old == old.value:
            found.new.append((new.value, _text(label), _text(kind).removeprefix(KG)))
    return found


def fates(rows: Asked) -> dict[str, Fate]:
    """What became of every retired record, by its old IRI."""
    found: dict[str, Fate] = {}
    for old, old_label, how, on, reason, new, label, kind in rows(reading("retired", old=None, key=None)):
        one = found.setdefault(old.value, Fate(old.value, old_label.value, how.value, _text(on), _text(reason)))
        if new is not None:
            one.new.append((new.value, _text(label), _text(kind).removeprefix(KG)))
    return found


def _text(node: Any) -> str:
    return "" if node is None else str(node.value)
