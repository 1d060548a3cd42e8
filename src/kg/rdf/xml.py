"""XML that its readers accept: what no XML may hold is replaced by U+FFFD, here and nowhere else, and that is said.

Control characters, halves of surrogate pairs and the two code points that are no characters are no XML, not even escaped. A word
without them would read as another word, so the place of each stays visible. Tables of exports follow the same rule.
"""

from __future__ import annotations

#: What stands in the place of such a letter.
REPLACEMENT = "\ufffd"
_CODES = (*(code for code in range(32) if code not in (9, 10, 13)), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
_TABLE = dict.fromkeys(_CODES, REPLACEMENT)
#: The same in UTF-8: every byte below the blank is a control character.
_CONTROLS = bytes(code for code in _CODES if code < 32)
_NONE = ("\ufffe".encode(), "\uffff".encode())
#: What was replaced since this was last said.
_replaced: list[str] = []


def replace_forbidden(text: str) -> str:
    """A text with U+FFFD for each letter that XML cannot hold; each is noted for :func:`describe_replaced`."""
    if text.isprintable():  # none of them is
        return text
    found = [letter for letter in text if ord(letter) in _TABLE]
    _replaced.extend(found)
    return text.translate(_TABLE) if found else text


def replace_in_document(body: bytes) -> bytes:
    """An XML document in UTF-8 with the same done, and with line ends that its readers keep."""
    if len(body.translate(None, _CONTROLS)) != len(body) or any(letter in body for letter in _NONE):
        body = replace_forbidden(body.decode()).encode()
    return body.replace(b"\r", b"&#13;")


def describe_replaced() -> str:
    """What was replaced since the last call, as a sentence; empty where nothing was."""
    if not _replaced:
        return ""
    which = [f"U+{code:04X}" for code in sorted(set(map(ord, _replaced)))]
    told = ", ".join(which[:3]) + (f" and {len(which) - 3} more" if len(which) > 3 else "")
    count = len(_replaced)
    _replaced.clear()
    letters = "letter that XML cannot hold was" if count == 1 else "letters that XML cannot hold were"
    return f"{count:,} {letters} replaced by U+FFFD ({told}); JSON and N-Triples keep them"
