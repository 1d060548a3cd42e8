"""The pool of workers alone: its holder and its workers are made up, and answer when they are told to."""

import asyncio
import os
import socket
import time

import pytest

from kg.server.http.limits import Limits
from kg.server.http.problem_details import Problem
from kg.server.workers.fork_server import FORK, ORDER, QUERY
from kg.server.workers.framing import LENGTH, Frames, frame
from kg.server.workers.pool import Pool
from kg.server.workers.worker import DEEPEST

from .test_sending import run

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """What counts as a quick answer, so that a busy machine gives one too."""
    monkeypatch.setattr("kg.server.workers.worker._QUICK", 0.008)


class Process:
    """What a worker process would be: it reads what it is asked, and replies when it is told to."""

    def __init__(self, handle: int) -> None:
        self.socket = socket.socket(fileno=handle)
        self.socket.setblocking(False)
        self.frames = Frames()
        self.reply(LENGTH.pack(os.getpid()))

    def reply(self, *messages: bytes) -> None:
        self.socket.sendall(frame(messages))

    def asked(self) -> list[bytes]:
        """What it was asked since it was last looked at."""
        try:
            return list(self.frames.whole(self.socket.recv(65536)))
        except BlockingIOError:
            return []


class Office:
    """A pool, the orders it gives and the processes it was given for them."""

    def __init__(self, **limits: float) -> None:
        self.orders, self.theirs = socket.socketpair()
        self.theirs.setblocking(False)
        self.number = 0
        self.limits = Limits(**limits)
        self.replies: list[tuple[str, bytes | Problem]] = []
        self.processes: list[Process] = []

    def next_number(self) -> int:
        self.number += 1
        return self.number

    async def opened(self) -> "Office":
        self.pool = Pool(self, QUERY, self.limits, lambda: pytest.fail("the holder is gone"))
        await self.pool.start()
        await self.hired()
        return self

    async def hired(self) -> None:
        """Start a process for each order to fork one."""
        await asyncio.sleep(0.005)
        try:
            while True:
                data, handles, _, _ = socket.recv_fds(self.theirs, ORDER.size, 1)
                if ORDER.unpack(data)[0] == FORK:
                    self.processes.append(Process(handles[0]))
        except BlockingIOError:
            pass
        await asyncio.sleep(0.005)

    def ask(self, *names: str) -> None:
        for name in names:
            self.pool.ask(name.encode(), lambda reply, name=name: self.replies.append((name, reply)))

    async def warmed(self) -> Process:
        """The process that has just answered quickly."""
        for _ in range(200):  # on a busy machine not the first time
            self.ask("warm")
            await asyncio.sleep(0)
            (quick,) = [one for one in self.processes if one.asked()]
            quick.reply(b"warm")
            while not self.replies:
                await asyncio.sleep(0)
            self.replies.clear()
            if any(worker.quick for worker in self.pool.all):
                return quick
        raise AssertionError("no answer was quick")

    def close(self) -> None:
        self.pool.close()
        for process in self.processes:
            process.socket.close()
        self.orders.close()
        self.theirs.close()


def scene(play, **limits):
    """Play a scene with a pool; what was replied."""

    async def whole():
        office = await Office(**limits).opened()
        try:
            await play(office)
        finally:
            office.close()
        return office.replies

    return run(whole)


def test_what_comes_in_one_turn_goes_in_one_piece_to_one_that_answers_quickly():
    async def play(office):
        quick = await office.warmed()
        (other,) = [one for one in office.processes if one is not quick]
        office.ask("a", "b", "c")
        await asyncio.sleep(0)
        assert (quick.asked(), other.asked()) == ([b"a", b"b", b"c"], [])
        quick.reply(b"1", b"2", b"3")
        await asyncio.sleep(0.005)

    assert scene(play, workers=2) == [("a", b"1"), ("b", b"2"), ("c", b"3")]


def test_one_that_was_not_quick_has_one_question_at_a_time():
    async def play(office):
        office.ask("a", "b")
        await asyncio.sleep(0)
        first = office.processes[0]
        assert first.asked() == [b"a"]
        first.reply(b"1")
        await asyncio.sleep(0.005)
        assert first.asked() == [b"b"]
        first.reply(b"2")
        await asyncio.sleep(0.005)

    assert scene(play, workers=1) == [("a", b"1"), ("b", b"2")]


def test_a_queue_is_not_deeper_than_it_may_be():
    async def play(office):
        quick = await office.warmed()
        office.ask(*map(str, range(DEEPEST + 3)))
        await asyncio.sleep(0)
        assert len(quick.asked()) == DEEPEST
        assert office.pool.state()["waiting"] == 3

    scene(play, workers=1)


def test_what_waits_behind_a_slow_query_is_asked_of_another_and_answered_once():
    async def play(office):
        quick = await office.warmed()
        (other,) = [one for one in office.processes if one is not quick]
        office.ask("slow", "a", "b")
        asked, until = [], time.monotonic() + 5
        while len(asked) < 2 and time.monotonic() < until:
            await asyncio.sleep(0.002)
            for message in other.asked():
                asked.append(message)
                other.reply(b"other " + message)
        assert asked == [b"a", b"b"]
        quick.reply(b"late", b"late", b"late")
        await asyncio.sleep(0.02)
        assert (quick.asked(), other.asked()) == ([b"slow", b"a", b"b"], [])
        office.ask("next")  # whoever answers it, it gets its own answer
        await asyncio.sleep(0.002)
        (last,) = [one for one in office.processes if one.asked()]
        last.reply(b"own")
        await asyncio.sleep(0.005)

    assert scene(play, workers=2) == [("a", b"other a"), ("b", b"other b"), ("slow", b"late"), ("next", b"own")]


def test_what_was_answered_while_it_waited_for_another_costs_no_worker(monkeypatch):
    async def play(office):
        (only,) = office.processes
        await office.warmed()
        office.ask("slow", "a", "b")
        await asyncio.sleep(0.03)
        assert office.pool.state()["waiting"] == 2
        monkeypatch.setattr("kg.server.workers.worker._QUICK", 0)
        only.reply(b"1", b"2", b"3")
        await asyncio.sleep(0.005)
        assert office.pool.state() == {"workers": 1, "busy": 0, "slow": 0, "waiting": 0}

    assert scene(play, workers=1) == [("slow", b"1"), ("a", b"2"), ("b", b"3")]


async def answered_without(office, gone):
    """Both questions are answered by the workers that are left."""
    until = time.monotonic() + 5
    while len(office.replies) < 2 and time.monotonic() < until:
        await asyncio.sleep(0.002)
        for process in office.processes:
            if process is not gone:
                process.reply(*process.asked())


def test_what_was_behind_a_slow_query_is_not_blamed_when_its_worker_is_ended():
    async def play(office):
        quick = await office.warmed()
        office.ask("slow", "a")
        await asyncio.sleep(0)
        assert quick.asked() == [b"slow", b"a"]
        (worker,) = [one for one in office.pool.all if one.asked]
        worker.slow = True
        quick.reply(b"1")
        await asyncio.sleep(0.005)
        quick.socket.close()  # as the order to end it has it
        await answered_without(office, quick)

    assert scene(play, workers=2) == [("slow", b"1"), ("a", b"a")]


def test_what_a_dead_worker_was_asked_is_asked_of_another():
    async def play(office):
        quick = await office.warmed()
        office.ask("a", "b")
        await asyncio.sleep(0)
        quick.socket.close()
        await office.hired()
        await answered_without(office, quick)

    assert scene(play, workers=2) == [("a", b"a"), ("b", b"b")]


def test_a_question_that_one_worker_after_the_other_dies_of_is_given_up_and_those_behind_it_are_not():
    async def play(office):
        quick = await office.warmed()
        office.ask("deadly", "a")
        until = time.monotonic() + 5
        while len(office.replies) < 2 and time.monotonic() < until:
            await office.hired()
            for process in office.processes:
                if process.socket.fileno() >= 0:
                    for message in process.asked():
                        if message == b"deadly":
                            process.socket.close()
                            break
                        process.reply(message)
        assert quick.socket.fileno() < 0

    replies = dict(scene(play, workers=2))
    assert replies["a"] == b"a"
    assert (replies["deadly"].status, "made the engine fail" in replies["deadly"].detail) == (503, True)


def test_a_fault_in_one_that_waits_costs_the_others_nothing():
    async def play(office):
        asyncio.get_running_loop().set_exception_handler(lambda loop, told: office.replies.append(("fault", told["message"])))
        await office.warmed()
        office.pool.ask(b"x", lambda reply: 1 / 0)
        office.ask("a")
        await asyncio.sleep(0)
        for process in office.processes:
            process.reply(*process.asked())
        await asyncio.sleep(0.005)

    assert scene(play, workers=1) == [("fault", "an answer could not be sent"), ("a", b"a")]


def test_when_it_closes_whoever_waits_is_told():
    async def play(office):
        await office.warmed()
        office.ask(*map(str, range(DEEPEST + 1)))

    told = scene(play, workers=1)
    assert sorted(name for name, _ in told) == sorted(map(str, range(DEEPEST + 1)))
    assert {reply.status for _, reply in told} == {503}


def test_no_more_may_wait_than_the_queue_holds():
    async def play(office):
        office.ask("a", "b", "c")
        with pytest.raises(Problem, match="too many queries are waiting already"):
            office.ask("d")

    scene(play, workers=1, queue=2)


def test_messages_are_read_whatever_the_pieces_they_come_in():
    messages = [b"", b"a", b"b" * 300, b"", b"c"]
    written = frame(messages)
    for size in (1, 2, 3, 5, 64, 1000):
        frames = Frames()
        pieces = [written[start : start + size] for start in range(0, len(written), size)]
        assert [message for piece in pieces for message in frames.whole(piece)] == messages
