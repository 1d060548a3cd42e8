"""Messages on a stream between the server and a worker: each with its length before it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

LENGTH = struct.Struct("!I")


class Frames:
    """The messages in what is read from a stream, piece by piece."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def whole(self, piece: bytes) -> Iterator[bytes]:
        """The messages that are whole with this piece."""
        found: bytes | bytearray = piece
        if self._rest:
            self._rest += piece
            found = self._rest
        at = 0
        while len(found) >= at + LENGTH.size:
            start = at + LENGTH.size
            end = start + LENGTH.unpack_from(found, at)[0]
            if end > len(found):
                break
            yield bytes(found[start:end])
            at = end
        if found is piece:
            self._rest += piece[at:]
        else:
            del self._rest[:at]


def frame(messages: Iterable[bytes]) -> bytes:
    """What is written for these messages."""
    return b"".join([part for message in messages for part in (LENGTH.pack(len(message)), message)])
