"""Refusals and failures as RFC 9457 tells them: ``application/problem+json``."""

from __future__ import annotations

import json
from html import escape
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="{base}/assets/site.css"></head>
<body><main class="text"><h1>{title}</h1><p>{detail}.</p><p><a href="{base}/">To the front page</a></p></main></body></html>
"""


class Problem(Exception):
    """A request that is refused or that failed, with its HTTP status, one line of detail, and extra members."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **extra: object) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.extra = status, detail, headers or {}, extra

    def body(self) -> bytes:
        """The problem as JSON."""
        title = HTTPStatus(self.status).phrase
        told = {"type": "about:blank", "title": title, "status": self.status, "detail": self.detail, **self.extra}
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")

    def page(self, base: str = "") -> bytes:
        """The problem for a person, where no worker is there to make a page of it.

        Parameters:
            base: the path below which a proxy shows this server.
        """
        detail = self.detail[:1].upper() + self.detail[1:]
        return _PAGE.format(title=HTTPStatus(self.status).phrase, detail=escape(detail), base=escape(base)).encode(
            "utf-8", "replace"
        )


def busy(reason: str) -> Problem:
    """The server could do it at another time."""
    return Problem(503, f"{reason}; try again in a moment", headers={"Retry-After": "2"})
