"""The library: the list of questions, and a page for each with a form for its parameters, its answer and its query."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import UnknownName, UsageError
from kg.rdf.namespaces import compact_to_iri, prefixes
from kg.server.http.negotiation import GRAPHS, ROWS
from kg.server.pages.links import Link, link
from kg.server.pages.responses import Reply, Visit
from kg.server.sparql.execution import GRAPH_FORMATS
from kg.sparql import library
from kg.sparql.results import ROW_FORMATS, Rows, plain

if TYPE_CHECKING:
    from kg.server.pages.context import Stock
    from kg.sparql.library import Question

#: Rows that a page shows; downloads hold them all.
SHOWN = 100
_MEDIA = {form: media for media, form in reversed({**GRAPHS, **ROWS}.items())}


def listed(site: Stock, visit: Visit) -> Reply:
    """All questions, by their first tag."""
    groups: dict[str, list[Question]] = {}
    for name in library.names():
        found = library.question(name)
        groups.setdefault(found.tags[0] if found.tags else "more", []).append(found)
    return site.page("questions", visit, title="Questions", groups=dict(sorted(groups.items())))


def question(site: Stock, visit: Visit, name: str) -> Reply:
    """One question with its answer; ``NAME.csv`` and its like are the whole answer in that format."""
    name, dot, ending = name.partition(".")
    found = library.question(name)
    values = {key: value.strip() for key, value in visit.parameters if value.strip()}
    try:
        text = site.graph.bound(found, values)
    except (UnknownName, UsageError) as error:
        if dot or visit.form != "html":
            raise
        return _page(site, visit, found, values, found.text, problem=error, status=400)
    answer = site.graph.answer(text)
    if dot:
        return _download(answer, ending)
    return _page(site, visit, found, values, text, answer=answer)


def _page(
    site: Stock,
    visit: Visit,
    found: Question,
    values: dict[str, str],
    text: str,
    answer: Any = None,
    problem: UsageError | None = None,
    status: int = 200,
) -> Reply:
    rows: list[list[tuple[str, Link | None]]] = []
    columns: list[str] = []
    count = 0
    if isinstance(answer, Rows):
        columns, rows, count = _table(answer)
    elif answer is not None and not isinstance(answer, bool):
        columns, count = ["subject", "property", "value"], len(answer)
        rows = [
            [_cell(node) for node in (t.subject, t.predicate, t.object)] for t, _ in zip(answer, range(SHOWN), strict=False)
        ]
    return site.page(
        "question",
        visit,
        status,
        title=found.summary,
        question=found,
        values={name: values.get(name, "") for name in found.parameters},
        defaults={name: _default(site, parameter.default) for name, parameter in found.parameters.items()},
        text=text,
        columns=columns,
        rows=rows,
        count=count,
        formats=list(ROW_FORMATS) if isinstance(answer, Rows) else list(GRAPH_FORMATS) if rows else [],
        filled=urlencode(values),
        problem=str(problem) if problem else "",
        nearest=getattr(problem, "nearest", ()),
    )


def _table(answer: Rows) -> tuple[list[str], list[list[tuple[str, Link | None]]], int]:
    """Columns and cells; a label that has its IRI in another column becomes a link, and that column is left out."""
    names = answer.columns
    own = {
        name: name.removesuffix("_label") for name in names if name.endswith("_label") and name.removesuffix("_label") in names
    }
    kept = [name for name in names if name not in own.values()]
    rows = []
    count = 0
    for row in answer:
        count += 1
        if count <= SHOWN:
            rows.append([_cell(row[name], row[own[name]] if name in own else None) for name in kept])
    return [name.removesuffix("_label").replace("_", " ") for name in kept], rows, count


def _cell(node: Any, leads_to: Any = None) -> tuple[str, Link | None]:
    target = leads_to if leads_to is not None else node
    return plain(node), link(target.value) if isinstance(target, ox.NamedNode) else None


def _default(site: Stock, default: str) -> str:
    """A parameter's default as a person would type it."""
    if default.startswith('"'):
        return default.strip('"')
    try:
        return site.graph.term(compact_to_iri(default)).label
    except (KeyError, UsageError):
        return default


def _download(answer: Any, form: str) -> Reply:
    output = io.BytesIO()
    if isinstance(answer, Rows) and form in ROW_FORMATS:
        answer.write(output, form)
    elif not isinstance(answer, Rows | bool) and form in GRAPH_FORMATS:
        known = prefixes() if form in ("ttl", "rdf") else None
        ox.serialize(answer, output, format=GRAPH_FORMATS[form], prefixes=known)
    else:
        raise UsageError(f"the answer does not come as {form[:20]!r}; see the links below the question")
    return Reply(200, _MEDIA[form], output.getvalue())
