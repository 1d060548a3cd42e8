"""The triple patterns that a query cannot do without, read from its text: those of its groups, not of what is optional or an alternative.

A property path without brackets, such as ``kg:promotes+`` or ``kg:source/rdfs:label``, is the predicate of a pattern.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""\#[^\n]* | (?P<term>
          (?:\"\"\"[\s\S]*?\"\"\" | '''[\s\S]*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
              (?:@[A-Za-z0-9-]+ | \^\^(?:<[^<>\s]*>|[\w-]*:[\w.-]*\w))?
        | <[^<>"{}|^`\\\s]*> | [?$]\w+ | _:\w+ | [A-Za-z][\w-]*:(?:[\w](?:[\w.:%-]*[\w-])?)? | :\w[\w-]* | [+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
      | (?P<word>[A-Za-z_]\w*) | (?P<sign>[{}()\[\].;,]) | (?P<other>[^\s])""",
    re.VERBOSE,
)
#: Words before a group whose patterns need not hold for every row.
_NOT_NEEDED = ("OPTIONAL", "MINUS", "EXISTS", "UNION", "SERVICE", "GRAPH", "VALUES")
#: Words that end a triple.
_CLAUSES = (*_NOT_NEEDED, "FILTER", "BIND", "NOT", "SELECT", "WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "HAVING")
#: Signs behind a property of a path.
_SUFFIXES = ("+", "*", "?")


class Pattern(NamedTuple):
    """One triple pattern: subject, predicate and object as they are written; a variable begins with a question mark."""

    subject: str
    predicate: str
    object: str

    @property
    def text(self) -> str:
        """The pattern as a query has it."""
        return f"{self.subject} {self.predicate} {self.object}"


def find_needed(text: str) -> list[Pattern]:
    """The patterns of which each must match for the query to have an answer.

    >>> [one.text for one in find_needed("SELECT ?s { ?s a kg:Symptom ; kg:promotes+ ?l OPTIONAL { ?s kg:note ?n } }")]
    ['?s a kg:Symptom', '?s kg:promotes+ ?l']
    """
    tokens = [match for match in _TOKEN.finditer(text) if not match[0].startswith("#")]
    found: list[Pattern] = []
    _read_group(tokens, _find_where(tokens), found)
    return list(dict.fromkeys(found))


def _find_where(tokens: list[re.Match[str]]) -> int:
    """The place behind the bracket that opens the pattern of the query."""
    template = next((at for at, token in enumerate(tokens) if token["word"] and token["word"].upper() == "CONSTRUCT"), None)
    opened = [at for at, token in enumerate(tokens) if token["sign"] == "{"]
    if template is not None and len(opened) > 1:
        where = [at for at, token in enumerate(tokens) if token["word"] and token["word"].upper() == "WHERE"]
        return next((at + 1 for at in opened if where and at > where[0]), opened[-1] + 1)
    return opened[0] + 1 if opened else len(tokens)


def _read_group(tokens: list[re.Match[str]], place: int, found: list[Pattern]) -> int:
    """Read a group to its closing bracket; the place behind it."""
    here: list[str] = []
    paths = False
    joined = ""  # a sign of a path that waits for its property
    while place < len(tokens):
        token, sign, word = tokens[place], tokens[place]["sign"], (tokens[place]["word"] or "").upper()
        if sign == "}":
            found += _pattern(here, paths)
            return place + 1
        if sign == "{":
            before = (
                next((tokens[at]["word"] for at in range(place - 1, max(place - 3, -1), -1) if tokens[at]["word"]), "") or ""
            )
            inner: list[Pattern] = []
            found += _pattern(here, paths)
            here, paths = [], False
            place = _read_group(tokens, place + 1, inner)
            follows = (tokens[place]["word"] or "").upper() if place < len(tokens) else ""
            if before.upper() not in _NOT_NEEDED and follows != "UNION":
                found += inner
            continue
        if word in ("SELECT", "GROUP", "ORDER", "HAVING"):
            found += _pattern(here, paths)
            here, paths, place = [], False, _skip_variables(tokens, place + 1)
            continue
        if sign in ("(", "["):
            place = _skip(tokens, place)
            # What a FILTER tests is no part of a pattern. A path in brackets, a list or a node without a name is not read.
            paths = bool(here)
            continue
        if sign in (".", ";", ",") or (word and word in _CLAUSES):
            found += _pattern(here, paths)
            here = [] if sign == "." or word else here[:1] if sign == ";" else here[:2]
            paths = False
        elif token["term"] or word == "A":
            said = "a" if word == "A" and not token["term"] else token["term"]
            if joined and joined != "^":
                here[-1] += joined + said
            else:
                here.append(joined + said)
            joined = ""
        elif token["other"] in _SUFFIXES and len(here) == 2:
            here[1] += token["other"]
        elif (token["other"] in ("/", "|") and len(here) == 2) or (token["other"] == "^" and len(here) in (1, 2)):
            joined += token["other"]
        elif token["other"]:
            paths = True
        place += 1
    return place


def _skip_variables(tokens: list[re.Match[str]], place: int) -> int:
    """The place behind the variables and expressions of a SELECT, GROUP, ORDER or HAVING."""
    while place < len(tokens) and tokens[place]["sign"] not in ("{", "}"):
        place = _skip(tokens, place) if tokens[place]["sign"] == "(" else place + 1
    return place


def _skip(tokens: list[re.Match[str]], place: int) -> int:
    depth = 0
    for at in range(place, len(tokens)):
        depth += (tokens[at]["sign"] in ("(", "[", "{")) - (tokens[at]["sign"] in (")", "]", "}"))
        if depth == 0:
            return at + 1
    return len(tokens)


def _pattern(here: list[str], paths: bool) -> Iterator[Pattern]:
    if len(here) == 3 and not paths and not here[1].startswith(("_:", '"', "'")):
        yield Pattern(*here)
