"""The workers seen from the server: who is free, who waits, who has had its time.

A query starts on one of a few workers. Where it is not done soon it is slow: it goes on at the lowest priority, and a fresh worker
takes its place, so that small questions never wait behind large ones. Only some slow queries may run; what would exceed them while
others wait, and whatever has had its time, is ended with its process.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from kg.server.limits import Limits
from kg.server.problems import Problem
from kg.server.workers import END, FORK, LENGTH, ORDER, SLOW, Holder

_BACKOFF = 0.5
#: A worker that is gone so soon was dead already when it was asked: another one is asked in its place, once.
_AT_ONCE = 0.05


class Died(Problem):
    """The worker that had the query is gone."""


class Worker(asyncio.Protocol):
    """One worker process, and the answer that is awaited from it."""

    def __init__(self, pool: Pool, number: int) -> None:
        self.pool, self.number = pool, number
        self.transport: Any = None
        self.waiting: asyncio.Future[bytes] | None = None
        self.slow = False
        self.pid = 0
        self.since = self.used = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self._parts: list[bytes] = []
        self._missing = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, message: bytes) -> asyncio.Future[bytes]:
        """Send a message; the future holds the reply, or the problem that took its place."""
        loop = self.pool.loop
        self.waiting = loop.create_future()
        self.since, self.used = loop.time(), _processor_time(self.pid)
        self.timer = loop.call_later(self.pool.limits.small, self.pool.look_at, self)
        self.transport.write(LENGTH.pack(len(message)) + message)
        return self.waiting

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            data = b"".join([*self._parts, data])
            self._parts = []
            if len(data) < LENGTH.size:
                self._parts = [data]
                return
            (length,) = LENGTH.unpack_from(data)
            self._missing, data = length, data[LENGTH.size :]
        self._missing -= len(data)
        self._parts.append(data)
        if self._missing <= 0:
            reply, self._parts, self._missing = b"".join(self._parts), [], -1
            if self.pid:
                self._done(reply)
            else:
                (self.pid,) = LENGTH.unpack(reply)  # the first word of a new worker
            self.pool.back(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._done(Died(503, "the query needed more memory than it may use, or broke the engine; narrow it"))
        self.pool.lost(self)

    def end(self, problem: Problem) -> None:
        """Kill the process; whoever waits for it gets the problem."""
        self.pool.order(END, self.number)
        self._done(problem)

    def _done(self, reply: bytes | Problem) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer = None
        if self.waiting and not self.waiting.done():
            if isinstance(reply, Problem):
                self.waiting.set_exception(reply)
            else:
                self.waiting.set_result(reply)
        self.waiting = None


class Pool:
    """Workers of one kind. ``failed`` is called when the holder of the data is gone and no worker can be had any more."""

    def __init__(self, holder: Holder, kind: bytes, limits: Limits, failed: Callable[[], None]) -> None:
        self.holder, self.kind, self.limits, self.failed = holder, kind, limits, failed
        self.loop = asyncio.get_running_loop()
        self.all: set[Worker] = set()
        self.free: deque[Worker] = deque()
        self.queue: deque[asyncio.Future[Worker]] = deque()
        self.closing = False

    async def start(self) -> None:
        """Fork all workers."""
        for _ in range(self.limits.workers):
            await self._fork()

    async def ask(self, message: bytes) -> bytes:
        """The reply of a worker.

        Raises:
            Problem: 503, where none was free in time, or the query had its time, or its worker died.
        """
        began = self.loop.time()
        try:
            return await self._asked(message)
        except Died:
            if self.loop.time() - began > _AT_ONCE:
                raise
            return await self._asked(message)

    async def _asked(self, message: bytes) -> bytes:
        worker = self.free.popleft() if self.free else await self._next()
        try:
            return await worker.ask(message)
        except asyncio.CancelledError:
            worker.end(Problem(503, "the client is gone"))
            raise

    async def _next(self) -> Worker:
        if len(self.queue) >= self.limits.queue:
            raise _busy("too many queries are waiting already")
        place: asyncio.Future[Worker] = self.loop.create_future()
        self.queue.append(place)
        timer = self.loop.call_later(self.limits.waiting, _give_up, place)
        try:
            return await place
        finally:
            timer.cancel()

    def back(self, worker: Worker) -> None:
        """A worker has answered: the next in the queue gets it. One that was slow has been replaced and has to go."""
        if worker.slow or self.closing:
            self.order(END, worker.number)
            return
        self._give(worker)

    def _give(self, worker: Worker) -> None:
        while self.queue:
            place = self.queue.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self.free.append(worker)

    def look_at(self, worker: Worker) -> None:
        """A query is still running. Once it is not small: lower its priority and replace its worker.

        Where too many are slow already it keeps its place, and is ended when it has had a fair share and others wait.
        """
        limits = self.limits
        worked = _processor_time(worker.pid) - worker.used
        left = limits.seconds - (self.loop.time() - worker.since)
        if left <= 0:
            self._overdue(worker)
        elif worked < limits.small * 0.9:
            again = limits.small - worked  # the machine is busy and the query has hardly run: that is not its fault
            worker.timer = self.loop.call_later(min(left, again), self.look_at, worker)
        elif sum(other.slow for other in self.all) < limits.slow:
            worker.slow = True
            self.order(SLOW, worker.number)
            worker.timer = self.loop.call_later(left, self._overdue, worker)
            self._fork_soon()
        elif worked < limits.patience or self.free or not self.queue:
            worker.timer = self.loop.call_later(min(left, limits.small), self.look_at, worker)
        else:
            worker.end(_busy(f"{limits.slow} long queries are running already, and this one is long too"))

    def _overdue(self, worker: Worker) -> None:
        worker.end(Problem(503, f"the query ran longer than {self.limits.seconds:g} s and was ended; narrow it"))

    def lost(self, worker: Worker) -> None:
        """A worker is gone; one that was not replaced yet is replaced now."""
        self.all.discard(worker)
        if worker in self.free:
            self.free.remove(worker)
        self.order(END, worker.number)  # so that the holder takes note
        if not worker.slow and not self.closing:
            # One that died before its first word would die again at once.
            self.loop.call_later(0 if worker.pid else _BACKOFF, self._fork_soon)

    def _fork_soon(self) -> None:
        task = self.loop.create_task(self._fork())
        task.add_done_callback(lambda done: done.exception())

    async def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        number = self.holder.next_number()
        try:
            socket.send_fds(self.holder.orders, [ORDER.pack(FORK, self.kind, number)], [theirs.fileno()])
        except OSError:
            ours.close()
            self.failed()
            return
        finally:
            theirs.close()
        ours.setblocking(False)
        worker = Worker(self, number)
        self.all.add(worker)
        await self.loop.create_connection(lambda: worker, sock=ours)

    def order(self, what: bytes, number: int) -> None:
        """Tell the holder to end a worker or to lower its priority."""
        try:
            self.holder.orders.sendall(ORDER.pack(what, self.kind, number))
        except OSError:
            if not self.closing:
                self.failed()

    def state(self) -> dict[str, int]:
        """How many workers there are, how many of them work, and how many queries wait."""
        slow = sum(worker.slow for worker in self.all)
        return {"workers": len(self.all), "busy": len(self.all) - len(self.free), "slow": slow, "waiting": len(self.queue)}

    def close(self) -> None:
        """End all workers; whoever still waits is told."""
        self.closing = True
        for place in self.queue:
            _give_up(place)
        for worker in list(self.all):
            worker.end(_busy("the server is stopping"))
            worker.transport.close()


def _processor_time(pid: int) -> float:
    """Seconds of processor time that a process has had: on Linux each process has a clock for it. Elsewhere, time as such."""
    if sys.platform != "linux":
        return time.monotonic()
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def _busy(reason: str) -> Problem:
    return Problem(503, f"{reason}; try again in a moment", headers={"Retry-After": "2"})


def _give_up(place: asyncio.Future[Worker]) -> None:
    if not place.done():
        place.set_exception(_busy("no worker was free in time"))
