"""Reads the words of a query text before an engine does: what it would change, and what no engine survives.

An engine elsewhere may carry out whatever it is sent, so a text that is not a query never leaves. The built-in engine dies of
deep nesting and of long chains, so these never reach it.
"""

from __future__ import annotations

from kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match, Pattern

#: The mark that some editors put before the text; no part of it.
BOM = "\ufeff"
#: Brackets within brackets. The engine's stack is gone at about a thousand.
DEEPEST = 100
#: Patterns and operators of one kind; the engine nests them, and its stack is gone at about three thousand.
MOST = 1000
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
#: Words that change a graph. None of them can stand alone in a query.
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "MODIFY")
#: What may stand before the form: the standard's words and Virtuoso's.
_PROLOGUE = ("PREFIX", "BASE", "VERSION", "DEFINE")
_CHAINED = ("UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "SELECT", "AS", *"!|&/^+*-")
_WRITE = "write SELECT, ASK, CONSTRUCT or DESCRIBE"
#: Either what may hold any word without meaning it (strings, IRIs, comments, variables, prefixed names), or a word or sign.
_TOKEN = r"""(?P<quiet>
          \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
        | <[^<>"{}|^`\\\x00-\x20]*> | \#[^\n\r]* | [?$]\w+ | [\w.-]*:[\w.:%\\-]* | @[A-Za-z0-9-]+ )
      | (?P<word>[A-Za-z_]\w*) | (?P<open>[({\[]) | (?P<close>[)}\]]) | (?P<sign>[!|&/^+*-])"""
_tokens: list[Pattern[str]] = []


def refuse_what_kills(text: str) -> None:
    """Refuse a query that is nested or chained beyond reason.

    Raises:
        QueryError: with line and column.
    """
    if text.count("(") + text.count("{") + text.count("[") + text.count("<<") <= DEEPEST and len(text) < 2 * MOST:
        return
    if text.count("<<") > DEEPEST:
        raise QueryError(f"the query contains more than {DEEPEST} triple terms; nest it less")
    upper = text.upper()
    if any(upper.count(word) > MOST for word in _CHAINED) or _bracket(text):
        _refuse_chains(text)


def _bracket(text: str) -> bool:
    depth = 0
    for letter in text:
        if letter in "({[":
            depth += 1
            if depth > DEEPEST:
                return True
        elif letter in ")}]":
            depth -= 1
    return False


def _refuse_chains(text: str) -> None:
    depth = 0
    counted: dict[str, int] = {}
    for match in tokens(text):
        kind, word = match.lastgroup, match[0].upper()
        if kind == "open":
            depth += 1
            if depth > DEEPEST:
                raise refuse(f"the query is nested more than {DEEPEST} deep; nest it less", match)
        elif kind == "close":
            depth -= 1
        elif kind != "quiet" and word in _CHAINED:
            counted[word] = counted.get(word, 0) + 1
            if counted[word] > MOST:
                raise refuse(f"{word} stands more than {MOST} times in the query; split it", match)


def refuse_updates(text: str) -> str:
    """Refuse what is not a query, before it is sent to an engine that may carry it out; return the word that says its form.

    Raises:
        QueryError: an update, an empty text, or one that does not begin as a query does; with line and column.
    """
    unescaped = decode(text)
    form = _refuse_updates(unescaped)
    if unescaped != text:  # an engine may decode escapes before or after it reads words: both versions must be queries
        _refuse_updates(text)
    return form


def _refuse_updates(text: str) -> str:
    form = ""
    for match in tokens(text):
        if match.lastgroup != "word":
            continue
        word = match[0].upper()
        if not form and word not in _PROLOGUE:
            if word in (*UPDATES, "WITH"):
                raise refuse(f"{word} would change the graph, which is only read; {_WRITE}", match)
            if word not in FORMS:
                raise refuse(f"{match[0]} does not begin a query; {_WRITE}", match)
            form = word
        elif word in UPDATES:
            raise refuse(f"{word} cannot stand in a query, which only reads; take it out, or close the quotes before it", match)
    if not form:
        raise QueryError(f"line 1, column 1: the query is empty; {_WRITE}")
    return form


def list_selected(text: str) -> list[str]:
    """The columns that the outermost SELECT names; none where it says ``*``.

    >>> list_selected("PREFIX x: <http://x/> SELECT ?a (COUNT(*) AS ?n) { ?a x:b ?c }")
    ['a', 'n']
    """
    names: list[str] = []
    depth, before = 0, ""
    found = (one for one in tokens(decode(text)) if one[0][0] != "#")
    for match in found:
        if match[0].upper() == "SELECT":
            break
    for match in found:
        token = match[0].upper()
        if depth == 0 and token in ("*", "WHERE", "FROM", "{"):
            break
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth -= 1
        elif token[0] in "?$" and (depth == 0 or (depth == 1 and before == "AS")):
            names.append(match[0][1:])
        before = token
    return names


def star_written_out(text: str, answered: list[str]) -> str | None:
    """The text with the variables of ``SELECT *`` written out in the order in which they appear; None for any other query.

    The standard leaves the order open, and the engine sorts them by name.
    """
    if len(answered) < 2 or not any(map(_may_be_star, text.upper().split("SELECT")[1:])):
        return None
    matches = (one for one in tokens(text) if one[0][0] != "#")
    before = ""
    for match in matches:
        word = match[0].upper()
        if word == "SELECT" or (before == "SELECT" and word in ("DISTINCT", "REDUCED")):
            before = "SELECT"
        elif word == "*" and before == "SELECT":
            break
        elif before == "SELECT":
            return None
    else:
        return None
    names = [one[0][1:] for one in matches if one[0][0] in "?$" and len(one[0]) > 1]
    order = [name for name in dict.fromkeys(names) if name in answered]
    if sorted(order) != sorted(answered):
        return None
    written = " ".join(f"?{name}" for name in order)
    return f"{text[: match.start()]}{written}{text[match.end() :]}"


def _may_be_star(after: str) -> bool:
    """Whether a star may be what is selected, seen without the expression that tells tokens apart."""
    after = after.lstrip()
    for word in ("DISTINCT", "REDUCED"):
        after = after.removeprefix(word).lstrip()
    return after[:1] in ("*", "#")


def decode(text: str) -> str:
    r"""The text with its escapes such as ``\u0044`` as the letters they stand for."""
    if "\\" not in text:
        return text
    import re

    def letter(match: Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "?"

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", letter, text)


def tokens(text: str) -> Iterator[Match[str]]:
    """The words, brackets and signs of a query, and (as ``quiet``) all that may hold any word without meaning it."""
    if not _tokens:
        import re  # costs a cold query more than it takes to answer

        _tokens.append(re.compile(_TOKEN, re.VERBOSE | re.DOTALL))
    return _tokens[0].finditer(text)


def refuse(reason: str, match: Match[str]) -> QueryError:
    """The error at one of the :func:`tokens`."""
    before = match.string[: match.start()]
    return QueryError(f"line {before.count(chr(10)) + 1}, column {match.start() - before.rfind(chr(10))}: {reason}")


def place(told: str) -> tuple[int, int, str]:
    """Line, column and reason of what an error tells; zeros where it names no place.

    >>> place("line 1, column 14: this cannot stand here")
    (1, 14, 'this cannot stand here')
    """
    import re

    found = re.match(r"line (\d+), column (\d+): ", told)
    return (int(found[1]), int(found[2]), told[found.end() :]) if found else (0, 0, told)
