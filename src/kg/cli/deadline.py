"""Time limits and Ctrl-C for work inside the engine, which hears neither while a query runs."""

from __future__ import annotations

# The C modules behind threading, signal and time: importing signal alone would cost a query a tenth of its time.
import _signal  # type: ignore[import-not-found]
import _thread
import os
import sys
import time

from kg.errors import NO_THREADS, EngineError

#: What was said of a failure already, while the process ends.
reported: list[str] = []


def watch(timeout: float | None) -> None:
    """End the process with exit status 3 after ``timeout`` seconds, and with 130 on Ctrl-C, whatever it is doing.

    The engine releases the interpreter while it works but never looks up, so a thread of ours does. Nothing is lost:
    what kg writes is renamed into place only when it is whole.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    _signal.signal(_signal.SIGINT, lambda *_: None)
    _signal.set_wakeup_fd(writer)
    try:
        _thread.start_new_thread(_interrupt, (reader,))
        if timeout is not None:
            _thread.start_new_thread(_late, (timeout,))
    except RuntimeError:
        raise EngineError(NO_THREADS) from None


def _interrupt(reader: int) -> None:
    while os.read(reader, 1) != bytes([_signal.SIGINT]):
        pass
    os._exit(130)


def _late(timeout: float) -> None:
    time.sleep(timeout)
    remote = sys.modules.get("kg.sparql.remote")
    sent: dict[str, int] = remote.SENT if remote else {}
    if sum(sent.values()) == 1:  # whose own limit says more
        time.sleep(1)
    if not reported:
        where = f"{', '.join(sent)}: " if sent else ""
        among = f", in which {sum(sent.values())} queries were sent" if sum(sent.values()) > 1 else ""
        line = f"kg: {where}no answer within {timeout:g} s{among}; raise --timeout or narrow the query\n"
        os.write(sys.stderr.fileno(), line.encode())
    os._exit(3)
