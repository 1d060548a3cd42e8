"""What of a pattern that has no match is near: a value in another form, the record's other properties, the same thing the other way round."""

from __future__ import annotations

import re

from kg.rdf.namespaces import KG, prefixes
from kg.sparql.hints import USUAL
from kg.sparql.pattern_search import (
    LITERAL,
    matches,
    may_turn,
    properties_of,
    quote,
    short,
    show_pattern,
    show_value,
    spell,
    turned,
    written,
)
from kg.sparql.triple_patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]

#: So many values of a property are listed.
_LISTED = 8
#: Words that begin with so many letters alike are taken for forms of one.
_STEM = 6


def check_record(rows: Asked, patterns: list[Pattern]) -> str:
    """Which property, or which value of it, the records that fit all before it do not have."""
    for count in range(2, len(patterns) + 1):
        if matches(rows, patterns[:count]):
            continue
        before, last = patterns[: count - 1], patterns[count - 1]
        if may_turn(last) and matches(rows, [*before, turned(last)]):
            return f"{show_pattern(last)} has no match here; turned round, {show_pattern(turned(last))}, it has one"
        said = ", ".join(written(one.predicate, one.object) for one in before)
        near = _find_on_records(rows, before, last)
        return f"no record that has {said} has also {written(last.predicate, last.object)}" + (f"; {near}" if near else "")
    return ""


def _find_on_records(rows: Asked, before: list[Pattern], last: Pattern) -> str:
    """What the records that fit all but the last pattern have in its place."""
    subject, property_ = before[0].subject, last.predicate
    if not subject.startswith("?"):
        return ""
    some = f"{{ SELECT DISTINCT {subject} {{ {' . '.join(one.text for one in before)} }} LIMIT 50 }}"
    if not last.object.startswith("?"):
        values = [row[0] for row in rows(f"SELECT DISTINCT ?has_ {{ {some} {subject} {property_} ?has_ }} LIMIT {_LISTED}")]
        if values:
            return f"such records have {short(property_)} {', '.join(sorted(map(show_value, values)))}"
    has = properties_of(rows, f"SELECT DISTINCT ?has_ {{ {some} {subject} ?has_ ?any_ }}")
    of = properties_of(rows, f"SELECT DISTINCT ?of_ {{ {some} ?any_ ?of_ {subject} }}")
    kinds = _list_kinds(rows, f"{last.text} . {subject}", written(property_, last.object))
    told = [f"such records have {', '.join(has)}"] if has else []
    told += [f"and are the {', '.join(of)} of others"] if has and of else []
    return "; ".join(told).replace("; and", ", and") + (kinds if told else kinds.removeprefix("; "))


def _list_kinds(rows: Asked, body: str, said: str) -> str:
    """Of which kinds the records are that have what is asked for; nothing for nothing."""
    if not said:
        return ""
    found = rows(f"SELECT DISTINCT ?kind_ {{ {body} <{KG}kind> ?kind_ }} LIMIT {_LISTED}")
    kinds = sorted(show_value(row[0]) for row in found)
    return f"; what has {short(said)} is a {' or '.join(kinds)}" if kinds else ""


def describe(rows: Asked, pattern: Pattern) -> str:
    """What of a pattern fits nothing, and what is near."""
    subject, predicate, value = pattern
    said = written(predicate, value)
    if predicate.startswith("?"):
        return f"nothing in the graph is or has {short(value if not value.startswith('?') else subject)}"
    steps = re.split(r"/(?![^<]*>)", predicate)
    if len(steps) > 1:
        return _describe_path(rows, pattern, steps)
    step = predicate.rstrip("+*")  # a path of many steps, both its ends open, is a walk over the whole graph
    if not matches(rows, [Pattern("?s_", step, "?o_")]):
        return f"no record has {short(predicate)}; {_find_usual(predicate)}"
    if not value.startswith("?") and not matches(rows, [Pattern("?s_", step, value)]):
        near = _find_near_values(rows, step, value)
        return f"nothing has {said}; {near}" if near else f"nothing has {said}"
    if may_turn(pattern) and matches(rows, [turned(pattern)]) and (value.startswith("?") or subject.startswith("?")):
        return f"{short(subject)} has no {said}; turned round, {show_pattern(turned(pattern))}, it has a match"
    if may_turn(pattern) and not value.startswith("?") and matches(rows, [turned(pattern)]):
        return f"{short(subject)} has no {said}; the graph has it the other way round, {show_pattern(turned(pattern))}"
    target = "?o_" if value.startswith("?") else value
    others = sorted(
        short(f"<{row[0].value}>")
        for row in rows(f"SELECT DISTINCT ?s_ {{ ?s_ {predicate} {target} ; <{KG}stateOf> {subject} }} LIMIT {_LISTED}")
    )
    if others:
        return f"{short(subject)} has no {said}; a state of it has: {', '.join(others)}"
    has = properties_of(rows, f"SELECT DISTINCT ?p_ {{ {subject} ?p_ ?o_ }}")
    kinds = _list_kinds(
        rows, f"{{ SELECT DISTINCT ?s_ {{ ?s_ {step} ?o_ }} LIMIT 500 }} ?s_", "" if short(step) in has else step
    )
    return f"{short(subject)} has no {said}" + (f"; it has {', '.join(has)}" if has else "") + kinds


def _describe_path(rows: Asked, pattern: Pattern, steps: list[str]) -> str:
    """The step at which a path of several properties ends."""
    at = pattern.subject
    for count, step in enumerate(steps):
        target = pattern.object if count == len(steps) - 1 else "?o_"
        path = "/".join(steps[: count + 1])
        if matches(rows, [Pattern(at, path, target)]):
            continue
        if not count or not matches(rows, [Pattern("?s_", step, target)]):
            return describe(rows, Pattern(at if not count else "?s_", step, target))
        values = [row[0] for row in rows(f"SELECT DISTINCT ?o_ {{ {at} {'/'.join(steps[:count])} ?o_ }} LIMIT {_LISTED}")]
        return f"what {short('/'.join(steps[:count]))} leads to has no {written(step, target)}; it is {_list_some(values)}"
    return f"{show_pattern(pattern)} has no match"


def _find_usual(predicate: str) -> str:
    """The property that this graph has for what another vocabulary calls by that name."""
    local = re.split(r"[/#]", predicate.strip("<>"))[-1].lower()
    if local in USUAL and predicate != spell(USUAL[local], prefixes()):
        return f"write {USUAL[local]}"
    return "docs/model.md lists what records have"


def _find_near_values(rows: Asked, predicate: str, value: str) -> str:
    """The same text in another language, case or form; else the values of a property that has few."""
    literal = LITERAL.fullmatch(value)
    if re.fullmatch(r"[+-]?\d.*", value):
        return f"no value is exactly {value}; bind it to a variable and compare that in a FILTER"
    words = next(one for one in literal.group("a", "b", "c", "d") if one is not None) if literal else ""
    if literal:
        query = f"SELECT DISTINCT ?o {{ ?s {predicate} ?o . FILTER(LCASE(STR(?o)) = {quote(words.lower())}) }} LIMIT 3"
        same = sorted(show_value(row[0]) for row in rows(query))[-1:]
        if same:
            return f"the graph has {', '.join(same)}"
        if words.partition(":")[0] in prefixes() and re.fullmatch(r"[\w-]+:[\w.-]+", words):
            return f"an id is written without quotation marks: {words}"
        bearers = properties_of(rows, f"SELECT DISTINCT ?p {{ ?s ?p {value} }}")
        if bearers:
            return f"{', '.join(bearers)} has that value"
    values = [row[0] for row in rows(f"SELECT DISTINCT ?o {{ ?s {predicate} ?o }} LIMIT 3000")]
    local = words or re.split(r"[/#]", value.strip("<>"))[-1]
    near = _find_alike(local.lower(), values)
    if near:
        return f"did you mean {' or '.join(map(show_value, near[:3]))}?"
    if literal and values and all(type(one).__name__ == "NamedNode" for one in values):
        return f"its values are IRIs, such as {_list_some(values)}"
    return _list_spaces(value, values) or (
        f"its values are {_list_some(values)}" if len(values) <= _LISTED else f"its values are such as {_list_some(values)}"
    )


def _find_alike(local: str, values: list[Any]) -> list[Any]:
    """The values that hold the words, or else a word that begins as they do: ``pregnant`` and ``pregnancy``."""
    texts = [(one, str(getattr(one, "value", "")).lower()) for one in values]
    begins = [word[:_STEM] for word in local.split() if len(word) >= _STEM]
    return [one for one, text in texts if local and local in text] + [
        one for one, text in texts if local not in text and any(begin in text for begin in begins)
    ]


def _list_some(values: list[Any]) -> str:
    return ", ".join(sorted(map(show_value, values))[:_LISTED])


def _list_spaces(value: str, values: list[Any]) -> str:
    """The vocabularies that the values of a property come from, where the one asked for is none of them."""
    shown = [show_value(one) for one in values if type(one).__name__ == "NamedNode"]
    spaces = sorted({one.partition(":")[0] + ":" for one in shown if not one.startswith("http")})
    own = short(value).partition(":")[0] + ":"
    if len(values) <= _LISTED or len(spaces) < 2 or own in spaces:
        return ""
    return f"its values are of {', '.join(spaces)}, such as {_list_some(values)}"
