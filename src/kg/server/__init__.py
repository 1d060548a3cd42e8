"""``kg serve``: the graph over HTTP, for programs (SPARQL 1.1 Protocol) and for people (pages).

front      uvicorn, the Host header, the stop
connection deadlines and limits of one connection, and the short way of a GET to the endpoint
app        which other path answers what
endpoint   /sparql: protocol, accept (content negotiation), cache
pool       the workers seen from the server, and worker, one of them
frames     messages between the server and a worker
workers    the processes: one holds the data, its forks answer one query each at a time
guard      the words of a query, before the engine sees it
answers    runs a query in a worker and writes the answer
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import marshal
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg import locations
from kg.errors import EngineError
from kg.rdf.namespaces import KG, prefixes
from kg.server import listener
from kg.server.app import application
from kg.server.http.cache import Cache
from kg.server.http.limits import Limits
from kg.server.pages import responses
from kg.server.pages.asgi import Visits
from kg.server.pages.router import Site
from kg.server.sparql import endpoint, execution
from kg.server.sparql.service_description import Service
from kg.server.workers.fork_server import PAGE, QUERY, Handler, Handlers, Holder, start_holder
from kg.server.workers.pool import Pool
from kg.sparql.self_description import add_description

__all__ = ["Limits", "serve"]

#: Objects between two collections of garbage. A request leaves none that needs collecting, a connection a few; Python's default of 700 would
#: look over all that lives, the cache included, hundreds of times as often.
_GARBAGE = 50_000
#: Descriptors that the server needs beside those of its connections, and room for those that it refuses.
_DESCRIPTORS = 128


def serve(source: str | None, host: str, port: int, limits: Limits, public_url: str = "", cors: str | None = None) -> int:
    """Serve a graph until a signal comes; the exit status.

    Parameters:
        source: as of :func:`kg.open`, but no URL.
        public_url: the address under which a proxy shows this server.
        cors: the origin whose pages may read the answers; by default every one for the built-in graph, none for one's own data.

    Raises:
        kg.errors.EngineError: this system cannot fork, or the port is in use.
        kg.errors.DataError: the source cannot be read.
    """
    if not hasattr(os, "fork"):
        raise EngineError("kg serve: this system cannot fork processes; run it on Linux, macOS or in WSL")
    try:
        listening = listener.bound(host, port)
    except UnicodeError:
        raise EngineError(f"{host}:{port}: not the name of a host; choose another --host") from None
    except OSError as error:
        raise EngineError(f"{host}:{port}: {error.strerror or error}; choose another --port or --host") from None
    source = source or os.environ.get("KG_SOURCE")
    limits = _within_descriptors(limits)
    base = urlsplit(public_url).path.rstrip("/")
    shown = f"[{host}]" if ":" in host else host
    described = "" if source else _root(public_url, f"http://{shown}:{listening.getsockname()[1]}", listening.getsockname()[0])
    holder = start_holder(source, limits, _handlers(limits, base, described))
    service = Service(holder.facts, limits, public_url, built_in=source is None)
    allowed = cors if cors is not None else ("*" if source is None else "")
    address = listening.getsockname()[0]
    if not listener.is_loopback(address):
        print("kg: other machines can reach this server; --host 127.0.0.1 limits it to this one", file=sys.stderr, flush=True)
    ended: list[int] = []  # a signal to end that comes before the server listens to signals itself
    with contextlib.suppress(ValueError):  # in a thread nobody can listen to signals
        signal.signal(signal.SIGTERM, lambda number, frame: ended.append(number))
    print(f"http://{shown}:{listening.getsockname()[1]}/", flush=True)
    print(f"kg: {holder.facts['all']:,} triples; Ctrl-C stops", file=sys.stderr, flush=True)
    with asyncio.Runner(loop_factory=listener.loop_factory()) as runner:
        return runner.run(_serve(listening, holder, service, limits, listener.names(host, public_url, address), allowed, ended))


def _within_descriptors(limits: Limits) -> Limits:
    """As many connections as the system gives descriptors for: one that cannot be accepted gets no answer at all."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.connections + _DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return replace(limits, connections=max(8, most - _DESCRIPTORS))
    return limits


def _root(public_url: str, local: str, address: str) -> str:
    """The address that the graph says it is served at: no client reaches one of all interfaces."""
    return public_url.rstrip("/") or (KG.rstrip("/") if address in ("0.0.0.0", "::") else local)


def _handlers(limits: Limits, base: str, described: str) -> Handlers:
    """What answers, made where the data is; ``described`` is the address that the built-in graph describes, empty for other data."""

    def make_handlers(store: ox.Store) -> dict[bytes, Callable[[], Handler]]:
        prefixes()  # read now: a worker can open no file
        if described:
            add_description(store, described, locations.find_stamped())

        def answer_query(message: bytes) -> bytes:
            return endpoint.write_reply(execution.answer(store, execution.Asked(*marshal.loads(message)), limits))

        def make_pages() -> Handler:
            site = Site(store, base)
            return lambda message: responses.write_reply(site.answer(responses.Visit(*marshal.loads(message))))

        return {QUERY: lambda: answer_query, PAGE: make_pages}

    return make_handlers


async def _serve(
    listening: socket.socket,
    holder: Holder,
    service: Service,
    limits: Limits,
    names: set[str] | None,
    cors: str,
    ended: list[int],
) -> int:
    failures: list[str] = []

    def fail() -> None:
        failures.append("the process that holds the data is gone; start the server again")
        server.should_exit = True

    queries, makers = (
        Pool(holder, QUERY, limits, fail),
        # A page is our own work and bounded: somebody waits for it, so it never goes to the lowest priority.
        Pool(holder, PAGE, replace(limits, workers=2, slow=6, small=0.5, long=limits.seconds), fail),
    )
    cache = Cache(limits.cache)
    door = listener.Door(
        endpoint.Endpoint(queries, cache, service, limits, cors),
        application(service, queries, Visits(makers, cache, service)),
        names,
        cors,
        service.base,
    )
    server = listener.server(door, limits)
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, server.handle_exit)
    for number in ended:
        server.handle_exit(number, None)
    asyncio.get_running_loop().add_reader(holder.orders, fail)
    await queries.start()
    await makers.start()
    gc.freeze()  # what is here stays
    gc.set_threshold(_GARBAGE)
    await server.serve(sockets=[listening])
    asyncio.get_running_loop().remove_reader(holder.orders)
    queries.close()
    makers.close()
    holder.close()
    if failures:
        raise EngineError(failures[0])
    return 130 if server.stopped_by == signal.SIGINT else 0
