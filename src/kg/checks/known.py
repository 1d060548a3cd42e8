"""What was found to have no problem stays so: whole repositories, remembered by a hash of all that a check can read.

Only good results are remembered, never problems, so that a wrong or lost memory costs time and not an error. The hash covers
every file of the repository that is checked, the files that are reported on, this program, and the library of questions.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

import pyoxigraph

from kg import atomic, locations
from kg.build import read
from kg.checks import base_state
from kg.checks.base_state import State
from kg.checks.changed_records import is_still_good
from kg.checks.problems import Problem
from kg.errors import DataError

#: The first line of the file in the cache; another one is not ours, or of another form.
HEAD = "kg validate: states without a problem, 1"
#: The number of states that are remembered; the oldest go first.
KEPT = 500
#: Where a repository keeps what is checked, and the one file at its top that is.
FOLDERS, CITATION = ("ontology", "data", "queries"), "CITATION.cff"


def validate_unless_known(
    check: Callable[[str, list[str]], list[Problem]],
    root: str,
    only: Iterable[str] = (),
    use_cache: bool = True,
    learn: bool = True,
) -> list[Problem]:
    """The problems that ``check`` finds in a repository; none, at once, where it is known or certain that there are none.

    Parameters:
        check: what looks for problems; it takes the repository and the files to report on.
        use_cache: whether to trust what is remembered; the result is remembered in either case.
        learn: where files are named and there is nothing to compare them with, check the whole, for the next time.
    """
    named = sorted(map(os.path.abspath, only))
    files = _read_inputs(root)
    if files is None or not {*named} <= {os.path.abspath(os.path.join(root, name)) for name in files}:
        return check(root, named)  # a draft that lies elsewhere is read as part of the repository
    memory, program = _Memory(), "\n".join(_list_program())
    now = base_state.split(files, program)
    whole = hash_state(now)
    state = hash_state(now, [os.path.relpath(path, root) for path in named])
    base = base_state.load(now.rest)
    if use_cache:
        if not {whole, state}.isdisjoint(memory.read()):
            return []
        if base and is_still_good(root, base, now, _list_others(root, files)):
            memory.add(whole)
            return []
    if named and learn and base is None and not check(root, []):
        found, state = list[Problem](), whole  # so that the next change can be compared with it
    else:
        found = check(root, named)
    if not found and _read_inputs(root) == files:  # nobody wrote while we read
        memory.add(state)
        if state == whole:
            base_state.save(now, _list_others(root, files))
    return found


def hash_state(state: State, only: Iterable[str] = ()) -> str:
    """The hash of a state, and of the files reported on."""
    digest = blake2b(state.rest.encode(), digest_size=16)
    for name, text in state.texts.items():
        digest.update(f"{name}\0{len(text)}\0".encode("utf-8", "surrogateescape") + text)
    for name in only:
        digest.update(f"only {name}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def list_inputs(root: str) -> Iterator[str]:
    """The files of a repository that a check can read."""
    for folder in FOLDERS:
        yield from _list_files(os.path.join(root, folder))
    if os.path.isfile(os.path.join(root, CITATION)):
        yield os.path.join(root, CITATION)


def _read_inputs(root: str) -> dict[str, bytes] | None:
    """The content of each of them by its relative path; None where one cannot be read."""
    try:
        return {os.path.relpath(path, root).replace(os.sep, "/"): read.contents(path) for path in sorted(list_inputs(root))}
    except DataError:
        return None


def _list_others(root: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The Turtle files of the graph that hold neither claims nor sources."""
    names = [os.path.relpath(path, root).replace(os.sep, "/") for path in read.list_sources(root)]
    return {name: files[name] for name in names if not name.startswith(base_state.RECORDS)}


def _list_program() -> Iterator[str]:
    """What else decides: the versions, and what is in the files of this package and of the library."""
    yield f"{locations.__version__} {sys.version} {pyoxigraph.__version__}"
    files = locations.files()
    places = [(files, os.path.join(files, *name)) for name in (("ontology",), ("queries",), ("data", "words"))]
    for top, folder in ((locations.HERE, locations.HERE), *places):
        for path in sorted(_list_files(folder)):
            if top == files or not path.startswith(os.path.join(locations.HERE, "_files", "")):
                with contextlib.suppress(DataError):  # what cannot be read decides nothing
                    yield f"{os.path.relpath(path, top)} {blake2b(read.contents(path), digest_size=16).hexdigest()}"


def _list_files(folder: str) -> Iterator[str]:
    for place, folders, names in locations.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
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
