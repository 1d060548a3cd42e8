"""Commands that write to a repository take turns: two at once would each read it, and the later would write over the earlier's record."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps

from kg import locations

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def in_turn(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """The command, which waits where it writes until no other one writes to the same repository."""

    @wraps(run)
    def wait_and_run(options: Namespace) -> int:
        if getattr(options, "check", False) or not (getattr(options, "write", True) or getattr(options, "action", "") == "add"):
            return run(options)
        with _turn(locations.path_of(options.source or ".")):
            return run(options)

    return wait_and_run


@contextmanager
def _turn(root: str) -> Iterator[None]:
    """Hold the folder of the data; where a system or a disk knows no locks, or there is no such folder, go on without."""
    folder = -1
    with suppress(OSError):
        folder = os.open(os.path.join(root, "data"), os.O_RDONLY) if fcntl else -1
    try:
        if folder >= 0:
            _lock(folder, root)
        yield
    finally:
        if folder >= 0:
            os.close(folder)


def _lock(folder: int, root: str) -> None:
    with suppress(OSError):
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(
                f"kg: another command writes to {os.path.abspath(root)}; waiting until it is done", file=sys.stderr, flush=True
            )
            fcntl.flock(folder, fcntl.LOCK_EX)
