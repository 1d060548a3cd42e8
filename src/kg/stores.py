"""The stores behind an engine in this process: the built-in graph, or files read into memory."""

from __future__ import annotations

import os

from pyoxigraph import Store

from kg import locations
from kg.errors import DataError


def built_in() -> Store:
    """The built-in graph, built where it is not yet."""
    path = locations.stamped()
    if path:
        return Store.read_only(path)
    from kg.build.store import fresh  # what builds is not imported where the built store is there

    return fresh()


#: A file of this many bytes is kept as a store on disk: to read it anew for each question takes longer than the answer.
LARGE = 500_000


def loaded(path: str) -> Store:
    """A file, a folder of RDF, or the repository of a graph, which is built.

    Raises:
        DataError: nothing is there, or it cannot be read.
    """
    store = _kept(path) if os.path.isfile(path) and os.path.getsize(path) >= LARGE else None
    if store is not None:
        return store
    from kg.build.read import FORMATS, rdf
    from kg.build.store import built

    if os.path.isdir(path) and os.path.isdir(os.path.join(path, "ontology")):
        return built(path)
    if os.path.isdir(path):
        files = [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.lower().endswith(tuple(FORMATS))]
        if not files:
            raise DataError(f"{path}: holds no RDF file; expected one of {', '.join(FORMATS)}")
    elif os.path.exists(path):
        files = [path]
    else:
        raise DataError(f"{path}: no such file or folder; check the path")
    store = Store()
    for file in files:
        store.extend(rdf(file))
    return store


def _kept(path: str) -> Store | None:
    """The store of a large file, in the cache by the file's place, size and time; None where nothing can be kept."""
    info = os.stat(path)
    name = locations.hash_of([os.path.abspath(path), str(info.st_size), str(info.st_mtime_ns)])
    final = os.path.join(locations.cache(), f"{name}.store")
    if not os.path.isdir(final):
        from kg.build.store import keep_file

        if not keep_file(path, final):
            return None
    return Store.read_only(final)
