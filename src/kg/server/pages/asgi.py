"""From a request for a page to the worker that makes it, with a cache before it."""

from __future__ import annotations

import asyncio
import marshal
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote

from kg.rdf.namespaces import KG
from kg.rdf.void import LICENCE
from kg.server.http.cache import Cache, Kept, etag
from kg.server.http.messages import BARE_POLICY, Headers, Receive, Scope, Send, header, of_problem, send
from kg.server.http.negotiation import GRAPHS, PAGES, best, languages, prefers_html
from kg.server.http.problem_details import Problem
from kg.server.pages.links import FOLDERS, WHOLE, whole
from kg.server.pages.responses import HTML, Visit, parse_reply
from kg.server.sparql.service_description import Service
from kg.server.workers.pool import Pool

#: Pages run our own scripts and nothing else, ask nobody else, and are framed by nobody else. The editor sets style attributes, and one
#: style element of its own (the handles of its columns), which is let in by its hash.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_SAFE: Headers = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
_BARE = (b"content-security-policy", BARE_POLICY.encode())
_OFFERS = tuple(PAGES)


class Visits:
    """An ASGI application for all pages. It keeps what it sent, for the graph does not change."""

    def __init__(self, pool: Pool, cache: Cache, service: Service) -> None:
        self.pool, self.cache, self.service = pool, cache, service
        self._on_the_way: dict[tuple[Any, ...], asyncio.Task[Kept]] = {}

    async def __call__(self, scope: Scope, receive: Receive, sender: Send) -> None:
        try:
            answer: tuple[int, Headers, bytes] = await self._answer(scope)
        except Problem as problem:
            answer = of_problem(problem, _SAFE)
            if prefers_html(header(scope, b"accept")):
                typed: Headers = [(b"content-type", HTML.encode()), (b"content-security-policy", POLICY.encode())]
                answer = problem.status, [*typed, *answer[1][1:]], problem.page(self.service.base)
        await send(scope, sender, *answer)

    async def _answer(self, scope: Scope) -> tuple[int, Headers, bytes]:
        if scope["method"] not in ("GET", "HEAD"):
            raise Problem(405, "a page must be requested with GET", headers={"Allow": "GET, HEAD"})
        media = best(header(scope, b"accept"), _OFFERS)
        if not media:
            raise Problem(406, f"pages are available as {', '.join(dict.fromkeys(_OFFERS))}")
        kept = await self.make(self._visit(scope, PAGES[media]))
        return kept.since(header(scope, b"if-none-match"))

    def _visit(self, scope: Scope, form: str) -> Visit:
        try:
            pairs = parse_qsl(scope["query_string"].decode("utf-8"), errors="strict", max_num_fields=100)
        except ValueError:
            raise Problem(400, "the parameters cannot be read as UTF-8, or are too many") from None
        if form not in ("html", "json"):  # RDF holds all languages
            return Visit(scope["path"], pairs, form, self.service.root(scope))
        chosen = next((value.strip() for name, value in reversed(pairs) if name == "lang"), None)
        wanted = languages(header(scope, b"accept-language")) if chosen is None else (chosen[:40],)
        pairs = [pair for pair in pairs if pair[0] != "lang"]
        return Visit(scope["path"], pairs, form, self.service.root(scope), wanted, chosen is not None)

    async def make(self, visit: Visit) -> Kept:
        """The page of a visit, from the cache or from a worker; many who ask for one page at once wait for the same."""
        key = (visit.path, tuple(visit.parameters), *visit[2:])
        kept = self.cache.get(key)
        if kept is not None:
            return kept
        task = self._on_the_way.get(key)
        if task is None:
            task = self._on_the_way[key] = asyncio.ensure_future(self._make(visit, key))
            task.add_done_callback(partial(self._arrive, key))
        return await asyncio.shield(task)  # who leaves does not take the page from the others

    def _arrive(self, key: tuple[Any, ...], task: asyncio.Task[Kept]) -> None:
        del self._on_the_way[key]
        if not task.cancelled():
            task.exception()  # which those who wait are told, if any is left

    async def _make(self, visit: Visit, key: tuple[Any, ...]) -> Kept:
        reply = parse_reply(await self.pool.reply(marshal.dumps(tuple(visit))))
        further = {name.lower(): value for name, value in reply.headers.items()}
        if self.service.base and further.get("location", "").startswith("/"):
            further["location"] = self.service.base + further["location"]
        if reply.status == 200 and reply.media == HTML:
            further.setdefault("link", self._links(visit))
        further.setdefault("content-security-policy", POLICY if reply.media == HTML else BARE_POLICY)
        headers = [
            (b"content-type", reply.media.encode()),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept, accept-language" if visit.form in ("html", "json") else b"accept"),
            *_SAFE,
            *((name.encode(), value.encode("utf-8")) for name, value in further.items()),
        ]
        tag = ""
        if reply.status == 200:
            tag = etag(self.service.version, key)
            headers.append((b"etag", tag.encode()))
        kept = Kept(reply.status, headers, reply.body, tag)
        if reply.status in (200, 301, 303):
            self.cache.put(key, kept, 4 * len(str(key)))
        return kept

    def _links(self, visit: Visit) -> str:
        """What a machine that landed on a page is pointed to (FAIR Signposting)."""
        found = [f'<{visit.root}/.well-known/void>; rel="describedby"; type="text/turtle"']
        if self.service.built_in:
            found.append(f'<{LICENCE}>; rel="license"')
        if visit.path.count("/") > 1 and visit.path.strip("/").partition("/")[0] in ("term", *FOLDERS):
            here = visit.root + quote(visit.path)
            found += [f'<{here}.{form}>; rel="alternate"; type="{media}"' for form, media in WHOLE.items()]
            found.append(f'<{KG}{quote(visit.path[1:].removeprefix("term/"))}>; rel="cite-as"')
        elif visit.path == "/download":
            found += [f'<{address}>; rel="item"; type="{media}"' for media, address in whole(visit.root)]
        return ", ".join(found)

    async def describe(self, scope: Scope, receive: Receive, sender: Send) -> None:
        """``/.well-known/void``: the data set's own description."""
        try:
            answer = await self._describe(scope)
        except Problem as problem:
            answer = of_problem(problem, _SAFE)
        await send(scope, sender, *answer)

    async def _describe(self, scope: Scope) -> tuple[int, Headers, bytes]:
        import json

        media = best(header(scope, b"accept"), ("text/turtle", *GRAPHS, "text/html"))
        if not media:
            raise Problem(406, f"the description is available as {', '.join(GRAPHS)}")
        media = "text/turtle" if media == "text/html" else media
        kept = await self.make(Visit("/statistics", [], "json", ""))
        statistics: dict[str, Any] = json.loads(kept.body)
        if kept.status != 200:
            raise Problem(kept.status, statistics["detail"])
        content = self.service.dataset(scope, GRAPHS[media], statistics)
        typed = f"{media}; charset=utf-8" if media.startswith("text/") else media
        return (
            200,
            [(b"content-type", typed.encode()), (b"cache-control", b"no-cache"), (b"vary", b"accept"), *_SAFE, _BARE],
            content,
        )
