"""XML that its readers accept: what no XML may hold is replaced by U+FFFD, here and nowhere else, and that is said.

Control characters, halves of surrogate pairs and the two code points that are no characters are no XML, not even escaped. A word
without them would read as another word, so the place of each stays visible. Tables of exports follow the same rule.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands in the place of such a letter.
REPLACEMENT = "\ufffd"
_CODES = (*(code for code in range(32) if code not in (9, 10, 13)), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
_TABLE = dict.fromkeys(_CODES, REPLACEMENT)
#: The same in UTF-8: every byte below the blank is a control character.
_CONTROLS = bytes(code for code in _CODES if code < 32)
_NONE = ("\ufffe".encode(), "\uffff".encode())


class Replaced(list[str]):
    """The letters that were replaced while one thing was written; as a string, the sentence that says so, or nothing."""

    def __str__(self) -> str:
        if not self:
            return ""
        which = [f"U+{code:04X}" for code in sorted(set(map(ord, self)))]
        told = ", ".join(which[:3]) + (f" and {len(which) - 3} more" if len(which) > 3 else "")
        letters = "letter that XML cannot hold was" if len(self) == 1 else "letters that XML cannot hold were"
        return f"{len(self):,} {letters} replaced by U+FFFD ({told}); JSON and N-Triples keep them"


#: Where what is replaced is noted; each writer has its own, so that none tells of another's letters.
_noted: ContextVar[Replaced | None] = ContextVar("noted", default=None)


@contextmanager
def note_replaced() -> Iterator[Replaced]:
    """Note what is replaced while the block runs."""
    replaced = Replaced()
    before = _noted.set(replaced)
    try:
        yield replaced
    finally:
        _noted.reset(before)


def replace_forbidden(text: str) -> str:
    """A text with U+FFFD for each letter that XML cannot hold; each is noted for :func:`note_replaced`."""
    if text.isprintable():  # none of them is
        return text
    found = [letter for letter in text if ord(letter) in _TABLE]
    if (noted := _noted.get()) is not None:
        noted.extend(found)
    return text.translate(_TABLE) if found else text


def replace_in_document(body: bytes) -> bytes:
    """An XML document in UTF-8 with the same done, and with line ends that its readers keep."""
    if len(body.translate(None, _CONTROLS)) != len(body) or any(letter in body for letter in _NONE):
        body = replace_forbidden(body.decode()).encode()
    return body.replace(b"\r", b"&#13;")
