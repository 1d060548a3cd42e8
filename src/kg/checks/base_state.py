"""The last state of a repository that was checked whole and had no problem: its records of claims and sources, to compare with.

All other files are kept as one hash: where one of them changed, everything is checked.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from hashlib import blake2b

from kg import atomic, locations
from kg.rdf.turtle_blocks import Uncut, cut

#: The folders whose records may have changed since; all else must be as it was.
RECORDS = ("data/claims/", "data/sources/")
_SIZE = 16


@dataclass(frozen=True)
class State:
    """A repository as it is: the texts of its records by their relative paths, and a hash of all the rest."""

    rest: str
    texts: dict[str, bytes]


def split(files: dict[str, bytes], program: str) -> State:
    """The state of the files of a repository, by their relative paths."""
    digest = blake2b(program.encode(), digest_size=_SIZE)
    texts = {}
    for name, content in sorted(files.items()):
        if name.startswith(RECORDS) and name.endswith(".ttl"):
            texts[name] = content
        else:
            digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return State(digest.hexdigest(), texts)


def save(state: State, others: dict[str, bytes]) -> None:
    """Keep a state that was checked whole and has no problem, if all its records can be told apart.

    Parameters:
        others: the other Turtle files of the graph, by their relative paths.
    """
    try:
        for text in (*state.texts.values(), *(text for name, text in others.items() if name.startswith("data/"))):
            cut(text)
    except Uncut:
        return
    listed = [[name, len(text)] for name, text in state.texts.items()]
    body = json.dumps([state.rest, listed]).encode() + b"\n" + b"".join(state.texts.values())
    try:
        atomic.write(_path(state.rest), blake2b(body, digest_size=_SIZE).hexdigest().encode() + b"\n", body)
        _tidy()
    except OSError:
        return


def load(rest: str) -> State | None:
    """The state that was kept last of repositories that are the same but for their records, as copies and branches are.

    None where there is none, or what is there is damaged: the next whole run replaces it.
    """
    try:
        with open(_path(rest), "rb") as file:
            mark, _, body = file.read().partition(b"\n")
        if blake2b(body, digest_size=_SIZE).hexdigest().encode() != mark:
            return None
        head, _, content = body.partition(b"\n")
        _, listed = json.loads(head)
    except (OSError, ValueError):
        return None
    texts, at = {}, 0
    for name, size in listed:
        texts[name] = content[at : at + size]
        at += size
    return State(rest, texts)


def _path(rest: str) -> str:
    return os.path.join(locations.cache(), f"validated-{rest}.base")


def _tidy(kept: int = 6) -> None:
    """Keep the states that were checked last."""
    folder = locations.cache()
    found = [os.path.join(folder, name) for name in os.listdir(folder) if re.fullmatch(r"validated-\w+\.base", name)]
    for old in sorted(found, key=os.path.getmtime, reverse=True)[kept:]:
        os.unlink(old)
