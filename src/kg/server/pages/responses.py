"""What a page worker sends back, and how it travels to the server."""

from __future__ import annotations

import json
from typing import NamedTuple

HTML = "text/html; charset=utf-8"


class Reply(NamedTuple):
    """An answer: status, media type, body and further headers."""

    status: int
    media: str
    body: bytes
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class Visit(NamedTuple):
    """A request as a page sees it: ``form`` is the format wanted (html, json, ttl, nt, jsonld or rdf).

    ``languages`` are the tags that the reader likes better than English, the best first; ``chosen`` is whether the address names
    one, which the links of the page then name too.
    """

    path: str
    parameters: list[tuple[str, str]]
    form: str
    root: str
    languages: tuple[str, ...] = ()
    chosen: bool = False

    def get(self, name: str, default: str = "") -> str:
        """The last value of a parameter, without spaces around it."""
        return next((value.strip() for key, value in reversed(self.parameters) if key == name), default)

    def all(self, name: str) -> list[str]:
        """All values of a parameter that are not empty; a value may hold several, one on each line."""
        found = [line.strip() for key, value in self.parameters if key == name for line in value.splitlines()]
        return [value for value in found if value]


def write_reply(reply: Reply) -> bytes:
    """The reply as bytes: a line of JSON, then the body."""
    return json.dumps([reply.status, reply.media, reply.headers]).encode() + b"\n" + reply.body


def parse_reply(data: bytes) -> Reply:
    """The reply that :func:`write_reply` wrote."""
    head, _, body = data.partition(b"\n")
    status, media, headers = json.loads(head)
    return Reply(status, media, body, headers)


def redirect(path: str, status: int = 303) -> Reply:
    """See another page; for good with status 301."""
    return Reply(status, HTML, b"", {"Location": path})
