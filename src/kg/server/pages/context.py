"""What every page is made from: one graph, one index of names, one set of templates."""

from __future__ import annotations

import re
from html import escape
from importlib import import_module
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from kg import locations
from kg.build import reliability as checked
from kg.causal.foods.figures import figures
from kg.graph import Graph
from kg.grounding.credit import in_words as credited
from kg.grounding.sourced import describe_certainty
from kg.locations import __version__
from kg.rdf.namespaces import KG, iri_to_compact, kg
from kg.server.http.problem_details import MEDIA_TYPE, Problem
from kg.server.pages import search
from kg.server.pages.links import in_words, link, name_record
from kg.server.pages.responses import HTML, Reply, Visit
from kg.server.pages.tongues import Tongues
from kg.sparql.embedded import Embedded
from kg.sparql.library import reading
from kg.templates import environment


class Stock:
    """What the pages of one graph share. What is read here is read once, before any worker is forked."""

    def __init__(self, store: ox.Store, base: str = "") -> None:
        #: The path under which a proxy shows the site, empty where it is the root.
        self.base = base
        self.graph = Graph(Embedded(store))
        #: Whether this is a nutrition knowledge graph, or any other data.
        self.ours = any(store.quads_for_pattern(None, kg("kind"), kg("CausalClaim"), None))
        #: What the graph says of itself.
        self.header = self.graph.header
        #: What the site is called.
        self.name = (self.header.name or "nutrition-kg") if self.ours else "kg serve"
        self.tongues = Tongues(self.graph)
        self.index = search.Index(self.graph.rows)
        self.kinds = {row[0].value.removeprefix(KG): row[1].value for row in self.graph.rows(reading("classes"))}
        #: How far the evidence was checked, for pages that show evidence.
        self.measured = (
            checked.in_brief(checked.reliability(self.graph.rows, reading("lines_read"), locations.files()))
            if self.header.native
            else ""
        )
        folder = files("kg.server").joinpath("templates")
        self.templates = environment({entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir()})
        self.templates.globals.update(
            link=link,
            spoken=name_record,
            in_words=in_words,
            sourced=describe_certainty,
            compact=iri_to_compact,
            kinds=self.kinds,
            version=__version__,
            ours=self.ours,
            figures=figures,
            site_name=self.name,
            header=self.header,
            measured=self.measured,
            tongues=self.tongues,
            credited=credited,
            voice=self.tongues.voice,
        )
        for name in self.templates.list_templates():
            self.templates.get_template(name)
        if self.ours:
            self.graph.causal()
            import_module("kg.view.page")  # imported late elsewhere; here each worker would do it anew

    def page(self, template: str, visit: Visit, status: int = 200, **values: Any) -> Reply:
        """A page from its template."""
        html = self.templates.get_template(f"{template}.html").render(visit=visit, base=self.base, **values)
        html = self.tongues.keep(self.tongues.mark(html), visit)
        if self.base:
            html = _ROOTED.sub(lambda found: f"{found[1]}{escape(self.base)}/", html)
        return Reply(status, HTML, html.encode("utf-8", "replace"), {"Content-Language": self.tongues.header()})

    def english(self, iri: str, label: str) -> str:
        """The English label of a record."""
        found: Any = self.graph.engine.run(reading("record", record=iri))
        return next((row[2].value for row in found if row[0].value.endswith("#label") and row[2].language == "en"), label)

    def refuse(self, visit: Visit, problem: Problem, nearest: tuple[str, ...] = ()) -> Reply:
        """A problem, as a page for a person and as JSON for a program."""
        if visit.form != "html":
            return Reply(problem.status, MEDIA_TYPE, problem.body())
        title = _TITLES.get(problem.status, "That cannot be answered")
        return self.page("problem", visit, problem.status, title=title, detail=problem.detail, nearest=nearest)

    def ask(self, name: str, **nodes: str) -> list[Any]:
        """The rows of a reading query, its VALUES rows replaced by IRIs."""
        return list(self.graph.rows(reading(name, **nodes)))


_TITLES = {300: "Several records took its place", 404: "Not found", 410: "No longer used"}
#: Where a page names another by its path.
_ROOTED = re.compile(r'((?:href|src|action)=")/(?!/)')
