"""Files that nobody sees: what is too large for memory waits in the temporary folder, and a folder without room is named."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Scratch(tempfile.SpooledTemporaryFile[bytes]):
    """A file of bytes that is gone when it is closed.

    Parameters:
        in_memory: so many bytes are held in memory, and what is larger goes to the temporary folder; 0: all goes there at once.

    Raises:
        EngineError: the temporary folder is full, or cannot be written to.
    """

    def __init__(self, in_memory: int = 0) -> None:
        super().__init__(in_memory)
        if not in_memory:
            self.rollover()

    def rollover(self) -> None:
        """Move to the temporary folder."""
        with _name_folder():
            super().rollover()

    def write(self, data: Any) -> int:
        """Write bytes, and return how many they were."""
        with _name_folder():
            return super().write(data)

    def writelines(self, lines: Iterable[Any]) -> None:
        """Write one piece of bytes after the other."""
        with _name_folder():
            super().writelines(lines)

    def seek(self, *place: int) -> int:
        """Go to a place in the file; what was written before is on disk then."""
        with _name_folder():
            return super().seek(*place)

    def close(self) -> None:
        """Let the file go, whatever of it could not be written."""
        with suppress(OSError):
            super().close()

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _name_folder() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = (
            f"folder {tempfile.tempdir}" if tempfile.tempdir else "files"
        )  # none was found where TMPDIR, /tmp and the others are all full or missing
        raise EngineError(f"temporary {where}: {error.strerror or error}; set TMPDIR to a folder with room") from None
