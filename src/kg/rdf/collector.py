"""Python's look for garbage in circles, paused where hundreds of thousands of terms are made, which form none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """Without looks for garbage in circles: none is made while terms and quads are, by the hundred thousand."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
