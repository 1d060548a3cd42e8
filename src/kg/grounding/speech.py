"""Answers in the language of a reader: labels of terms in their translation where there is one, else in English.

A question reads ``rdfs:label``, which is English and one for each term; what it found is put into the other language as it is read.
"""

from __future__ import annotations

from kg.errors import UsageError
from kg.rdf.language_tags import ENGLISH, fault, fitting, name_of
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kg.grounding.resolve import Asked

#: So many names that have no translation are listed.
_LISTED = 4


class SpokenRow:
    """A row of an answer with its labels in another language; read by position or name, as the row itself."""

    __slots__ = ("_columns", "_speech", "plain")

    def __init__(self, plain: Any, columns: Sequence[str], speech: Speech) -> None:
        self.plain, self._columns, self._speech = plain, columns, speech

    def __getitem__(self, key: int | str) -> Any:
        return self._speech.cell(self.plain[key], self.plain, key if isinstance(key, str) else self._columns[key])

    def __iter__(self) -> Iterator[Any]:
        return (self._speech.cell(cell, self.plain, name) for cell, name in zip(self.plain, self._columns, strict=True))

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
        self.missed = False  # whether a label was read that is not translated
        self._rows = rows
        self._names: dict[str, dict[str, Any]] | None = None  # by English label, then by IRI
        self._by_iri: dict[str, Any] = {}
        self._english: dict[str, str] = {}

    def find_label(self, iri: str) -> Any:
        """The label of a term as a literal of this language; None where it has none."""
        self._read()
        return self._by_iri.get(iri)

    def names(self) -> dict[str, str]:
        """Each label of this language with its tag, but for those that are English words too, such as Magnesium."""
        english = {name.casefold() for name in self._read()}
        spoken = ((name.value, name.language or "") for name in self._by_iri.values())
        return {name: tag for name, tag in spoken if name.casefold() not in english and tag not in ("", ENGLISH)}

    def available(self) -> list[str]:
        """The tags of all languages in which terms have names, beside English."""
        return [row[0].value for row in self._rows(reading("languages"))]

    def translate(self, rows: Any) -> list[Any]:
        """The rows of an answer with their labels in this language."""
        columns = [str(getattr(one, "value", one)) for one in getattr(rows, "columns", None) or rows.variables]
        return [SpokenRow(row, columns, self) for row in rows]

    def cell(self, value: Any, row: Iterable[Any], column: str) -> Any:
        """One cell of a row: an English label that is translated is put in this language."""
        if getattr(value, "language", None) != ENGLISH:
            return self._compose(value, row) if column.endswith("label") and getattr(value, "language", "") is None else value
        found = self._read().get(value.value)
        if found is None:
            self.missed = self.missed or column.endswith("label")
            return value
        if len(found) == 1:
            return next(iter(found.values()))
        return next(
            (found[one.value] for one in row if getattr(one, "value", "") in found), value
        )  # of two terms the one beside it

    def fallback(self) -> str:
        """A line about the labels that were read so far, where some are not translated; empty where all are."""
        if not self.missed or self.wanted.partition("-")[0].lower() == ENGLISH:
            return ""
        return f"names that are not yet translated into {name_of(self.wanted)} are shown in English"

    def _compose(self, value: Any, row: Iterable[Any]) -> Any:
        """A label that a query made of others, such as "low serum ferritin", with those of the terms beside it translated."""
        self._read()
        text = value.value
        for iri in {getattr(one, "value", "") for one in row}:
            english = self._english.get(iri)
            if english is not None and f" {english} " in f" {text} ":
                text = f" {text} ".replace(f" {english} ", f" {self._by_iri[iri].value} ")[1:-1]
        if text == value.value:
            return value
        from pyoxigraph import Literal

        return Literal(text)

    def describe_untranslated(self, terms: Iterable[tuple[str, str]]) -> str:
        """A line about those terms (IRI and label) that have no name in this language; empty where all have one."""
        self._read()
        all_terms = dict(terms)
        missing = sorted({label for iri, label in all_terms.items() if iri not in self._by_iri}, key=str.casefold)
        if self.wanted.partition("-")[0].lower() == ENGLISH or not missing:
            return ""
        if not self._by_iri:
            others = ", ".join(self.available())
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
                self._by_iri[iri], self._english[iri] = chosen, english
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
