"""How large an answer of a tool may grow: a model reads all of it, so what would be too long is cut from the end of its lists, and that is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from kg.errors import UsageError

#: Letters of an answer; a client gets it twice, as text and as values.
MOST = 60_000


def fit(told: dict[str, Any], *lists: str, finish: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> dict[str, Any]:
    """The answer with its longest ``lists`` cut until it is small enough; ``left_out`` then counts what each lost.

    Parameters:
        finish: what is added to the answer by what is left in it, such as the sources that it names.

    Raises:
        UsageError: it is far too long with one item in each list.

    >>> fit({"rows": ["word " * 8000] * 9}, "rows")["left_out"]
    {'rows': 8}
    """
    left_out: dict[str, int] = {}
    while True:
        whole = finish({**told, "left_out": left_out} if left_out else told)
        size = len(_json(whole))
        if size <= MOST:
            return whole
        key = max(lists, key=lambda name: len(_json(told.get(name))))
        items = told.get(key) or []
        if len(items) < 2:
            if size > 4 * MOST:
                raise UsageError(f"the answer has {size:,} letters, more than a client can read; ask for less")
            return whole
        kept = max(1, min(len(items) - 1, int(len(items) * MOST / size)))
        left_out[key] = left_out.get(key, 0) + len(items) - kept
        told = {**told, key: items[:kept]}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
