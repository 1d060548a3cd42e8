"""``/sparql``: the SPARQL 1.1 Protocol on top of the pool of workers, with a cache of answers before it."""

from __future__ import annotations

import marshal
from urllib.parse import quote

from kg.server import protocol
from kg.server.accept import GRAPHS, ROWS, best, prefers_html
from kg.server.answers import Answer, Asked
from kg.server.cache import Cache, Kept, etag, matches
from kg.server.description import Service
from kg.server.http import Headers, Receive, Scope, Send, body, header, of_problem, send
from kg.server.limits import Limits
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.protocol import Operation

_ROWS, _GRAPHS = tuple(ROWS), tuple(GRAPHS)


class Endpoint:
    """An ASGI application for one path."""

    def __init__(self, pool: Pool, cache: Cache, service: Service, limits: Limits, cors: str) -> None:
        self.pool, self.cache, self.service, self.limits = pool, cache, service, limits
        self._cors: Headers = [(b"access-control-allow-origin", cors.encode())] if cors else []
        self._shared: Headers = [(b"cache-control", b"no-cache"), (b"vary", b"accept"), *self._cors]

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        try:
            status, headers, content = await self._answer(scope, receive)
        except Problem as problem:
            status, headers, content = of_problem(problem, self._cors)
        await send(scope, sender, status, headers, content)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        method = scope["method"]
        if method in ("GET", "HEAD"):
            operation = protocol.of_url(scope["query_string"])
            if operation is None:
                return self._described(scope)
            if prefers_html(header(scope, b"accept")):
                # A person followed a link to a query: the editor shows it with its answer.
                return 303, [(b"location", b"/query?query=" + quote(operation.text).encode()), *self._shared], b""
        elif method == "POST":
            media, _, parameters = header(scope, b"content-type").partition(";")
            content = await body(scope, receive, self.limits.body)
            operation = protocol.of_body(scope["query_string"], media.strip().lower(), _charset(parameters), content)
        elif method == "OPTIONS":
            return 204, self._preflight(), b""
        else:
            raise Problem(405, f"{method[:20]} is not for queries; use GET or POST", headers={"Allow": protocol.METHODS})
        return await self._asked(scope, operation)

    async def _asked(self, scope: Scope, operation: Operation) -> tuple[int, Headers, bytes]:
        accept = header(scope, b"accept")
        rows, graph = best(accept, _ROWS) or "", best(accept, _GRAPHS) or ""
        if not rows and not graph:
            raise Problem(406, f"answers come as {', '.join(dict.fromkeys(_ROWS + _GRAPHS))}")
        key = Asked(operation.text, rows, graph, operation.default_graphs, operation.named_graphs, self.service.address(scope))
        kept = self.cache.get(key) or await self._fresh(key)
        tag = next((value for name, value in kept.headers if name == b"etag"), b"").decode()
        if tag and scope["method"] != "POST" and matches(header(scope, b"if-none-match"), tag):
            return 304, [pair for pair in kept.headers if pair[0] != b"content-type"], b""
        return kept

    async def _fresh(self, key: Asked) -> Kept:
        answer = parsed(await self.pool.ask(marshal.dumps(tuple(key))))
        headers: Headers = [(b"content-type", _typed(answer.media)), *self._shared]
        if answer.status != 200:
            return Kept(answer.status, headers, answer.body)
        if not answer.steady:
            return Kept(
                200, [(name, b"no-store" if name == b"cache-control" else value) for name, value in headers], answer.body
            )
        kept = Kept(200, [*headers, (b"etag", etag(self.service.version, key).encode())], answer.body)
        self.cache.put(key, kept, len(key.text))
        return kept

    def _described(self, scope: Scope) -> tuple[int, Headers, bytes]:
        accept = header(scope, b"accept")
        if prefers_html(accept):
            return 303, [(b"location", b"/query"), *self._shared], b""
        media = best(accept, tuple(GRAPHS))
        if not media:
            raise Problem(406, f"the description of this service comes as {', '.join(GRAPHS)}; a query is asked with ?query=")
        content = self.service.description(scope, GRAPHS[media])
        return 200, [(b"content-type", _typed(media)), *self._shared], content

    def _preflight(self) -> Headers:
        allowed: Headers = [(b"allow", protocol.METHODS.encode()), *self._cors]
        if self._cors:
            allowed += [
                (b"access-control-allow-methods", protocol.METHODS.encode()),
                (b"access-control-allow-headers", b"accept, content-type, if-none-match"),
                (b"access-control-max-age", b"86400"),
            ]
        return allowed


def parsed(reply: bytes) -> Answer:
    """A worker's reply: one line with status, media type and whether it is steady, then the body."""
    head, _, content = reply.partition(b"\n")
    status, media, steady = head.decode().split("\t")
    return Answer(int(status), media, steady == "1", content)


def written(answer: Answer) -> bytes:
    """The reply that :func:`parsed` reads."""
    return f"{answer.status}\t{answer.media}\t{answer.steady:d}\n".encode() + answer.body


def _typed(media: str) -> bytes:
    return f"{media}; charset=utf-8".encode() if media.startswith("text/") else media.encode()


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return value.strip('" ').lower()
    return ""
