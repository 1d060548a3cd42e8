"""A causal route as a value: a chain of claims from one state to another, with what it is worth."""

from __future__ import annotations

from typing import NamedTuple

from kg.rdf.vocabulary import CERTAINTIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.model import Claim


class Route(NamedTuple):
    """One causal route: its claims from cause to effect, and its strength between 0 and 1."""

    claims: tuple[Claim, ...]
    strength: float = 0.0

    def __repr__(self) -> str:
        return f"Route({' > '.join(claim.iri for claim in self.claims)})"

    @property
    def sign(self) -> str:
        """``+`` where the cause promotes the effect over the whole route, ``-`` where it inhibits it."""
        return "-" if sum(claim.sign < 0 for claim in self.claims) % 2 else "+"

    @property
    def certainty(self) -> str:
        """The certainty of the weakest step."""
        return CERTAINTIES[max(claim.rank for claim in self.claims)]

    @property
    def states(self) -> tuple[str, ...]:
        """The IRIs of the states passed, both ends included."""
        return (self.claims[0].cause, *(claim.effect for claim in self.claims))
