"""The text of a query from a file or from standard input."""

from __future__ import annotations

import sys

from kg.errors import DataError
from kg.locations import path_of

#: No query has more bytes; a path that leads to no end is left there.
LARGEST = 10_000_000


def of_input() -> str:
    """The query on standard input.

    Raises:
        DataError: it is not UTF-8, or too long for a query.
    """
    return _decode(sys.stdin.buffer.read(LARGEST + 1), "standard input")


def of_file(path: str) -> str:
    """The query of a file.

    Raises:
        DataError: it cannot be read, is not UTF-8, or too long for a query.
    """
    try:
        with open(path_of(path), "rb") as file:
            return _decode(file.read(LARGEST + 1), path)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; check the path") from None


def is_check(path: str) -> bool:
    """Whether a file is a check, of which no row means that nothing is wrong.

    >>> is_check("queries/checks/written/no_stray.rq"), is_check("queries/questions/causes_of.rq")
    (True, False)
    """
    return "checks" in path.replace("\\", "/").split("/")[:-1]


def _decode(text: bytes, where: str) -> str:
    """The text of a query, which is UTF-8 whatever the locale says, without the mark that some editors put before it."""
    if len(text) > LARGEST:
        raise DataError(f"{where}: more than {LARGEST:,} bytes, which is not a query; check the path")
    if b"\0" in text[:4]:
        from kg.build.formats import wide_encoding

        if wide := wide_encoding(text):
            raise DataError(f"{where}: {wide}, not UTF-8; save the file as UTF-8")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{where}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
