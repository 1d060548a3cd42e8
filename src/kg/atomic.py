"""Files that are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile


def write(path: str, content: bytes) -> None:
    """Replace ``path`` with ``content``: a file beside it, flushed to disk, then renamed over it.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full; the old file is untouched.
    """
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=os.path.dirname(os.path.abspath(path)))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
