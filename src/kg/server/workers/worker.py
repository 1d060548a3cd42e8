"""One worker process seen from the server: what it was asked, since when, and how much processor time it has had."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from kg.server.http.problem_details import Problem
from kg.server.workers.fork_server import END
from kg.server.workers.framing import LENGTH, Frames, frame

#: Takes the reply of a worker, or the problem that took its place.
Then = Callable[[bytes | Problem], None]

#: Questions that a worker may have before it, the one it works at included.
DEEPEST = 8
#: A worker that had an answer within this time may well have the next one as soon, in seconds.
_QUICK = 0.0005


class Asked:
    """A question to a worker, and who waits for the reply. It may be with two workers at once; the first reply counts."""

    __slots__ = ("done", "long", "message", "since", "then", "tries")

    def __init__(self, message: bytes, then: Then, since: float) -> None:
        self.message, self.then, self.since = message, then, since
        self.tries, self.done = 0, False
        #: Whether it was tried and found not to be small.
        self.long = False

    def answer(self, reply: bytes | Problem) -> None:
        """Hand the reply over, once."""
        if not self.done:
            self.done = True
            try:
                self.then(reply)
            except Exception as error:  # noqa: BLE001 - a fault of ours costs this answer, and none of those behind it
                told = {"message": "an answer could not be sent", "exception": error}
                asyncio.get_running_loop().call_exception_handler(told)


class Owner(Protocol):
    """Whoever keeps the workers: told when one has answered or is gone, and gives orders about it."""

    loop: asyncio.AbstractEventLoop

    def back(self, worker: Worker) -> None: ...
    def lost(self, worker: Worker, unanswered: list[Asked]) -> None: ...
    def order(self, what: bytes, number: int) -> None: ...


class Worker(asyncio.Protocol):
    """One worker process, and the questions it has before it: it answers them one after the other."""

    def __init__(self, pool: Owner, number: int) -> None:
        self.pool, self.number = pool, number
        self.transport: Any = None
        self.asked: deque[Asked] = deque()
        self.slow = self.last = self.quick = self.ending = False
        self.pid = 0
        self.since = 0.0
        self._used: float | None = None
        self._told = False
        self._unsent: list[bytes] = []
        self._frames = Frames()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, asked: Asked) -> None:
        """Give it a question, which goes out with :meth:`flush`."""
        if not self.asked:
            self._begins(_processor_time(self.pid))
        self.asked.append(asked)
        self._unsent.append(asked.message)

    def flush(self) -> None:
        """Send what was asked since the last time, in one piece: a process is woken once."""
        self.transport.write(frame(self._unsent))
        self._unsent.clear()

    def takes_more(self, now: float) -> bool:
        """Whether one more question would most likely not wait long behind those that it has."""
        return self.quick and 0 < len(self.asked) < DEEPEST and now - self.since < _QUICK

    def behind(self) -> list[Asked]:
        """What waits behind the question it works at, told once: it will not take more until it has answered."""
        found = [] if self._told else list(self.asked)[1:]
        self._told = True
        return found

    def data_received(self, data: bytes) -> None:
        for reply in list(self._frames.whole(data)):
            if not self.pid:
                (self.pid,) = LENGTH.unpack(reply)  # the first word of a new worker
            else:
                now = self.pool.loop.time()
                self.quick = now - self.since < _QUICK
                first = self.asked.popleft()
                self._begins(None)
                first.answer(reply)
            self.pool.back(self)

    def connection_lost(self, exc: Exception | None) -> None:
        unanswered, self.asked = list(self.asked), deque()
        self.pool.lost(self, unanswered)

    def measure_work(self) -> float:
        """Seconds of processor time on the first question. Where others were before it: since this was first asked for it."""
        now = _processor_time(self.pid)
        if self._used is None:
            self._used = now
        return now - self._used

    def end(self, problem: Problem) -> None:
        """Kill the process; whoever waits for what it works at gets the problem."""
        self.ending = True
        self.pool.order(END, self.number)
        if self.asked:
            self.asked[0].answer(problem)

    def put_off(self) -> None:
        """Kill the process; what it works at is long, and waits until a long one may run."""
        self.ending = True
        if self.asked:
            self.asked[0].long = True
        self.pool.order(END, self.number)

    def _begins(self, used: float | None) -> None:
        self.since, self._used, self._told = self.pool.loop.time(), used, False


def _processor_time(pid: int) -> float:
    """Seconds of processor time that a process has had: on Linux each process has a clock for it. Elsewhere, time as such."""
    if sys.platform != "linux":
        return time.monotonic()
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0
