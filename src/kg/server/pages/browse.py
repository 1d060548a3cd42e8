"""Ways in for a reader who has no question yet: lists by kind, the organ systems, the debates, the two articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from kg.errors import UnknownName
from kg.server.pages.links import link
from kg.server.pages.responses import Reply, Visit
from kg.sparql.results import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.server.pages.context import Stock

#: The findings that lie in no organ system.
_OTHER = "other"


class Way(NamedTuple):
    """A way into the graph: its path, its name, what stands behind it, and the kinds of record that it counts."""

    path: str
    name: str
    about: str
    kinds: tuple[str, ...]


WAYS = (
    Way("/nutrients", "Nutrients", "need, foods, lack and excess, tests", ("Nutrient",)),
    Way("/foods", "Foods", "what a portion gives of a day's need", ("Food",)),
    Way("/symptoms", "Symptoms", "what may lead to a symptom or a sign", ("Symptom", "Sign")),
    Way("/drugs", "Drugs", "what a drug takes from the body, and how", ("Drug",)),
    Way("/debates", "Debates", "where sources stand on both sides", ()),
    Way("/articles", "Articles", "the two articles, statement by statement", ("Statement",)),
)


def ways(site: Stock) -> list[tuple[Way, int]]:
    """The six ways, each with how many records lie behind it."""
    counts = Counter(kind for kind, _, _ in _records(site))
    return [
        (way, sum(count for kind, count in counts.items() if any(site.index.within(kind, one) for one in way.kinds)))
        for way in WAYS
    ]


def browse(site: Stock, visit: Visit) -> Reply:
    """The ways in, on a page of their own."""
    return site.page("browse", visit, title="Browse", ways=ways(site))


def list_records(site: Stock, visit: Visit) -> Reply:
    """All records of some kinds, by kind where they are few kinds of few, else by the first letter."""
    way = next(way for way in WAYS if way.path == visit.path)
    found = [one for one in _records(site) if any(site.index.within(one[0], kind) for kind in way.kinds)]
    by_letter = len(found) > 60
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind, label, iri in sorted(found, key=lambda one: (one[1].casefold(), one[2])):
        group = (label[0].upper() if label[0].isalpha() else "0–9") if by_letter else site.kinds.get(kind, kind)
        groups.setdefault(group, []).append((label, link(iri).href))
    return site.page("listing", visit, title=way.name, way=way, groups=dict(sorted(groups.items())), count=len(found))


def _records(site: Stock) -> Iterable[tuple[str, str, str]]:
    """Kind, label and IRI of each record that has a name."""
    return dict.fromkeys((name.kind, name.label, name.iri) for name in site.index.names)


def systems(site: Stock, visit: Visit) -> Reply:
    """Nutrients by organ systems; each cell opens the map of what it counts."""
    counts: dict[tuple[str, str], int] = {}
    nutrients: dict[str, str] = {}
    for row in _ask(site, "findings_by_organ_system"):
        counts[row["nutrient"].value, row["system_label"].value] = int(row["findings"].value)
        nutrients[row["nutrient"].value] = row["nutrient_label"].value
    columns = sorted({system for _, system in counts}, key=lambda name: (name == _OTHER, name))
    most = max(counts.values(), default=1)
    rows = [
        (link(iri).href, label, [(counts.get((iri, system), 0), _to_map(iri, system)) for system in columns])
        for iri, label in nutrients.items()
    ]
    return site.page("systems", visit, title="Nutrients by organ systems", columns=columns, rows=rows, most=most)


def _to_map(nutrient: str, system: str) -> str:
    more = {} if system == _OTHER else {"system": system}
    return "/view?" + urlencode({"term": nutrient, **more})


def debates(site: Stock, visit: Visit) -> Reply:
    """The claims with sources on both sides, those with most sources first."""
    rows = [{name: plain(row[name]) for name in _DEBATE} for row in _ask(site, "claims_with_evidence_on_both_sides")]
    for row in rows:
        row["href"] = link(row["claim"]).href
    rows.sort(key=lambda row: (-sum(int(row[name]) for name in ("supporting", "disputing", "mixed")), row["subject_label"]))
    return site.page("debates", visit, title="Debates", rows=rows)


_DEBATE = (
    "subject_label", "relation_label", "object_label", "supporting", "disputing", "mixed", "status_label", "certainty_label", "claim",
)  # fmt: skip


def articles(site: Stock, visit: Visit) -> Reply:
    """The two articles with how many of their statements have which verdict; each number leads to these statements."""
    found: dict[str, Counter[str]] = {}
    for row in _ask(site, "statements"):
        found.setdefault(plain(row["article_label"]), Counter())[plain(row["verdict_label"])] += 1
    told = {
        article: [(verdict, count, _statements(article, verdict)) for verdict, count in verdicts.most_common()]
        for article, verdicts in found.items()
    }
    return site.page("articles", visit, title="The two articles", articles=told)


def _statements(article: str, verdict: str) -> str:
    return "/question/statements?" + urlencode([("_is", f"article_label:{article}"), ("_is", f"verdict_label:{verdict}")])


def _ask(site: Stock, name: str) -> Any:
    if not site.ours:
        raise UnknownName("this data has no such page")
    return site.graph.query(name)


PAGES: dict[str, Callable[[Stock, Visit], Reply]] = {
    "/browse": browse,
    **dict.fromkeys(("/nutrients", "/foods", "/symptoms", "/drugs"), list_records),
    "/systems": systems,
    "/debates": debates,
    "/articles": articles,
}
