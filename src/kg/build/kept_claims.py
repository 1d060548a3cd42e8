"""What a built store was made from: the texts of its records, and one hash of all else, so that a changed repository finds one to go by."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from kg import locations
from kg.build import read
from kg.build.store_folders import list_stores

#: The folders of the files that may differ.
RECORDS = ("data/claims/", "data/sources/", "data/terms/")
#: The file of a store that says what it was made from.
FILE = "claims.kg"
_SIZE = 16


class Made(NamedTuple):
    """What a store was or will be made from: the texts of claims, sources and terms by their relative paths, and a hash of all else."""

    rest: str
    texts: dict[str, bytes]

    def mark(self) -> str:
        """A hash of all of it."""
        digest = blake2b(self.rest.encode(), digest_size=_SIZE)
        for name, content in self.texts.items():
            digest.update(_with_head(name, content))
        return digest.hexdigest()


def read_sources(root: str) -> Made:
    """What the store of a repository as it is now is made from."""
    digest, texts = blake2b(digest_size=_SIZE), {}
    for name, path in locations.named_sources(root):
        content = read.contents(path)
        if name.startswith(RECORDS) and name.endswith(".ttl"):
            texts[name] = content
        else:
            digest.update(_with_head(name, content))
    return Made(digest.hexdigest(), texts)


def _with_head(name: str, content: bytes) -> bytes:
    return f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content


def write(store: str, made: Made) -> None:
    """Write down what a store was made from, in its folder."""
    listed = [[name, len(text)] for name, text in made.texts.items()]
    with open(os.path.join(store, FILE), "wb") as file:
        file.write(f"{made.rest}\n{json.dumps(listed)}\n".encode())
        file.writelines(made.texts.values())


def find_like(made: Made) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The stores of the cache that differ in these records alone, the one used last first, each with their texts."""
    for store in list_stores(locations.cache()):
        texts = _read(os.path.join(store, FILE), made.rest)
        if texts is not None and locations.intact(store):
            yield store, texts


def _read(path: str, rest: str) -> dict[str, bytes] | None:
    try:
        with open(path, "rb") as file:
            if file.readline().strip() != rest.encode():
                return None
            listed = json.loads(file.readline())
            return {name: file.read(size) for name, size in listed}
    except (OSError, ValueError):
        return None
