"""Finding a record by any of its names: the search page and the suggestions below a search box."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from kg.errors import UsageError
from kg.grounding.normalize import fold
from kg.grounding.resolve import spell_out
from kg.rdf.namespaces import KG
from kg.server.pages import asked
from kg.server.pages.links import link
from kg.server.pages.responses import Reply, Visit, redirect
from kg.sparql.library import reading

_SUGGESTED, _LISTED = 12, 60
#: What people look for comes first.
_LAST = ("Source", "Article", "Statement")


class Name(NamedTuple):
    """One name of one record."""

    key: str
    name: str
    label: str
    kind: str
    iri: str


class Index:
    """All names, folded, in memory."""

    def __init__(self, rows: Any) -> None:
        self.names: list[Name] = []
        self.kinds: dict[str, str] = {}
        for record, label, kind, name in rows(reading("index")):
            local = kind.value.removeprefix(KG)
            self.names.append(Name(fold(name.value), name.value, label.value, local, record.value))
        self.above: dict[str, set[str]] = {}
        for lower, upper in rows(reading("classes_above")):
            self.above.setdefault(lower.value.removeprefix(KG), set()).add(upper.value.removeprefix(KG))

    def within(self, kind: str, wanted: str) -> bool:
        """Whether a kind is the wanted one or one below it, as a vitamin is a nutrient."""
        seen: set[str] = set()
        waiting = {kind}
        while waiting and wanted not in waiting:
            seen |= waiting
            waiting = {upper for one in waiting for upper in self.above.get(one, ())} - seen
        return bool(waiting)

    def matching(self, text: str, kind: str = "", most: int = _SUGGESTED) -> list[Name]:
        """The best names for what was typed, one for each record: whole names first, then beginnings, words, parts."""
        key = fold(text)
        if not key:
            return []
        found: dict[str, tuple[tuple[int, bool, int, str], Name]] = {}
        for name in self.names:
            at = name.key.find(key)
            if at < 0 or (kind and not self.within(name.kind, kind)):
                continue
            rank = 0 if name.key == key else 1 if at == 0 else 2 if name.key[at - 1] == " " else 3
            order = (rank, name.kind in _LAST, len(name.key), name.label)
            if name.iri not in found or order < found[name.iri][0]:
                found[name.iri] = (order, name)
        return [name for _, name in sorted(found.values())][:most]


def suggestions(site: Any, visit: Visit) -> Reply:
    """The names that begin as what was typed so far, as JSON."""
    told = [
        {
            "name": name.name,
            "label": site.tongues.translate(name.iri, name.label),
            "kind": name.kind,
            "kind_label": spell_out(name.kind),
            "href": link(name.iri).href,
            "iri": name.iri,
        }
        for name in site.index.matching(visit.get("q"), visit.get("kind"))
    ]
    return Reply(200, "application/json", json.dumps(told, ensure_ascii=False).encode())


def search(site: Any, visit: Visit) -> Reply:
    """The record that was named, or the list of those that come near."""
    text = visit.get("q")[:200]
    found = site.index.matching(text, most=_LISTED)
    exact = [name for name in found if name.key == fold(text)]
    if len(exact) == 1 and visit.get("go") != "list":
        return redirect(link(exact[0].iri).href)
    nearest: tuple[str, ...] = ()
    told: asked.Meant | None = None
    if text and not found:
        try:
            return redirect(link(site.graph.term(text).iri).href)
        except UsageError as error:
            nearest = tuple(name for name in getattr(error, "nearest", ()) if len(name) > 1)
        told = asked.meant(site.graph, text) if site.ours else None
    page: Reply = site.page("search", visit, title="Search", text=text, found=found, nearest=nearest, meant=told)
    return page
