"""Asks a graph whether patterns have a match, and writes their parts as a reader knows them: for :mod:`kg.sparql.empty_patterns`."""

from __future__ import annotations

import re

from kg.rdf.namespaces import KG, iri_to_compact, prefixes
from kg.sparql.triple_patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]

LITERAL = re.compile(
    r"""(?s)(?:\"{3}(?P<a>.*?)\"{3}|'{3}(?P<b>.*?)'{3}|"(?P<c>.*?)(?<!\\)"|'(?P<d>.*?)(?<!\\)')(?:@(?P<lang>[\w-]+)|\^\^(?P<type>\S+))?"""
)
#: What the build and the look-up of names keep on a record: of no use to who asks.
KEPT_INSIDE = {KG + name for name in ("nameKey", "wordKey", "kind", "wordForCause", "wordForEffect", "passageHash")}
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>")
_NAMED = re.compile(r"<[^<>\s]*>|([A-Za-z][\w-]*|(?<![\w>])):([\w](?:[\w.:%-]*[\w-])?)")


def spaces_of(text: str) -> dict[str, str]:
    """The prefixes that a query may use: those of the table, and those that it declares."""
    return {**prefixes(), **dict(_DECLARED.findall(text))}


def without_prefixes(text: str) -> str:
    """A query without its PREFIX lines."""
    return _DECLARED.sub("", text)


def spelled(pattern: Pattern, spaces: dict[str, str]) -> Pattern:
    """The pattern with its prefixes written out, and variables with a question mark."""
    return Pattern(*(spell(part, spaces) for part in pattern))


def spell(part: str, spaces: dict[str, str]) -> str:
    """A part of a pattern, or a path, with its prefixes written out."""
    if part.startswith("$"):
        return "?" + part[1:]
    if part.startswith("_:"):
        return "?_" + part[2:]
    if part.startswith(('"', "'")):
        return part
    return _NAMED.sub(
        lambda found: (
            found[0] if found[0][0] == "<" or (found[1] or "") not in spaces else f"<{spaces[found[1] or '']}{found[2]}>"
        ),
        part,
    )


def matches(rows: Asked, patterns: list[Pattern], condition: str = "") -> bool:
    """Whether the graph has a match of all patterns, with a condition that a FILTER states."""
    test = (
        f" FILTER({condition})"
        if condition and not condition.upper().startswith("NOT")
        else f" FILTER {condition}"
        if condition
        else ""
    )
    return bool(list(rows(f"SELECT * {{ {' . '.join(one.text for one in patterns)}{test} }} LIMIT 1")))


def turned(pattern: Pattern) -> Pattern:
    """The pattern with its two ends exchanged."""
    return Pattern(pattern.object, pattern.predicate, pattern.subject)


def may_turn(pattern: Pattern) -> bool:
    """Whether a pattern has a meaning when it is turned round: it joins two things by a property that is named."""
    return (
        not pattern.object.startswith(('"', "'"))
        and not pattern.object[0].isdigit()
        and pattern.predicate != "a"
        and not pattern.predicate.startswith(("?", "^"))
    )


def short(part: str) -> str:
    """An IRI, or the IRIs of a path, in their compact form."""
    return re.sub(r"<([^<>\s]*)>", lambda found: iri_to_compact(found[1]), part)


def written(predicate: str, value: str) -> str:
    """A property, and its value where that is no variable."""
    name = "a" if predicate == "a" else short(predicate)
    return name if value.startswith("?") else f"{name} {short(value)}"


def show_pattern(pattern: Pattern) -> str:
    """A pattern as its author would write it."""
    return f"{short(pattern.subject)} {written(pattern.predicate, pattern.object)}" + (
        f" {pattern.object}" if pattern.object.startswith("?") else ""
    )


def show_value(node: object) -> str:
    """A value as a query names it."""
    return short(str(node)) if type(node).__name__ == "NamedNode" else str(node)


def quote(words: str) -> str:
    """Words as a string of a query."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def properties_of(rows: Asked, query: str) -> list[str]:
    """The properties that a query selects, in their compact form, without those that nobody asks for."""
    return sorted(short(f"<{row[0].value}>") for row in rows(query) if row[0].value not in KEPT_INSIDE)
