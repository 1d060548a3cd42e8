"""Labels broken into lines that fit a box, measured without a browser so that a build is the same everywhere."""

from __future__ import annotations

import re
from functools import lru_cache

#: Size of a label in map units; the page zooms so that it is never below 11 px when it opens.
FONT_SIZE = 14.0
LINE_HEIGHT = 16.0
MAX_LINES = 4
#: Where a label may be broken: at any space but the one that is made to hold.
_BREAKABLE = re.compile(r"[^\S\xa0]+")

# Advance widths of Arial (and of its metric twins) in em, by group: close enough to break lines with.
_WIDTHS = {"ijl'|": 0.22, " .,:;!It/\\f[]": 0.28, "()r-": 0.33, "kscvxyzJ": 0.5, "wCDHNRUGOQ": 0.72, "mM%W—": 0.87}


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    for group, width in _WIDTHS.items():
        if character in group:
            return width
    if character.isupper():
        return 0.67
    return 0.56 if ord(character) < 0x2000 else 1.0


def text_width(text: str) -> float:
    """The width of ``text`` in map units.

    >>> text_width("muscle") < text_width("muscles")
    True
    """
    return FONT_SIZE * sum(map(_advance, text))


def wrap(label: str, width: float) -> tuple[str, ...]:
    """``label`` in at most four lines of ``width``; a longer one ends in an ellipsis. A no-break space holds what it joins.

    >>> wrap("impaired myelin maintenance", 124)
    ('impaired myelin', 'maintenance')
    """
    lines: list[str] = []
    for word in (piece for part in _BREAKABLE.split(label) if part for piece in _pieces(part, width)):
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], _shorten(lines[MAX_LINES - 1], width)]
    return tuple(lines) or ("",)


def _pieces(word: str, width: float) -> list[str]:
    """A word that is far too wide is cut; one a little too wide is left for the page to condense."""
    if text_width(word) <= width * 1.12:
        return [word]
    head = word
    while len(head) > 1 and text_width(head + "-") > width:
        head = head[:-1]
    return [head + "-", *_pieces(word[len(head) :], width)]


def _shorten(line: str, width: float) -> str:
    while len(line) > 1 and text_width(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" -") + "…"
