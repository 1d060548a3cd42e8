"""One connection of uvicorn's: deadlines for slow clients, limits on headers, and a short way for the endpoint's GETs.

uvicorn makes a task, an event and a timer for each request and writes an answer in two pieces, which together cost a small query more than
its answer. A GET without anything special about it is handed to the endpoint at once, and its answer written by whoever brings it.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from functools import partial
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.server.http.limits import Limits
from kg.server.http.messages import SLICE, Answer, Headers, Scope
from kg.server.http.problem_details import Problem
from kg.server.sparql.endpoint import Endpoint

#: A client must take in this much of its answer every second, on average.
SLOWEST = 20_000
#: How long a connection stays open between two requests, in seconds.
IDLE = 15
ENDPOINTS = ("/sparql", "/sparql/")
_TARGETS = tuple(path.encode() for path in ENDPOINTS)
#: Who sends these wants more than an answer.
_SPECIAL = frozenset((b"content-length", b"transfer-encoding", b"expect", b"upgrade"))
_CLOSE = (b"connection", b"close")
#: What comes in is read in pieces of this size: between two of them it is seen that the client has asked enough for now.
_PIECE = 8192


class _Door(Protocol):
    endpoint: Endpoint

    def refuse(self, scope: Scope) -> Problem | None: ...


class _Exchange:
    """A request that went the short way and its answer, as uvicorn's protocol looks at them."""

    message_event = asyncio.Event()  # uvicorn sets it; nobody waits

    def __init__(self) -> None:
        self.response_complete = self.disconnected = False
        self.keep_alive = self.more_body = True


class Connection(HttpToolsProtocol):
    """One connection. ``reading`` is the time since when a request is on its way, ``writing`` until when its answer must be gone, ``idle``
    since when no request is there."""

    limits = Limits()
    door: _Door
    scope: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.reading, self.writing, self.idle = self.loop.time(), 0.0, 0.0
        self._head, self._trailer, self._refused = 0, -1, False
        self._within = self._feeding = self._half = False
        self._held = b""

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self.idle = 0.0
        self._held = self._held + data if self._held else data
        if not self._feeding:
            self._feed()

    def _feed(self) -> None:
        """Read what came, until the client has asked one request more than is answered: the rest waits, and is bounded by one piece."""
        self._feeding = True
        try:
            while self._held and not self._refused and not self.transport.is_closing():
                if self._ahead():
                    self.flow.pause_reading()
                    return
                if not self.reading and (self.cycle is None or self.cycle.response_complete):
                    self.reading = self.loop.time()
                piece, self._held = self._held[:_PIECE], self._held[_PIECE:]
                super().data_received(piece)
                self._measure(len(piece))
        finally:
            self._feeding = False

    def _ahead(self) -> bool:
        """Whether a request waits already, or begins, while another is being answered."""
        return bool(self.pipeline) or (self._within and self.cycle is not None and not self.cycle.response_complete)

    def _measure(self, size: int) -> None:
        """Count the bytes of a request's head, and of what follows its last chunk; refuse it where they are too many."""
        if self._within:
            self._head += size
        elif self._trailer >= 0:
            self._trailer += size
        if max(self._head, self._trailer) > self.limits.head and not self.transport.is_closing():
            problem = Problem(
                431, f"the request line and headers are larger than {self.limits.head // 1024} kB; POST the query"
            )
            content = problem.body()
            self.transport.write(
                b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/problem+json\r\n"
                b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(content), content)
            )
            # Hanging up while it still sends would reset the connection, and the answer might not arrive: the sweep hangs up.
            self.transport.write_eof()
            self._refused, self._held = True, b""

    def eof_received(self) -> bool:  # type: ignore[override]
        """A client that has asked and shuts its side down still gets its answer."""
        self._half = bool(self.pipeline or self._held) or (self.cycle is not None and not self.cycle.response_complete)
        return self._half

    def on_message_begin(self) -> None:
        self._within, self._head, self._trailer = True, 0, -1
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._within:  # fields after the body are dropped (RFC 9110, section 6.5.1)
            super().on_header(name, value)

    def on_chunk_header(self) -> None:
        """A chunk begins; after the last one come the trailer fields."""
        self._trailer = 0

    def on_body(self, body: bytes) -> None:
        self._trailer = -1
        super().on_body(body)

    def on_headers_complete(self) -> None:
        self._within, self._head, self.idle = False, 0, 0.0
        self._note()
        path, _, query = self.url.partition(b"?")
        if path in _TARGETS and self._plain():
            self.scope |= {"method": "GET", "path": path.decode(), "query_string": query}
            if not self.door.refuse(self.scope):
                self.cycle = exchange = _Exchange()  # type: ignore[assignment]
                self.door.endpoint.answer(self.scope, b"", partial(self._answer, exchange, self.scope))
                return
        super().on_headers_complete()

    def _note(self) -> None:
        """Leave word for the door: the authority that the target names, and whether there are too many connections."""
        if b"://" in self.url[:16] and not self.url.startswith(b"/"):
            self.scope["kg.authority"] = self.url.partition(b"://")[2].partition(b"/")[0].partition(b"?")[0]
        if len(self.connections) > self.limits.connections:
            self.scope["kg.crowded"] = True

    def _plain(self) -> bool:
        """Whether this is a GET as nearly all are, and comes when it is its turn."""
        return (
            self.parser.get_method() == b"GET"
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
            and b"#" not in self.url
            and _SPECIAL.isdisjoint([name for name, _ in self.headers])
            and (self.cycle is None or self.cycle.response_complete)
            and not self.flow.write_paused
            and not self._half
        )

    def _answer(self, exchange: _Exchange, scope: Scope, answer: Answer) -> None:
        if len(answer[2]) > SLICE:
            task = self.loop.create_task(self._send(exchange, scope, answer))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif not exchange.disconnected:
            status, headers, content = answer
            self.transport.write(self._top(exchange, status, [*headers, (b"content-length", b"%d" % len(content))]) + content)
            self._complete(exchange)

    async def _send(self, exchange: _Exchange, scope: Scope, answer: Answer) -> None:
        """Send a large answer, each piece when the client has taken in most of those before."""

        async def sender(message: MutableMapping[str, Any]) -> None:
            await self.flow.drain()
            if not exchange.disconnected:
                start = message["type"] == "http.response.start"
                self.transport.write(self._top(exchange, message["status"], message["headers"]) if start else message["body"])

        await self.door.endpoint.send(scope, sender, answer)
        if not exchange.disconnected:
            self._complete(exchange)

    def _top(self, exchange: _Exchange, status: int, headers: Headers) -> bytes:
        fields = [*self.server_state.default_headers, *headers, *([] if exchange.keep_alive else [_CLOSE])]
        return b"".join([STATUS_LINE[status], *[b"%s: %s\r\n" % field for field in fields], b"\r\n"])

    def _complete(self, exchange: _Exchange) -> None:
        exchange.response_complete = True
        if not exchange.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def on_message_complete(self) -> None:
        self.reading, self._trailer = 0.0, -1
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self._half and not (self.pipeline or self._held):
            self.transport.close()
        if self._held and not self._feeding:
            self.loop.call_soon(self._feed)
        if self._within and not self.reading:
            self.reading = self.loop.time()  # the next request has begun: its time runs from here
        if self.pipeline or self.transport.is_closing():
            super().on_response_complete()
        else:
            self.flow.resume_reading()
            self.idle = self.loop.time()  # the sweep looks at it: a timer for each request costs more

    def pause_writing(self) -> None:
        size = self.transport.get_write_buffer_size()
        self.writing = self.loop.time() + self.limits.reading + size / SLOWEST
        super().pause_writing()

    def resume_writing(self) -> None:
        self.writing = 0.0
        super().resume_writing()

    def sweep(self, now: float) -> None:
        """Drop the connection where its client is too slow, and hang up where it asks no more."""
        if (self.reading and now - self.reading > self.limits.reading) or (self.writing and now > self.writing):
            self.transport.abort()
        elif self.idle and now - self.idle > IDLE:
            self.transport.close()
