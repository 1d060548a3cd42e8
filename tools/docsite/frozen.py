"""The server's pages without what needs a server: forms, downloads, drawings, the editor."""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pyoxigraph import Store

from docsite.one_step import drawing
from kg.server.pages.responses import Reply, Visit
from kg.server.pages.router import Site
from kg.sparql.library import Question, reading
from kg.sparql.remembered import remember
from kg.stores import open_built

#: The page that answers SPARQL by itself.
ASK = "ask.html"
HERE = Path(__file__).parent
#: The pages that stand in the head of each page; all others are in the lists on the first one.
HEAD = {
    "start": "Start",
    "questions": "Questions",
    "ask": "Ask in SPARQL",
    "audit": "Audit",
    "model": "Model",
    "extending": "Extending",
    "commands": "Commands",
    "python": "Python",
}
#: What each template loses, in pieces: what is cut, and what takes its place.
_CUTS = {
    "parts.html": [
        (r"(macro as_rdf\(iri\) %}).*?({% endmacro)", r"\1<p class='formats'>Its name is <code>{{ iri }}</code>.</p>\2"),
    ],
    "term.html": [(r"{% if drawn %}\s*<section.*?</section>\s*{% endif %}", "{{ one_step }}")],
    "question.html": [
        (r"<form class=\"ask\".*?</form>", "{{ asked_with }}"),
        (r"<form class=\"sift\".*?</form>|<p class=\"formats\">.*?</p>|<nav class=\"pages\".*?</nav>", ""),
        (r"{% for column, found in shown.facets %}.*?{% endfor %}</p>\s*{% endfor %}", ""),
        (r"<a href=\"{{ to_table\(wanted.query\(sort.*?>({{ column.title }}).*?</a>", r"\1"),
        (r"<p><a class=\"button\" href=\"/(?:view|query).*?</a>", "<p>"),
        (r"<div class=\"ways\".*?</div>|{% block head %}.*?{% endblock %}", ""),
    ],
    "questions.html": [(r"It can be asked here, by", "Ask it by")],
}
#: What the server draws when it is asked; here it would be half a megabyte for each page.
_DRAWINGS = ("drawn", "causal", "chart")


class Frozen(Site):
    """Every page of the repository as HTML, with links as the server has them."""

    def __init__(self, root: Path) -> None:
        store = Store()  # in memory, since the processes that render are forks
        store.bulk_extend(open_built(str(root)))
        super().__init__(store)
        texts = {entry.name: entry.read_text(encoding="utf-8") for entry in files("kg.server").joinpath("templates").iterdir()}
        texts["base.html"] = (HERE / "base.html").read_text(encoding="utf-8")
        texts["plain.html"] = '{% extends "base.html" %}'
        for name, cut, instead in ((name, *pair) for name, pairs in _CUTS.items() for pair in pairs):
            texts[name], count = re.subn(cut, instead, texts[name], flags=re.DOTALL)
            if not count:
                raise ValueError(f"{name}: {cut!r} is not there any more; look what to cut now")
        self.templates.loader.mapping.update(texts)  # type: ignore[union-attr]
        self.templates.cache.clear()  # type: ignore[union-attr]
        self.templates.globals["head"] = HEAD
        self._read_at_once()
        self.graph.rows = remember(self.graph.rows)  # type: ignore[method-assign]

    def _read_at_once(self) -> None:
        """Claims and evidence are asked for once, not for each of the thousands of pages."""
        asked = (
            reading("claim")
            .replace("VALUES ?claim { kg:no-claim }", "")
            .replace("?kind_label ?subject ", "?claim ?kind_label ?subject ", 1)
        )
        self._claims: defaultdict[str, list[Any]] = defaultdict(list)
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for claim, *row in self.graph.rows(asked):
            self._claims[claim.value].append(row)
            for end in {row[1].value, row[5].value}:
                self._near[end].append(claim.value)
        every = f"VALUES ?claim {{ {' '.join(f'<{claim}>' for claim in self._claims)} }}"
        self._evidence: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self.graph.rows(reading("evidence_near").replace("VALUES ?claim { kg:no-claim }", every)):
            self._evidence[row["claim"].value].append(row)

    def ask(self, name: str, **nodes: str) -> list[Any]:
        """As the server asks, or from what was read at once."""
        if name == "claim":
            return self._claims.get(nodes["claim"], [])
        if name == "evidence_near":
            about = nodes["about"]
            return [row for claim in (about, *self._near.get(about, ())) for row in self._evidence.get(claim, ())]
        return super().ask(name, **nodes)

    def claims(self) -> list[str]:
        """The IRIs of all claims."""
        return sorted(self._claims)

    def page(self, template: str, visit: Visit, status: int = 200, **values: Any) -> Reply:
        """A page without its drawings, with what stands in their place."""
        if template == "term":
            own = [claim for at, _, section in values["parts_of_page"] if at == values["iri"] for claim in section.claims]
            values["one_step"] = Markup(drawing(values["iri"], values["label"], own))
        if template == "question":
            values["asked_with"] = Markup(asked_with(values["question"], values["defaults"]))
        return super().page(template, visit, status, **{**values, **{name: "" for name in _DRAWINGS if name in values}})

    def html(self, path: str) -> str:
        """The page at a path of the server."""
        reply = self.answer(Visit(path, [], "html", ""))
        if reply.status != 200:
            raise ValueError(f"{path}: {reply.status} {reply.body.decode()[:300]}")
        return reply.body.decode()

    def written(self, name: str, title: str, content: str, layout: str = "handbook") -> str:
        """A page from HTML of our own."""
        visit = Visit(f"/{name}", [], "html", "")
        return self.page("plain", visit, title=title, content=Markup(content), layout=layout).body.decode()


def asked_with(question: Question, defaults: dict[str, str]) -> str:
    """What a question's page says in place of its form: which values the answer is for, and where to ask with others."""
    named = ", ".join(f"{name.replace('_', ' ')} <b>{escape(defaults[name])}</b>" for name in question.parameters)
    here = f"The answer below is for {named}. " if named else ""
    words = "Ask with other values" if named else "Ask it"
    return f'<p>{here}<a href="/{ASK}#question={question.name}">{words}</a>, on a page that holds the whole graph.</p>'
