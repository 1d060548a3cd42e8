"""The embedded engine (pyoxigraph). Its remote twin is :mod:`kg.sparql.remote`.

Both answer a query text with results of the same shape, so that nothing behind them needs to know which one it was.
"""

from __future__ import annotations

from _thread import get_ident

import pyoxigraph as ox

from kg.errors import EngineError, QueryError
from kg.sparql.query_text import BOM, refuse, refuse_updates, refuse_what_kills, star_written_out, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from typing import Any


class Embedded:
    """The engine in this process, on a store in memory or on disk; ``folder`` is that of a built store, None of any other."""

    def __init__(self, store: ox.Store, folder: str | None = None) -> None:
        self.store, self.folder = store, folder

    def run(self, text: str, prefixes: dict[str, str] | None = None) -> Any:
        """Answer a query.

        Raises:
            QueryError: the query does not parse, with line and column.
            EngineError: the engine refused to run it.
        """
        text = text.removeprefix(BOM)
        refuse_what_kills(text)
        try:
            return in_order(text, lambda version: self.ask(version, prefixes))
        except SyntaxError as error:
            raise QueryError(describe_error(error, text, prefixes or {})) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise EngineError(f"the query could not be run: {error}") from None

    def ask(self, text: str, prefixes: dict[str, str] | None) -> Any:
        """Have the engine answer a query that was looked at."""
        return self.store.query(text, prefixes=prefixes)

    def triples(self) -> Iterator[ox.Triple]:
        """All triples of the default graph.

        Raises:
            EngineError: they are read on in another thread than the one that began.
        """
        found, reader = self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()), get_ident()
        for quad in found:
            yield quad.triple
            if get_ident() != reader:  # where the engine would end the process; letting it go here would hide the error
                _stranded.append(found)
                raise EngineError(
                    "triples can be read in one thread only; make a list of them first, or read them in the thread that made them"
                )


def parses(text: str) -> bool:
    """Whether a query parses; nothing is fetched for it, and no data is asked."""
    import re

    silent = re.sub(r"\bSERVICE\s+(?:SILENT\s+)?", "GRAPH ", text, flags=re.IGNORECASE)  # which stands in the same places
    try:
        refuse_what_kills(text)
        ox.Store().query(silent)
    except (QueryError, SyntaxError, OSError, RuntimeError, ValueError):
        return False
    return True


def in_order(text: str, ask: Callable[[str], Any]) -> Any:
    """What ``ask`` answers to a query, the columns of ``SELECT *`` as they appear in it. Nothing is worked out twice: the engine works as
    its rows are read."""
    found = ask(text)
    if "*" in text and isinstance(found, ox.QuerySolutions) and "SERVICE" not in text.upper():
        written = star_written_out(text, [variable.value for variable in found.variables])
        if written:
            try:
                return ask(written)
            except SyntaxError:
                pass  # a variable in a place where only * may stand for it
    return found


#: What the engine handed out in a thread that did not read it to the end.
_stranded: list[object] = []


def describe_error(error: SyntaxError, text: str | None = None, known: Container[str] = ()) -> str:
    """One line that says where a query goes wrong and what was expected there.

    With its ``text`` and the prefixes that are ``known``, an empty query, an update and a prefix that is missing are named.
    """
    words = " ".join(str(error.msg or error).split())
    place, _, reason = words.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not line.isdigit():
        return words
    if text is not None:
        try:
            refuse_updates(text)
        except QueryError as refused:
            return str(refused)
        if relative := _find_relative(text):
            return str(relative)
    usual = "" if text is None else _find_undeclared(text, known) or _habit(text)
    meant = next((meaning for words, meaning in _MEANINGS.items() if words in reason), "")
    if usual or meant:
        reason = usual or meant
    elif text is not None and (unknown := _find_unknown(text)):
        return unknown
    elif "Prefix not found" in reason:
        reason = "a prefix that is not declared; declare it or use one of ontology/prefixes.ttl"
    else:
        reason = reason.replace(", [_]", "")  # the parser's name of a space
    if len(reason) > 120 or reason == "expected [_]":
        reason = "this cannot stand here"
    return f"line {line}, column {column}: {reason}"


#: What the engine's parser says in words of its own, and what that means.
_MEANINGS = {
    "contains a variable that is unbound": "SELECT contains a variable that the query neither groups by nor aggregates; add it to GROUP BY",
    "Duplicated variable name": "SELECT contains a variable twice; give each column a name of its own",
    "IRI parsing failed": "an IRI that is not whole or contains what none may; write it as <https://...> or as a CURIE such as kg:magnesium",
    "already been declared": "a blank node of one name in two groups; give each its own name",
}


def _find_unknown(text: str) -> str:
    from kg.sparql.sparql_words import find_unknown  # an error alone needs it

    found = find_unknown(text)
    return f"line {found[1]}, column {found[2]}: {found[0]}" if found else ""


def _find_relative(text: str) -> QueryError | None:
    """The error at the first IRI that is not whole; None where there is none, or a BASE to read it against."""
    import re

    found = list(tokens(text))
    if any(match[0].upper() == "BASE" for match in found):
        return None
    whole = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
    for match in found:
        if match[0].startswith("<") and not whole.match(match[0]):
            return refuse(f"{match[0]} is not a whole IRI; write it as <https://...> or as a CURIE such as kg:magnesium", match)
    return None


def _habit(text: str) -> str:
    """What is wrong where a habit of other languages came in, which the parser reports as all that may stand there."""
    import re

    language = re.search(r"[\"']@([A-Za-z]+)_(\w+)", text)
    if language:
        return f"a language is written with a hyphen: @{language[1]}-{language[2]}"
    if re.search(r"SELECT\s*(?:DISTINCT\s*)?\*", text, re.IGNORECASE) and re.search(r"GROUP\s+BY", text, re.IGNORECASE):
        return "SELECT * and GROUP BY do not go together; name the columns"
    bare = re.sub(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""", " ", text)
    slash = re.search(r"(?<![\w/:])(\w[\w-]*):([\w-]+)/([\w.-]+)(?![\w.-]*:)", bare)
    if slash:
        return f"a short name has no slash; write {slash[2]}:{slash[3]}, or the whole IRI in <>"
    open_filter = re.search(r"\bFILTER\s+([?$]\w+)", bare, re.IGNORECASE)
    if open_filter:
        return f"a FILTER has brackets: FILTER({open_filter[1]} ...)"
    for opening, closing in ("{}", "()"):
        if bare.count(opening) > bare.count(closing):
            return f"the query ends with {bare.count(opening) - bare.count(closing)} {opening} not closed"
    return ""


def _find_undeclared(text: str, known: Container[str]) -> str:
    """A prefix that is not declared, which the engine's parser reports without its name."""
    import re

    bare = re.sub(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""", " ", text)
    if '"' in bare or "'" in bare:
        return ""  # a string is not closed: what looks like a prefix may stand in it
    declared = re.findall(r"PREFIX\s+([\w.-]*):", bare, re.IGNORECASE)
    for name in re.findall(r"(?<![\w?$.-])([A-Za-z][\w.-]*|):", bare):
        if name not in declared and name not in known:
            return f"the prefix {name}: is not declared; declare it, or use one of ontology/prefixes.ttl"
    return ""
