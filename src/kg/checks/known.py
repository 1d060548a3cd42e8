"""What was found to have no problem stays so: whole repositories, remembered by a hash of all that a check can read.

Only good results are remembered, never problems, so that a wrong or lost memory costs time and not an error. The hash covers
every file of the repository that is checked, the files that are reported on, this program, and the library of questions.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

import pyoxigraph

from kg import atomic, locations
from kg.checks.problems import Problem

#: The first line of the file in the cache; another one is not ours, or of another form.
HEAD = "kg validate: states without a problem, 1"
#: The number of states that are remembered; the oldest go first.
KEPT = 500
#: Where a repository keeps what is checked, and the one file at its top that is.
FOLDERS, CITATION = ("ontology", "data", "queries"), "CITATION.cff"


def validate_unless_known(
    check: Callable[[str, list[str]], list[Problem]], root: str, only: Iterable[str] = (), use_cache: bool = True
) -> list[Problem]:
    """The problems that ``check`` finds in a repository; none, at once, where this very state is known to have none.

    Parameters:
        check: what looks for problems; it takes the repository and the files to report on.
        use_cache: whether to trust what is remembered; the result is remembered in either case.
    """
    named = list(only)
    states = hash_states(root, named)
    memory = _Memory()
    if use_cache and states and not {*states}.isdisjoint(memory.read()):
        return []
    found = check(root, named)
    if not found and states and states == hash_states(root, named):  # nobody wrote while we read
        memory.add(states[-1])
    return found


def hash_states(root: str, only: Iterable[str] = ()) -> list[str]:
    """The hashes of all that problems depend on: of the repository, and of the files reported on; empty where one cannot be read.

    A repository without a problem has none in one of its files either; a draft that lies elsewhere changes the repository.
    """
    digest = blake2b(digest_size=16)
    inside, reported = sorted(list_inputs(root)), sorted(map(os.path.abspath, only))
    drafts = sorted({*reported}.difference(map(os.path.abspath, inside)))
    try:
        for line in _program():
            digest.update(line.encode("utf-8", "surrogateescape") + b"\0")
        for path in [*inside, *drafts]:
            with open(path, "rb") as file:
                content = file.read()
            digest.update(f"{_name(path, root)}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    except OSError:
        return []
    states = [] if drafts else [digest.hexdigest()]
    for path in reported:
        digest.update(b"only " + _name(path, root).encode("utf-8", "surrogateescape") + b"\0")
    return [*states, digest.hexdigest()]


def list_inputs(root: str) -> Iterator[str]:
    """The files of a repository that a check can read."""
    for folder in FOLDERS:
        yield from _list_files(os.path.join(root, folder))
    if os.path.isfile(os.path.join(root, CITATION)):
        yield os.path.join(root, CITATION)


def _name(path: str, root: str) -> str:
    """How a file is named in the hash: from the top of the repository, so that copies elsewhere are the same."""
    relative = os.path.relpath(path, root)
    return os.path.abspath(path) if relative.startswith("..") else relative


def _program() -> Iterator[str]:
    """What else decides: the versions, and the files of this package and of the library, by their sizes and times."""
    yield f"{locations.__version__} {sys.version} {pyoxigraph.__version__}"
    for folder in (locations.HERE, *(os.path.join(locations.files(), name) for name in FOLDERS)):
        for path in sorted(_list_files(folder)):
            info = os.stat(path)
            yield f"{path}:{info.st_size}:{info.st_mtime_ns}:{info.st_ctime_ns}"


def _list_files(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        yield from (os.path.join(place, name) for name in names if locations.is_source(place, name))


class _Memory:
    """The hashes of the states without a problem, one in a line, the newest last."""

    def __init__(self) -> None:
        self.path = os.path.join(locations.cache(), "validated.txt")

    def read(self) -> list[str]:
        """All hashes; none where there is no such file. One that is not ours is reported, and written again later."""
        if not os.path.lexists(self.path):
            return []
        known = self._parse()
        if known is None:
            print(f"kg: {self.path}: not a list of kg validate; it is written again", file=sys.stderr)
        return known or []

    def add(self, state: str) -> None:
        """Remember one more; a cache that cannot be written remembers nothing."""
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            known = [one for one in (self._parse() or []) if one != state][1 - KEPT :]
            atomic.write(self.path, "".join(f"{line}\n" for line in (HEAD, *known, state)).encode())
        except OSError:
            return

    def _parse(self) -> list[str] | None:
        """The hashes of the file; None where it is absent or not ours."""
        try:
            with open(self.path, encoding="ascii") as file:
                head, *known = file.read().splitlines() or [""]
        except (OSError, ValueError):
            return None
        return known if head == HEAD else None
