"""The causal part of the graph as plain values: states, claims, evidence. Only :mod:`kg.causal.loader` fills a :class:`CausalGraph`."""

# The values are named tuples and not dataclasses: those take longer to import than a route takes to find.

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kg.rdf.vocabulary import CERTAINTIES, MOST_PROMINENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.causal.reversal import Reversal

#: The rank of no certainty is that of what a term itself says, which no evidence line supports.
_RANKS = {certainty: rank for rank, certainty in enumerate((*CERTAINTIES, ""))}
#: Kinds of state that a person or a doctor notices or measures.
FINDINGS = frozenset({"Symptom", "Sign", "LabFinding"})
#: The relation of a step from a state to a wider one that it is a kind of. No claim says it, the terms do.
KIND = "kindOf"
#: The kind of a group of people, which gates name and no route passes.
GROUP = "Population"
#: A state with at least so many causes is a hub: to have passed it says little about where one came from.
HUB = 10


class State(NamedTuple):
    """A node of the causal graph.

    ``kind`` is the local name of its class: NutrientStatus, Exposure, PhysiologicalState, Condition, Symptom, Sign or LabFinding; ``of``
    is the IRI of what deviates, ``deviation`` the local name of how; ``language`` is the tag of the label, empty for English.
    """

    iri: str
    label: str
    kind: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    of: str = ""
    deviation: str = ""
    language: str = ""


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
    """An edge: ``cause`` promotes or inhibits ``effect`` (IRIs), with its evidence for and against; or is a kind of it (:data:`KIND`).

    ``frequency`` and ``reverses`` are local names of the ontology, empty where no source says; ``only_when`` are the states, exposures
    and groups without which it does not hold; ``compensates_for`` is the deviation that the effect opposes; ``recovery`` is how long the
    effect takes to go back, in words; ``listed`` tells that only lists of one work support it; ``prominence`` ranks it, from 0 to 5. Where
    ``causal`` is false, ``relation`` is the label of another relation, which maps draw (``kg:drawn``) and nothing walks.
    """

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
    frequency: str = ""
    only_when: tuple[str, ...] = ()
    compensates_for: str = ""
    by_definition: bool = False
    reverses: str = ""
    recovery: str = ""
    causal: bool = True
    listed: bool = False
    prominence: int = MOST_PROMINENT

    @property
    def sign(self) -> int:
        """+1 where the cause promotes the effect, -1 where it inhibits it."""
        return -1 if self.relation == "inhibits" else 1

    @property
    def rank(self) -> int:
        """The place of the certainty in :data:`CERTAINTIES`: 0 is best."""
        return _RANKS[self.certainty]


def kind_step(narrower: str, wider: str) -> Claim:
    """The step from a state to a wider one: whoever has megaloblastic anemia has anemia."""
    iri = f"{narrower}#kindOf-{wider.rpartition('/')[2]}"
    return Claim(iri, narrower, KIND, wider, "established", CERTAINTIES[0], by_definition=True)


class CausalGraph:
    """States by IRI and the claims between them, both in a fixed order.

    ``kinds`` are the states that are a state or a kind of it, however far below. What a state is a kind of is a step of
    routes, where no claim joins the two: ``into`` and ``out`` hold it beside the claims.
    """

    def __init__(
        self,
        states: Mapping[str, State],
        claims: tuple[Claim, ...],
        kinds: Mapping[str, frozenset[str]] | None = None,
        diseases: Mapping[str, str] | None = None,
    ) -> None:
        self.states, self.claims, self.kinds, self.known_diseases = states, claims, kinds or {}, diseases or {}
        #: Whose work the graph is, for pictures of it; empty where nobody said.
        self.credit = ""
        #: What maps draw beside the causal claims, by subject, local name of the relation, and object (:mod:`kg.causal.links`).
        self.links: Mapping[tuple[str, str, str], Claim] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CausalGraph):
            return NotImplemented
        return (self.states, self.claims, self.kinds) == (other.states, other.claims, other.kinds)

    __hash__ = None  # type: ignore[assignment]

    def meeting(self, state: str) -> frozenset[str]:
        """The states that are the given one or a kind of it."""
        return self.kinds.get(state) or frozenset((state,))

    @cached_property
    def caps(self) -> dict[tuple[str, str, int], list[Claim]]:
        """The claims that cap the chains between their ends (:func:`is_cap`), by cause, effect and sign."""
        found: dict[tuple[str, str, int], list[Claim]] = {}
        for claim in self.claims:
            note_cap(found, claim)
        return found

    @cached_property
    def out(self) -> dict[str, list[Claim]]:
        """Claims by their cause, and what it is a kind of."""
        return _group((*self.claims, *self.kind_steps), "cause")

    @cached_property
    def into(self) -> dict[str, list[Claim]]:
        """Claims by their effect, and what are kinds of it."""
        return _group((*self.claims, *self.kind_steps), "effect")

    @cached_property
    def kind_steps(self) -> list[Claim]:
        """The steps from a state to a wider one that it is directly a kind of, where no claim joins the two."""
        joined = {(claim.cause, claim.effect) for claim in self.claims}
        pairs = {(narrow, wide) for wide, narrower in self.kinds.items() for narrow in narrower if narrow != wide}
        between = {(narrow, wide) for narrow, middle in pairs for also, wide in pairs if middle == also}
        left = [pair for pair in sorted(pairs - between - joined) if self.states.keys() >= set(pair)]
        return [kind_step(*pair) for pair in left if self.states[pair[0]].kind != GROUP]

    @cached_property
    def promoted(self) -> dict[str, list[str]]:
        """The states that each state promotes by a claim that is not refuted."""
        found: dict[str, list[str]] = {state: [] for state in self.states}
        for claim in self.claims:
            if claim.sign > 0 and claim.status != "refuted":
                found.setdefault(claim.cause, []).append(claim.effect)
        return found

    def reached(self, state: str) -> set[str]:
        """The states that a chain of promoting claims leads to from ``state``: what ``kg:promotes+`` finds.

        >>> import kg
        >>> "https://w3id.org/nutrition-kg/muscle-cramp" in kg.open().causal().reached("https://w3id.org/nutrition-kg/hypomagnesemia")
        True
        """
        from kg.causal.cut_sets import walk

        return walk(self.promoted, self.promoted[state])

    @property
    def diseases(self) -> Mapping[str, str]:
        """The diseases that are a nutrient status's own, as scurvy is that of vitamin C deficiency, with the status."""
        return self.known_diseases

    def ahead(self, states: Iterable[str]) -> None:
        """Announce that the claims into ``states`` are looked at next; a graph that is read bit by bit fetches them."""

    def onward(self, states: Iterable[str]) -> None:
        """Announce that the claims out of ``states`` are looked at next."""

    def reversals(self, claims: Iterable[Claim]) -> dict[str, Reversal]:
        """Whether and in what time the effects of claims go back, by claim, where a source says."""
        from kg.causal.reversal import Reversal

        found = {claim.iri: Reversal(claim.reverses, claim.reversibility, claim.recovery) for claim in claims}
        return {iri: one for iri, one in found.items() if any(one)}

    def label(self, iri: str) -> str:
        """The label of a state."""
        return self.states[iri].label

    def is_finding(self, iri: str) -> bool:
        """Whether a state is a symptom, a sign or a laboratory finding."""
        return self.states[iri].kind in FINDINGS

    def is_hub(self, iri: str) -> bool:
        """Whether so much leads to a state that passing it explains little (:data:`HUB`); to a nutrient status all ways are of interest."""
        claims = self.into.get(iri, ())
        number, found = self._hubs.get(iri, (-1, False))
        if number != len(claims):  # a graph that is read bit by bit has more by and by
            many = len({claim.cause for claim in claims if claim.relation != KIND}) >= HUB
            found = many and self.states[iri].kind != "NutrientStatus"
            self._hubs[iri] = len(claims), found
        return found

    @cached_property
    def _hubs(self) -> dict[str, tuple[int, bool]]:
        """How many claims led to a state when it was looked at, and whether it is a hub."""
        return {}


def is_cap(claim: Claim) -> bool:
    """Whether no chain between the ends of a claim is worth more: sources dispute it, or counted its effect as seldom, and in everybody."""
    seldom = claim.frequency in ("occasional", "veryRare") and not claim.only_when
    return claim.status in ("contested", "refuted") or claim.frequency == "excluded" or seldom


def note_cap(found: dict[tuple[str, str, int], list[Claim]], claim: Claim) -> None:
    """Put a claim that is a cap with the others of the same ends."""
    if is_cap(claim):
        found.setdefault((claim.cause, claim.effect, claim.sign), []).append(claim)


def _group(claims: Iterable[Claim], end: str) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(getattr(claim, end), []).append(claim)
    return groups
