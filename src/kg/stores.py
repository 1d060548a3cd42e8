"""The stores behind an engine in this process: the built-in graph, or files read into memory."""

from __future__ import annotations

import _thread
import os
import sys

from pyoxigraph import Store

from kg import locations
from kg.errors import NO_THREADS, DataError, EmptySource, EngineError


def refuse_without_threads() -> None:
    """The engine ends the process where it gets no threads of its own; so as many are begun, and ended, before it is.

    Raises:
        EngineError: the system starts no more of them, or the limit on memory leaves them no room.
    """
    if 0 <= _memory_limit() < _LEAST_MEMORY:
        raise EngineError("the limit on memory (ulimit -v) is below 800 MB, which the engine needs; raise it")
    gate = _thread.allocate_lock()
    with gate:
        for _ in range(_THREADS):
            try:
                _thread.start_new_thread(_pass, (gate,))
            except (RuntimeError, MemoryError):
                raise EngineError(NO_THREADS) from None


def _memory_limit() -> int:
    """The bytes of memory that the process may address; negative where there is no limit."""
    try:
        import resource
    except ImportError:  # Windows
        return -1
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def _pass(gate: _thread.LockType) -> None:
    with gate:
        pass


#: So many threads the engine starts when a store is opened, and one more.
_THREADS = 4
#: Below so many bytes of address space the engine cannot start them.
_LEAST_MEMORY = 800_000_000


def open_built(root: str | None = None) -> Store:
    """The graph of a repository (the built-in one by default), built and kept where it is not yet."""
    return open_placed(root)[0]


def open_placed(root: str | None = None) -> tuple[Store, str | None]:
    """The same, with the folder in which it lies; None where it was built just now."""
    refuse_without_threads()
    path = locations.find_stamped(root)
    store = _open_kept(path)
    if store is not None:
        return store, path
    from kg.build.store import fresh  # what builds is not imported where the built store is there

    return fresh(root), None


def open_records(root: str) -> Store:
    """What a new record of a repository is checked against: its built graph where it is there, else what is written, with its names.

    Who writes one record after another would else wait each time for what is derived, and not look at it.
    """
    refuse_without_threads()
    store = _open_kept(locations.find_stamped(root) or locations.find_by_content(root))
    if store is not None:
        return store
    from kg.build.store import build_records, find_updated

    return find_updated(root) or build_records(root)


def _open_kept(path: str | None) -> Store | None:
    if path:
        try:
            return Store.read_only(path)
        except (OSError, RuntimeError):
            locations.spoil(path)  # damaged in a way that its files do not show: it is built again
    return None


#: A file of this many bytes is kept as a store on disk: to read it anew for each question takes longer than the answer.
LARGE = 500_000


def load(path: str) -> Store:
    """A file (``-`` for standard input), a folder of RDF, or the repository of a graph, which is built and kept.

    Raises:
        DataError: nothing is there, or it cannot be read.
        EmptySource: the path is empty.
    """
    if not path:
        raise EmptySource
    refuse_without_threads()
    store = _keep(path) if os.path.isfile(path) and os.path.getsize(path) >= LARGE else None
    if store is not None:
        return store
    if _is_repository(path):
        return load_placed(path)[0]
    from kg.build.read import rdf

    store = Store()
    if os.path.isdir(path):
        for name in _files(path):
            store.extend(rdf(os.path.join(path, name), name))
    elif path == "-" or os.path.exists(path):
        store.extend(rdf(path))
    else:
        raise DataError(f"{path}: no such file or folder; check the path")
    if not len(store):
        name = "standard input" if path == "-" else path
        print(f"kg: {name}: contains no triples, so every answer from it is empty", file=sys.stderr)
    return store


def load_placed(path: str) -> tuple[Store, str | None]:
    """The same, with the folder of its store where that is the built one of a repository."""
    if not _is_repository(path):
        return load(path), None
    from kg.sparql import library

    library.include(path)
    return open_placed(path)


def _is_repository(path: str) -> bool:
    return bool(path) and os.path.isdir(os.path.join(path, "ontology"))


def _files(folder: str) -> list[str]:
    """The RDF files of a folder and its subfolders, relative to it; what else is there is told, since it is not read."""
    from kg.build.formats import FORMATS, is_known
    from kg.build.read import once

    listed = [
        os.path.join(place, name)
        for place, _, names in locations.walk(folder)
        for name in sorted(names)
        if locations.is_source(place, name)
    ]
    found: list[str] = []
    others: list[str] = []
    for path in once(listed):
        (found if is_known(path) else others).append(os.path.relpath(path, folder))
    if not found:
        raise DataError(f"{folder}: contains no RDF file; expected one of {', '.join(FORMATS)}")
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        print(f"kg: {folder}: not read, since not RDF: {', '.join(others[:3])}{more}", file=sys.stderr)
    return found


def _keep(path: str) -> Store | None:
    """The store of a large file, in the cache by the file's place, size and times; None where nothing can be kept."""
    info = os.stat(path)
    marks = (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
    name = locations.hash_of([os.path.abspath(path), *map(str, marks)])
    final = os.path.join(locations.cache(), f"{name}.store")
    for _ in range(2):
        if not locations.intact(final):
            from kg.build.store import keep_file

            if not keep_file(path, final):
                return None
        locations.touch(final)
        try:
            return Store.read_only(final)
        except (OSError, RuntimeError):
            locations.spoil(final)
    return None
