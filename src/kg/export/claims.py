"""The claims and their terms as plain rows, for the forms that are tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.rdf.namespaces import KG, compact_to_iri, iri_to_compact
from kg.rdf.vocabulary import STANCES
from kg.sparql.library import reading

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass
class Term:
    """One end of claims: a state says what it is a state of and how that deviates."""

    iri: str
    kind: str
    label: str
    definition: str
    state_of: list[str] = field(default_factory=list)
    deviation: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


@dataclass
class Assertion:
    """One claim of any kind. Ends and sources are CURIEs; ``publications`` are what the world knows the sources by, by stance:
    identifiers, or addresses where they have none."""

    iri: str
    kind: str
    subject: str
    relation: str
    object: str
    status: str
    certainty: str
    onset: str
    reversibility: str
    note: str
    rather_than: list[str] = field(default_factory=list)
    population: list[str] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=lambda: {stance: [] for stance in STANCES})
    publications: dict[str, list[str]] = field(default_factory=lambda: {stance: [] for stance in STANCES})


def terms(graph: Graph) -> list[Term]:
    """Every term that a claim speaks about, in the order of the IRIs."""
    found: dict[str, Term] = {}
    for row in graph.rows(reading("export_terms")):
        iri = _short(row["term"])
        term = found.setdefault(iri, Term(iri, _local(row["kind"]), row["label"].value, _short(row["definition"])))
        _add(term.state_of, _short(row["state_of"]))
        _add(term.deviation, _local(row["deviation"]))
        _add(term.synonyms, _short(row["synonym"]))
        _add(term.same, _short(row["same"]))
    return list(found.values())


def assertions(graph: Graph) -> list[Assertion]:
    """Every claim with the sources for and against it, in the order of the IRIs.

    Raises:
        DataError: there is none.
    """
    found: dict[str, Assertion] = {}
    for row in graph.rows(reading("export_claims")):
        iri = _short(row["claim"])
        ends = _short(row["subject"]), _local(row["relation"]), _short(row["object"])
        judged = _local(row["status"]), _local(row["certainty"]).removesuffix("Certainty")
        words = _short(row["onset"]), _short(row["reversibility"]), _short(row["note"])
        claim = found.setdefault(iri, Assertion(iri, _local(row["kind"]), *ends, *judged, *words))
        _add(claim.rather_than, _short(row["rather_than"]))
        _add(claim.population, _short(row["population"]))
    if not found:
        raise DataError(
            "the graph contains no claims of kg:Claim with their status; kg export nt exports any graph, kg build derives them"
        )
    for row in graph.rows(reading("export_evidence")):
        name, stance = _short(row["claim"]), _local(row["stance"])
        if name not in found:
            continue
        claim = found[name]
        _add(claim.sources[stance], _short(row["source"]))
        _add(claim.publications[stance], _short(row["identifier"] or row["address"] or row["source"].value))
    return list(found.values())


def full(name: str) -> str:
    """The IRI of a CURIE; what is none stays as it is."""
    try:
        return compact_to_iri(name)
    except KeyError:
        return name


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)


def _short(node: Any) -> str:
    if node is None:
        return ""
    if isinstance(node, str):
        return node
    return iri_to_compact(node.value) if type(node).__name__ == "NamedNode" else str(node.value)


def _local(node: Any) -> str:
    return "" if node is None else str(node.value).removeprefix(KG)
