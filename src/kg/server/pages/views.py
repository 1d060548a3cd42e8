"""``/view``: the pathway view of a term, or of the routes between two; ``/chart/NAME``: a chart as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.charts import CHARTS
from kg.errors import UsageError
from kg.server.pages.responses import HTML, Reply, Visit, redirect
from kg.server.sparql import query_guard
from kg.sparql.library import reading
from kg.view import View
from kg.view.asked import view_of_query

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

DEEPEST = 4
_FOODS = ("foods", "foods_richest_in", "nutrient", "portion_percent_of_intake")
#: By the kind of a term its chart, the question behind it, its parameter, and the column without which nothing can be drawn.
_CHARTED = {
    "Nutrient": _FOODS,
    "Vitamin": _FOODS,
    "Mineral": _FOODS,
    "Biomarker": ("cutoffs", "cutoffs_of", "biomarker", "cutoff"),
}


def view(site: Stock, visit: Visit) -> Reply:
    """The view that the parameters ask for: ``term`` (several) and ``depth``, or ``from`` and ``to``, ``term`` and ``system``, a CONSTRUCT as ``query``, or ``all``."""
    terms, cause, effect = visit.all("term"), visit.get("from"), visit.get("to")
    if not site.ours:
        raise UsageError("this data contains no causal claims to draw")
    if cause or effect:
        if not (cause and effect) or terms:
            raise UsageError("name both ends, from and to, and no term")
        drawn = site.graph.view(cause=cause, effect=effect)
    elif terms and visit.get("system"):
        drawn = _in_system(site, terms[0], visit.get("system"))
    elif terms:
        drawn = site.graph.view(*terms, depth=_depth(visit.get("depth", "2")))
    elif query := visit.get("query"):
        query_guard.check(query)
        drawn = view_of_query(site.graph, query)
    elif visit.get("all"):
        drawn = site.graph.view()
    else:
        return redirect("/")
    return Reply(
        200,
        HTML,
        drawn.html.encode(),
        {"Content-Security-Policy": "frame-ancestors 'self'", "Content-Language": site.tongues.header()},
    )


def _in_system(site: Stock, nutrient: str, system: str) -> View:
    """How the states of a nutrient reach the findings of an organ system."""
    one, other = site.graph.term(nutrient, "Nutrient"), site.graph.term(system, "OrganSystem")
    text = reading("system_map", nutrient=one.iri, system=other.iri)
    return view_of_query(site.graph, text, title=f"What a lack or excess of {one.label} does: {other.label}")


def chart(site: Stock, visit: Visit, name: str) -> Reply:
    """The chart of a name, its parameter given as for ``kg chart``."""
    for parameter, _ in visit.parameters:
        if parameter in ("name", "self"):
            raise UsageError(f"chart {name[:60]}: no parameter {parameter}; kg chart --help lists what it takes")
    drawn = site.graph.chart(name.removesuffix(".svg"), **dict(visit.parameters))
    return Reply(200, "image/svg+xml", drawn.svg.encode())


def chart_of(site: Stock, iri: str, kind: str) -> tuple[str, str] | None:
    """Address and words of the chart that belongs to a term: a nutrient's foods, a biomarker's cut-offs."""
    if kind not in _CHARTED:
        return None
    name, question, parameter, column = _CHARTED[kind]
    rows: Any = site.graph.query(question, **{parameter: iri})
    if not any(row[column] is not None for row in rows):
        return None
    return f"/chart/{name}.svg?{urlencode({parameter: iri})}", CHARTS[name][0]


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= DEEPEST):
        raise UsageError(f"depth {text[:20]!r}: use a number from 1 to {DEEPEST}")
    return int(text)
