"""Literals whose text is none of their datatype: a 13th month, a number with a comma. An engine keeps them, and finds nothing by them."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime

from pyoxigraph import Literal, Quad, RdfFormat, Store, parse

from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.checks.value_kinds import Values
from kg.rdf.namespaces import XSD


def _pattern(text: str) -> Callable[[str], object]:
    return re.compile(text, re.ASCII).fullmatch  # other digits are no digits of XSD


def _between(least: int | None, most: int | None) -> Callable[[str], bool]:
    """Whether a text is a whole number within limits."""

    def within(text: str) -> bool:
        number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,4000}", text) else None
        return number is not None and (least is None or least <= number) and (most is None or number <= most)

    return within


_ZONE = r"(Z|[+-]\d\d:\d\d)?"
#: Whole numbers within limits: the least and the most.
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    **{name: (-(2**bits), 2**bits - 1) for name, bits in (("byte", 7), ("short", 15), ("int", 31), ("long", 63))},
    **{f"unsigned{name}": (0, 2**bits - 1) for name, bits in (("Byte", 8), ("Short", 16), ("Int", 32), ("Long", 64))},
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}
#: What reads the text of each datatype: nothing, or an error, where it is none.
_READERS: dict[str, Callable[[str], object]] = {
    "date": lambda text: date.fromisoformat(re.sub(r"(Z|[+-]\d\d:\d\d)$", "", text)) and re.match(r"\d{4}-\d\d-\d\d", text),
    "dateTime": lambda text: datetime.fromisoformat(text) and "T" in text,
    "gYear": _pattern(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?"),
    "gYearMonth": _pattern(r"-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?"),
    "integer": _pattern(r"[+-]?\d+"),
    "decimal": _pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "double": _pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"),
    "boolean": _pattern(r"true|false|1|0"),
    "float": _pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN"),
    "time": _pattern(rf"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?){_ZONE}"),
    "gMonth": _pattern(rf"--(0[1-9]|1[0-2]){_ZONE}"),
    "gDay": _pattern(rf"---(0[1-9]|[12]\d|3[01]){_ZONE}"),
    "gMonthDay": _pattern(rf"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_ZONE}"),
    "duration": _pattern(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    "yearMonthDuration": _pattern(r"-?P(?=.)(\d+Y)?(\d+M)?"),
    "dayTimeDuration": _pattern(r"-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    "hexBinary": _pattern(r"([0-9A-Fa-f]{2})*"),
    "base64Binary": lambda text: b64decode(re.sub(r"\s", "", text), validate=True) is not None,
    "language": _pattern(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"),
    **{name: _between(*ends) for name, ends in _INTEGERS.items()},
}


#: Datatypes that the engine's store keeps as plain whole numbers: whether a number is within their limits is seen in the text alone.
_NARROWED = re.compile(rb"[:#](?:" + "|".join(_INTEGERS).encode() + rb")\b")


def ill_typed(store: Store, places: Places, values: Values) -> Iterator[Problem]:
    """The literals of a store that are none of their datatype, and the values that are of another kind than their property's."""
    return _find(store, places, values)


def ill_typed_numbers(text: bytes, places: Places) -> Iterator[Problem]:
    """The whole numbers of a Turtle file that are beyond the limits of their datatype, as far as its first syntax error."""
    if _NARROWED.search(text):
        with suppress(SyntaxError, ValueError):  # which is told by others
            yield from _find(parse(text, format=RdfFormat.TURTLE), places)


def _find(quads: Iterable[Quad], places: Places, values: Values | None = None) -> Iterator[Problem]:
    for quad in quads:
        value = quad.object
        literal = isinstance(value, Literal)
        if literal and not well_typed(value):  # type: ignore[arg-type]
            kind = value.datatype.value.removeprefix(XSD)  # type: ignore[union-attr]
            yield places.problem(quad.subject, f"{value.value!r} is not an xsd:{kind}", "write one, or leave the datatype out")  # type: ignore[union-attr]
        elif values is not None and (found := values.find(quad, literal)):
            yield found


def well_typed(value: Literal) -> bool:
    """Whether the text of a literal is one of its datatype; of others than those of XSD that are read here nothing is said."""
    if value.language:
        return True
    kind = value.datatype.value
    read = _READERS.get(kind.removeprefix(XSD)) if kind.startswith(XSD) else None
    try:
        return read is None or bool(read(value.value.strip(" \t\r\n")))
    except ValueError:
        return False
