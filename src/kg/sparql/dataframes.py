"""Rows as a data frame of pandas."""

from __future__ import annotations

import re
from operator import attrgetter

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.rdf.namespaces import XSD
from kg.sparql.row_formats import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import pandas

BOOLEAN = f"{XSD}boolean"
_DIGITS, _POINT = r"[+-]?[0-9]+", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOATING = rf"{_POINT}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_SIGNED = ("integer", "int", "long", "short", "byte", "nonPositiveInteger", "negativeInteger")
_UNSIGNED = ("nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
#: Datatypes whose literals are more than text, each with how it writes them.
TYPED = {
    BOOLEAN: "true|false|0|1",
    XSD + "decimal": _POINT,
    **dict.fromkeys((XSD + "double", XSD + "float"), _FLOATING),
    **dict.fromkeys((XSD + name for name in (*_SIGNED, *_UNSIGNED)), _DIGITS),
}

#: The kinds of terms whose text is their value.
_NAMED = {BlankNode, Literal, NamedNode}


def frame(names: Iterable[str], rows: list[Any]) -> pandas.DataFrame:
    """Columns of numbers where all their literals are numbers, truth values likewise, else text; an unbound value is missing.

    Raises:
        UsageError: pandas is not installed.
    """
    library = _pandas()

    def column(values: list[Any]) -> Any:
        texts = _texts(values)
        datatypes = _datatypes(values)
        if datatypes and BOOLEAN not in datatypes:
            return library.to_numeric(library.Series([None if text == "NaN" else text for text in texts]))
        if datatypes == {BOOLEAN}:
            return library.Series([None if text is None else text in ("true", "1") for text in texts])
        return library.Series(texts, dtype=object)

    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    found: pandas.DataFrame = library.DataFrame({name: column(values) for name, values in zip(names, columns, strict=True)})
    return found


def _texts(values: list[Any]) -> list[str | None]:
    """The label part of literals, and the names of nodes."""
    if {*map(type, values)} <= _NAMED:
        return list(map(attrgetter("value"), values))
    return [
        None if value is None else plain(value) if type(value) is Triple else getattr(value, "value", value) for value in values
    ]


def parse(text: str) -> pandas.DataFrame:
    """CSV with a header; only an empty cell is missing: "NA" is a word, and an element's symbol."""
    from io import StringIO

    found: pandas.DataFrame = _pandas().read_csv(StringIO(text), keep_default_na=False, na_values=[""])
    return found


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise UsageError("to_pandas: pandas is not installed; run pip install pandas") from None
    return pandas


def _datatypes(values: list[Any]) -> set[str]:
    """The datatypes of a column that holds numbers or truth values; none where it holds anything else."""
    found: set[str] = set()
    for value in values:
        if value is not None:
            datatype = value.datatype.value if type(value) is Literal else ""
            if datatype not in TYPED or not re.fullmatch(TYPED[datatype], value.value.strip(" \t\r\n")):
                return set()
            found.add(datatype)
    return found
