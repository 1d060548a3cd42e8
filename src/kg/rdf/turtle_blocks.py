"""Records as blocks of text: each starts a line and stands once, as ``kg format`` writes them; else the text is not cut."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.rdf.namespaces import KG, compact_to_iri, prefixes

_START = re.compile(rb"^[^\s#@].*", re.MULTILINE)
_NAMED = re.compile(rb"([a-z][a-z-]*:[^\s\\;,.]+) ")
_PREFIX = re.compile(rb"^@prefix ([a-z][a-z-]*): <([^<>\s]+)> \.$")
_STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*"')
_BEHIND = re.compile(rb"(?:\s*\n#[^\n]*)*\s*\Z")
#: Names within a block; whatever stands in a string and looks like one only widens what is read.
_NAMES = re.compile(rb"(?<![\w:/])[a-z][a-z-]*:[\w-]+(?:\.[\w-]+)*")
#: Signs that a record may also stand where no line starts, or under another name.
_ODD = re.compile(
    rb"\"\"\"|'|\.[ \t]+(?:[a-z-]+:|<|\[|_:)|\.[ \t]*\r?\n[ \t]+\S|^[ \t]*(?:BASE|PREFIX|@base)\b|<" + KG.encode(),
    re.MULTILINE | re.IGNORECASE,
)


class Uncut(Exception):
    """A text whose records cannot be told apart by their lines."""


def cut(text: bytes) -> dict[str, bytes]:
    """The records of a text in the usual style, each with all that is said of it.

    Raises:
        Uncut: a record may also stand elsewhere than in its block.
    """
    known = {name.encode(): iri.encode() for name, iri in prefixes().items()}
    starts = [found.start() for found in _START.finditer(text)]
    ends = [*starts[1:], len(text)] if starts else []
    head = text[: starts[0]] if starts else text
    plain = _STRING.sub(b'""', text) if _ODD.search(text) else b""
    body = plain[_START.search(plain).start() :] if plain and _START.search(plain) else b""  # type: ignore[union-attr]
    if _ODD.search(body) or b"\n@" in text[len(head) :] or not text.endswith(b"\n"):
        raise Uncut
    for line in head.splitlines():
        found = _PREFIX.match(line)
        if line[:1] == b"@" and not (found and known.get(found[1]) == found[2]):
            raise Uncut
    blocks: dict[str, bytes] = {}
    for start, end in zip(starts, ends, strict=True):
        named = _NAMED.match(text, start)
        if not named or named[1].decode("utf-8", "replace") in blocks:
            raise Uncut
        blocks[named[1].decode("utf-8", "replace")] = text[start:end]
    return blocks


def index(text: bytes) -> dict[str, bytes]:
    """The records of a text that :func:`cut` is known to cut, quickly."""
    starts = [found.start() for found in _START.finditer(text)]
    ends = [*starts[1:], len(text)] if starts else []
    return {text[start : text.index(b" ", start)].decode(): text[start:end] for start, end in zip(starts, ends, strict=True)}


def trim(block: bytes) -> bytes:
    """A block without the blank lines and remarks behind it, which may belong to the next one."""
    return _BEHIND.sub(b"", block)


def list_names(block: bytes) -> set[str]:
    """The compact names in a block."""
    return {name.decode() for name in _NAMES.findall(block)}


def join(blocks: Iterable[bytes]) -> bytes:
    """A text of blocks, with the prefixes that they need."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    return head.encode() + b"".join(blocks)


def expand(name: str) -> str:
    """The IRI of a compact name."""
    return compact_to_iri(name)
