"""Looks at a query's words before the engine does, and refuses what the engine would not survive or should not try.

This is the inner of two walls. It gives clear answers; the outer one (a worker process without file descriptors, with limits
on time and memory) holds whatever gets past it.
"""

from __future__ import annotations

import re

from kg.server.http.problem_details import Problem

#: Brackets within brackets. The engine's stack is gone at about a thousand.
DEEPEST = 100
#: Patterns and operators of one kind; the engine nests them, and its stack is gone at about three thousand.
MOST = 1000

# Either what may hold any word without meaning it (strings, IRIs, comments, variables, prefixed names), or a word or sign.
_TOKEN = re.compile(
    r"""(?P<quiet>
          \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
        | <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]* | [?$]\w+ | [\w.-]*:[\w.:%\\-]* | @[A-Za-z0-9-]+ )
      | (?P<word>[A-Za-z_]\w*) | (?P<open>[({\[]) | (?P<close>[)}\]]) | (?P<sign>[!|&/^+*-])""",
    re.VERBOSE | re.DOTALL,
)
_SUSPECTS = ("service", "\\u", "now", "rand", "uuid")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CHAINED = frozenset(("UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "SELECT", "AS"))
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
    return all(_scanned(version) for version in {text, _ESCAPE.sub(_letter, text)})


def _letter(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "?"


def _scanned(text: str) -> bool:
    depth, steady = 0, True
    counted: dict[str, int] = {}
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth > DEEPEST:
                raise _refused(400, f"the query is nested more than {DEEPEST} deep; write it flatter", match)
        elif kind == "close":
            depth -= 1
        elif kind != "quiet":
            word = match[0].upper()
            if "SERVICE" in word:  # the engine also reads it where no space stands before it
                raise _refused(403, "SERVICE is refused: this server fetches nothing; ask the other endpoint yourself", match)
            steady = steady and word not in _CHANGING
            if kind == "sign" or word in _CHAINED:
                counted[word] = counted.get(word, 0) + 1
                if counted[word] > MOST:
                    raise _refused(400, f"{word} stands more than {MOST} times in the query; split it", match)
    return steady


def _refused(status: int, detail: str, match: re.Match[str]) -> Problem:
    before = match.string[: match.start()]
    return Problem(status, detail, line=before.count("\n") + 1, column=match.start() - before.rfind("\n"))
