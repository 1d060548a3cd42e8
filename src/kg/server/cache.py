"""Answers that are kept: the graph does not change while it is served, so the same question has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from hashlib import blake2b
from typing import NamedTuple


class Kept(NamedTuple):
    """An answer with its headers, as it was sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Cache:
    """The answers that were wanted last, up to ``size`` bytes; one that alone would take an eighth of it is not kept."""

    def __init__(self, size: int) -> None:
        self.size, self.held = size, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """The answer kept under a key."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: Hashable, kept: Kept, weight: int = 0) -> None:
        """Keep an answer; ``weight`` is the size of its key."""
        cost = len(kept.body) + weight
        if cost > self.size // 8 or key in self._kept:
            return
        self._kept[key] = kept
        self.held += cost
        while self.held > self.size:
            (_, old) = self._kept.popitem(last=False)
            self.held -= len(old.body)


def etag(version: str, key: Hashable) -> str:
    """The entity tag of an answer: the hash of the graph and of what was asked of it."""
    return '"' + blake2b(f"{version} {key!r}".encode("utf-8", "replace"), digest_size=12).hexdigest() + '"'


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag."""
    return header.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in header.split(","))
