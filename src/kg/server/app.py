"""The application beside the endpoint: which path answers what."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from kg.server.http.messages import BARE_POLICY, as_json
from kg.server.http.static_files import Assets
from kg.server.pages.asgi import Visits
from kg.server.sparql.service_description import Service
from kg.server.workers.pool import Pool

_FRESH = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": BARE_POLICY}


def application(service: Service, queries: Pool, visits: Visits) -> Starlette:
    """The application of ``kg serve``, but for the endpoint."""

    async def health(_: Request) -> Response:
        state = {"status": "ok", "triples": service.facts["all"], "version": service.version, **queries.state()}
        return Response(as_json(state), media_type="application/json", headers=_FRESH)

    made = Starlette(
        routes=[
            Route("/health", health),
            Route("/assets/{name}", Assets()),
            Route("/.well-known/void", _Described(visits)),
            Mount("/", visits),
        ]
    )
    refuse = made.router.default

    async def otherwise(scope, receive, send):  # type: ignore[no-untyped-def]
        """A path that holds the end of a line is no path to the router: a page says that it is not there."""
        await (visits if scope["type"] == "http" else refuse)(scope, receive, send)

    made.router.default = otherwise
    return made


class _Described:
    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    async def __call__(self, scope, receive, send):  # type: ignore[no-untyped-def]
        await self.visits.describe(scope, receive, send)
