"""Queries that are asked again and again while one page is made, or one drawing: each goes to the engine once."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def remember(rows: Callable[[str], Any], most: int = 256) -> Callable[[str], list[Any]]:
    """The same rows for the same text; the texts that were not used for longest are forgotten.

    Parameters:
        rows: the rows of a query; what it returns must not change meanwhile.
        most: the maximum number of texts.

    >>> asked = []
    >>> rows = remember(lambda text: asked.append(text) or [len(text)])
    >>> rows("a"), rows("bb"), rows("a"), asked
    ([1], [2], [1], ['a', 'bb'])
    """
    return lru_cache(maxsize=most)(lambda text: list(rows(text)))
