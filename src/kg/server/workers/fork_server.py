"""The processes behind the server: one that holds the data and forks workers, and the workers, one query at a time each.

The holder never runs a thread, an event loop or a query, so a fork of it is always sound. It loads the data once; its forks share
it. It takes orders through a socket: ``fork`` (with the socket of the new worker), ``end``, ``slow`` and ``last``, each with the worker's number.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from pyoxigraph import Store

from kg.errors import EngineError, KgError, UsageError
from kg.server.http.limits import Limits
from kg.server.workers.dataset import counts, load
from kg.server.workers.framing import LENGTH, Frames

#: An order: what, the kind of worker, and its number.
ORDER = struct.Struct("!ccI")
FORK, END, SLOW, LAST = b"f", b"e", b"s", b"l"
#: How nice a worker is to the others: to small queries where its own is not small, and to all where its own is long.
NICENESS = {SLOW: 7, LAST: 19}
#: Kinds of worker: one that answers strangers' queries and can open nothing, and one that makes our own pages.
QUERY, PAGE = b"q", b"p"

_PIECE = 1 << 16
#: Descriptors of a worker that makes pages: it reads the texts of queries.
_PAGE_FILES = 64

#: What the engine nests, it nests on the stack; this is address space alone until it is used.
_STACK = 64 << 20

Handler = Callable[[bytes], bytes]
#: Makes what makes the handler of each kind of worker; the second step is taken when the first worker of that kind is forked.
Handlers = Callable[[Store], dict[bytes, Callable[[], Handler]]]


class Holder:
    """The process that holds the data, seen from the server: its socket, and what it said of the data."""

    def __init__(self, orders: socket.socket, pid: int, facts: dict[str, Any]) -> None:
        self.orders, self.pid, self.facts = orders, pid, facts
        self._numbers = itertools.count(1)

    def next_number(self) -> int:
        """A number that no worker has had."""
        return next(self._numbers)

    def close(self) -> None:
        """Hang up; the holder ends its workers and itself."""
        self.orders.close()
        os.waitpid(self.pid, 0)


def start_holder(source: str | None, limits: Limits, handlers: Handlers) -> Holder:
    """Start the holder and wait until it has loaded the data.

    Raises:
        KgError: the data could not be loaded; the message is that of the loader.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        ours.close()
        _hold(theirs, source, limits, handlers)
    theirs.close()
    with ours.makefile("rb") as said:
        word, _, rest = said.readline().decode("utf-8", "replace").strip().partition(" ")
    if word == "ready":
        return Holder(ours, pid, json.loads(rest))
    os.waitpid(pid, 0)
    raise (UsageError if word == "wrong" else EngineError)(
        rest or "the data could not be loaded: the process that loads it died"
    )


def _hold(orders: socket.socket, source: str | None, limits: Limits, handlers: Handlers) -> NoReturn:
    """The life of the holder; never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server decides when we end
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _close_all_but(orders.fileno())  # the listening socket is none of ours, nor of a worker's
    try:
        store, version = load(source)
        facts = {"version": version, **counts(store)}
        made = handlers(store)
        orders.sendall(f"ready {json.dumps(facts)}\n".encode())
        _obey(orders, made, limits)
    except KgError as error:
        with contextlib.suppress(OSError):
            orders.sendall(f"{'wrong' if error.exit_status == 2 else 'failed'} {error}\n".encode())
    except OSError:
        pass
    os._exit(0)


def _close_all_but(kept: int) -> None:
    """Close every descriptor that was inherited, but for the standard streams."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, kept)
    os.closerange(kept + 1, most if most != resource.RLIM_INFINITY else 65536)


def _obey(orders: socket.socket, makers: dict[bytes, Callable[[], Handler]], limits: Limits) -> None:
    children: dict[int, int] = {}
    handlers: dict[bytes, Handler] = {}
    for order, kind, number, socket_of_worker in _orders(orders):
        _reap(children)
        if order == FORK:
            if kind not in handlers:  # that of the pages takes a second, for which no query has to wait
                handlers[kind] = makers[kind]()
                gc.collect()
                gc.freeze()  # so that the workers' garbage collection does not copy what they share
            pid = os.fork()
            if not pid:
                orders.close()
                _work(socket_of_worker, kind, handlers[kind], limits)
            os.close(socket_of_worker)
            children[number] = pid
        elif number in children and order in NICENESS:
            _lower(children[number], order)
        elif number in children and order == END:
            os.kill(children[number], signal.SIGKILL)
    for pid in children.values():
        os.kill(pid, signal.SIGKILL)


def _lower(pid: int, order: bytes) -> None:
    """Lower the priority of a process. On Linux each thread has its own, and the one that runs the query is not the first."""
    with contextlib.suppress(OSError):
        for thread in map(int, os.listdir(f"/proc/{pid}/task")) if sys.platform == "linux" else (pid,):
            os.setpriority(os.PRIO_PROCESS, thread, NICENESS[order])


def _orders(orders: socket.socket) -> Iterator[tuple[bytes, bytes, int, int]]:
    while True:
        data, handles, _, _ = socket.recv_fds(orders, ORDER.size, 1)
        while data and len(data) < ORDER.size:
            data += orders.recv(ORDER.size - len(data)) or b""
        if not data:
            return
        order, kind, number = ORDER.unpack(data)
        yield order, kind, number, handles[0] if handles else -1


def _reap(children: dict[int, int]) -> None:
    for number, pid in list(children.items()):
        if os.waitpid(pid, os.WNOHANG)[0]:
            del children[number]


def _work(handle: int, kind: bytes, handler: Handler, limits: Limits) -> NoReturn:
    """The life of a worker: answer one message after the other until the server hangs up."""
    connection = socket.socket(fileno=handle)
    if kind == QUERY:
        _confine(limits)
    else:
        _bound_memory(limits)
        resource.setrlimit(resource.RLIMIT_NOFILE, (_PAGE_FILES, _PAGE_FILES))
    # A thread of its own draws its own random numbers: after a fork all workers would draw those of the holder, and the same ones.
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_answer, args=(connection, handler))
    thread.start()
    thread.join()
    os._exit(0)


def _answer(connection: socket.socket, handler: Handler) -> None:
    with contextlib.suppress(OSError, MemoryError):
        connection.sendall(LENGTH.pack(4) + LENGTH.pack(os.getpid()))
        for message in _receive(connection):
            reply = handler(message)
            # At once, though others may be there to be answered: the next one may take its whole time.
            if len(reply) < _PIECE:
                connection.sendall(LENGTH.pack(len(reply)) + reply)
            else:  # which is not copied once more
                connection.sendall(LENGTH.pack(len(reply)))
                connection.sendall(reply)


def _confine(limits: Limits) -> None:
    """From here on no file and no socket can be opened: whatever a query asks for, nothing is fetched."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # the engine's last words when memory runs out are no news for the server's log
        os.dup2(null, stream)
    os.close(null)
    _bound_memory(limits)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _bound_memory(limits: Limits) -> None:
    """From here on a worker takes so much memory beside the data and no more, and leaves no core behind."""
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:
            most = int(file.read().split()[0]) * resource.getpagesize() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _receive(connection: socket.socket) -> Iterator[bytes]:
    """Each message, until the server hangs up. Several may come in one piece, and one in several."""
    frames = Frames()
    place = memoryview(bytearray(_PIECE))  # one for all: to ask for as much each time costs a small query a tenth
    while size := connection.recv_into(place):
        yield from frames.whole(bytes(place[:size]))
