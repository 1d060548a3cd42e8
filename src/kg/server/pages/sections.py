"""The claims of a term's page in sections by what they say: causes, who is at risk, tests, treatment, look-alikes, foods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.causal.path_source import start
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.grounding.resolve import Asked, Term


class Section(NamedTuple):
    """A heading with its claims; ``name`` is its place in the page's address."""

    name: str
    title: str
    claims: list[dict[str, Any]]


_SEEN, _MEASURED = frozenset({"Symptom", "Sign"}), frozenset({"LabFinding"})
#: Sections in the order in which a reader wants them, by their names.
TITLES = {
    "causes": "Causes",
    "risk": "Who is at risk",
    "signs": "Symptoms and signs it may lead to",
    "effects": "Conditions and mechanisms it may lead to",
    "laboratory": "Laboratory findings it may lead to",
    "tests": "Tests and signs that point to it",
    "lookalikes": "Look-alikes, and what tells them apart",
    "treatment": "Treatment and prevention",
    "against": "What works against it",
    "foods": "Foods that are a source of it",
    "at-risk-of": "What these people are at risk of",
    "points-to": "What it points to",
    "tells-apart": "What it tells apart",
    "treats": "What it treats or prevents",
    "needed-for": "What it is needed for",
    "needs": "What is needed for it",
    "uptake": "What it does to uptake and other processes",
    "modified": "What strengthens or weakens it",
    "works-against": "What it works against",
    "source-of": "What it is a source of",
    "more": "More claims",
}
#: By the relation, the section where the term is the subject of the claim, and where it is the object.
_SECTIONS = {
    "promotes": ("effects", "causes"),
    "inhibits": ("works-against", "against"),
    "atRiskOf": ("at-risk-of", "risk"),
    "indicates": ("points-to", "tests"),
    "distinguishes": ("tells-apart", "lookalikes"),
    "treats": ("treats", "treatment"),
    "prevents": ("treats", "treatment"),
    "requiredFor": ("needed-for", "needs"),
    "strengthens": ("uptake", "modified"),
    "weakens": ("uptake", "modified"),
    "sourceOf": ("source-of", "foods"),
    "richIn": ("source-of", "foods"),
}


def sections(facts: Mapping[str, Any], kind_of: Mapping[str, str]) -> list[Section]:
    """The claims of a dossier by section; ``kind_of`` tells symptoms and measurements from other effects, by IRI."""
    found: dict[str, list[dict[str, Any]]] = {}
    seen: set[str] = set()
    for claim in _each(facts):
        if claim["claim"] in seen:
            continue
        seen.add(claim["claim"])
        out, into = _SECTIONS.get(claim["relation"], ("more", "more"))
        name = out if claim["subject"]["iri"] == facts["iri"] else into
        if name == "effects":
            kind = kind_of.get(claim["object"]["iri"], "")
            name = "signs" if kind in _SEEN else "laboratory" if kind in _MEASURED else name
        # "it rather than folate deficiency", "it in: infants": what follows the term's name in a sentence that ends with it.
        rest = claim["object"]["label"].removeprefix(facts["label"])
        found.setdefault(name, []).append({**claim, "rest": rest if rest != claim["object"]["label"] else ""})
    return [Section(name, title, found[name]) for name, title in TITLES.items() if name in found]


def _each(facts: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    yield from facts["claims_out"]
    yield from facts["claims_in"]


def find_uses(rows: Asked, iri: str) -> list[Term]:
    """What taking a drug is called, the drug's own use before that of its classes; none where nothing is claimed of it."""
    try:
        return list(start(rows, iri).states)
    except UsageError:
        return []
