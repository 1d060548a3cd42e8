"""What may be the answer, with what it explains and what speaks for it."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.route import Route


class Candidate(NamedTuple):
    """A state that would explain something of a case.

    Attributes:
        iri, score: the state and its score.
        explained: the findings present that it promotes, each with the best route.
        unexplained: the findings present that it does not promote, and that do not bring it about.
        contradicted: the findings absent that it would lead to, each with the best route.
        context: the circumstances that make it likelier, each with the best route.
        also: states that are no rivals of it: ways into it, and conditions that it leads to.
        stages: other states of the same thing that explain something too: the lack, the low level, the disease of it.
        commonness: how common the state is, as a local name of the ontology; empty where no source says.
    """

    iri: str
    score: float
    explained: dict[str, Route]
    unexplained: tuple[str, ...]
    contradicted: dict[str, Route]
    context: dict[str, Route]
    also: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    commonness: str = ""
