"""What a page knows, as JSON: names once and numbers for the rest, so that a page travels by mail."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kg.causal.model import CausalGraph, Claim, Source
from kg.grounding.resolve import spell_out
from kg.rdf.vocabulary import CERTAINTIES, STANCES
from kg.view.layout.layout import BOX_WIDTH, Band
from kg.view.shown import Shown
from kg.view.strength_data import World, rules

KINDS = {
    "Exposure": "Exposure",
    "NutrientStatus": "Nutrient status",
    "PhysiologicalState": "Mechanism",
    "Condition": "Condition",
    "Symptom": "Symptom",
    "Sign": "Clinical sign",
    "LabFinding": "Lab finding",
}
#: Where an identifier leads, by its prefix.
RESOLVERS = {
    "DOI": "https://doi.org/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
_BASE = "https://w3id.org/nutrition-kg/"


def kinds(graph: CausalGraph) -> list[tuple[str, str, int]]:
    """The kinds of a graph's states: class name, words, number of states."""
    present = Counter(state.kind for state in graph.states.values())
    known = [kind for kind in KINDS if kind in present]
    others = sorted(present.keys() - KINDS.keys())
    return [(kind, KINDS.get(kind) or spell_out(kind).capitalize(), present[kind]) for kind in [*known, *others]]


def ranks(graph: CausalGraph) -> list[tuple[str, int]]:
    """Every certainty with the number of claims that have it, best first."""
    present = Counter(claim.certainty for claim in graph.claims if claim.causal)
    return [(certainty, present[certainty]) for certainty in CERTAINTIES]


class Cited(NamedTuple):
    """A source with its number, from 1 in the order in which the claims first cite them, and the kind of study it is."""

    number: int
    source: Source
    study: str


def sources(graph: CausalGraph) -> dict[str, Cited]:
    """The sources of a graph by IRI."""
    found: dict[str, Cited] = {}
    for claim in graph.claims:
        for line in claim.evidence:
            found.setdefault(line.source.iri, Cited(len(found) + 1, line.source, line.study))
    return found


def data(picture: Shown, whole: CausalGraph, bands: Mapping[str, Sequence[Band]], **facts: object) -> dict[str, Any]:
    """Everything the page's script works on; ``facts`` are added as they are.

    ``whole`` is the graph of which this one is a part: it tells what is a hub, and what beyond this map leads to a finding.
    """
    graph = picture.graph
    at = {iri: number for number, iri in enumerate(graph.states)}
    kind_names = [(kind, name) for kind, name, _ in kinds(graph)]
    kind_at = {kind: number for number, (kind, _) in enumerate(kind_names)}
    cited = sources(graph)
    studies = list(dict.fromkeys(line.study for claim in graph.claims for line in claim.evidence))
    study_at = {study: number for number, study in enumerate(studies)}
    return {
        **facts,
        "base": _BASE,
        "width": round(BOX_WIDTH),
        "certainties": CERTAINTIES,
        "stances": STANCES,
        "kinds": kind_names,
        "studies": studies,
        "nodes": [
            [
                short(s.iri),
                s.label,
                kind_at[s.kind],
                s.definition,
                s.synonyms,
                lines,
                *([s.language] if s.language else []),
            ]
            for s, lines in zip(graph.states.values(), picture.lines, strict=True)
        ],
        "sources": [[short(source.iri), source.title, link(source)] for _, source, _ in cited.values()],
        "edges": [_edge(claim, at, cited, study_at) for claim in graph.claims],
        "rules": rules(),
        "world": World(at, whole, graph.claims).plain(short),
        "layouts": {
            name: {
                "bands": [[band.name, round(band.left), round(band.right)] for band in found],
                "places": picture.places[name],
                "lines": picture.routes[name],
            }
            for name, found in bands.items()
        },
    }


def _edge(claim: Claim, at: Mapping[str, int], cited: Mapping[str, Cited], studies: Mapping[str, int]) -> list[Any]:
    evidence = [
        [cited[line.source.iri].number - 1, STANCES.index(line.stance) if line.stance in STANCES else 2, studies[line.study],
         line.locator, line.note]
        for line in claim.evidence
    ]  # fmt: skip
    ends = at[claim.cause], claim.relation, at[claim.effect]
    beside = [] if claim.causal else [1]
    return [short(claim.iri), *ends, claim.status, claim.rank, claim.onset, claim.reversibility, claim.note, evidence, *beside]


def part(graph: CausalGraph, shown: Iterable[str]) -> CausalGraph:
    """The states ``shown`` and the claims between them."""
    kept = set(shown)
    claims = tuple(claim for claim in graph.claims if claim.cause in kept and claim.effect in kept)
    return CausalGraph({iri: state for iri, state in graph.states.items() if iri in kept}, claims)


def short(iri: str) -> str:
    """An IRI as the page stores it: a plus and what follows our base, or an equals sign and all of it."""
    return "+" + iri.removeprefix(_BASE) if iri.startswith(_BASE) else "=" + iri


def link(source: Source) -> str:
    """The address of a source that a reader may follow (http or https with a host): its own, else by its identifier."""
    addresses = [source.url]
    for identifier in source.identifiers:
        prefix, _, rest = identifier.partition(":")
        addresses += [RESOLVERS[prefix] + rest] if prefix in RESOLVERS else []
    return next(filter(_followable, addresses), "")


def _followable(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable() and " " not in address


def to_json(value: object) -> str:
    """JSON that can end neither the script element it stands in nor a line of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
