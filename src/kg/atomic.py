"""Files that are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from kg.errors import UsageError


def write(path: str, *parts: bytes) -> None:
    """Replace ``path`` with ``parts``, one after the other: a file beside it, flushed to disk, then renamed over it.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full; the old file is untouched.
    """
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=os.path.dirname(os.path.abspath(path)))
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def save(path: str | os.PathLike[str], content: bytes, example: str) -> Path:
    """:func:`write` where a person says, and where that is; ``example`` is a name that such a file may have.

    Raises:
        UsageError: ``path`` is a folder, has the ending of another form, or its folder is missing or not writable.
    """
    target = Path(path).expanduser()
    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file in it, such as {target / example}")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: there is no folder {target.parent}; create it, or name another place")
    wanted = Path(example).suffix
    if target.suffix.lower() in {".html", ".pdf", ".png", ".svg"} - {wanted}:
        raise UsageError(f"{target}: what is written is {wanted[1:].upper()}; name it {target.with_suffix(wanted)}")
    try:
        write(str(target), content)
    except OSError as error:
        reason = error.strerror or "not possible"
        raise UsageError(f"{target} cannot be written ({reason}): name a place you may write to") from error
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
