"""uvicorn with patience for nobody: deadlines for slow clients, limits on headers, a check of the Host header, a clean stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.http import Receive, Scope, Send, of_problem, send
from kg.server.limits import Limits
from kg.server.problems import Problem

#: A client must take in this much of its answer every second, on average.
SLOWEST = 20_000
ENDPOINTS = ("/sparql", "/sparql/")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Connection(HttpToolsProtocol):
    """One connection. ``reading`` is the time since when a request is on its way, ``writing`` until when its answer must be gone."""

    limits = Limits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.reading, self.writing = self.loop.time(), 0.0
        self._head, self._refused = 0, False

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if not self.reading and (self.cycle is None or self.cycle.response_complete):
            self.reading, self._head = self.loop.time(), 0
        if self._head >= 0:
            self._head += len(data)
        super().data_received(data)
        if self._head > self.limits.head and not self._refused:
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
            self._refused = True

    def on_headers_complete(self) -> None:
        self._head = -1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.reading = 0.0
        super().on_message_complete()

    def pause_writing(self) -> None:
        size = self.transport.get_write_buffer_size()
        self.writing = self.loop.time() + self.limits.reading + size / SLOWEST
        super().pause_writing()

    def resume_writing(self) -> None:
        self.writing = 0.0
        super().resume_writing()

    def sweep(self, now: float) -> None:
        """Drop the connection where its client is too slow."""
        if (self.reading and now - self.reading > self.limits.reading) or (self.writing and now > self.writing):
            self.transport.abort()


class Server(uvicorn.Server):
    """A server that sweeps its connections and gives signals an exit status instead of raising them again."""

    stopped_by = 0

    async def on_tick(self, counter: int) -> bool:
        if counter % 5 == 0:
            now = self.servers[0].get_loop().time() if self.servers else 0.0
            for connection in list(self.server_state.connections):
                connection.sweep(now)  # type: ignore[union-attr]
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: Any) -> None:
        self.stopped_by = self.stopped_by or sig
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


def server(app: Any, limits: Limits) -> Server:
    """The server of an application."""
    Connection.limits = limits
    _log_to_stderr()
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=max(1, round(limits.seconds) + 1),
    )
    return Server(config)


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed, which is twice as fast."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _log_to_stderr() -> None:
    logger = logging.getLogger("uvicorn.error")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("kg: %(message)s"))
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.ERROR)


class Door:
    """Lets in what asks for one of the server's own names, and shows it to the endpoint or to the pages.

    A page elsewhere whose name was made to point at this machine (DNS rebinding) gets nothing. The endpoint comes before the router of
    the pages, which would cost a small query a tenth of its time.
    """

    def __init__(self, endpoint: Any, pages: Any, names: set[str] | None) -> None:
        self.endpoint, self.pages, self.names = endpoint, pages, names

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) == 1 and (self.names is None or _name(hosts[0]) in self.names):
            app = self.endpoint if scope["path"] in ENDPOINTS else self.pages
            await app(scope, receive, sender)
        elif len(hosts) != 1:
            await send(scope, sender, *of_problem(Problem(400, "a request names its host once")))
        else:
            told = "this server does not go by that name; name it with --public-url where a proxy stands before it"
            await send(scope, sender, *of_problem(Problem(421, told)))


@lru_cache(maxsize=64)
def _name(host: bytes) -> str:
    whole = host.decode("latin-1").lower()
    name, colon, port = whole.rpartition(":")
    return name if colon and port.isdigit() else whole


def names(host: str, public_url: str) -> set[str] | None:
    """The names that a server bound to ``host`` answers to; None for any, where it is open to other machines anyway."""
    if host not in ("localhost", "127.0.0.1", "::1") and not public_url:
        return None
    public = public_url.partition("://")[2].partition("/")[0].lower()
    return {*_LOOPBACK, _name(public.encode()), host.lower(), f"[{host}]"}


def bound(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        OSError: the port is in use or may not be used, or the host is none of this machine's.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


__all__ = ["Door", "Server", "bound", "names", "server"]
