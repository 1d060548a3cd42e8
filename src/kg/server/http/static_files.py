"""Style, scripts and the editor: a handful of files, in memory and compressed."""

from __future__ import annotations

import gzip
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

from kg.server.http.cache import matches
from kg.server.http.messages import Headers, Receive, Scope, Send, header, of_problem, send
from kg.server.http.problem_details import Problem

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


class _File(NamedTuple):
    kind: str
    tag: str
    packed: bytes


class Assets:
    """An ASGI application for ``/assets/NAME``. What was packed when it was shipped is sent as it is."""

    def __init__(self) -> None:
        self.files: dict[str, _File] = {}
        for entry in files("kg.server").joinpath("assets").iterdir():
            name = entry.name.removesuffix(".gz")
            kind = _TYPES.get(name.rpartition(".")[2])
            if kind:
                content = entry.read_bytes()
                packed = content if entry.name.endswith(".gz") else gzip.compress(content, mtime=0)
                self.files[name] = _File(kind, f'"{blake2b(packed, digest_size=8).hexdigest()}"', packed)

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        file = self.files.get(scope["path_params"]["name"])
        if file is None:
            await send(scope, sender, *of_problem(Problem(404, "there is no such file here")))
            return
        headers: Headers = [
            (b"content-type", file.kind.encode()),
            (b"etag", file.tag.encode()),
            (b"cache-control", b"public, max-age=300"),
            (b"x-content-type-options", b"nosniff"),
            (b"vary", b"accept-encoding"),
        ]
        if matches(header(scope, b"if-none-match"), file.tag):
            await send(scope, sender, 304, headers, b"")
        elif "gzip" in header(scope, b"accept-encoding"):
            await send(scope, sender, 200, [*headers, (b"content-encoding", b"gzip")], file.packed)
        else:
            await send(scope, sender, 200, headers, gzip.decompress(file.packed))
