"""The built graph: put together from its sources, kept on disk by their hash, opened read-only at once."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from kg import home
from kg.build import derive, read, tables

#: How many built stores the cache keeps: the current one and a few of other checkouts or versions.
KEPT = 4


def built(root: str | None = None) -> Store:
    """The built graph in memory.

    Raises:
        kg.errors.DataError: a source that cannot be read, with file, line and fix.
    """
    root = root or home.files()
    store = Store()
    store.extend(derive.named_evidence(_authored(root)))
    store.extend(tables.quads(root))
    derive.derive(store, os.path.join(root, "queries", "derive"))
    return store


def _authored(root: str) -> list[Quad]:
    found: list[Quad] = []
    for folder in ("ontology", "data"):
        for place, folders, names in os.walk(os.path.join(root, folder)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".ttl") and name not in ("shapes.ttl", "prefixes.ttl"):
                    found += read.rdf(os.path.join(place, name))
    return found


def ntriples(store: Store) -> bytes:
    """The graph as sorted N-Triples, equal byte by byte for equal graphs."""
    dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return b"".join(sorted(dumped.splitlines(keepends=True)))


def fresh(root: str | None = None) -> Store:
    """The graph built anew and kept on disk; in memory alone where the cache folder is not writable."""
    path = _kept(root)
    return Store.read_only(path) if path else built(root)


def _kept(root: str | None) -> str | None:
    """Build the store beside its final place and rename it there, so that no one ever opens half a store."""
    folder = home.cache()
    final = os.path.join(folder, home.content_hash(root) + ".store")
    try:
        os.makedirs(folder, exist_ok=True)
        if not os.path.isdir(final):
            beside = tempfile.mkdtemp(prefix=".building-", dir=folder)
            try:
                _write(root, beside)
                with contextlib.suppress(OSError):  # another process was first: its store is as good as ours
                    os.rename(beside, final)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            _tidy(folder, final)
        home.stamp(final, root)
    except OSError as error:
        print(f"kg: {folder}: {error.strerror or error}; the graph is built in memory each time", file=sys.stderr)
        return None
    return final


def _write(root: str | None, folder: str) -> None:
    store = Store(folder)
    store.bulk_load(ntriples(built(root)), format=RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()
    del store


def _tidy(folder: str, current: str) -> None:
    stores = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".store")]
    stores.sort(key=os.path.getmtime, reverse=True)
    for old in [path for path in stores if path != current][KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
