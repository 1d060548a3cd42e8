"""Why a query has no rows: the first of its patterns that nothing in the graph fits, and what fits nearly.

Each pattern is tried alone, with variables in place of what the rest of the query binds. No cause is guessed: where every
pattern fits something, that is said. A graph that is none of ours is not asked, and a large one for a few seconds at most.
"""

from __future__ import annotations

import re
from time import monotonic

from kg.rdf.namespaces import KG, iri_to_compact, prefixes
from kg.sparql.triple_patterns import Pattern, find_needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]

#: A query of many patterns is tried to here: each try is a query of its own.
_MOST = 30
#: No further try is begun after so many seconds.
_SECONDS = 3.0
#: So many values of a property are listed.
_LISTED = 8
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>")
_LITERAL = re.compile(
    r"""(?s)(?:\"{3}(?P<a>.*?)\"{3}|'{3}(?P<b>.*?)'{3}|"(?P<c>.*?)(?<!\\)"|'(?P<d>.*?)(?<!\\)')(?:@(?P<lang>[\w-]+)|\^\^(?P<type>\S+))?"""
)
_NEARLY_OURS = re.compile(r"<(https?://(?:www\.)?w3id\.org/nutrition-kg)([/#]?)([^<>\s]*)>")
_LANG = re.compile(r"(?i)\blang\s*\(\s*[?$]\w+\s*\)\s*=\s*([\"'])([^\"']*)\1")
_EQUAL = re.compile(
    r"[?$](\w+)\s*=\s*(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')(?![@^])|(\"(?:[^\"\\\n]|\\.)*\")\s*=\s*[?$](\w+)"
)


def explain_emptiness(rows: Asked, text: str) -> list[str]:
    """A line that says why a query has no answer; none where each part alone has one, as in every query that has answers.

    >>> import kg
    >>> explain_emptiness(kg.open().rows, 'SELECT ?c { ?c kg:certainty kg:high }')
    ['nothing has kg:certainty kg:high; did you mean kg:highCertainty?']
    """
    until = monotonic() + _SECONDS

    def ask_in_time(query: str) -> Iterable[Any]:
        if monotonic() > until:
            raise TimeoutError
        return rows(query)

    try:
        return _explain(ask_in_time, text)
    except TimeoutError:
        return []


def is_ours(rows: Asked) -> bool:
    """Whether a graph holds our vocabulary, as a graph that extends it does."""
    return bool(list(rows(f"SELECT ?kind {{ <{KG}Claim> a ?kind }} LIMIT 1")))


def _explain(rows: Asked, text: str) -> list[str]:
    spaces = {**prefixes(), **dict(_DECLARED.findall(text))}
    told = _check_namespace(text) or _check_filters(rows, text)
    if told:
        return told
    patterns = [_spelled(one, spaces) for one in find_needed(_DECLARED.sub("", text))[:_MOST]]
    for pattern in patterns:
        if _has_constant(pattern) and not _matches(rows, [pattern]):
            return [_describe(rows, pattern)]
    for subject in dict.fromkeys(one.subject for one in patterns):
        missing = _check_record(rows, [one for one in patterns if one.subject == subject])
        if missing:
            return [missing]
    return []


def _check_namespace(text: str) -> list[str]:
    """IRIs that are ours except for their scheme, or the sign behind the name."""
    for whole, sign, local in _NEARLY_OURS.findall(text):
        if f"{whole}{sign}" != KG and (local or sign or "PREFIX" in text.upper()):
            return [f"<{whole}{sign}{local}> is not our namespace; write <{KG}{local}>"]
    return []


def _check_filters(rows: Asked, text: str) -> list[str]:
    """Comparisons of labels that no label can pass."""
    wrong = [value for _, value in _LANG.findall(text) if value != value.lower() or len(value) > 3]
    if wrong:
        return [f'LANG gives the short tag in small letters; write LANG(...) = "{wrong[0].lower()[:2]}"']
    for variable, one, other, last in _EQUAL.findall(text):
        literal = (one or other).replace("'", '"') if one.startswith("'") else one or other
        if _matches(rows, [Pattern("?s", "?p", f"{literal}@en")]) and not _is_plain(rows, text, literal):
            return [f"labels have a language; write STR(?{variable or last}) = {literal}, or {literal}@en"]
    return []


def _is_plain(rows: Asked, text: str, literal: str) -> bool:
    """Whether a property that the query names has the text without a language."""
    properties = {one.predicate for one in find_needed(text) if not one.predicate.startswith("?")}
    spaces = {**prefixes(), **dict(_DECLARED.findall(text))}
    return any(_matches(rows, [Pattern("?s", _spell(one, spaces), literal)]) for one in properties if one != "rdfs:label")


def _check_record(rows: Asked, patterns: list[Pattern]) -> str:
    """Which property the records that fit all before it do not have."""
    for count in range(2, len(patterns) + 1):
        before, last = patterns[: count - 1], patterns[count - 1]
        if _matches(rows, patterns[:count]):
            continue
        said = ", ".join(_written(one.predicate, one.object) for one in before)
        body = " . ".join(one.text for one in before)
        has = (
            {
                _short(f"<{row[0].value}>")
                for row in rows(
                    f"SELECT DISTINCT ?has_ {{ {{ SELECT {before[0].subject} {{ {body} }} LIMIT 50 }} {before[0].subject} ?has_ ?any_ }}"
                )
            }
            if before[0].subject.startswith("?")
            else set()
        )
        return f"no record that has {said} has also {_written(last.predicate, last.object)}" + (
            f"; such records have {', '.join(sorted(has))}" if has else ""
        )
    return ""


def _describe(rows: Asked, pattern: Pattern) -> str:
    """What of a pattern fits nothing, and what is near."""
    subject, predicate, value = pattern
    said = _written(predicate, value)
    if predicate.startswith("?"):
        return f"nothing in the graph is or has {_short(value if not value.startswith('?') else subject)}"
    if not _matches(rows, [Pattern("?s", predicate, "?o")]):
        return f"no record has {_short(predicate)}; kg find and docs/model.md list what records have"
    if not value.startswith("?") and not _matches(rows, [Pattern("?s", predicate, value)]):
        near = _find_near_values(rows, predicate, value)
        return f"nothing has {said}; {near}" if near else f"nothing has {said}"
    has = sorted({_short(f"<{row[0].value}>") for row in rows(f"SELECT DISTINCT ?p {{ {subject} ?p ?o }}")})
    others = [
        _short(f"<{row[0].value}>")
        for row in rows(f"SELECT DISTINCT ?s {{ ?s {predicate} {value} ; <{KG}stateOf> {subject} }} LIMIT {_LISTED}")
    ]
    if others:
        return f"{_short(subject)} has no {said}; a state of it has: {', '.join(sorted(others))}"
    return f"{_short(subject)} has no {said}; it has {', '.join(has)}" if has else f"{_short(subject)} has no {said}"


def _find_near_values(rows: Asked, predicate: str, value: str) -> str:
    """The same text in another language, case or form; else the values of a property that has few."""
    literal = _LITERAL.fullmatch(value)
    if literal:
        words = next(one for one in literal.group("a", "b", "c", "d") if one is not None)
        query = f"SELECT DISTINCT ?o {{ ?s {predicate} ?o . FILTER(LCASE(STR(?o)) = {_quote(words.lower())}) }} LIMIT 3"
        same = sorted(_literal(row[0]) for row in rows(query))[-1:]
        if same:
            return f"the graph has {', '.join(same)}"
        if words.partition(":")[0] in prefixes() and re.fullmatch(r"[\w-]+:[\w.-]+", words):
            return f"an id is written without quotation marks: {words}"
        keys = {KG + "nameKey", KG + "wordKey"}
        bearers = sorted(
            {_short(f"<{row[0].value}>") for row in rows(f"SELECT DISTINCT ?p {{ ?s ?p {value} }}") if row[0].value not in keys}
        )
        if bearers:
            return f"{', '.join(bearers)} has that value"
    values = [row[0] for row in rows(f"SELECT DISTINCT ?o {{ ?s {predicate} ?o }} LIMIT 3000")]
    local = re.split(r"[/#]", value.strip("<>"))[-1]
    near = [one for one in values if local and local in str(getattr(one, "value", ""))]
    if near:
        return f"did you mean {' or '.join(sorted(map(_literal, near))[:3])}?"
    listed = ", ".join(sorted(map(_literal, values))[:_LISTED])
    if literal and values and all(type(one).__name__ == "NamedNode" for one in values):
        return f"its values are IRIs, such as {listed}"
    return f"its values are {listed}" if len(values) <= _LISTED else f"its values are such as {listed}"


def _literal(node: object) -> str:
    return _short(str(node)) if type(node).__name__ == "NamedNode" else str(node)


def _quote(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _matches(rows: Asked, patterns: list[Pattern]) -> bool:
    return bool(list(rows(f"SELECT * {{ {' . '.join(one.text for one in patterns)} }} LIMIT 1")))


def _has_constant(pattern: Pattern) -> bool:
    return any(not part.startswith("?") for part in pattern)


def _spelled(pattern: Pattern, spaces: dict[str, str]) -> Pattern:
    """The pattern with its prefixes written out, and variables with a question mark."""
    return Pattern(*(_spell(part, spaces) for part in pattern))


def _spell(part: str, spaces: dict[str, str]) -> str:
    if part.startswith("$"):
        return "?" + part[1:]
    if part.startswith("_:"):
        return "?_" + part[2:]
    prefix, colon, local = part.partition(":")
    if colon and not part.startswith(("<", '"', "'", "?")) and prefix in spaces:
        return f"<{spaces[prefix]}{local}>"
    return part


def _short(part: str) -> str:
    return iri_to_compact(part[1:-1]) if part.startswith("<") and part.endswith(">") else part


def _written(predicate: str, value: str) -> str:
    name = "a" if predicate == "a" else _short(predicate)
    return name if value.startswith("?") else f"{name} {_short(value)}"
