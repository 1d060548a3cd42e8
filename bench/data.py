"""The graphs that are measured: the real one and synthetic ones, as N-Triples and as stores on disk, kept under out/bench."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from bench import synthetic
from kg import locations
from kg.build.store import ntriples
from kg.stores import open_built

FOLDER = synthetic.ROOT / "out" / "bench"


@dataclass(frozen=True)
class Data:
    """One graph: its name, its N-Triples file, a store of it on disk, and how many triples it holds."""

    name: str
    file: Path
    store: Path
    triples: int

    def opened(self) -> Store:
        """The store, read-only."""
        return Store.read_only(str(self.store))


def real() -> Data:
    """The real graph as it stands."""
    file = FOLDER / f"real-{locations.content_hash()[:8]}.nt"
    if not file.exists():
        _forget("real-")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(ntriples(open_built()))
    return _stored("real", file)


def made(triples: int) -> Data:
    """A synthetic graph of this size, made where it is not yet; named also by what it is made from."""
    mark = hashlib.sha256((locations.content_hash() + Path(synthetic.__file__).read_text()).encode()).hexdigest()[:8]
    file = FOLDER / f"synthetic-{triples}-{mark}.nt"
    if not file.exists():
        _forget(f"synthetic-{triples}-")
        synthetic.write(file, triples)
    return _stored(f"{triples:,}", file)


def _stored(name: str, file: Path) -> Data:
    path = file.with_suffix(".store")
    if not path.exists():
        beside = path.with_suffix(".part")
        shutil.rmtree(beside, ignore_errors=True)
        store = Store(str(beside))
        store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
        store.optimize()
        store.flush()
        del store
        beside.rename(path)
    return Data(name, file, path, len(Store.read_only(str(path))))


def _forget(start: str) -> None:
    for old in FOLDER.glob(f"{start}*"):
        shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink()
