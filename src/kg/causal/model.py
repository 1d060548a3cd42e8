"""The causal part of the graph as plain values: states, the claims that join them, and their evidence.

Everything that walks, ranks or draws works on a :class:`CausalGraph`; only :mod:`kg.causal.loader` fills one. The values are
named tuples and not dataclasses: those take longer to import than a route takes to find.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Certainty of a claim, best first; see ``kg.build.certainty`` for the rule that derives it.
CERTAINTIES = ("high", "moderate", "low", "very low")
_RANKS = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}

#: Kinds of state that a person or a doctor notices or measures.
FINDINGS = frozenset({"Symptom", "Sign", "LabFinding"})

#: A state with at least so many causes is a hub: to have passed it says little about where one came from.
HUB = 10


class State(NamedTuple):
    """A node of the causal graph.

    ``kind`` is the local name of its class in the ontology: NutrientStatus, Exposure, PhysiologicalState, Condition,
    Symptom, Sign or LabFinding.
    """

    iri: str
    label: str
    kind: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()


class Source(NamedTuple):
    """Where an evidence line was read. ``url`` is empty where none is known."""

    iri: str
    title: str
    url: str = ""
    identifiers: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """One source's word on one claim: ``stance`` is supports, disputes or mixed; ``study`` the label of the study kind."""

    source: Source
    stance: str
    study: str
    locator: str = ""
    note: str = ""


class Claim(NamedTuple):
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

    @property
    def rank(self) -> int:
        """The place of the certainty in :data:`CERTAINTIES`: 0 is best."""
        return _RANKS[self.certainty]


class CausalGraph:
    """States by IRI and the claims between them, both in a fixed order."""

    def __init__(self, states: Mapping[str, State], claims: tuple[Claim, ...]) -> None:
        self.states, self.claims = states, claims

    @cached_property
    def out(self) -> dict[str, list[Claim]]:
        """Claims by their cause."""
        return _grouped(self.claims, "cause")

    @cached_property
    def into(self) -> dict[str, list[Claim]]:
        """Claims by their effect."""
        return _grouped(self.claims, "effect")

    @cached_property
    def promoted(self) -> dict[str, list[str]]:
        """The states that each state promotes by a claim that is not refuted."""
        found: dict[str, list[str]] = {state: [] for state in self.states}
        for claim in self.claims:
            if claim.sign > 0 and claim.status != "refuted":
                found[claim.cause].append(claim.effect)
        return found

    def reached(self, state: str) -> set[str]:
        """The states that a chain of promoting claims leads to from ``state``, walked in memory: what ``kg:promotes+`` finds.

        >>> import kg
        >>> "https://w3id.org/nutrition-kg/muscle-cramp" in kg.open().causal().reached("https://w3id.org/nutrition-kg/hypomagnesemia")
        True
        """
        from kg.causal.cut_sets import walked

        return walked(self.promoted, self.promoted[state])

    def ahead(self, states: Iterable[str]) -> None:
        """Announce that the claims into ``states`` are looked at next; a graph that is read bit by bit fetches them."""

    def onward(self, states: Iterable[str]) -> None:
        """Announce that the claims out of ``states`` are looked at next."""

    def label(self, iri: str) -> str:
        """The label of a state."""
        return self.states[iri].label

    def is_finding(self, iri: str) -> bool:
        """Whether a state is a symptom, a sign or a laboratory finding."""
        return self.states[iri].kind in FINDINGS

    def is_hub(self, iri: str) -> bool:
        """Whether so much leads to a state that passing it explains little; see :data:`HUB`.

        A nutrient status is none: that many ways lead into it is what the graph is about.
        """
        claims = self.into.get(iri, ())
        if len(claims) < HUB or self.states[iri].kind == "NutrientStatus":
            return False
        return len({claim.cause for claim in claims}) >= HUB


def _grouped(claims: Iterable[Claim], end: str) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(getattr(claim, end), []).append(claim)
    return groups
