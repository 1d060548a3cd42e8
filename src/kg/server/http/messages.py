"""The plain parts of HTTP that the endpoint and the pages share: headers in, answers out, bodies within their limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar

from kg.server.http.problem_details import MEDIA_TYPE, Problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
#: Status, headers without Content-Length, and body.
Answer = tuple[int, Headers, bytes]
T = TypeVar("T")

#: No browser guesses at the type of what we send.
NOSNIFF = (b"x-content-type-options", b"nosniff")
#: What is no page runs nothing where a browser shows it by itself; a picture may have its styles.
BARE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
#: The header that says which letters of an answer XML could not hold.
REPLACED = "kg-replaced"
#: A large answer is sent in pieces of this size.
SLICE = 256 * 1024


def header(scope: Scope, name: bytes) -> str:
    """A request header; several of one name are joined as HTTP says."""
    found = [value for key, value in scope["headers"] if key == name]
    return b", ".join(found).decode("latin-1") if found else ""


async def body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The request's body.

    Raises:
        Problem: 413 where it is larger than the limit, 415 where it is compressed, 400 where the client went away.
    """
    if header(scope, b"content-encoding") not in ("", "identity"):
        raise Problem(415, "a query must not be compressed")
    announced = header(scope, b"content-length")
    if announced.isdigit() and int(announced) > limit:
        raise _too_large(limit)
    parts: list[bytes] = []
    size = 0
    try:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Problem(400, "the client went away")
            part = message.get("body", b"")
            size += len(part)
            Receiving.held += len(part)
            if size > limit:
                raise _too_large(limit)
            if Receiving.held > RECEIVING:
                raise Problem(503, "too many large queries are being received; try again in a moment", headers=_LATER)
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)
    finally:
        Receiving.held -= size


class Receiving:
    """The bytes of bodies that have come and are not whole yet, of all connections together."""

    held = 0


#: So many of them at most: a client that sends half a body holds memory.
RECEIVING = 64 << 20
_LATER = {"Retry-After": "2", "Connection": "close"}


def _too_large(limit: int) -> Problem:
    # The rest of the body is not read, so the connection cannot be used again.
    return Problem(413, f"the request is larger than {limit // 1024} kB", headers={"Connection": "close"})


async def send(scope: Scope, sender: Send, status: int, headers: Headers, content: bytes) -> None:
    """Send an answer; to HEAD without its body."""
    length = (b"content-length", b"%d" % len(content))
    await sender({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    if scope["method"] == "HEAD":
        content = b""
    if len(content) > SLICE:
        for start in range(0, len(content), SLICE):  # each waits until the client has taken in most of those before
            await sender({"type": "http.response.body", "body": content[start : start + SLICE], "more_body": True})
        content = b""
    await sender({"type": "http.response.body", "body": content})


_BARE = (b"content-security-policy", BARE_POLICY.encode())


def of_problem(problem: Problem, extra: Headers | None = None) -> Answer:
    """A problem as status, headers and body."""
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"cache-control", b"no-store"),
        *([] if extra and NOSNIFF in extra else [NOSNIFF]),
        *([] if any(name == b"content-security-policy" for name, _ in extra or ()) else [_BARE]),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
        *(extra or []),
    ]
    return problem.status, headers, problem.body()


def settle(future: asyncio.Future[T], value: T) -> None:
    """Give a future its value, unless nobody waits for it any more."""
    if not future.done():
        future.set_result(value)


def as_json(value: object) -> bytes:
    """JSON as compact as it gets."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
