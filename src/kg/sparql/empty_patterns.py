"""Why a query has no rows: the first of its patterns that nothing in the graph fits, and what fits nearly.

Each pattern is tried alone, with variables in place of what the rest of the query binds; then together, then with each filter.
No cause is guessed: where every part fits something, that is said. A graph that is none of ours is not asked, and a large one
for a few seconds at most.
"""

from __future__ import annotations

import re
from time import monotonic

from kg.rdf.namespaces import KG
from kg.sparql.empty_filters import explain_filters
from kg.sparql.near_patterns import check_record, describe
from kg.sparql.pattern_search import matches, may_turn, show_pattern, spaces_of, spelled, turned, without_prefixes
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
_NEARLY_OURS = re.compile(r"<(https?://(?:www\.)?w3id\.org/nutrition-kg)([/#]?)([^<>\s]*)>")


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
    told = _check_namespace(text)
    if told:
        return told
    spaces = spaces_of(text)
    patterns = [spelled(one, spaces) for one in find_needed(without_prefixes(text))[:_MOST]]
    for pattern in patterns:
        if _has_constant(pattern) and not matches(rows, [pattern]):
            return [describe(rows, pattern)]
    together = bool(patterns) and matches(rows, patterns)
    if not together:
        for subject in dict.fromkeys(one.subject for one in patterns):
            missing = check_record(rows, [one for one in patterns if one.subject == subject])
            if missing:
                return [missing]
        missing = _check_joins(rows, patterns)
    else:
        missing = explain_filters(rows, text, patterns, spaces)
    return [missing] if missing else []


def _check_namespace(text: str) -> list[str]:
    """IRIs that are ours except for their scheme, or the sign behind the name."""
    for whole, sign, local in _NEARLY_OURS.findall(text):
        if f"{whole}{sign}" != KG and (local or sign or "PREFIX" in text.upper()):
            return [f"<{whole}{sign}{local}> is not our namespace; write <{KG}{local}>"]
    return []


def _check_joins(rows: Asked, patterns: list[Pattern]) -> str:
    """The first pattern that has no match together with those before it, and whether it has one when turned round."""
    for at, pattern in enumerate(patterns):
        others = [*patterns[:at], *patterns[at + 1 :]]
        if may_turn(pattern) and matches(rows, [*others, turned(pattern)]):
            return f"{show_pattern(pattern)} has no match here; turned round, {show_pattern(turned(pattern))}, it has one"
    for count in range(2, len(patterns) + 1):
        if not matches(rows, patterns[:count]):
            before = " . ".join(map(show_pattern, patterns[: count - 1]))
            return f"{show_pattern(patterns[count - 1])} has no match together with {before}"
    return ""


def _has_constant(pattern: Pattern) -> bool:
    return any(not part.startswith("?") for part in pattern)
