"""Waiting for changes of files: their sizes and times are looked at a few times a second, which every system and editor allows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

#: Seconds between two looks.
INTERVAL = 0.25


class Watch:
    """The files of a list as they were when last looked at.

    Parameters:
        listed: gives the files; it is called at each look, so that new files are seen.
    """

    def __init__(self, listed: Callable[[], list[str]], interval: float = INTERVAL) -> None:
        self._listed, self._interval = listed, interval
        self._known = self._look()

    def wait(self) -> list[str]:
        """Wait until files change, come or go, and have come to rest (an editor writes in several steps); return them."""
        while True:
            before, found = self._known, self._look()
            while found != before:  # until two looks agree
                time.sleep(self._interval)
                before, found = found, self._look()
            changed = sorted(path for path in {*self._known, *found} if self._known.get(path) != found.get(path))
            self._known = found
            if changed:
                return changed
            time.sleep(self._interval)

    def _look(self) -> dict[str, tuple[int, int, int]]:
        marks = {}
        for path in self._listed():
            try:
                info = os.stat(path)
            except OSError:
                continue
            marks[path] = (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
        return marks
