"""From authored Turtle and tables to one built graph.

``read`` (Turtle) and ``tables`` give quads; ``derive`` adds what follows from them (evidence identifiers, certainty,
verdicts, the plain triples); ``store`` keeps the result on disk. Nothing here looks at the clock: two builds of the
same sources are equal byte by byte.
"""

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
