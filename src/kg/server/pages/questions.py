"""The library: the list of questions, and a page for each with a form for its parameters, its answer and its query."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import UnknownName, UsageError
from kg.rdf.namespaces import compact_to_iri, prefixes
from kg.rdf.serializations import SERIALIZATIONS
from kg.server.http.negotiation import GRAPHS, ROWS
from kg.server.pages.answer_table import Shown, Wanted, is_own, sift, table
from kg.server.pages.responses import Reply, Visit
from kg.sparql import library
from kg.sparql.answerable import split_answerable
from kg.sparql.results import ROW_FORMATS, Rows

if TYPE_CHECKING:
    from kg.server.pages.context import Stock
    from kg.sparql.library import Question

_MEDIA = {form: media for media, form in reversed({**GRAPHS, **ROWS}.items())}


def list_questions(site: Stock, visit: Visit) -> Reply:
    """All questions, by their first tag."""
    groups: dict[str, list[Question]] = {}
    known = [library.question(name) for name in library.names()]
    left_out: list[Question] = []
    if not site.header.native:
        known, left_out = split_answerable(site.graph.rows, known)
    for found in known:
        groups.setdefault(found.tags[0] if found.tags else "more", []).append(found)
    return site.page("questions", visit, title="Questions", groups=dict(sorted(groups.items())), left_out=left_out)


def question(site: Stock, visit: Visit, name: str) -> Reply:
    """One question with its answer; ``NAME.csv`` and its like are the whole answer in that format, or the part that was chosen."""
    name, dot, ending = name.partition(".")
    found = library.question(name)
    values = {key: value.strip() for key, value in visit.parameters if value.strip() and not is_own(key)}
    text = found.text
    try:
        wanted = Wanted.of(visit)
        text = site.graph.bound(found, values)
        answer = site.graph.translate(site.graph.answer(text))
        if dot:
            return _download(answer, ending, wanted)
        names, rows = _read(answer)
        shown = table(names, sift(names, rows, wanted), len(rows), wanted)
    except (UnknownName, UsageError) as error:
        if dot or visit.form != "html":
            raise
        return _page(site, visit, found, values, text, problem=error, status=400)
    return _page(site, visit, found, values, text, answer=answer, shown=shown, wanted=wanted)


def _read(answer: Any) -> tuple[list[str], list[Any]]:
    """Columns and rows of any answer; triples are rows of three."""
    if isinstance(answer, Rows):
        return list(answer.columns), list(answer)
    if isinstance(answer, bool):
        return [], []
    return ["subject", "property", "value"], [(one.subject, one.predicate, one.object) for one in answer]


def _page(
    site: Stock,
    visit: Visit,
    found: Question,
    values: dict[str, str],
    text: str,
    answer: Any = None,
    shown: Shown | None = None,
    wanted: Wanted | None = None,
    problem: UsageError | None = None,
    status: int = 200,
) -> Reply:
    forms: dict[str, Any] = ROW_FORMATS if isinstance(answer, Rows) else SERIALIZATIONS
    return site.page(
        "question",
        visit,
        status,
        title=found.summary,
        question=found,
        values={name: values.get(name, "") for name in found.parameters},
        defaults={name: _default(site, parameter.default) for name, parameter in found.parameters.items()},
        text=text,
        shown=shown,
        wanted=wanted,
        drawn=answer is not None and not isinstance(answer, Rows | bool),
        what="row" if isinstance(answer, Rows) else "triple",
        formats=list(forms) if shown and shown.total else [],
        filled=urlencode(values),
        problem=str(problem) if problem else "",
        nearest=getattr(problem, "nearest", ()),
    )


def _default(site: Stock, default: str) -> str:
    """A parameter's default as a person would type it."""
    if default.startswith('"'):
        return default.strip('"')
    try:
        return site.graph.term(compact_to_iri(default)).label
    except (KeyError, UsageError):
        return default


def _download(answer: Any, form: str, wanted: Wanted) -> Reply:
    output = io.BytesIO()
    if isinstance(answer, Rows) and form in ROW_FORMATS:
        Rows(answer.columns, sift(answer.columns, answer, wanted)).write(output, form)
    elif not isinstance(answer, Rows | bool) and form in SERIALIZATIONS:
        known = prefixes() if form in ("ttl", "rdf") else None
        ox.serialize(answer, output, format=SERIALIZATIONS[form], prefixes=known)
    else:
        raise UsageError(f"the answer is not available as {form[:20]!r}; see the links below the question")
    return Reply(200, _MEDIA[form], output.getvalue())
