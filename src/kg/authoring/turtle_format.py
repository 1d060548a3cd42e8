"""One Turtle style, with every comment kept.

The style: a property on a line of its own, four blanks in; its objects on the same line, brackets too, unless their author
began a new line after the opening one: then the author's lines stay, four blanks further in. Blank lines between blocks stay
where they are, never more than one. A text is only given a new shape: what it says is compared before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.build.read import quads
from kg.errors import DataError

# Terminals of https://www.w3.org/TR/turtle/#sec-grammar-grammar, as loose as they may be: the parser has the last word.
_TOKEN = re.compile(
    r'''(?P<comment>\#[^\n]*)
      | (?P<newline>\n)
      | (?P<space>[ \t\r\f]+)
      | (?P<term>"""(?:[^"\\]|\\.|"(?!""))*""" | \'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'
              | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
              | <<\(? | \)?>> | \{\| | \|\} | ~
              | <[^<>\n]*>
              | @[A-Za-z]+(?:-[A-Za-z0-9-]+)*
              | \^\^
              | [+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w:])
              | (?:[^\s"'<>(){}|~\[\];,.\#^@\\]|\\.|\.(?=[^\s"'<>()\[\];,\#]))+)
      | (?P<mark>[.;,\[\]()])
    ''',
    re.VERBOSE | re.DOTALL,
)
INDENT = "    "


class Token(NamedTuple):
    """A piece of a text: a term, a mark of punctuation or a comment, and how many line ends came before it."""

    kind: str
    text: str
    lines: int


def format_turtle(text: bytes, path: str) -> bytes:
    """The text in our style, with Unix line ends and without a byte order mark.

    Raises:
        DataError: the text is not UTF-8 or not Turtle.
    """
    bare = text.removeprefix(b"\xef\xbb\xbf")
    meaning = quads(bare, path)  # tells what is wrong, with line and column
    shaped = _shape(list(tokens(bare.decode()))).encode()
    if quads(shaped, path) != meaning:
        raise DataError(f"{path}: formatting would change its content; the file is unchanged, please report this")
    return shaped


def tokens(text: str) -> Iterator[Token]:
    """The terms, marks and comments of a Turtle text."""
    position = lines = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"no Turtle at position {position}")
        position = match.end()
        kind = str(match.lastgroup)
        if kind == "newline":
            lines += 1
        elif kind != "space":
            yield Token(kind, match.group().rstrip(), lines)
            lines = 0


def _shape(found: list[Token]) -> str:
    writer = _Writer()
    for token, after in pairwise([*_drop_separators(found), Token("end", "", 1)]):
        writer.add(token, after)
    return writer.text()


def _drop_separators(found: list[Token]) -> Iterator[Token]:
    """The tokens without a semicolon that separates nothing: before another one, or before the end."""
    following = iter([*(token.text for token in found if token.kind != "comment"), ""])
    next(following)
    for token in found:
        after = next(following) if token.kind != "comment" else ""
        if token.text != ";" or after not in (";", ".", "]"):
            yield token


class _Writer:
    """Lines of the new text; ``open`` says of each open bracket whether its content has lines of its own."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line = ""
        self.open: list[bool] = []
        self.inside = False  # of a block, that is after its subject
        self.glue = False  # the next term follows without a blank

    def add(self, token: Token, after: Token) -> None:
        """Write one token; ``after`` tells whether a comment or an end of line of the author's follows."""
        if token.kind == "comment":
            self._comment(token)
        elif token.text in ("]", ")"):
            if self.open.pop():
                self._flush()
            self._put(token.text)
        elif token.kind == "term" or token.text in ("[", "("):
            if not self.inside:
                self._flush()
                self._blank(token)
            self._put(token.text)
            self.inside = True
            if token.kind == "mark":
                self._open(token, after)
        else:
            self._put(token.text)
            self._end(token, after)

    def text(self) -> str:
        """All lines, with one line end after the last."""
        self._flush()
        return "\n".join(self.done).strip("\n") + "\n"

    def _open(self, token: Token, after: Token) -> None:
        broken = token.text == "[" and after.lines > 0
        self.open.append(broken)
        self.glue = after.text in ("]", ")")
        if broken:
            self._break(after)

    def _end(self, token: Token, after: Token) -> None:
        if token.text == ".":
            self.inside = False
        if token.text == "." or (token.text == ";" and all(self.open) and (not self.open or after.lines > 0)):
            self._break(after)

    def _put(self, text: str) -> None:
        tag = text == "^^" or (text.startswith("@") and bool(self.line))
        if self.line:
            self.line += text if self.glue or tag else " " + text
        else:
            self.line = self._indent() + text
        self.glue = text == "^^"

    def _comment(self, token: Token) -> None:
        if token.lines == 0 and self.line:
            self.line += "  " + token.text
            self._flush()
            return
        self._flush()
        self._blank(token)
        self.done.append((self._indent() if self.inside else "") + token.text)

    def _indent(self) -> str:
        return INDENT * (1 + sum(self.open)) if self.inside else ""

    def _blank(self, token: Token) -> None:
        if token.lines > 1 and self.done:
            self.done.append("")

    def _break(self, after: Token) -> None:
        # A comment on the author's line stays on it.
        if after.kind != "comment" or after.lines > 0:
            self._flush()

    def _flush(self) -> None:
        if self.line:
            self.done.append(self.line)
        self.line = ""
