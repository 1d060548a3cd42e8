"""One worker process seen from the server: what it was asked, since when, and how much processor time it has had."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any, Protocol

from kg.server.problems import Problem
from kg.server.workers import END, LENGTH


class Owner(Protocol):
    """Whoever keeps the workers: told when one is asked, is free again or is gone, and gives orders about it."""

    loop: asyncio.AbstractEventLoop

    def watch(self) -> None: ...
    def back(self, worker: Worker) -> None: ...
    def lost(self, worker: Worker) -> None: ...
    def order(self, what: bytes, number: int) -> None: ...


class Died(Problem):
    """The worker is gone, and had hardly begun."""


class Worker(asyncio.Protocol):
    """One worker process, and the answer that is awaited from it."""

    def __init__(self, pool: Owner, number: int) -> None:
        self.pool, self.number = pool, number
        self.transport: Any = None
        self.waiting: asyncio.Future[bytes] | None = None
        self.slow = self.last = False
        self.pid = 0
        self.since = self.used = 0.0
        self._parts: list[bytes] = []
        self._missing = LENGTH.size  # of the length, then of what follows it
        self._sized = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, message: bytes) -> asyncio.Future[bytes]:
        """Send a message; the future holds the reply, or the problem that took its place."""
        loop = self.pool.loop
        self.waiting = loop.create_future()
        self.since, self.used = loop.time(), _processor_time(self.pid)
        self.pool.watch()
        self.transport.write(LENGTH.pack(len(message)) + message)
        return self.waiting

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        self._missing -= len(data)
        if self._missing <= 0 and not self._sized:
            data = b"".join(self._parts)
            self._parts = [data[LENGTH.size :]]
            self._missing += LENGTH.unpack_from(data)[0]
            self._sized = True
        if self._missing <= 0 and self._sized:
            reply = b"".join(self._parts)
            self._parts, self._missing, self._sized = [], LENGTH.size, False
            if self.pid:
                self._done(reply)
            else:
                (self.pid,) = LENGTH.unpack(reply)  # the first word of a new worker
            self.pool.back(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._done(
            (Problem if self.slow else Died)(
                503, "the query needed more memory than it may use, or broke the engine; narrow it"
            )
        )
        self.pool.lost(self)

    def worked(self) -> float:
        """Seconds of processor time since it was asked."""
        return _processor_time(self.pid) - self.used

    def end(self, problem: Problem) -> None:
        """Kill the process; whoever waits for it gets the problem."""
        self.pool.order(END, self.number)
        self._done(problem)

    def _done(self, reply: bytes | Problem) -> None:
        if self.waiting and not self.waiting.done():
            if isinstance(reply, Problem):
                self.waiting.set_exception(reply)
            else:
                self.waiting.set_result(reply)
        self.waiting = None


def _processor_time(pid: int) -> float:
    """Seconds of processor time that a process has had: on Linux each process has a clock for it. Elsewhere, time as such."""
    if sys.platform != "linux":
        return time.monotonic()
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0
