"""Folders of the cache with a built store: made beside their place and renamed there, so that nobody opens half a store."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable

from kg import locations

#: How many built stores the cache keeps: the current one and a few of other checkouts or versions.
KEPT = 6


def make_folder(final: str, begin: Callable[[str], None]) -> None:
    """Make the folder of a store: ``begin`` gets an empty folder, and lets go of the store that it makes there."""
    folder = os.path.dirname(final)
    os.makedirs(folder, exist_ok=True)
    _sweep(folder)
    beside = tempfile.mkdtemp(prefix=_BUILDING, dir=folder)
    if os.path.lexists(final):
        print(f"kg: {folder}: a store of the cache is damaged; it is built again", file=sys.stderr)
    held = _lock(beside)
    try:
        begin(beside)
        _note_contents(beside, os.path.basename(final))
        if os.path.lexists(final) and not locations.intact(final):
            _aside(final)
        with contextlib.suppress(OSError):  # another process was first: its store is as good as ours
            os.rename(beside, final)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if held is not None:
            os.close(held)
    _tidy(folder, final)


_BUILDING = ".building-"


def _note_contents(store: str, name: str) -> None:
    """Write down what a store is called and consists of: the engine opens what is left of one, or another one, without a word."""
    kept = sorted(entry.name for entry in os.scandir(store) if entry.name not in ("LOG", "LOCK", locations.CONTENTS))
    with open(os.path.join(store, locations.CONTENTS), "w", encoding="utf-8") as file:
        file.write(f"{name}\n" + "".join(f"{locations.describe_file(store, one)}\n" for one in kept) + "whole\n")


def _aside(final: str) -> None:
    """Take a damaged store, or what is not a store at all, out of the way; whoever has it open may go on."""
    trash = tempfile.mkdtemp(prefix=_BUILDING, dir=os.path.dirname(final))
    with contextlib.suppress(OSError):
        os.rename(final, os.path.join(trash, "damaged"))
    shutil.rmtree(trash, ignore_errors=True)


def list_stores(folder: str) -> list[str]:
    """The stores in the cache folder, the one used last first; what is no folder, such as a link to nowhere, is none."""
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            found = [(one.stat().st_mtime, one.path) for one in entries if one.name.endswith(".store") and one.is_dir()]
        return [path for _, path in sorted(found, reverse=True)]
    return []


def _lock(folder: str) -> int | None:
    """A lock on a folder, held as long as the descriptor is open; None where it is held by another or there are no locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(folder: str) -> None:
    """Delete what builders that were killed have left; one that still builds holds a lock."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.startswith(_BUILDING) and os.path.isdir(path):
            held = _lock(path)
            if held is not None:
                shutil.rmtree(path, ignore_errors=True)
                os.close(held)


def _tidy(folder: str, current: str) -> None:
    for old in [path for path in list_stores(folder) if path != current][KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
