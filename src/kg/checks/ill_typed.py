"""Literals whose text is none of their datatype: a 13th month, a number with a comma. An engine keeps them, and finds nothing by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from pyoxigraph import Literal, Store

from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import XSD


def _pattern(text: str) -> Callable[[str], object]:
    return re.compile(text).fullmatch


#: What reads the text of each datatype: nothing, or an error, where it is none.
_READERS: dict[str, Callable[[str], object]] = {
    "date": lambda text: date.fromisoformat(re.sub(r"(Z|[+-]\d\d:\d\d)$", "", text)) and re.match(r"\d{4}-\d\d-\d\d", text),
    "dateTime": lambda text: datetime.fromisoformat(text) and "T" in text,
    "gYear": _pattern(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?"),
    "gYearMonth": _pattern(r"-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?"),
    "integer": _pattern(r"[+-]?\d+"),
    "nonNegativeInteger": _pattern(r"\+?\d+|-0+"),
    "decimal": _pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "double": _pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"),
    "boolean": _pattern(r"true|false|1|0"),
}


def ill_typed(store: Store, places: Places) -> Iterator[Problem]:
    """The literals of a store that are none of their datatype."""
    for quad in store:
        value = quad.object
        if isinstance(value, Literal) and not well_typed(value):
            kind = value.datatype.value.removeprefix(XSD)
            yield places.problem(quad.subject, f"{value.value!r} is not an xsd:{kind}", "write one, or leave the datatype out")


def well_typed(value: Literal) -> bool:
    """Whether the text of a literal is one of its datatype; of others than those of XSD that are read here nothing is said."""
    read = _READERS.get(value.datatype.value.removeprefix(XSD)) if value.datatype.value.startswith(XSD) else None
    try:
        return read is None or bool(read(value.value.strip(" \t\r\n")))
    except ValueError:
        return False
