"""A SPARQL endpoint on loopback that answers as a test says, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JSON = "application/sparql-results+json"
#: The answer with one row: ?s is <http://x/1>.
ONE = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "http://x/1"}}]}}).encode()


@dataclass
class Reply:
    """What is answered."""

    body: bytes = ONE
    kind: str = JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    #: The length that is told; less is sent where the body is shorter.
    length: int | None = None


@dataclass
class Request:
    """What was asked: method, path, parameters of address and body, headers."""

    method: str
    path: str
    form: dict[str, list[str]]
    headers: dict[str, str]


class Endpoint:
    """Its address, and the requests that reached it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Request] = []


@contextmanager
def answering(reply: Callable[[Request], Reply] | Reply) -> Iterator[Endpoint]:
    """An endpoint that gives this reply, or the one worked out for a request."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()))

        def do_GET(self) -> None:
            self.answer({})

        def answer(self, form: dict[str, list[str]]) -> None:
            address = urlsplit(self.path)
            request = Request(self.command, address.path, {**parse_qs(address.query), **form}, dict(self.headers))
            found.asked.append(request)
            given = reply if isinstance(reply, Reply) else reply(request)
            self.send_response(given.status)
            if given.kind:
                self.send_header("Content-Type", given.kind)
            self.send_header("Content-Length", str(len(given.body) if given.length is None else given.length))
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Endpoint(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
