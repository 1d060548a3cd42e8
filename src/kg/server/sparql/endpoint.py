"""``/sparql``: the SPARQL 1.1 Protocol on top of the pool of workers, with a cache of answers before it."""

from __future__ import annotations

import asyncio
import marshal
import sys
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from kg.server.http.cache import Cache, Kept, etag
from kg.server.http.limits import Limits
from kg.server.http.messages import (
    REPLACED,
    SLICE,
    Answer,
    Headers,
    Receive,
    Scope,
    Send,
    body,
    header,
    of_problem,
    send,
    settle,
)
from kg.server.http.negotiation import GRAPHS, ROWS, best, prefers_html
from kg.server.http.problem_details import Problem, busy
from kg.server.sparql import protocol
from kg.server.sparql.execution import Answer as Replied
from kg.server.sparql.execution import Asked
from kg.server.sparql.protocol import Operation
from kg.server.sparql.service_description import Service
from kg.server.workers.pool import Pool

#: An answer is data: no browser guesses at its type or runs what it may hold.
_SAFE: Headers = [(b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'; sandbox")]
#: Headers that a page elsewhere may send.
CORS_HEADERS = b"accept, authorization, content-type, if-none-match, x-requested-with, *"
_ROWS, _GRAPHS = tuple(ROWS), tuple(GRAPHS)


class Endpoint:
    """What one path answers. A GET of HTTP/1.1 comes straight from its connection to :meth:`answer`, all else as to an ASGI application."""

    def __init__(self, pool: Pool, cache: Cache, service: Service, limits: Limits, cors: str) -> None:
        self.pool, self.cache, self.service, self.limits = pool, cache, service, limits
        self.sending = 0
        self._cors: Headers = [(b"access-control-allow-origin", cors.encode())] if cors else []
        self._shared: Headers = [(b"cache-control", b"no-cache"), (b"vary", b"accept"), *_SAFE, *self._cors]

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        found: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        try:
            content = await body(scope, receive, self.limits.body) if scope["method"] in ("POST", "QUERY") else b""
            self.answer(scope, content, partial(settle, found))
        except Problem as problem:
            found.set_result(of_problem(problem, self._cors))
        await self.send(scope, sender, await found)

    async def send(self, scope: Scope, sender: Send, answer: Answer) -> None:
        """Send an answer, unless it is large and there are too many such on their way."""
        size = len(answer[2])
        if size > SLICE and self.sending + size > self.limits.sending:
            answer = of_problem(busy("large answers are on their way to too many clients"), self._cors)
            size = len(answer[2])
        self.sending += size
        try:
            await send(scope, sender, *answer)
        finally:
            self.sending -= size

    def answer(self, scope: Scope, content: bytes, then: Callable[[Answer], None]) -> None:
        """Have a request answered: at once where that needs no worker."""
        try:
            self._answer(scope, content, then)
        except Problem as problem:
            then(of_problem(problem, self._cors))

    def _answer(self, scope: Scope, content: bytes, then: Callable[[Answer], None]) -> None:
        method = scope["method"]
        accept = header(scope, b"accept")
        if method in ("GET", "HEAD"):
            operation = protocol.of_url(scope["query_string"])
            if operation is None:
                then(self._describe(scope))
            elif (
                prefers_html(accept)
                and not operation.accept
                and operation.default_graphs is None
                and operation.named_graphs is None
            ):
                # A person followed a link to a query: the editor shows it with its answer. It asks the whole data set.
                then(
                    (
                        303,
                        [
                            (b"location", self.service.base.encode() + b"/query?query=" + quote(operation.text).encode()),
                            *self._shared,
                        ],
                        b"",
                    )
                )
            else:
                held = header(scope, b"if-none-match")
                self._ask(scope, operation, accept, lambda kept: then(kept.since(held)))
        elif method in ("POST", "QUERY"):
            media, _, parameters = header(scope, b"content-type").partition(";")
            operation = protocol.of_body(scope["query_string"], media.strip().lower(), _charset(parameters), content)
            self._ask(scope, operation, accept, lambda kept: then(kept[:3]))
        elif method == "OPTIONS":
            then((204, self._preflight(), b""))
        else:
            raise Problem(405, f"{method[:20]} is not for queries; use GET, POST or QUERY", headers={"Allow": protocol.METHODS})

    def _ask(self, scope: Scope, operation: Operation, accept: str, then: Callable[[Kept], None]) -> None:
        accept = operation.accept or accept
        rows, graph = best(accept, _ROWS) or "", best(accept, _GRAPHS) or ""
        if not rows and not graph:
            raise Problem(406, f"answers are available as {', '.join(dict.fromkeys(_ROWS + _GRAPHS))}")
        key = Asked(operation.text, rows, graph, operation.default_graphs, operation.named_graphs, self.service.address(scope))
        kept = self.cache.get(key)
        if kept:
            then(kept)
        else:
            self.pool.ask(marshal.dumps(tuple(key)), lambda reply: then(self._fresh(key, reply)))

    def _fresh(self, key: Asked, reply: bytes | Problem) -> Kept:
        if isinstance(reply, Problem):
            return Kept(*of_problem(reply, self._cors))
        answer = parse_reply(reply)
        typed = [(b"content-type", _add_type(answer.media))]
        if answer.replaced:
            typed.append((REPLACED.encode(), answer.replaced.encode()))
        if not answer.steady:
            return Kept(answer.status, [*typed, (b"cache-control", b"no-store"), *self._shared[1:]], answer.body)
        tag = etag(self.service.version, key)
        kept = Kept(answer.status, [*typed, *self._shared, (b"etag", tag.encode())], answer.body, tag)
        self.cache.put(key, kept, weight(key))
        return kept

    def _describe(self, scope: Scope) -> Answer:
        accept = header(scope, b"accept")
        if prefers_html(accept):
            return 303, [(b"location", self.service.base.encode() + b"/query"), *self._shared], b""
        media = best(accept, tuple(GRAPHS))
        if not media:
            raise Problem(
                406, f"the description of this service is available as {', '.join(GRAPHS)}; send a query with ?query="
            )
        content = self.service.description(scope, GRAPHS[media])
        return 200, [(b"content-type", _add_type(media)), *self._shared], content

    def _preflight(self) -> Headers:
        allowed: Headers = [(b"allow", protocol.METHODS.encode()), (b"accept-query", protocol.QUERY.encode()), *self._cors]
        if self._cors:
            allowed += [
                (b"access-control-allow-methods", protocol.METHODS.encode()),
                (b"access-control-allow-headers", CORS_HEADERS),
                (b"access-control-max-age", b"86400"),
            ]
        return allowed


def weight(key: Asked) -> int:
    """The bytes that a question takes as a key: its text, the data set that it names, the address that it was asked at."""
    graphs = (*(key.default_graphs or ()), *(key.named_graphs or ()))
    return sum(sys.getsizeof(part) for part in (key.text, key.base, *graphs)) + 8 * len(graphs)


def parse_reply(reply: bytes) -> Replied:
    """A worker's reply: one line with status, media type, whether it is steady and what was replaced, then the body."""
    head, _, content = reply.partition(b"\n")
    status, media, steady, replaced = head.decode().split("\t")
    return Replied(int(status), media, steady == "1", content, replaced)


def write_reply(answer: Replied) -> bytes:
    """The reply that :func:`parse_reply` reads."""
    return f"{answer.status}\t{answer.media}\t{answer.steady:d}\t{answer.replaced}\n".encode() + answer.body


def _add_type(media: str) -> bytes:
    return f"{media}; charset=utf-8".encode() if media.startswith("text/") else media.encode()


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return value.strip('" ').lower()
    return ""
