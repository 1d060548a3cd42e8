"""XML that its readers accept: the engine writes control characters as they stand, which no XML may hold."""

from __future__ import annotations

#: Every byte of UTF-8 below the blank is a control character; of these XML holds three.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
#: The two code points that are no characters and no XML either.
_NONE = ("\ufffe".encode(), "\uffff".encode())


def without_controls(body: bytes) -> bytes:
    """An XML document in UTF-8 without the characters that XML cannot hold, and with line ends that its readers keep."""
    body = body.translate(None, _CONTROLS).replace(b"\r", b"&#13;")
    for letter in _NONE:
        if letter in body:
            body = body.replace(letter, b"")
    return body
