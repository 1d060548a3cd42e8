"""uvicorn with connections of our own, a check of the Host header and a clean stop."""

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

from kg.server.connection import ENDPOINTS, Connection
from kg.server.http.limits import Limits
from kg.server.http.messages import Receive, Scope, Send, of_problem, send
from kg.server.http.problem_details import Problem
from kg.server.sparql.endpoint import Endpoint

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


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


def server(door: Door, limits: Limits) -> Server:
    """The server of what is behind a door."""
    Connection.limits, Connection.door = limits, door
    _log_to_stderr()
    config = uvicorn.Config(
        door,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
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

    def __init__(self, endpoint: Endpoint, pages: Any, names: set[str] | None) -> None:
        self.endpoint, self.pages, self.names = endpoint, pages, names

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        if refused := self.refused(scope):
            await send(scope, sender, *of_problem(refused))
        else:
            app = self.endpoint if scope["path"] in ENDPOINTS else self.pages
            await app(scope, receive, sender)

    def refused(self, scope: Scope) -> Problem | None:
        """Why a request may not come in."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return Problem(400, "a request names its host once")
        if self.names is not None and _name(hosts[0]) not in self.names:
            return Problem(
                421, "this server does not go by that name; name it with --public-url where a proxy stands before it"
            )
        return None


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
