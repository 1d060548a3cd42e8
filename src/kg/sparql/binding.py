"""The one way to put values into a query: its row ``VALUES ?name { ... }`` gets other terms, or is taken out.

The row that a file holds is an example, so that the query runs as it stands; nobody may depend on what the example is.
"""

from __future__ import annotations

from kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Literal


class MissingRow(UsageError):
    """A query has no row for a variable; every value put there would be lost without a word."""


def bind(text: str, variable: str, terms: Iterable[str] | None) -> str:
    """Put serialised terms into every row of a variable, or take the rows out where ``terms`` is None.

    Raises:
        MissingRow: the query has no such row.

    >>> bind("SELECT ?x { VALUES ?x { 1 } ?x ?p ?o }", "x", ["<a:b>", "2"])
    'SELECT ?x { VALUES ?x { <a:b> 2 } ?x ?p ?o }'
    """
    row = "" if terms is None else f"VALUES ?{variable} {{ {' '.join(terms)} }}"
    pieces, end = [], 0
    for start, _, stop in _rows(text, variable):
        pieces += [text[end:start], row]
        end = stop
    return "".join([*pieces, text[end:]])


def example(text: str, variable: str) -> str:
    """The terms that stand in the row of a variable.

    Raises:
        MissingRow: the query has no such row.
    """
    _, content, stop = _rows(text, variable)[0]
    return text[content : stop - 1].strip()


def serialise(value: str | Literal) -> str:
    """An IRI or a literal in the syntax of SPARQL.

    Raises:
        kg.errors.UsageError: the text is not an IRI.

    >>> serialise("https://example.org/a")
    '<https://example.org/a>'
    """
    from pyoxigraph import NamedNode

    if not isinstance(value, str):
        return str(value)
    try:
        return str(NamedNode(value))
    except ValueError:
        raise UsageError(f"{value[:200]!r} is not a valid IRI; check its characters") from None


def _rows(text: str, variable: str) -> list[tuple[int, int, int]]:
    """Where each row of a variable starts, where its content starts and where it ends."""
    found, at = [], text.find("VALUES")
    while at >= 0:
        after = _skip_blanks(text, at + len("VALUES"))
        name_ends = after + 1 + len(variable)
        opening = _skip_blanks(text, name_ends)
        next_at = at + len("VALUES")
        if text[after:name_ends] == f"?{variable}" and text[opening : opening + 1] == "{" and not _in_comment(text, at):
            next_at = _closing(text, opening + 1) + 1
            found.append((at, opening + 1, next_at))
        at = text.find("VALUES", next_at)
    if not found:
        raise MissingRow(f"the query has no row VALUES ?{variable} {{ ... }}; add one that holds an example")
    return found


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _in_comment(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip().startswith("#")


def _closing(text: str, at: int) -> int:
    """The place of the brace that ends a row: not one within a string or an IRI."""
    until = ""
    while at < len(text):
        letter = text[at]
        if until:
            if letter == "\\":
                at += 1
            elif letter == until:
                until = ""
        elif letter in "\"'<":
            until = ">" if letter == "<" else letter
        elif letter == "}":
            return at
        at += 1
    raise MissingRow("the query has a row VALUES that is never closed; close it with }")
