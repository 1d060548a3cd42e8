"""The data that is served: read once, by a process of its own, into the memory that all workers share."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import IO, Any, NoReturn, cast

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import EngineError, KgError, UsageError


def load(source: str | None) -> tuple[Store, str]:
    """The data in memory, and a short hash of it.

    Another process reads the source: an on-disk store leaves threads behind that a process which forks must not have. In memory
    the larger questions are three times faster too.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reader)
        _dump(source, writer)
    os.close(writer)
    store = Store()
    with os.fdopen(reader, "rb") as pipe:
        if (word := pipe.read(1)) == b"+":
            hashing = _Hashing(pipe)
            store.load(cast(IO[bytes], hashing), format=RdfFormat.N_QUADS, lenient=True)  # of the engine itself
            os.waitpid(pid, 0)
            return store, hashing.digest.hexdigest()
        message = pipe.read().decode("utf-8", "replace")
    os.waitpid(pid, 0)
    raise (UsageError if word == b"2" else EngineError)(message or "the data could not be loaded")


def counts(store: Store) -> dict[str, Any]:
    """How many triples there are, in the default graph and in each named one (the first hundred)."""
    rows: Any = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
    graphs = [(graph, int(count.value)) for graph, count in rows]
    default = len(store) - sum(count for _, count in graphs)
    named = {graph.value: count for graph, count in graphs if isinstance(graph, NamedNode)}
    return {"all": len(store), "triples": default, "graphs": dict(list(named.items())[:100])}


def _dump(source: str | None, writer: int) -> NoReturn:
    from kg.graph import connect
    from kg.sparql.embedded import Embedded

    with os.fdopen(writer, "wb") as pipe:
        try:
            engine = connect(source).engine
            if not isinstance(engine, Embedded):
                raise UsageError(f"{source}: a remote endpoint cannot be served again; name a file or a folder")
            pipe.write(b"+")
            engine.store.dump(pipe, format=RdfFormat.N_QUADS)
        except KgError as error:
            pipe.write(f"{error.exit_status}{error}".encode())
    os._exit(0)


class _Hashing:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, blake2b(digest_size=12)

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data
