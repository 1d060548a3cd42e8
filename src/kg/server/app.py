"""The application: which path answers what."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server.description import Service
from kg.server.http import as_json, of_problem
from kg.server.pool import Pool
from kg.server.problems import Problem


def application(service: Service, queries: Pool) -> Starlette:
    """The application of ``kg serve``."""

    async def health(_: Request) -> Response:
        state = {"status": "ok", "triples": service.facts["all"], "version": service.version, **queries.state()}
        return Response(as_json(state), media_type="application/json", headers={"Cache-Control": "no-store"})

    routes = [
        Route("/health", health),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _refused})


async def _refused(_: Request, error: Any) -> Response:
    status, headers, content = of_problem(Problem(error.status_code, error.detail, headers=dict(error.headers or {})))
    return Response(content, status, {name.decode(): value.decode() for name, value in headers})
