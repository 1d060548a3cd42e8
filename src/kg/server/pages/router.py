"""The pages: which path is made by which module."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kg.errors import KgError, UnknownName, UsageError
from kg.server.http.problem_details import Problem
from kg.server.pages import about, browse, editor, questions, reasoning, record_pages, search, views
from kg.server.pages.context import Stock
from kg.server.pages.links import FOLDERS
from kg.server.pages.responses import Reply, Visit
from kg.server.pages.tongues import with_language

_ROUTES: dict[str, Callable[[Stock, Visit], Reply]] = {
    "/": about.front,
    "/search": search.search,
    "/suggest": search.suggestions,
    "/questions": questions.list_questions,
    "/query": editor.editor,
    "/vocabulary.json": editor.vocabulary,
    "/hints": editor.hints,
    "/view": views.view,
    "/explain": reasoning.explain,
    "/sheet": reasoning.sheet,
    "/correct": reasoning.correct,
    "/about": about.about,
    "/method": about.method,
    "/verification": about.method,
    "/download": about.download,
    "/examples": about.examples,
    "/statistics": about.statistics,
    **browse.PAGES,
}
"""Paths of one page each; the others are a folder and a name."""


class Site(Stock):
    """All pages of one graph."""

    def answer(self, visit: Visit) -> Reply:
        """The page at a path."""
        try:
            self.tongues.speak(visit)
            reply = self._route(visit)
            place = reply.headers.get("Location", "")
            if visit.chosen and place.startswith("/"):
                return reply._replace(headers={**reply.headers, "Location": with_language(place, visit.languages[0])})
            return reply
        except UnknownName as error:
            return self.refuse(visit, Problem(404, str(error)), error.nearest)
        except UsageError as error:
            return self.refuse(visit, Problem(400, str(error)))
        except Problem as problem:
            return self.refuse(visit, problem)
        except KgError as error:
            return self.refuse(visit, Problem(503, str(error)))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the server a worker
            print(f"kg: {visit.path}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            return self.refuse(visit, Problem(500, "this page could not be made; the server's log says why"))

    def _route(self, visit: Visit) -> Reply:
        if visit.path in _ROUTES:
            return _ROUTES[visit.path](self, visit)
        folder, _, name = visit.path.strip("/").partition("/")
        if name and folder == "question":
            return questions.question(self, visit, name)
        if name and folder == "chart":
            return views.chart(self, visit, name)
        if name and (folder == "term" or folder in FOLDERS):
            return record_pages.record(self, visit, folder, name)
        raise UnknownName(f"there is no page {visit.path[:200]!r} here")
