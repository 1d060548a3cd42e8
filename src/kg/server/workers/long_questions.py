"""Questions that were found long, so that the same one, or the same with another number, is not tried anew as if it might be small."""

from __future__ import annotations

import re

#: How many are remembered; the oldest goes first.
_MOST = 256
#: As much of a question is looked at from either end, beside its length: to read a megabyte would take longer than many an answer.
_LOOKED_AT = 4096
_DIGITS = re.compile(rb"[0-9]+")


class LongQuestions:
    """A bounded memory of messages to workers. Two that differ in numbers alone are one."""

    __slots__ = ("_shapes",)

    def __init__(self) -> None:
        self._shapes: dict[bytes, None] = {}

    def add(self, message: bytes) -> None:
        """Remember a message that took long."""
        shape = _shape(message)
        self._shapes.pop(shape, None)
        self._shapes[shape] = None
        if len(self._shapes) > _MOST:
            del self._shapes[next(iter(self._shapes))]

    def __contains__(self, message: bytes) -> bool:
        return bool(self._shapes) and _shape(message) in self._shapes


def _shape(message: bytes) -> bytes:
    if len(message) <= 2 * _LOOKED_AT:
        return _DIGITS.sub(b"0", message)
    # Long prologues are alike where the questions are not; a number of another length makes another question here.
    return _DIGITS.sub(b"0", message[:_LOOKED_AT] + message[-_LOOKED_AT:]) + b"%d" % len(message)
