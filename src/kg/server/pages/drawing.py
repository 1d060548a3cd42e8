"""``/view``: the pathway view of a term, or of the routes between two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.server.pages.reply import HTML, Reply, Visit, moved

if TYPE_CHECKING:
    from kg.server.pages.site import Site

DEEPEST = 4


def view(site: Site, visit: Visit) -> Reply:
    """The view that the parameters ask for: ``term`` (several) and ``depth``, or ``from`` and ``to``, or ``all``."""
    terms, cause, effect = visit.all("term"), visit.get("from"), visit.get("to")
    if not site.ours:
        raise UsageError("this data holds no causal claims to draw")
    if cause or effect:
        if not (cause and effect) or terms:
            raise UsageError("name both ends, from and to, and no term")
        drawn = site.graph.view(cause=cause, effect=effect)
    elif terms:
        drawn = site.graph.view(*terms, depth=_depth(visit.get("depth", "2")))
    elif visit.get("all"):
        drawn = site.graph.view()
    else:
        return moved("/")
    return Reply(200, HTML, drawn.html.encode(), {"Content-Security-Policy": "frame-ancestors 'self'"})


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= DEEPEST):
        raise UsageError(f"depth {text[:20]!r}: a number from 1 to {DEEPEST} is needed")
    return int(text)
