"""Commands of the package in processes that are forked from one which has imported it: a test need not wait for that each time.

Run as a script it is that process: it takes orders by a socket, each with the words, the folder and the environment of a command and
its three standard streams, and replies with the exit status. What it forks begins as a new interpreter would: with its own streams,
environment and folder, and with nothing opened.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import Any, NoReturn

SOURCE = Path(__file__).parent.parent / "src"
#: What commands import when they run; a module that only starts up with them belongs here too.
MODULES = ("kg.cli.parser", "kg.graph", "kg.build.store", "kg.checks.known", "kg.authoring.placement", "kg.sparql.library")
#: Variables that an interpreter reads when it starts: a command with others than ours needs one of its own.
_READ_AT_START = ("PYTHON", "LC_", "LANG", "MALLOC_", "LD_")
_SIZE = 1 << 20


class Forker:
    """The process that forks, seen from the tests; started with the first command."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._start = _list_read_at_start({**os.environ, "PYTHONPATH": str(SOURCE)})

    def suits(self, environment: dict[str, str]) -> bool:
        """Whether a command with this environment may run in a fork; elsewhere than on Linux none does."""
        return sys.platform == "linux" and _list_read_at_start(environment) == self._start

    def run(
        self, words: tuple[str, ...], cwd: str, environment: dict[str, str], said: str, timeout: float
    ) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of a command."""
        with self._lock, contextlib.ExitStack() as stack:
            if self._socket is None:
                self._start_process(environment)
            assert self._socket is not None
            streams = [stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(3)]
            streams[0].write(said)
            streams[0].seek(0)
            order = json.dumps([list(words), cwd, environment]).encode()
            self._socket.settimeout(timeout)
            try:
                socket.send_fds(self._socket, [order], [stream.fileno() for stream in streams])
                reply = self._socket.recv(100)
            except TimeoutError:
                self._end()
                raise subprocess.TimeoutExpired(["kg", *words], timeout) from None
            for stream in streams[1:]:
                stream.seek(0)
            return int(reply), streams[1].read(), streams[2].read()

    def _start_process(self, environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SIZE)
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=theirs.fileno(), env=environment, start_new_session=True
        )
        theirs.close()
        self._socket = ours
        atexit.register(self._end)

    def _end(self) -> None:
        """End the process and the command that it runs."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait()
        self._socket = None


def _list_read_at_start(environment: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_READ_AT_START)}


def _serve() -> None:
    """The life of the process that forks."""
    for name in MODULES:
        importlib.import_module(name)
    orders = socket.socket(fileno=os.dup(0))
    while True:
        order, streams, _, _ = socket.recv_fds(orders, _SIZE, 3)
        if not order:
            return
        pid = os.fork()
        if not pid:
            orders.close()
            _run_command(streams, *json.loads(order))
        for stream in streams:
            os.close(stream)
        orders.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def _run_command(streams: list[int], words: list[str], cwd: str, environment: dict[str, str]) -> NoReturn:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    opened: dict[str, Any] = {"stdin": "r", "stdout": "w", "stderr": "w"}
    for number, (name, mode) in enumerate(opened.items()):
        raw = io.open(number, mode + "b", closefd=False)  # noqa: SIM115, UP020 - it stays open
        errors = "backslashreplace" if name == "stderr" else "strict"
        setattr(sys, name, io.TextIOWrapper(raw, encoding="utf-8", errors=errors, line_buffering=name == "stderr"))
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [str(SOURCE / "kg" / "__main__.py"), *words]
    status = 1
    try:
        from kg.cli import main

        status = main()
    except BaseException:  # noqa: BLE001 - as an interpreter ends that nobody caught it in
        traceback.print_exc()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError, OSError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
