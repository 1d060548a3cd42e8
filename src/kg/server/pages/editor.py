"""``/query``: the SPARQL editor, the library as its examples, and the words that it completes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.rdf.namespaces import prefixes
from kg.server.pages.responses import Reply, Visit
from kg.sparql import library
from kg.sparql.empty_patterns import explain_emptiness
from kg.sparql.library import reading

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

#: What an editor without a query offers to begin with: an answer in rows, one that compares, and one that is drawn as a map.
TRIED = (
    ("foods_richest_in", "which foods hold most magnesium"),
    ("what_separates", "what tells two deficiencies apart"),
    ("pathway", "a pathway as a map"),
)
#: Names are looked for in so many letters of a query.
LONGEST = 20_000


def editor(site: Stock, visit: Visit) -> Reply:
    """The page of the editor; a plain form where no script runs."""
    examples = [library.question(name) for name in library.names()] if site.ours else []
    tried = [(library.question(name), words) for name, words in TRIED]
    return site.page("query", visit, title="Query", examples=examples, tried=tried, text=visit.get("query"))


def vocabulary(site: Stock, _: Visit) -> Reply:
    """Prefixes, and the classes, properties and names that the editor completes."""
    rows = site.graph.rows(reading("words"))
    words = [[row["word"].value, row["label"].value if row["label"] else "", row["sort"].value] for row in rows]
    examples = (
        [[name, library.question(name).summary, library.question(name).text] for name in library.names()] if site.ours else []
    )
    values: dict[str, list[str]] = {}
    for row in site.graph.rows(reading("values_of")):
        values.setdefault(row["property"].value, []).append(row["value"].value)
    told = {"prefixes": prefixes(), "words": words, "values": values, "examples": examples}
    return Reply(200, "application/json", json.dumps(told, ensure_ascii=False).encode())


def hints(site: Stock, visit: Visit) -> Reply:
    """What a query asks for that is not in the graph, one line each, for the editor to show below the answer."""
    text = visit.get("query")[:LONGEST]
    found = (site.graph.hints(text) or explain_emptiness(site.graph.rows, text)) if site.ours else []
    return Reply(200, "application/json", json.dumps(found, ensure_ascii=False).encode())
