"""Explain and correct as forms, answered by the graph's own methods of these names; as JSON for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.errors import UsageError
from kg.server.pages import consult
from kg.server.pages.responses import Reply, Visit, redirect

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

_TOP = 8
_SETS = 10
#: What the empty form offers to try, by the words of the link.
_EXAMPLES = tuple(
    (f"{', '.join(findings)}, with {context}", urlencode([*(("finding", one) for one in findings), ("context", context)]))
    for findings, context in (
        (("tingling in the feet", "tired"), "vegan diet"),
        (("tired", "pale", "heavy periods"), "woman"),
        (("bone pain", "muscle weakness"), "little sun"),
    )
)
#: A longer list of people's words is not a list of findings any more.
_MOST = 40


def explain(site: Stock, visit: Visit) -> Reply:
    """What would explain some findings, ranked."""
    asked = {name: visit.all(name) for name in ("finding", "absent", "context")}
    values: dict[str, Any] = {
        "title": "Explain findings",
        "asked": asked,
        "answer": None,
        "problem": "",
        "nearest": (),
        "notes": (),
        "examples": _EXAMPLES if site.header.native else (),
    }
    if not asked["finding"]:
        return site.page("explain", visit, **values)
    try:
        if sum(map(len, asked.values())) > _MOST:
            raise UsageError(f"more than {_MOST} findings and circumstances; name those that matter")
        found = site.graph.explain(asked["finding"], asked["absent"], asked["context"], _TOP)
    except UsageError as error:
        if visit.form != "html":
            raise
        return site.page("explain", visit, 400, **{**values, "problem": str(error), "nearest": getattr(error, "nearest", ())})
    answer = found.to_dict()
    if visit.form != "html":
        return _json(answer)
    labels = {iri: state.label for iri, state in site.graph.causal().states.items()}
    return site.page(
        "explain", visit, **{**values, "answer": answer, "labels": labels, "notes": found.notes, "query": _query(asked)}
    )


def _query(asked: dict[str, list[str]]) -> str:
    return urlencode([(name, value) for name, values in asked.items() for value in values])


def sheet(site: Stock, visit: Visit) -> Reply:
    """One page to print of what would explain some findings; asked as ``/explain``."""
    asked = {name: visit.all(name) for name in ("finding", "absent", "context")}
    if not asked["finding"]:
        return redirect("/explain")
    if sum(map(len, asked.values())) > _MOST:
        raise UsageError(f"more than {_MOST} findings and circumstances; name those that matter")
    found = site.graph.explain(asked["finding"], asked["absent"], asked["context"], consult.CANDIDATES)
    today = datetime.now(UTC).date().isoformat()
    return site.page("sheet", visit, title="A sheet to print", query=_query(asked), today=today, **consult.sheet(site, found))


def correct(site: Stock, visit: Visit) -> Reply:
    """What ends and what stays when states are corrected; or what to correct so that a finding ends."""
    states, finding = visit.all("state"), visit.get("for")
    values: dict[str, Any] = {
        "title": "Correct states",
        "states": states,
        "finding": finding,
        "answer": None,
        "sets": None,
        "problem": "",
        "nearest": (),
    }
    try:
        if states and finding:
            raise UsageError("both states and a finding were given; give the states, or the finding that is to end")
        if states:
            answer = site.graph.correct(*states[:_MOST]).to_dict()
            values["answer"] = answer
        elif finding:
            answer = site.graph.correct_for(finding, _SETS).to_dict()
            values["sets"] = answer
        else:
            return site.page("correct", visit, **values)
    except UsageError as error:
        if visit.form != "html":
            raise
        return site.page("correct", visit, 400, **{**values, "problem": str(error), "nearest": getattr(error, "nearest", ())})
    if visit.form != "html":
        return _json(answer)
    labels = {iri: state.label for iri, state in site.graph.causal().states.items()}
    return site.page("correct", visit, **{**values, "labels": labels})


def _json(answer: dict[str, Any]) -> Reply:
    return Reply(200, "application/json", json.dumps(answer, ensure_ascii=False).encode())
