"""Long lines of prose folded to the width of a terminal, with the rest indented below; a pipe gets each line whole."""

from __future__ import annotations

import shutil
import textwrap

#: A narrower terminal is not folded for: the words would stand one below the other.
_NARROWEST = 40


def wrap(text: str, width: int) -> str:
    """The text with each line folded at its blanks to a width.

    >>> print(wrap("     iron -> hemoglobin   [established]", 28))
         iron -> hemoglobin
           [established]
    """
    return "\n".join(_fold(line, width) for line in text.split("\n"))


def find_width() -> int:
    """The width of the terminal; 0 where it is too narrow to fold for."""
    width = shutil.get_terminal_size().columns
    return width if width >= _NARROWEST else 0


def _fold(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    indent = len(line) - len(line.lstrip(" "))
    below = " " * (min(indent, width // 2) + 2)
    return textwrap.fill(
        line,
        width,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        tabsize=4,
    )
