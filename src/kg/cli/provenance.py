"""Where an answer comes from: one line of JSON on standard error, by which the same answer can be had again.

It names the program's version, the data (where it is, its release and its hash), the command as it was typed, and the hash of the
answer as it was printed: two answers with one hash are the same, byte by byte.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg import locations
from kg.errors import UsageError
from kg.locations import __version__
from kg.sparql.address import without_passwords

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

#: The commands whose answers can say where they come from.
PROVEN = ("query", "paths", "explain", "correct", "term", "claim", "find", "compare", "plate")


def check_provenance(command: str, wanted: bool) -> None:
    """Refuse the option where a command has no answer from the graph alone."""
    if wanted and command not in PROVEN:
        raise UsageError(f"--provenance: kg {command} gives no answer to prove; it belongs to {', '.join(PROVEN)}")


def proven(options: Namespace, asked: Sequence[str], run: Callable[[Namespace], int]) -> int:
    """Run a command and tell on standard error where its answer comes from."""
    printed = _Hashing(sys.stdout.buffer)
    usual = sys.stdout
    usual.flush()
    sys.stdout = io.TextIOWrapper(printed, encoding="utf-8", errors="surrogateescape", newline="\n", write_through=True)
    try:
        status = run(options)
        sys.stdout.flush()
    finally:
        sys.stdout.detach()
        sys.stdout = usual
    told = {
        **of_data(options.source),
        "asked": without_passwords(shlex.join(["kg", *asked])),
        "answer": printed.digest.hexdigest(),
    }
    print(json.dumps({"kg": __version__, **told}, ensure_ascii=False), file=sys.stderr)
    return status


def of_data(source: str | None) -> dict[str, Any]:
    """What a source is: where, which release, and the hash of its data; the hash of an endpoint is not known."""
    source = source or os.environ.get("KG_SOURCE") or ""
    if not source:
        store = locations.find_stamped()
        known = os.path.basename(store).removesuffix(".store") if store else locations.content_hash()
        return {"source": "built-in graph", "data": known}
    if source == "-" or source.lower().startswith(("http://", "https://")):
        return {"source": "standard input" if source == "-" else without_passwords(source), "data": None}
    path = locations.path_of(source)
    if os.path.isdir(path):
        return {"source": source, "data": locations.content_hash(path)}
    release = os.path.dirname(os.path.abspath(path))
    found = {"source": source, "data": _sum(path)}
    if os.path.exists(os.path.join(release, "SHA256SUMS")):
        return {"source": os.path.basename(path), "release": os.path.basename(release), "data": found["data"]}
    return found


def _sum(path: str) -> str:
    from hashlib import file_digest

    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


class _Hashing(io.BufferedIOBase):
    """Passes on what is written to it, and hashes it."""

    def __init__(self, out: Any) -> None:
        self.out, self.digest = out, sha256()

    def write(self, data: Any) -> int:
        self.digest.update(data)
        self.out.write(data)
        return len(data)

    def flush(self) -> None:
        self.out.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self.out.isatty())

    def fileno(self) -> int:
        return int(self.out.fileno())
