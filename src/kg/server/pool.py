"""The workers seen from the server: who is free, who waits, who has had its time.

A query starts on one of a few workers. Where it is not done soon it is slow: it goes on at a lower priority, and a fresh worker
takes its place, so that small questions never wait behind large ones. Only some slow queries may run; what would exceed them while
others wait, and whatever has had its time, is ended with its process.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable

from kg.server.limits import Limits
from kg.server.problems import Problem, busy
from kg.server.worker import Died, Worker
from kg.server.workers import END, FORK, LAST, ORDER, SLOW, Holder

_BACKOFF = 0.5
#: While queries run, each is looked at this often: a timer for each would cost a small query more than all else here.
_TICK = 0.01


class Pool:
    """Workers of one kind. ``failed`` is called when the holder of the data is gone and no worker can be had any more."""

    def __init__(self, holder: Holder, kind: bytes, limits: Limits, failed: Callable[[], None]) -> None:
        self.holder, self.kind, self.limits, self.failed = holder, kind, limits, failed
        self.loop = asyncio.get_running_loop()
        self.all: set[Worker] = set()
        self.free: list[Worker] = []
        self.queue: deque[asyncio.Future[Worker]] = deque()
        self.closing = False
        self._watching = False

    async def start(self) -> None:
        """Fork all workers."""
        for _ in range(self.limits.workers):
            await self._fork()

    async def ask(self, message: bytes) -> bytes:
        """The reply of a worker.

        Raises:
            Problem: 503, where none was free in time, or the query had its time, or its worker died.
        """
        tries = 0
        while True:
            # The one that worked last: what it needs is still in the processor's cache.
            worker = self.free.pop() if self.free else await self._next()
            try:
                return await worker.ask(message)
            except Died:  # before it did anything: it was dying already when it was asked
                tries += 1
                if tries > self.limits.workers:
                    raise
            except asyncio.CancelledError:
                worker.end(Problem(503, "the client is gone"))
                raise

    async def _next(self) -> Worker:
        if len(self.queue) >= self.limits.queue:
            raise busy("too many queries are waiting already")
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

    def watch(self) -> None:
        """Look at the workers from now on, for as long as one of them works."""
        if not self._watching:
            self._watching = True
            self.loop.call_later(_TICK, self._look)

    def _look(self) -> None:
        working = [worker for worker in self.all if worker.waiting]
        for worker in working:
            self._look_at(worker)
        self._watching = False
        if working:
            self.watch()

    def _look_at(self, worker: Worker) -> None:
        """A query is still running. Once it is not small: lower its priority and replace its worker.

        Where too many are slow already it keeps its place, and is ended when it has had a fair share and others wait.
        """
        limits = self.limits
        worked = worker.worked()  # and not how long it runs: where the machine is busy that is not its fault
        if self.loop.time() - worker.since >= limits.seconds:
            worker.end(Problem(503, f"the query ran longer than {limits.seconds:g} s and was ended; narrow it"))
        elif worker.slow:
            if worked >= limits.long and not worker.last:
                worker.last = True
                self.order(LAST, worker.number)
        elif worked < limits.small:
            pass
        elif sum(other.slow for other in self.all) < limits.slow:
            worker.slow = True
            self.order(SLOW, worker.number)
            self._fork_soon()
        elif worked >= limits.patience and self.queue and not self.free:
            worker.end(busy(f"{limits.slow} long queries are running already, and this one is long too"))

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
            worker.end(busy("the server is stopping"))
            worker.transport.close()


def _give_up(place: asyncio.Future[Worker]) -> None:
    if not place.done():
        place.set_exception(busy("no worker was free in time"))
