"""Answers in the language of a reader: labels of terms in their translation where there is one, else in English.

A question reads ``rdfs:label``, which is English and one for each term; what it found is put into the other language as it is read.
"""

from __future__ import annotations

from kg.errors import UsageError
from kg.rdf.language_tags import ENGLISH, fault, fitting, name_of
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from kg.grounding.resolve import Asked

#: So many names that have no translation are listed.
_LISTED = 4


class SpokenRow:
    """A row of an answer with its labels in another language; read by position or name, as the row itself."""

    __slots__ = ("_speech", "plain")

    def __init__(self, plain: Any, speech: Speech) -> None:
        self.plain, self._speech = plain, speech

    def __getitem__(self, key: int | str) -> Any:
        return self._speech.cell(self.plain[key], self.plain)

    def __iter__(self) -> Iterator[Any]:
        return (self._speech.cell(cell, self.plain) for cell in self.plain)

    def __len__(self) -> int:
        return len(self.plain)


class Speech:
    """What a graph can say in one language.

    Parameters:
        rows: answers a query text with rows in English.
        wanted: the tag that a reader asked for, such as ``de`` or ``de-AT``.

    Raises:
        UsageError: no such language.
    """

    def __init__(self, rows: Asked, wanted: str) -> None:
        wrong = fault(wanted)
        if wrong:
            raise UsageError(f"{wanted!r} {wrong}")
        self.wanted = wanted
        self._rows = rows
        self._names: dict[str, dict[str, Any]] | None = None  # by English label, then by IRI
        self._by_iri: dict[str, str] = {}

    def label(self, iri: str, english: str) -> str:
        """The label of a term, or the English one where it has no other."""
        self._read()
        return self._by_iri.get(iri, english)

    def spoken(self, rows: Iterable[Any]) -> list[Any]:
        """Rows with their labels in this language."""
        return [SpokenRow(row, self) for row in rows]

    def cell(self, value: Any, row: Iterable[Any]) -> Any:
        """One cell of a row: an English label that is translated is put in this language."""
        if getattr(value, "language", None) != ENGLISH:
            return value
        found = self._read().get(value.value)
        if found is None:
            return value
        if len(found) == 1:
            return next(iter(found.values()))
        return next(
            (found[one.value] for one in row if getattr(one, "value", "") in found), value
        )  # of two terms the one beside it

    def untranslated(self, terms: Iterable[tuple[str, str]]) -> str:
        """A line about those terms (IRI and label) that have no name in this language; empty where all have one."""
        self._read()
        all_terms = dict(terms)
        missing = sorted({label for iri, label in all_terms.items() if iri not in self._by_iri}, key=str.casefold)
        if self.wanted.partition("-")[0].lower() == ENGLISH or not missing:
            return ""
        if not self._by_iri:
            others = ", ".join(row[0].value for row in self._rows(reading("languages")))
            known = f"names are there in {others}" if others else "no other language is there"
            return f"nothing is translated into {name_of(self.wanted)} yet, so names are shown in English; {known}"
        some = ", ".join(missing[:_LISTED]) + (f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else "")
        whole = "not yet" if len(missing) == len(all_terms) else f"{len(missing)} of {len(all_terms)} names not yet"
        return f"{whole} translated into {name_of(self.wanted)}, shown in English: {some}"

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._names is None:
            from pyoxigraph import Literal

            self._names = {}
            labels: dict[str, tuple[str, dict[str, Any]]] = {}
            language = self.wanted.partition("-")[0].lower()
            query = reading("translations", range=[Literal(language)])
            for term, english, label in self._rows(query) if language != ENGLISH else ():
                labels.setdefault(term.value, (english.value, {}))[1].setdefault(label.language, label)
            for iri, (english, by_tag) in labels.items():
                chosen = by_tag[fitting(self.wanted, by_tag)]
                self._by_iri[iri] = chosen.value
                self._names.setdefault(english, {})[iri] = chosen
        return self._names


def best(literals: Iterable[Any], wanted: str = "") -> list[Any]:
    """Those literals that are in the wanted language, else those in English, else all."""
    found = list(literals)
    by_tag: dict[str, list[Any]] = {}
    for one in found:
        by_tag.setdefault(one.language or ENGLISH, []).append(one)
    tag = (fitting(wanted, by_tag) if wanted else "") or (ENGLISH if ENGLISH in by_tag else "")
    return by_tag.get(tag, found)
