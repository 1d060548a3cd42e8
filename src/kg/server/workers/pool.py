"""The workers seen from the server: who is free, who waits, who has had its time.

A query starts on one of a few workers: behind the query of one that has just answered quickly, or else on one that is free. Where the
query before it is not done soon after all, another worker is asked. A query that goes on is slow: it gets a lower priority, and a fresh
worker takes its place, so that small questions never wait behind large ones. Only some slow queries may run. What would exceed them while
others wait is ended with its process and waits in a second queue until one of them is done: whoever has not been tried yet comes first.
What was found long before waits there at once, so that clients who send it again and again keep no small question waiting.
Whatever has had its time is ended.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial

from kg.server.http.limits import Limits
from kg.server.http.messages import settle
from kg.server.http.problem_details import Problem, busy
from kg.server.workers.fork_server import END, FORK, LAST, ORDER, SLOW, Holder
from kg.server.workers.long_questions import LongQuestions
from kg.server.workers.worker import Asked, Then, Worker

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
        self.queue: deque[Asked] = deque()
        #: What was tried and is long, and waits until fewer long ones run.
        self.later: deque[Asked] = deque()
        self.known_long = LongQuestions()
        self.closing = False
        self._watching = False
        self._unsent: set[Worker] = set()

    async def start(self) -> None:
        """Fork all workers."""
        for _ in range(self.limits.workers):
            await self._fork()

    def ask(self, message: bytes, then: Then) -> None:
        """Have a worker reply, or tell the problem: 503 where none was free in time, or the query had its time, or its worker died.

        Raises:
            Problem: 503, where too many wait already.
        """
        if len(self.queue) + len(self.later) >= self.limits.queue:
            raise busy("too many queries are waiting already")
        asked = Asked(message, then, self.loop.time())
        asked.long = message in self.known_long
        (self.later if asked.long else self.queue).append(asked)
        self._serve()

    async def reply(self, message: bytes) -> bytes:
        """The reply to a message.

        Raises:
            Problem: as :meth:`ask` tells it.
        """
        found: asyncio.Future[bytes | Problem] = self.loop.create_future()
        self.ask(message, partial(settle, found))
        reply = await found
        if isinstance(reply, Problem):
            raise reply
        return reply

    def _serve(self) -> None:
        """Give what waits to those who can take it."""
        while waiting := self._waiting():
            if waiting[0].done:  # by the worker that it was taken from
                waiting.popleft()
                continue
            worker = self._next() if waiting is self.queue else self.free.pop() if self.free else None
            if not worker:
                break
            if not self._unsent:
                self.loop.call_soon(self._flush)
            self._unsent.add(worker)
            worker.ask(waiting.popleft())
        if not self._watching:
            self._watching = True
            self.loop.call_later(_TICK, self._look)

    def _waiting(self) -> deque[Asked] | None:
        """The queue whose turn it is: first those that were not tried, then, where another long one may run, the long ones."""
        if self.queue:
            return self.queue
        if self.later and len(self.free) > (self.limits.workers > 1) and self._long() < self.limits.slow:
            return self.later
        return None

    def _long(self) -> int:
        """How many long queries run: those that are slow, and those that were put off and are tried again."""
        return sum(worker.slow or bool(worker.asked and worker.asked[0].long) for worker in self.all)

    def _next(self) -> Worker | None:
        now = self.loop.time()
        quick = [worker for worker in self.all if worker.takes_more(now)]
        if quick:
            # It is awake: to wake another process takes longer than a small query.
            return min(quick, key=lambda worker: len(worker.asked))
        # The one that worked last: what it needs is still in the processor's cache.
        return self.free.pop() if self.free else None

    def _flush(self) -> None:
        """At the end of a turn of the loop: all that came in it goes out."""
        for worker in self._unsent:
            worker.flush()
        self._unsent.clear()

    def back(self, worker: Worker) -> None:
        """A worker has answered. One that was slow has been replaced and has to go."""
        if worker.slow or self.closing:
            worker.ending = True
            self.order(END, worker.number)
        elif not worker.asked:
            self.free.append(worker)
        if self.queue or self.later:
            self._serve()

    def _look(self) -> None:
        now = self.loop.time()
        for queue in (self.queue, self.later):
            while queue and now - queue[0].since > self.limits.waiting:
                queue.popleft().answer(busy("no worker was free in time"))
        working = [worker for worker in self.all if worker.asked and not worker.ending]
        for worker in working:
            self._look_at(worker)
        self._watching = False
        if working or self.queue or self.later:
            self._serve()

    def _look_at(self, worker: Worker) -> None:
        """A query is still running. Once it is not small: lower its priority and replace its worker.

        Where too many are slow already it keeps its place, and is ended when it has had a fair share and others wait.
        """
        limits = self.limits
        worked = worker.measure_work()  # and not how long it runs: where the machine is busy that is not its fault
        lasts = self.loop.time() - worker.since
        if lasts >= _TICK:
            self._again(worker.behind())
        if lasts >= limits.seconds:
            worker.end(Problem(503, f"the query ran longer than {limits.seconds:g} s and was stopped; narrow it"))
        elif worker.slow:
            if worked >= limits.long and not worker.last:
                worker.last = True
                self.known_long.add(worker.asked[0].message)
                self.order(LAST, worker.number)
        elif worked < limits.small:
            pass
        elif sum(other.slow for other in self.all) < limits.slow:
            worker.slow = True
            self.order(SLOW, worker.number)
            self._fork_soon()
        elif worked < limits.patience and self.queue and not self.free:
            worker.put_off()
        elif worked >= limits.patience and self.queue and not self.free:
            worker.end(busy(f"{limits.slow} long queries are running already, and this one is long too"))

    def _again(self, unanswered: Iterable[Asked]) -> None:
        """These wait once more, before all others."""
        left = [asked for asked in unanswered if not asked.done]
        self.later.extend(asked for asked in left if asked.long)
        self.queue.extendleft(reversed([asked for asked in left if not asked.long]))

    def lost(self, worker: Worker, unanswered: list[Asked]) -> None:
        """A worker is gone; one that was not replaced yet is replaced now, and what it was asked is asked again.

        But not a query that is slow, or that one worker after the other died of; where we ended the worker, no query is to blame.
        """
        self.all.discard(worker)
        self._unsent.discard(worker)
        if worker in self.free:
            self.free.remove(worker)
        self.order(END, worker.number)  # so that the holder takes note
        if unanswered:
            first = unanswered[0]
            first.tries += not worker.ending
            if (worker.slow and not worker.ending) or first.tries > self.limits.workers:
                first.answer(Problem(503, "the query needed more memory than it may use, or made the engine fail; narrow it"))
            self._again(unanswered)
        if not worker.slow and not self.closing:
            # One that died before its first word would die again at once.
            self.loop.call_later(0 if worker.pid else _BACKOFF, self._fork_soon)
        self._serve()

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
        waiting = len(self.queue) + len(self.later)
        return {"workers": len(self.all), "busy": len(self.all) - len(self.free), "slow": slow, "waiting": waiting}

    def close(self) -> None:
        """End all workers; whoever still waits is told."""
        self.closing = True
        for queue in (self.queue, self.later):
            for asked in queue:
                asked.answer(busy("no worker was free in time"))
            queue.clear()
        for worker in list(self.all):
            for asked in worker.asked:
                asked.answer(busy("the server is stopping"))
            self.order(END, worker.number)
            worker.transport.close()
