"""How strongly one state speaks for another: by the best causal route between them.

Each step keeps :data:`KEPT` of what comes in, times a share for the certainty of its claim; to pass a hub counts as a
step more. So the strength of a route is a product that falls with its length and with every weak step, and says how
well it carries a conclusion, not how often the effect occurs.
"""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.model import CausalGraph, Claim

#: What a step keeps: a cause does not always bring its effect.
KEPT = 0.6
#: The share of it by the certainty of the claim, from high to very low.
SHARES = (1.0, 0.8, 0.6, 0.4)
#: Longer routes keep next to nothing.
LONGEST = 3


class Way(NamedTuple):
    """The best route between two states: its strength and its claims from cause to effect."""

    strength: float
    claims: tuple[Claim, ...]


def causes(graph: CausalGraph, effect: str) -> dict[str, Way]:
    """The states that promote ``effect`` on the whole, each with its best route there."""
    return _ways(graph, effect, back=True)


def effects(graph: CausalGraph, cause: str) -> dict[str, Way]:
    """The states that ``cause`` promotes on the whole, each with its best route there.

    Here a hub costs nothing: much leads to it, which says little of where one came from, not of where one goes.
    """
    return _ways(graph, cause, back=False)


def share(claim: Claim) -> float:
    """What the step of a claim keeps."""
    return KEPT * SHARES[claim.rank]


def _ways(graph: CausalGraph, start: str, back: bool) -> dict[str, Way]:
    # Two ways to a state are kept apart, one for each sign: two inhibitions promote.
    best = {(start, 1): Way(1.0, ())}
    edge = dict(best)
    for _ in range(LONGEST):
        (graph.ahead if back else graph.onward)({state for state, _ in edge})
        reached: dict[tuple[str, int], Way] = {}
        for (state, sign), way in edge.items():
            kept = way.strength * (KEPT if back and state != start and graph.is_hub(state) else 1.0)
            for claim in graph.into.get(state, ()) if back else graph.out.get(state, ()):
                key = (claim.cause if back else claim.effect, sign * claim.sign)
                strength = kept * share(claim)
                known = best.get(key)
                if claim.status == "refuted" or (known and known.strength >= strength) or _passed(way, key[0], start):
                    continue
                claims = (claim, *way.claims) if back else (*way.claims, claim)
                best[key] = reached[key] = Way(strength, claims)
        edge = reached
    return {state: way for (state, sign), way in best.items() if sign > 0 and way.claims}


def _passed(way: Way, state: str, start: str) -> bool:
    return state == start or any(state in (claim.cause, claim.effect) for claim in way.claims)
