"""Which FILTER lets no row of a query through, and what it would take: text without regard to case or language, a number, a tag that is there.

Nothing is guessed: a filter is at fault only if the patterns have a match and none of it passes, and what is offered was tried.
"""

from __future__ import annotations

import re

from kg.sparql.pattern_search import matches, short, show_value, spell
from kg.sparql.query_text import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kg.sparql.triple_patterns import Pattern

    Asked = Callable[[str], Iterable[Any]]

_TEXT = re.compile(r"""(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_VARIABLE = re.compile(r"(?i)\bSTR\s*\(\s*[?$](\w+)\s*\)|[?$](\w+)")
_LANG = re.compile(
    r"(?i)\b(?:lang\s*\(\s*[?$](\w+)\s*\)\s*=|langMatches\s*\(\s*lang\s*\(\s*[?$](\w+)\s*\)\s*,)\s*([\"'])([^\"']*)\3"
)
_NUMBER = re.compile(r"""(["'])([+-]?\d+(?:\.\d+)?)\1(?![@^])""")
_NAMES = "rdfs:label skos:prefLabel skos:altLabel skos:definition"
#: A longer condition is named by its beginning.
_SHOWN = 80
#: So many values of a variable are shown.
_VALUES = 3


def explain_filters(rows: Asked, text: str, patterns: list[Pattern], spaces: dict[str, str]) -> str:
    """What the first filter that nothing passes asks for, and what would pass; nothing where each lets something through."""
    bound = {part for one in patterns for part in one if part.startswith("?")} - _find_assigned(text)
    for condition in list_filters(text):
        spelled = _spell(condition, spaces)
        if not _find_variables(spelled) <= bound or matches(rows, patterns, spelled):
            continue  # what OPTIONAL, BIND and VALUES bind is not looked at
        return (
            _explain_language(rows, patterns, condition)
            or _explain_number(rows, patterns, condition, spelled)
            or _explain_text(rows, patterns, condition, spelled)
            or f"the patterns match, but no match passes FILTER({_cut(condition)}){_list_values(rows, patterns, spelled)}"
        )
    return ""


def _find_variables(spelled: str) -> set[str]:
    return {f"?{one}" for one in re.findall(r"\?(\w+)", _TEXT.sub("", spelled).partition("{")[0])}


def _find_assigned(text: str) -> set[str]:
    """The variables to which BIND or VALUES give their values."""
    lists = re.findall(r"(?i)\bVALUES\s*(\([^()]*\)|[?$]\w+)", text)
    named = [*re.findall(r"(?i)\bAS\s+[?$](\w+)", text), *re.findall(r"[?$](\w+)", " ".join(lists))]
    return {f"?{one}" for one in named}


def list_filters(text: str) -> list[str]:
    """The conditions of the filters in the outermost group of a query.

    >>> list_filters('SELECT * { ?s ?p ?l FILTER(LANG(?l) = "en") OPTIONAL { ?s ?q ?m FILTER(?m > 2) } FILTER regex(?l, "x") }')
    ['LANG(?l) = "en"', 'regex(?l, "x")']
    """
    found = []
    depth, braces, start, opened = 0, 0, -1, -1
    for token in tokens(text):
        word = token[0].upper()
        if token.lastgroup == "open":
            depth, braces = depth + 1, braces + (word == "{")
            if start >= 0 and opened < 0:
                opened = depth
        elif token.lastgroup == "close":
            if start >= 0 and depth == opened:
                said = text[start : token.end()].strip()
                found.append(said[1:-1].strip() if said.startswith("(") else said)
                start = opened = -1
            depth, braces = depth - 1, braces - (word == "}")
        elif word == "FILTER" and braces == 1 and start < 0:
            start, opened = token.end(), -1
    return found


def _spell(condition: str, spaces: dict[str, str]) -> str:
    """A condition with its prefixes written out, but for what stands in its strings."""
    kept = _TEXT.findall(condition)
    parts = _TEXT.split(condition)
    return "".join(spell(part, spaces).replace("$", "?") + text for part, text in zip(parts, [*kept, ""], strict=True))


def _explain_language(rows: Asked, patterns: list[Pattern], condition: str) -> str:
    found = _LANG.search(condition)
    if found is None:
        return ""
    variable, tag = found[1] or found[2], found[4]
    if tag != tag.lower() or len(tag) > 3:
        return f'LANG gives the short tag in small letters; write LANG(...) = "{tag.lower()[:2]}"'
    body = " . ".join(one.text for one in patterns)
    has = sorted(
        {row[0].value for row in rows(f"SELECT DISTINCT ?tag_ {{ {body} BIND(LANG(?{variable}) AS ?tag_) }}") if row[0]}
    )
    named = " ".join(spell(one, _spaces()) for one in _NAMES.split())
    others = sorted(
        short(f"<{row[0].value}>")
        for row in rows(f'SELECT DISTINCT ?has_ {{ VALUES ?has_ {{ {named} }} ?s_ ?has_ ?o_ FILTER(LANG(?o_) = "{tag}") }}')
    )
    here = f"?{variable} is in {', '.join(has)} alone" if any(has) else f"?{variable} has no language"
    return f"{here}; names in {tag} are some {', '.join(others)}" if others else f"{here}; nothing in the graph is in {tag}"


def _explain_text(rows: Asked, patterns: list[Pattern], condition: str, spelled: str) -> str:
    strings = _TEXT.findall(condition)
    if not strings or re.search(r"(?i)\blang", condition):
        return ""
    if matches(rows, patterns, _wrap(spelled, "STR(?{})")):
        one = re.fullmatch(r"""[?$](\w+)\s*=\s*("[^"]*"|'[^']*')|("[^"]*"|'[^']*')\s*=\s*[?$](\w+)""", condition)
        if one:
            literal = (one[2] or one[3]).replace("'", '"')
            return f"labels have a language; write STR(?{one[1] or one[4]}) = {literal}, or {literal}@en"
        return f"labels have a language; write {_cut(_wrap(condition, 'STR(?{})'))}"
    if matches(rows, patterns, _wrap(_small(spelled), "LCASE(STR(?{}))")):
        said = _wrap(_small(condition), "LCASE(STR(?{}))")
        return f"nothing has {', '.join(strings)} in these letters, but some in others; write {_cut(said)}"
    return ""


def _wrap(condition: str, how: str) -> str:
    """A condition with each of its variables as a text, outside of its strings."""
    parts, kept = _TEXT.split(condition), [*_TEXT.findall(condition), ""]
    wrapped = (_VARIABLE.sub(lambda found: how.format(found[1] or found[2]), part) for part in parts)
    return "".join(part + text for part, text in zip(wrapped, kept, strict=True))


def _small(condition: str) -> str:
    return _TEXT.sub(lambda found: found[0].lower(), condition)


def _explain_number(rows: Asked, patterns: list[Pattern], condition: str, spelled: str) -> str:
    bare = _NUMBER.sub(r"\2", spelled)
    if bare == spelled or not matches(rows, patterns, bare):
        return ""
    said = _NUMBER.sub(r"\2", condition)
    return f"a number is written without quotation marks; write {_cut(said)}"


def _list_values(rows: Asked, patterns: list[Pattern], spelled: str) -> str:
    """Some values of the variables that a condition compares."""
    told = ""
    body = " . ".join(one.text for one in patterns)
    for variable in sorted(_find_variables(spelled)):
        values = [show_value(row[0]) for row in rows(f"SELECT DISTINCT {variable} {{ {body} }} LIMIT {_VALUES}")]
        told += f"; {variable} is such as {_cut(', '.join(values))}"
    return told


def _spaces() -> dict[str, str]:
    from kg.rdf.namespaces import prefixes

    return prefixes()


def _cut(condition: str) -> str:
    said = " ".join(condition.split())
    return said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
