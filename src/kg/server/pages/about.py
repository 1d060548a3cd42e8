"""The front page, the page about the data, and the numbers for its machine-readable description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.causal.routes import route_to_dict
from kg.errors import KgError
from kg.rdf import void
from kg.rdf.namespaces import KG
from kg.server.pages.responses import Reply, Visit
from kg.sparql import library

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

#: The question that the two articles raise.
CAUSE, EFFECT = "vitamin-b12-deficiency", "muscle-tightness"
_TRIED = ("pins and needles", "magnesium", "vitamin D deficiency", "metformin", "cramps", "ferritin", "spinach")


def front(site: Stock, visit: Visit) -> Reply:
    """The front page."""
    values: dict[str, Any] = {"counts": _counts(site), "route": None, "tried": [], "groups": {}}
    if site.ours:
        values["route"] = _best_route(site)
        values["tried"] = [name for name in _TRIED if site.index.matching(name, most=1)]
        for name in library.names():
            found = library.question(name)
            values["groups"].setdefault(found.tags[0] if found.tags else "more", []).append(found)
    else:
        values["graph_size"] = len(site.graph.engine.store)  # type: ignore[union-attr]
    return site.page("front", visit, title="nutrition-kg" if site.ours else "A graph", **values)


def _counts(site: Stock) -> dict[str, int]:
    return {row["kind"].value.removeprefix(KG): int(row["count"].value) for row in site.graph.rows(library.reading("counts"))}


def _best_route(site: Stock) -> dict[str, Any] | None:
    try:
        found = site.graph.paths(f"kg:{CAUSE}", f"kg:{EFFECT}", limit=1)
    except KgError:
        return None
    return route_to_dict(site.graph.causal(), found[0]) if found else None


def about(site: Stock, visit: Visit) -> Reply:
    """What the site is, what it promises and how to use it by program."""
    return site.page("about", visit, title="About", counts=_counts(site))


def statistics(site: Stock, _: Visit) -> Reply:
    """The numbers of the VoID description."""
    return Reply(200, "application/json", json.dumps(void.statistics(site.graph.rows)).encode())
