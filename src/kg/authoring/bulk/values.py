"""Between the words of a cell and the objects of Turtle, for each kind of column."""

from __future__ import annotations

import re
from difflib import get_close_matches

from kg.authoring.bulk.columns import OF_CLAIM, OF_LINE, Column
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import CellError
from kg.authoring.written import Facts
from kg.authoring.written_text import quote
from kg.errors import UsageError
from kg.rdf.namespaces import KG, iri_to_compact

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DURATION = re.compile(r"P(?=[0-9T])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")
_SPECS = {**OF_LINE, **OF_CLAIM}


def objects(names: Names, name: str, cell: str) -> list[str]:
    """The Turtle objects that a cell stands for; none where it is empty.

    Raises:
        CellError: it stands for nothing that may be there.
    """
    column = _SPECS[name]
    parts = [part.strip() for part in cell.split("|")] if column.many else [cell]
    return [_object(names, name, column, part) for part in parts if part]


def resolve_cell(names: Names, column: str, word: str, kinds: str = "") -> str:
    """The IRI of a term that a cell names.

    Raises:
        CellError: no or several terms are called so.
    """
    try:
        return names.term(word, kinds)
    except UsageError as error:
        empty = f"{word!r} is how R and pandas write an empty cell; leave it empty" if word in _EMPTY else ""
        raise CellError(column, empty or str(error)) from None


#: What programs write where nothing stands.
_EMPTY = frozenset(("NA", "NaN", "nan", "<NA>", "NULL", "None"))


def cells(names: Names, facts: Facts, specs: dict[str, Column]) -> dict[str, str]:
    """The cells of a claim or of a line of evidence, by column."""
    return {
        name: " | ".join(_word(names, column, value) for value in facts.get(column.property, ()))
        for name, column in specs.items()
    }


def _object(names: Names, name: str, column: Column, word: str) -> str:
    if column.kind == "term":
        return iri_to_compact(resolve_cell(names, name, word, column.of))
    if column.kind == "source":
        try:
            return iri_to_compact(names.source(word))
        except UsageError as error:
            raise CellError(name, str(error)) from None
    if column.kind == "choice":
        return f"kg:{choice(names, name, word, column.of)}"
    if column.kind == "number":
        if not _NUMBER.fullmatch(word):
            raise CellError(name, f"holds {word!r}; write a number with a decimal point")
        if column.property != "share" and "." in word:
            raise CellError(name, f"holds {word!r}; write a whole number")
        if column.property == "share" and float(word) > 1:
            raise CellError(name, f"holds {word!r}; write a share between 0 and 1")
        return word
    if column.kind == "flag":
        if word.casefold() not in ("yes", "true"):
            raise CellError(name, f"holds {word!r}; write yes, or leave it empty")
        return "true"
    if column.kind == "duration" and not _DURATION.fullmatch(word):
        raise CellError(name, f"holds {word!r}; write a duration such as P6M or P2Y")
    return quote(word)


def choice(names: Names, column: str, word: str, of: str) -> str:
    """The member of a class of choices that a cell names, in any case.

    Raises:
        CellError: there is none; the error lists the choices.
    """
    known = {one.casefold(): one for one in names.choices(of)}
    plain = "".join(word.split()).casefold().removeprefix("kg:")
    if plain in known:
        return known[plain]
    near = get_close_matches(plain, known, n=1)
    hint = f"did you mean {known[near[0]]}? " if near else ""
    raise CellError(column, f"holds {word!r}; {hint}choose one of {', '.join(sorted(known.values()))}")


def _word(names: Names, column: Column, value: str) -> str:
    if column.kind == "term":
        return names.label(value)
    if column.kind == "source":
        return iri_to_compact(value)
    if column.kind == "flag":
        return "yes" if value == "true" else ""
    return value.removeprefix(KG) if column.kind == "choice" else " ".join(value.split())
