"""Looks at a query's words before the engine does, and refuses what the engine would not survive or should not try.

This is the inner of two walls. It gives clear answers; the outer one (a worker process without file descriptors, with limits
on time and memory) holds whatever gets past it. How words are told apart, and what kills an engine, is said once, in
:mod:`kg.sparql.query_text`.
"""

from __future__ import annotations

from kg.errors import QueryError
from kg.server.http.problem_details import Problem
from kg.sparql.query_text import DEEPEST, decode, place, refuse, refuse_what_kills, tokens

_SUSPECTS = ("service", "\\u", "now", "rand", "uuid")
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID"))
_SHORT = 2000


def check(text: str) -> bool:
    """Refuse a query that must not run; return whether its answer is the same each time.

    Raises:
        Problem: 400 where it is nested or chained beyond reason, 403 where it would have this server fetch something.
    """
    few = text.count("(") + text.count("{") + text.count("[") <= DEEPEST
    if few and len(text) < _SHORT:
        folded = text.lower()
        if not any(word in folded for word in _SUSPECTS):
            return True
    # Whether an engine decodes escapes before or after it reads words, one of the two versions is what it sees.
    return all(list(map(_steady, {text, decode(text)})))


def _steady(text: str) -> bool:
    try:
        refuse_what_kills(text)
    except QueryError as error:
        raise _problem(400, error) from None
    steady = True
    for match in tokens(text):
        word = match[0].upper()
        if match.lastgroup == "quiet":
            continue
        if "SERVICE" in word:  # the engine also reads it where no space stands before it
            reason = "SERVICE is refused: this server fetches nothing; ask the other endpoint yourself"
            raise _problem(403, refuse(reason, match))
        steady = steady and word not in _CHANGING
    return steady


def _problem(status: int, error: QueryError) -> Problem:
    line, column, reason = place(str(error))
    return Problem(status, reason, line=line, column=column) if line else Problem(status, reason)
