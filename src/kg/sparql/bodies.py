"""The body of an endpoint's answer: taken whole to a file, unpacked, and in UTF-8 whatever it came in."""

from __future__ import annotations

import codecs
import http.client
import mmap
import re
import time
import zlib
from contextlib import suppress
from typing import Any

from kg.errors import LimitReached
from kg.rdf.scratch import Scratch
from kg.sparql.sending import Sender

#: An answer may not grow beyond this many bytes once it is unpacked.
LARGEST = 4_000_000_000
#: A longer body is kept on disk.
_IN_MEMORY = 1_000_000
#: How the bits are framed that each packing may have.
_PACKINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
#: How much of the end of an answer may be an endpoint's complaint that its time ran out: a trace of Java takes some thousand bytes.
_TAIL = 60_000
#: What Blazegraph writes after the rows that it has found: other forms do not parse then, but each line is a row of a CSV.
_TRACE = re.compile(
    rb"^(?:SPARQL-QUERY: queryStr=|java\.[\w.]+(?:Exception|Error)\b|\tat (?:java|com|org)\.[\w.$]+\()", re.MULTILINE
)
_DECLARED = re.compile(rb"""(<\?xml[^>]*?encoding\s*=\s*)(["'])([A-Za-z0-9._-]+)\2""")


def whole(sender: Sender, response: Any, deadline: float) -> Kept:
    """The body in a file, unpacked, in UTF-8, and as long as the endpoint said.

    Raises:
        LimitReached: time ran out.
        EngineError: the connection broke, or the body is a part, damaged, or packed or written in an unknown way.
    """
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in (*_PACKINGS, "", "identity"):
        raise sender.failure(f"the answer is packed as {packing}, which is not read; ask its operator")
    unpack = _Unpacker(_PACKINGS[packing]) if packing in _PACKINGS else None
    kept, count, size = Kept(_IN_MEMORY), 0, 0
    told = response.headers.get("Content-Length", "")
    try:
        while part := _part(sender, response, deadline):
            count += len(part)
            for piece in unpack.pieces(part) if unpack else (part,):
                size += kept.write(piece)
                if size > LARGEST:
                    raise sender.failure(f"the answer is larger than {LARGEST:,} bytes; narrow the query")
    except zlib.error:
        raise sender.failure(f"the answer is packed as {packing}, and damaged; try again") from None
    if (told.isdigit() and count < int(told)) or (unpack and count and not unpack.ended):
        raise sender.failure(f"the answer breaks off after {count:,} of {told or 'more'} bytes; try again")
    kept.seek(max(0, size - _TAIL))
    end = kept.read()
    of_rows = response.headers.get_content_type() in ("text/csv", "text/tab-separated-values")
    traced = of_rows and _TRACE.search(end)
    if traced and b"TimeoutException" in end:
        raise LimitReached(f"{sender.address.shown}: its own time limit ended the answer; narrow the query")
    if traced or b"!!!!>># An error has occurred" in end[-2000:]:  # QLever, whatever the form
        raise sender.failure("the endpoint broke the answer off with an error of its own; try again, or narrow the query")
    return _in_utf8(sender, kept, response.headers.get_content_charset())


class Kept(Scratch):
    """A body that is let go wherever its answer is, also in another thread: nobody is left to close it."""

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()

    def holds(self, *words: bytes) -> bool:
        """Whether any of some words stands in the body, which is read in pieces for it."""
        self.seek(0)
        end, most = b"", max(map(len, words))
        while piece := self.read(_IN_MEMORY):
            if any(word in end + piece for word in words):
                return True
            end = piece[1 - most :]
        return False

    def text(self) -> bytes | mmap.mmap:
        """The whole body, to be looked through: a long one as a map of its file, of which no copy is held."""
        size = self.seek(0, 2)
        self.seek(0)
        return mmap.mmap(self.fileno(), 0, access=mmap.ACCESS_READ) if size > _IN_MEMORY else self.read()


class _Unpacker:
    """Unpacks gzip, of several members too, and deflate with its frame or, as some servers send it, without."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._inner = zlib.decompressobj(bits)
        self._begun = self.ended = False

    def pieces(self, part: bytes) -> Any:
        """What a part of the body holds, in pieces of bounded size."""
        while part:
            self.ended = False
            try:
                yield self._inner.decompress(part, 1_000_000)
            except zlib.error:
                if self._begun or self._bits != 15:
                    raise
                self._bits = -15
                self._inner = zlib.decompressobj(self._bits)
                continue
            self._begun = True
            part = self._inner.unconsumed_tail
            if self._inner.eof:
                self.ended, part = True, self._inner.unused_data.lstrip(b"\0")
                self._inner = zlib.decompressobj(self._bits)


def _in_utf8(sender: Sender, body: Kept, charset: str | None) -> Kept:
    """The body in UTF-8, which all but old servers send: by its mark, what its header says, or an XML declaration."""
    body.seek(0)
    start = body.read(200)
    body.seek(0)
    declared = _DECLARED.search(start)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    elif declared and not charset:
        charset = declared[3].decode()
    try:
        if charset is None or codecs.lookup(charset).name in ("utf-8", "ascii"):
            return body
        text = body.read().decode(charset)
    except (LookupError, UnicodeError):
        raise sender.failure(f"the answer is said to be in {charset}, and is not; ask its operator") from None
    kept = Kept(_IN_MEMORY)
    kept.write(_DECLARED.sub(rb"\1\2UTF-8\2", text.removeprefix("\ufeff").encode("utf-8", "replace"), count=1))
    kept.seek(0)
    return kept


def _part(sender: Sender, response: Any, deadline: float) -> bytes:
    left = deadline - time.monotonic()
    if left <= 0:
        raise sender.late()
    with suppress(AttributeError, OSError):  # the socket behind urllib's response, where it lets us have it
        response.fp.raw._sock.settimeout(left)
    try:
        found: bytes = response.read1(65536)
    except TimeoutError:
        raise sender.late() from None
    except http.client.HTTPException:
        raise sender.failure("the answer breaks off; try again, or narrow the query") from None
    except (OSError, ValueError) as error:
        raise sender.failure(f"the connection broke: {error}; try again") from None
    return found
