"""The one writer: files are replaced whole or not at all, and what is not a file is written into.

A link is followed and stays one; its target is replaced. Mode and, where the system allows it, owner stay as they were. A file
that bears several names (hard links) is parted from them, as by git or rsync: the others keep the old content.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from pathlib import Path

from kg.errors import UsageError, of_system

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO


def write(path: str, *parts: bytes, pieces: Iterable[bytes] = ()) -> None:
    """Replace ``path`` with ``parts``, or ``pieces`` that pass by: a file beside it, flushed to disk, then renamed over it.

    A device, a pipe or a socket is written into instead, and so is an open descriptor (``/dev/stdout``, ``/dev/fd/63``).

    Raises:
        OSError: the folder is missing or not writable, the file is write-protected, or the disk is full; the old file is untouched.
    """
    old = _status(path)
    descriptor = _descriptor(path)
    if descriptor is not None or (old and not stat.S_ISREG(old.st_mode)):
        sys.stdout.flush()  # what was printed before comes before
        with _open_stream(path, descriptor, old) as file:
            file.writelines(parts or pieces)
        return
    staged = _stage(path, parts or pieces, old)
    try:
        staged.place()
    finally:
        staged.discard()


def write_folder(folder: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> list[str]:
    """Write several files into a folder, made where it is missing, all of them or none, and return their names.

    Raises:
        OSError: as of :func:`write`; the folder is as it was, and not there where it was not.
    """
    made: list[str] = []
    names: list[str] = []
    staged: list[_Staged] = []
    try:
        for name, parts in files:
            path = os.path.join(folder, name)
            _make_folders(os.path.dirname(os.path.abspath(path)), made)
            old = _status(path)
            if old and not stat.S_ISREG(old.st_mode):
                write(path, pieces=parts)
            else:
                staged.append(_stage(path, parts, old))
            names.append(name)
        for one in staged:
            one.place()
        made.clear()
    finally:
        for one in staged:
            one.discard()
        for place in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(place)
    return names


def _make_folders(folder: str, made: list[str]) -> None:
    """Make a folder and those above it that are missing, and note them, the outermost first."""
    if not os.path.isdir(folder):
        if os.path.exists(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder)
        _make_folders(os.path.dirname(folder), made)
        os.mkdir(folder)
        made.append(folder)


class _Staged:
    """The new content of a file in a file beside it, which is locked, so that it is known to be in use."""

    def __init__(self, file: BinaryIO, beside: str, target: str) -> None:
        self.file, self.beside, self.target = file, beside, target

    def place(self) -> None:
        """Rename it over the old one."""
        if not fcntl:  # Windows, where an open file cannot be renamed
            self.file.close()
        os.replace(self.beside, self.target)

    def discard(self) -> None:
        """Let it go, and delete it where it was not renamed."""
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            os.unlink(self.beside)


def _stage(path: str, parts: Iterable[bytes], old: os.stat_result | None) -> _Staged:
    if old and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    target = os.path.realpath(path)
    _sweep(target)
    staged = _Staged(*_create(target, 0o600 if old else 0o666), target)
    try:
        staged.file.writelines(parts)
        staged.file.flush()
        if old:
            _keep(staged.file, staged.beside, old)
        os.fsync(staged.file.fileno())
    except BaseException:
        staged.discard()
        raise
    return staged


def save(path: str | os.PathLike[str], content: bytes, example: str) -> Path:
    """:func:`write` where a person says, and where that is; ``example`` is a name that such a file may have.

    Raises:
        UsageError: ``path`` is a folder, has the ending of another form, or its folder is missing or not writable.
        EngineError: the disk is full.
    """
    target = Path(path).expanduser()
    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file in it, such as {target / example}")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: the folder {target.parent} does not exist; create it, or name another place")
    refuse_ending(str(target), (Path(example).suffix,))
    try:
        write(str(target), content)
    except BrokenPipeError:
        raise  # whoever reads has seen enough
    except OSError as error:
        raise of_system(str(target), error, "name a place that you can write to") from error
    return target


#: Endings that promise a form.
_PROMISING = re.compile(
    r"\.(?:csv|docx?|graphml|gz|html|jpe?g|json|jsonld|md|n3|nq|nt|obo|ods|owl|parquet|pdf|png|rdf|svg|trig|tsv|ttl|turtle|xlsx?|xml|yaml|zip)"
)


def refuse_ending(path: str, own: tuple[str, ...]) -> None:
    """Refuse a name whose ending promises another form than the one that is written: whoever opens it would be misled.
    ``own`` are the endings that the form may have, the usual one first.

    Raises:
        UsageError: with the name to give.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if _PROMISING.fullmatch(ending) and ending not in own:
        raise UsageError(f"{target}: what is written is {own[0][1:].upper()}; name it {target.with_suffix(own[0])}")


def announce(path: str | os.PathLike[str]) -> None:
    """Print the name of a file that was written, unless it is standard output, where the name would follow the content."""
    with contextlib.suppress(OSError, ValueError):
        if os.path.samestat(os.stat(path), os.fstat(sys.stdout.fileno())):
            return
    print(path)


def _status(path: str) -> os.stat_result | None:
    """What ``path`` leads to; None where nothing is there yet, also behind a link."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _descriptor(path: str) -> int | None:
    """The open descriptor of this process that a path stands for, as ``/dev/stdout`` does."""
    for _ in range(40):
        found = re.fullmatch(rf"/(?:dev|proc/(?:self|{os.getpid()}))/fd/(\d+)", os.path.abspath(path))
        if found:
            return int(found[1])
        if not os.path.islink(path):
            return None
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    return None


def _open_stream(path: str, descriptor: int | None, status: os.stat_result | None) -> BinaryIO:
    """What is not a file, opened to be written into."""
    if descriptor is not None:
        return open(os.dup(descriptor), "wb")
    if status and stat.S_ISSOCK(status.st_mode):
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            made.connect(path)
            return made.makefile("wb")
    return open(path, "wb")


def _create(target: str, mode: int) -> tuple[BinaryIO, str]:
    """A new file beside ``target``, locked so that it is known to be in use, and its path."""
    while True:
        beside = f"{_beside(target)}{os.getpid()}-{os.urandom(4).hex()}.part"
        file = open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")  # noqa: SIM115 (it is returned)
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        if os.path.exists(beside):  # not swept away before it was locked
            return file, beside
        file.close()


def _keep(file: BinaryIO, beside: str, old: os.stat_result) -> None:
    """Give a new file the owner, group and mode of the one that it replaces, as far as the system allows."""
    if hasattr(os, "fchown"):
        for owner in ((-1, old.st_gid), (old.st_uid, -1)):
            with contextlib.suppress(PermissionError):
                os.fchown(file.fileno(), *owner)
    os.chmod(beside, stat.S_IMODE(old.st_mode))


def _beside(target: str) -> str:
    """How the names of the files begin that are made beside ``target``."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name[:40]}.")


def _sweep(target: str) -> None:
    """Delete what a process that was killed left beside ``target``; whoever still writes holds a lock."""
    if not fcntl:
        return
    folder, opening = os.path.split(_beside(target))
    with contextlib.suppress(OSError):
        for name in [one for one in os.listdir(folder) if one.startswith(opening) and one.endswith(".part")]:
            stray = os.path.join(folder, name)
            with contextlib.suppress(OSError), open(stray, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(stray)
