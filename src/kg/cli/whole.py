"""An answer of another server is printed when all of it is there: what breaks off in the middle must not look like the answer."""

from __future__ import annotations

import sys

from kg.sparql.results import Rows

#: Bytes that are held in memory; what is larger waits in a file.
_HELD = 1 << 20


def write_whole(answer: Rows, form: str) -> int:
    """Write the rows to standard output once the last one is read; return how many they were.

    Raises:
        EngineError: the answer broke off; nothing is written.
    """
    import shutil  # which the answers of our own do not need

    from kg.rdf.scratch import Scratch

    with Scratch(_HELD) as held:
        count = answer.write(held, form)
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout.buffer)
    return count
