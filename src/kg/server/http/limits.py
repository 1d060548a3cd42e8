"""What one query and one client may use. Every limit is an option of ``kg serve`` or has its reason here."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server.

    Parameters:
        seconds: how long a query may run; it is ended within a tenth of a second after that.
        rows: how many rows or triples an answer may hold.
        size: how many bytes an answer may hold; answers are sent whole or not at all.
        memory: how many bytes a query may use beside the data.
        workers: how many queries run at once at full speed.
        slow: how many queries that are not ``small`` may run beside them, at a lower priority.
        queue: how many queries may wait for a worker; further clients are told to retry later.
    """

    seconds: float = 10.0
    rows: int = 1_000_000
    size: int = 256 * MEGABYTE
    memory: int = 768 * MEGABYTE
    workers: int = 4
    slow: int = 12
    queue: int = 200

    #: After this much processor time a query is no longer small: it gives its place up and goes on at a lower priority.
    small: float = 0.03
    #: And after this much at the lowest.
    long: float = 1.0
    #: Where as many slow queries run as may, a query keeps its place for this much processor time, and then until others wait for it.
    patience: float = 0.25
    #: How long a query may wait for a worker before it is told to come back.
    waiting: float = 10.0
    #: The longest query text, and so the largest body that is read.
    body: int = MEGABYTE
    #: The request line and the headers together.
    head: int = 128 * 1024
    #: A request that is not there whole after this time is dropped.
    reading: float = 10.0
    #: Connections at once; each costs a file descriptor and a few kilobytes.
    connections: int = 1000
    #: Bytes of large answers that are on their way; a further one is told to come back, since slow clients would fill the memory.
    sending: int = 512 * MEGABYTE
    #: Bytes of answers that are kept for those who ask the same again.
    cache: int = 64 * MEGABYTE

    def sentences(self) -> list[str]:
        """The limits as the service description tells them."""
        return [
            f"A query may run for {self.seconds:g} seconds and use {self.memory // MEGABYTE} MB of memory.",
            f"An answer holds at most {self.rows:,} rows or triples and {self.size // MEGABYTE} MB.",
            f"{self.workers} queries run at once and {self.slow} long ones beside them; {self.queue} may wait.",
            f"A query text holds at most {self.body // 1024} kB, in a URL {self.head // 1024} kB.",
            "SERVICE, LOAD and updates are refused. FROM and FROM NAMED choose among the graphs that are served.",
        ]
