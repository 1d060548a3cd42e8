"""The front page, the page about the data, and the numbers for its machine-readable description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.causal.paths import route_to_dict
from kg.errors import KgError, UnknownName
from kg.locations import __version__
from kg.rdf import void
from kg.rdf.namespaces import KG, prefixes
from kg.rdf.serializations import SERIALIZATIONS
from kg.server.pages import browse
from kg.server.pages.links import WHOLE, whole
from kg.server.pages.responses import Reply, Visit, redirect
from kg.sparql import library
from kg.sparql.shacl_examples import executables

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

#: The question that the two articles raise.
CAUSE, EFFECT = "vitamin-b12-deficiency", "muscle-tightness"
_DESCRIPTION = "Causal claims that join states of nutrition, physiology and health, each with its evidence for and against."
#: The questions on the front page; of a graph that has none of them, the first ones of its library.
_ASKED = (
    "foods_richest_in",
    "causes_of",
    "risk_groups",
    "drugs_that_deplete",
    "tells_apart",
    "treatments_of",
    "may_not_reverse",
    "cutoffs_of",
    "statements",
)
_TRIED = ("pins and needles", "magnesium", "vitamin D deficiency", "metformin", "cramps", "ferritin", "spinach")


def front(site: Stock, visit: Visit) -> Reply:
    """The front page."""
    values: dict[str, Any] = {"counts": _counts(site), "route": None, "tried": [], "asked": [], "ways": browse.ways(site)}
    if site.ours:
        values["route"] = _best_route(site)
        values["tried"] = [name for name in _TRIED if site.index.matching(name, most=1)]
        names = list(library.names())
        shown = [name for name in _ASKED if name in names] or names[: len(_ASKED)]
        values |= {"asked": [library.question(name) for name in shown], "number": len(names)}
    else:
        values["graph_size"] = len(site.graph.engine.store)  # type: ignore[union-attr]
    return site.page(
        "front", visit, title=site.name if site.ours else "A graph", data=describe_data(site, visit.root), **values
    )


def _counts(site: Stock) -> dict[str, int]:
    return {row["kind"].value.removeprefix(KG): int(row["count"].value) for row in site.graph.rows(library.reading("counts"))}


def _best_route(site: Stock) -> dict[str, Any] | None:
    try:
        found = site.graph.paths(f"kg:{CAUSE}", f"kg:{EFFECT}", limit=1)
    except KgError:
        return None
    return route_to_dict(found.causal, found[0]) if found else None


def about(site: Stock, visit: Visit) -> Reply:
    """What the site is, what it promises and how to use it by program."""
    return site.page("about", visit, title="About", counts=_counts(site), judgements=_judgements(site) if site.ours else {})


def method(site: Stock, visit: Visit) -> Reply:
    """``/method`` and ``/verification``, which the handbook has as pages, are parts of the page about the data."""
    return redirect(f"/about#{visit.path.strip('/')}")


def _judgements(site: Stock) -> dict[str, list[tuple[str, str, int]]]:
    """What each status and certainty means, and how many claims have it, by the name of its class."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for kind, label, definition, claims in site.ask("judgements"):
        found.setdefault(kind.value.removeprefix(KG), []).append((label.value, definition.value, int(claims.value)))
    return found


def download(site: Stock, visit: Visit) -> Reply:
    """Where the whole graph, its description and its questions can be had as files."""
    return site.page("download", visit, title="Download", files=whole(visit.root), data=describe_data(site, visit.root))


def describe_data(site: Stock, root: str) -> dict[str, Any]:
    """The data set as schema.org describes one, which search engines for data read."""
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": site.header.iri or f"{root}/",
        "name": site.header.title or "A graph",
        "description": site.header.description or "Data of one's own, served by kg serve, with a SPARQL endpoint.",
        "url": f"{root}/",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": address} for media, address in whole(root)
        ],
    }
    if site.header.licence:
        found["license"] = site.header.licence
    if site.header.native:
        found |= {
            "license": void.LICENCE,
            "description": _DESCRIPTION,
            "keywords": list(void.KEYWORDS),
            "version": __version__,
            "isAccessibleForFree": True,
            "inLanguage": "en",
            "creator": {"@type": "Organization", "name": void.PUBLISHER},
        }
    return found


def examples(site: Stock, visit: Visit) -> Reply:
    """The library as SHACL executables with the prefixes that they use: what editors of examples look for."""
    if not site.ours:
        raise UnknownName("there are no examples for this data")
    form = visit.form if visit.form in SERIALIZATIONS else "ttl"
    triples = executables(map(library.question, library.names()), f"{visit.root}/sparql")
    known = prefixes() if form in ("ttl", "rdf") else None
    return Reply(200, WHOLE[form], ox.serialize(triples, format=SERIALIZATIONS[form], prefixes=known) or b"")


def statistics(site: Stock, _: Visit) -> Reply:
    """The numbers of the VoID description."""
    return Reply(
        200,
        "application/json",
        json.dumps(void.statistics(site.graph.rows) | {"measured": site.measured, "header": site.header}).encode(),
    )
