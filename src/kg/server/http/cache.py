"""Answers that are kept: the graph does not change while it is served, so the same question has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from hashlib import blake2b
from typing import NamedTuple

from kg.server.http.messages import Headers

#: What an answer takes beside its body and its question: its headers, its tag, its place in the table (measured).
_OVERHEAD = 1024


class Kept(NamedTuple):
    """An answer with its headers, as it was sent; the entity tag is empty where the answer changes each time."""

    status: int
    headers: Headers
    body: bytes
    tag: str = ""

    def since(self, if_none_match: str) -> tuple[int, Headers, bytes]:
        """What to send to a client that may hold the answer already (RFC 9110, section 13.1.2)."""
        if if_none_match and self.tag and matches(if_none_match, self.tag):
            return 304, [pair for pair in self.headers if pair[0] != b"content-type"], b""
        return self.status, self.headers, self.body


class Cache:
    """The answers that were wanted last, up to ``size`` bytes; one that alone would take an eighth of it is not kept."""

    def __init__(self, size: int) -> None:
        self.size, self.held = size, 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """The answer kept under a key."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, kept: Kept, weight: int) -> None:
        """Keep an answer; ``weight`` is the size of its key in bytes."""
        cost = len(kept.body) + weight + _OVERHEAD
        if cost > self.size // 8 or key in self._kept:
            return
        self._kept[key] = kept, cost
        self.held += cost
        while self.held > self.size:
            self.held -= self._kept.popitem(last=False)[1][1]


def etag(version: str, key: Hashable) -> str:
    """The entity tag of an answer: the hash of the graph and of what was asked of it."""
    return '"' + blake2b(f"{version} {key!r}".encode("utf-8", "replace"), digest_size=12).hexdigest() + '"'


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag."""
    return header.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in header.split(","))
