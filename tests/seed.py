"""The real graph, built once for all tests: a store that each cache begins with, kept in out/seed while code and data stay the same."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from unittest import mock

import pyoxigraph

from kg import locations
from kg.build.store import fresh
from kg.checks import validate
from kg.checks.known import validate_unless_known

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "out" / "seed"
#: Tests of an earlier state of the code may still run.
KEPT = 3


def seed() -> Path:
    """The folder of a cache that holds the built graph; built where code or data have changed. Two that want it at once build it once."""
    folder = SEEDS / _key()
    if not (folder / "whole").exists():
        SEEDS.mkdir(parents=True, exist_ok=True)
        with (SEEDS / "lock").open("w") as lock, mock.patch.dict(os.environ, {"KG_CACHE": str(folder)}):
            _wait_for(lock.fileno())
            if not (folder / "whole").exists():
                for old in sorted(SEEDS.glob("*/"), key=os.path.getmtime)[: -KEPT + 1]:
                    shutil.rmtree(old)
                fresh()
                validate_unless_known(validate, str(ROOT))
                (folder / "whole").touch()
    return folder


def plant(cache: Path) -> Path:
    """Put the built graph into a cache, which is returned; nothing is built there until the data of a copy change."""
    stores = sorted(seed().glob("*.store"))
    _PLANTED[cache] = [cache / store.name for store in stores]
    for store in stores:
        with contextlib.suppress(FileExistsError):
            shutil.copytree(store, cache / store.name, copy_function=_link)
            os.utime(cache / store.name)
    for kept in (*seed().glob("*.stamp"), *seed().glob("validated*")):
        shutil.copy2(kept, cache)
    return cache


def keep(cache: Path) -> None:
    """Let the real graph stay the one that was used last in a cache in which it was planted, or put it back."""
    for store in _PLANTED.get(cache, ()):
        try:
            os.utime(store)
        except FileNotFoundError:
            plant(cache)


_PLANTED: dict[Path, list[Path]] = {}


def _link(source: str, target: str) -> None:
    """The large files, which nobody writes to, are there once; so that no link is made to what a test may damage, the others are copied."""
    if source.endswith(".sst"):
        with contextlib.suppress(OSError):  # another file system
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _key() -> str:
    """A hash of all code, the data and the engine."""
    digest = hashlib.sha256(f"{pyoxigraph.__version__} {locations.content_hash()}".encode())
    for path in sorted((ROOT / "src" / "kg").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _wait_for(descriptor: int) -> None:
    with contextlib.suppress(ImportError):  # on Windows the tests of one process alone use it
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
