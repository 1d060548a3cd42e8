"""Timing that holds on a busy machine: what is compared runs in turns, processor time where there is one, medians and spread."""

from __future__ import annotations

import os
import platform
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from statistics import median, quantiles
from typing import IO

Measure = Callable[[], float]


@dataclass
class Aim:
    """A target: the first series at most ``at_most`` times ``beside``, or at most that many units where nothing is beside."""

    at_most: float
    beside: str = ""


@dataclass
class Row:
    """One comparison. The first series is ours; less is better in all."""

    part: str
    case: str
    triples: int
    unit: str
    series: dict[str, list[float]]
    aims: list[Aim] = field(default_factory=list)
    note: str = ""
    #: Why a target that is missed cannot be met, where that is known.
    why: str = ""

    def of(self, name: str = "") -> float:
        """The median of a series, of ours by default."""
        return median(self.series[name or next(iter(self.series))])

    def ratio(self, beside: str) -> float:
        """Ours as a multiple of another series, by the medians."""
        return self.of() / max(self.of(beside), 1e-9)

    def best(self, beside: str) -> float:
        """The same by the least of each, which a busy machine disturbs least."""
        return min(next(iter(self.series.values()))) / max(min(self.series[beside]), 1e-9)

    def reached(self, aim: Aim) -> float:
        """What stands where the aim's figure does."""
        return self.ratio(aim.beside) if aim.beside else self.of()

    def key(self) -> str:
        """What the row is called in the stored ratios."""
        return f"{self.part}: {self.case}"

    def json(self) -> dict[str, object]:
        """The row with its medians, quartiles and ratios."""
        told = {name: {"median": median(found), "quartiles": spread(found)} for name, found in self.series.items()}
        others = list(self.series)[1:]
        aims = [{**asdict(aim), "reached": self.reached(aim), "met": self.reached(aim) <= aim.at_most} for aim in self.aims]
        return {
            "part": self.part,
            "case": self.case,
            "triples": self.triples,
            "unit": self.unit,
            "series": told,
            "ratios": {name: self.ratio(name) for name in others},
            "aims": aims,
            "note": self.note,
            "why": self.why,
        }


def spread(found: list[float]) -> list[float]:
    """The first and third quartile."""
    if len(found) < 2:
        return [found[0], found[0]]
    first, _, third = quantiles(found, n=4, method="inclusive")
    return [first, third]


#: A round that takes so many seconds is not repeated for nothing.
LONG_ROUND = 0.5


def in_turns(measures: dict[str, Measure], rounds: int, steady: float = 0.05) -> dict[str, list[float]]:
    """Each measure ``rounds`` times, in turns, so that what else the machine does falls on all of them alike.

    Long rounds end earlier: as soon as there are two, and no series differs in itself by more than ``steady``, a share of its middle.
    """
    found: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds):
        start = time.perf_counter()
        for name, measure in measures.items():
            found[name].append(measure())
        if number and time.perf_counter() - start > LONG_ROUND and all(_is_steady(one, steady) for one in found.values()):
            break
    return found


def _is_steady(found: list[float], share: float) -> bool:
    return max(found) - min(found) <= share * median(found)


def cpu(work: Callable[[], object]) -> Measure:
    """Milliseconds of processor time in this process."""

    def measure() -> float:
        start = time.process_time()
        work()
        return 1000 * (time.process_time() - start)

    return measure


#: Starts a command and tells what it took. A process is born with the memory of its parent as its largest: this one is small.
LAUNCHER = """import os, resource, sys, time
start = time.perf_counter()
limit = int(sys.argv[2]) or resource.RLIM_INFINITY
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
_, status, used = os.wait4(os.posix_spawnp(sys.argv[3], sys.argv[3:], os.environ), 0)
wall = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status)
os.write(int(sys.argv[1]), f"{code} {used.ru_utime + used.ru_stime} {wall} {used.ru_maxrss}".encode())
"""


@dataclass
class Ended:
    """What a process took: milliseconds of processor time and by the clock, and its largest memory in MB."""

    cpu: float
    wall: float
    memory: float


def ended(
    command: list[str],
    environment: dict[str, str] | None = None,
    folder: str | None = None,
    status: int = 0,
    output: IO[bytes] | int = subprocess.DEVNULL,
    seconds: int = 0,
) -> Ended:
    """Run a command to its end, by default with its output thrown away.

    Parameters:
        seconds: the processor time after which it is stopped, which is then what it took; 0 for no limit.

    Raises:
        RuntimeError: it ended with another status.
    """
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, str(writer), str(seconds), *command],
        stdout=output,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        cwd=folder,
        pass_fds=[writer],
    ) as launcher:
        os.close(writer)
        assert launcher.stderr is not None
        told = launcher.stderr.read()
    with os.fdopen(reader) as file:
        code, cpu, wall, memory = file.read().split()
    if int(code) != status and not (seconds and int(code) in (-signal.SIGXCPU, -signal.SIGKILL)):
        raise RuntimeError(f"{' '.join(command)[:200]} ended with {code}: {told[-500:].decode()}")
    return Ended(1000 * float(cpu), 1000 * float(wall), int(memory) / 1024)


def process(command: list[str], environment: dict[str, str] | None = None) -> Measure:
    """Milliseconds of processor time of a command from its start to its end."""
    return lambda: ended(command, environment).cpu


def kg(*words: str) -> list[str]:
    """The ``kg`` command as its installed script runs it."""
    return [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())", *words]


@contextmanager
def running(
    command: list[str],
    answers: Callable[[], object],
    environment: dict[str, str] | None = None,
    folder: str | None = None,
    name: str = "",
    seconds: float = 120,
) -> Iterator[int]:
    """A server until the block ends, once ``answers`` no longer raises; its process id.

    Raises:
        RuntimeError: it ended, or did not answer in time; the message names it and shows its last output.
    """
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}, cwd=folder
        ) as server,
    ):
        try:
            _wait(server, answers, name or shlex.join(command)[:200], seconds, output)
            yield server.pid
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], answers: Callable[[], object], name: str, seconds: float, output: IO[bytes]) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + seconds
    while True:
        code = server.poll()
        try:
            answers()
            return
        except OSError as error:
            late = time.monotonic() > deadline
            if code is not None or late:
                output.seek(0)
                said = output.read()[-2000:].decode(errors="replace").strip() or "nothing"
                problem = f"ended with {code}" if code is not None else f"did not answer within {seconds:g} s ({error})"
                raise RuntimeError(f"{name} {problem}; its last output:\n{said}") from None
        time.sleep(0.1)


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def machine() -> dict[str, object]:
    """What the figures were measured on, and how busy it was when the measurement began."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "pyoxigraph": version("pyoxigraph"),
        "busy": round(os.getloadavg()[0], 1),
    }
