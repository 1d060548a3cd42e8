"""uvicorn with connections of our own, a check of the Host header and a clean stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

import uvicorn

from kg.server.connection import ENDPOINTS, Connection
from kg.server.http.limits import Limits
from kg.server.http.messages import Headers, Receive, Scope, Send, of_problem, send
from kg.server.http.problem_details import Problem, busy
from kg.server.sparql.endpoint import CORS_HEADERS, Endpoint

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
#: The longest Accept header that is read: real ones hold a few hundred bytes, and a long one takes long to weigh.
_ACCEPT = 4096


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

    def __init__(self, endpoint: Endpoint, pages: Any, names: set[str] | None, cors: str = "", base: str = "") -> None:
        self.endpoint, self.pages, self.names, self.base = endpoint, pages, names, base
        self._cors: Headers = [(b"access-control-allow-origin", cors.encode())] if cors else []
        self._preflight: Headers = [
            (b"allow", b"GET, HEAD, OPTIONS"),
            (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
            (b"access-control-allow-headers", CORS_HEADERS),
            (b"access-control-max-age", b"86400"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        if refused := self.refuse(scope):
            await send(scope, sender, *of_problem(refused))
            return
        if self.base and (scope["path"] + "/").startswith(self.base + "/"):
            scope["path"] = scope["path"][len(self.base) :] or "/"  # a proxy that leaves its own path in place
        if scope["path"] in ENDPOINTS:
            await self.endpoint(scope, receive, sender)
        elif scope["method"] == "OPTIONS":
            await send(scope, sender, 204, [*self._preflight, *self._cors], b"")
        else:
            await self.pages(scope, receive, self._open(sender))

    def _open(self, sender: Send) -> Send:
        """Let pages elsewhere read what the pages here hold, as they may read the endpoint."""
        if not self._cors:
            return sender

        async def open_door(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                exposed = (b"access-control-expose-headers", b"etag, link, location")
                message["headers"] = [*message["headers"], *self._cors, exposed]
            await sender(message)

        return open_door

    def refuse(self, scope: Scope) -> Problem | None:
        """Why a request may not come in."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        nameless = not hosts and scope["http_version"] == "1.0"  # which knows no such header; every browser sends it
        if nameless:
            own, port = scope["server"] or ("localhost", 80)
            hosts = [f"[{own}]:{port}".encode() if ":" in own else f"{own}:{port}".encode()]
            scope["headers"].append((b"host", hosts[0]))
        if len(hosts) != 1:
            return Problem(400, "a request must name its host exactly once")
        if scope.get("kg.crowded"):
            crowded = busy("too many connections are open")
            crowded.headers["Connection"] = "close"
            return crowded
        if wrong := _unread(scope):
            return wrong
        if (
            self.names is not None
            and not nameless
            and not {_name(hosts[0]), _name(scope.get("kg.authority", hosts[0]))} <= self.names
        ):
            return Problem(421, "this server does not have that name; add it with --public-url if the server is behind a proxy")
        return None


def _unread(scope: Scope) -> Problem | None:
    """What is wrong with a request's headers, whatever it asks for."""
    accepted = 0
    for name, value in scope["headers"]:
        if name == b"accept":
            accepted += len(value)
        elif name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            return Problem(
                501,
                "a body must be chunked or have a length; other transfer codings are not supported",
                {"Connection": "close"},
            )
    return Problem(431, f"the Accept header is longer than {_ACCEPT} bytes") if accepted > _ACCEPT else None


@lru_cache(maxsize=64)
def _name(host: bytes) -> str:
    whole = host.decode("latin-1").lower()
    name, colon, port = whole.rpartition(":")
    return name if colon and port.isdigit() else whole


def names(host: str, public_url: str, address: str) -> set[str] | None:
    """The names that a server answers to; None for any, where it is open to other machines anyway.

    Parameters:
        host: the host as it was given.
        address: the address that it is bound to, which says whether other machines reach it.
    """
    if not is_loopback(address) and not public_url:
        return None
    public = public_url.partition("://")[2].partition("/")[0].lower()
    found = {*_LOOPBACK, _name(public.encode()), host.lower(), f"[{host.lower()}]", address, f"[{address}]"}
    return found - {"", "[]"}


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's alone.

    >>> [is_loopback(one) for one in ("127.0.0.2", "::ffff:127.0.0.1", "::1", "0.0.0.0")]
    [True, True, True, False]
    """
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


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
