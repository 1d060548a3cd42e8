"""A text as Turtle writes it."""

from __future__ import annotations


def quote(text: str) -> str:
    """A Turtle string.

    >>> quote('a "word"')
    '"a \\\\"word\\\\""'
    """
    from pyoxigraph import Literal

    return str(Literal(" ".join(text.split())))
