"""The header of a question: the lines that begin with ``#+``, which together are YAML.

Read is what headers are written in: plain and quoted values, also over several lines, folded and literal blocks, and lists, with comments.
The rest of YAML (anchors, tags, mappings within mappings) has a line and a reason. No library of YAML is loaded: a query would wait for it.
"""

from __future__ import annotations

#: What no plain value of YAML may begin with.
_RESERVED = tuple("@`%&*!]},|>{?-")
_ESCAPES = {
    "n": " ",
    "t": " ",
    "r": " ",
    "0": "",
    "e": "",
    "a": "",
    "b": "",
    "f": " ",
    "v": " ",
    "N": " ",
    "_": "\u00a0",
    "\n": "",
}
_DIGITS = {"x": 2, "u": 4, "U": 8}


class Header:
    """The values of a header by key, each on one line, and its faults: the number of a line and what is wrong there."""

    def __init__(self, text: str) -> None:
        self.values: dict[str, str] = {}
        self.faults: list[tuple[int, str]] = []
        self._key, self._line, self._lines = "", 0, list[str]()
        for number, line in enumerate(text.splitlines(), 1):
            if not line.startswith("#+"):
                break
            content = line[2:].rstrip()
            content = content.removeprefix(" ")
            is_item = content.startswith("- ") and self._key and not self._lines[0]
            if content.strip() in ("", "---", "...") or (content.startswith("#") and not self._key):
                continue
            if (content.startswith(" ") or is_item) and self._key:
                self._lines.append(content.strip())
            elif not content.startswith("#"):
                self._end()
                self._begin(number, content)
        self._end()

    def _begin(self, number: int, content: str) -> None:
        key, colon, value = content.partition(":")
        key = key.strip()
        if key[:1] in ("'", '"') and key[-1:] == key[:1] and len(key) > 2:
            key = key[1:-1]
        if not colon or not key or (value and value[0] not in " \t") or content.startswith((" ", *_RESERVED)):
            self.faults.append((number, "write key: value"))
        elif key in self.values:
            self.faults.append((number, f"the key {key} stands twice; keep one"))
        else:
            self._key, self._line, self._lines = key, number, [value.strip()]

    def _end(self) -> None:
        if self._key:
            try:
                self.values[self._key] = _value(self._lines[0], self._lines[1:])
            except ValueError as error:
                self.values[self._key] = " ".join(self._lines)
                self.faults.append((self._line, str(error)))
        self._key = ""


def _value(first: str, rest: list[str]) -> str:
    """A value on one line.

    Raises:
        ValueError: what to write instead.
    """
    if first[:1] in ("|", ">") and _is_block(first):
        return " ".join(rest)
    if not first and rest and all(line.startswith("- ") for line in rest):
        return f"[{', '.join(_scalar(line[2:].strip()) for line in rest)}]"
    whole = " ".join([first, *rest]).strip()
    if whole.startswith("["):
        return f"[{', '.join(_items(whole))}]"
    return _scalar(whole)


def _is_block(mark: str) -> bool:
    return mark.partition(" #")[0].strip()[1:].strip("+-123456789") == ""


def _scalar(text: str) -> str:
    """A value that is plain or in quotes."""
    if text[:1] in ("'", '"'):
        value, end = _quoted(text)
        after = text[end:].strip()
        if after and not (after.startswith("#") and text[end].isspace()):
            raise ValueError("write the value in quotes, and nothing after them")
        return value
    if text.startswith(_RESERVED) and not (text[:1] in "-?" and text[1:2].strip()):
        raise ValueError("write the value in quotes")
    if ": " in text or text.endswith(":") or " #" in text:
        raise ValueError("write the value in quotes")
    return text


def _quoted(text: str) -> tuple[str, int]:
    """What stands in the quotes that a text begins with, and where they end."""
    mark, kept, at = text[0], list[str](), 1
    while at < len(text):
        letter = text[at]
        if letter == mark and not (mark == "'" and text[at + 1 : at + 2] == "'"):
            return "".join(kept), at + 1
        if letter == mark:
            at += 1
        elif letter == "\\" and mark == '"':
            at += 1
            escape = text[at : at + 1]
            digits = _DIGITS.get(escape, 0)
            try:
                letter = chr(int(text[at + 1 : at + 1 + digits], 16)) if digits else _ESCAPES.get(escape, escape)
            except (ValueError, OverflowError):
                raise ValueError(f"\\{escape} is followed by {digits} hexadecimal digits") from None
            at += digits
        kept.append(letter)
        at += 1
    raise ValueError("write the value in quotes, and close them")


def _items(text: str) -> list[str]:
    """The values of a list in brackets, which holds no other."""
    found, at = list[str](), 1
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] in ("'", '"'):
            value, end = _quoted(text[at:])
            at += end
        else:
            end = min((place for place in (text.find(",", at), text.find("]", at)) if place >= 0), default=-1)
            value = text[at:end].strip()
            if end < 0 or value.startswith(("[", "{", "&", "*", "!")) or ": " in value:
                raise ValueError("write a list as [one, two], each in quotes where it holds a mark")
            at = end
        if value:
            found.append(value)
        following = text[at:].lstrip()
        at = len(text) - len(following)
        if following.startswith("]"):
            if following[1:].strip() and not following[1:].startswith(" #"):
                raise ValueError("write nothing after the list")
            return found
        if not following.startswith(","):
            raise ValueError("close the list with ]")
        at += 1
