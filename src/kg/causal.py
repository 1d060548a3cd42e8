"""The causal part of the graph as plain values: states, the claims that join them, and their evidence.

Everything that walks, ranks or draws works on a :class:`CausalGraph`; only :mod:`kg.graph` fills one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

#: Certainty of a claim, best first; see ``kg.certainty`` for the rule that derives it.
CERTAINTIES = ("high", "moderate", "low", "very low")


@dataclass(frozen=True, slots=True)
class State:
    """A node of the causal graph.

    ``kind`` is the local name of its class in the ontology: NutrientStatus, Exposure, PhysiologicalState, Condition,
    Symptom, Sign or LabFinding.
    """

    iri: str
    label: str
    kind: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where an evidence line was read. ``url`` is empty where none is known."""

    iri: str
    title: str
    url: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's word on one claim: ``stance`` is supports, disputes or mixed; ``study`` the label of the study kind."""

    source: Source
    stance: str
    study: str
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """An edge: ``cause`` promotes or inhibits ``effect`` (IRIs), with its evidence for and against."""

    iri: str
    cause: str
    relation: str
    effect: str
    status: str
    certainty: str
    evidence: tuple[Evidence, ...] = ()
    onset: str = ""
    reversibility: str = ""
    note: str = ""

    @property
    def sign(self) -> int:
        """+1 where the cause promotes the effect, -1 where it inhibits it."""
        return -1 if self.relation == "inhibits" else 1


@dataclass(frozen=True)
class CausalGraph:
    """States by IRI and the claims between them, both in a fixed order."""

    states: Mapping[str, State]
    claims: tuple[Claim, ...]
    title: str = field(default="", compare=False)

    @cached_property
    def out(self) -> dict[str, list[Claim]]:
        """Claims by their cause."""
        return _grouped(self.claims, "cause")

    @cached_property
    def into(self) -> dict[str, list[Claim]]:
        """Claims by their effect."""
        return _grouped(self.claims, "effect")

    def label(self, iri: str) -> str:
        """The label of a state."""
        return self.states[iri].label


def _grouped(claims: Iterable[Claim], end: str) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(getattr(claim, end), []).append(claim)
    return groups
