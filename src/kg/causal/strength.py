"""How strongly one state speaks for another along a chain of claims: the one strength of routes, explanations and corrections.

A step is worth the product of how prominently its claim is told, how often its effect is there, and what every step loses; a chain
is worth the product of its steps. Seven rules bend that product, since a chain of true sentences may still mislead:

gates            a claim that holds only in some state, exposure or group counts where that is met
compensation     what the body does against a deviation does not end in its opposite
one direction    no chain passes both the low and the high of one quantity
no laundering    where a source disputes the direct claim between two states, or counted its effect as seldom, no chain between
                 them is worth more
hubs             what everything leads to ties its ends to each other but loosely; its wider name is still true of it
lists            a further step that only lists of one work name is mostly a rarity
kinds            what holds of a wider state holds of most of its kinds, not of all

``docs/strength.md`` gives each number its reason.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.model import KIND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.causal.model import CausalGraph, Claim

#: What every step keeps, however prominent and frequent: what is far off depends on more that nobody wrote down.
STEP = 0.9
#: The share by how prominently sources tell of a claim, from 0 (nothing that weighs) to 5. It says what matters, and not how
#: likely the effect is: what is said in passing is mostly so.
PROMINENCE = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: The share by how often the effect is there, given the cause; "" where no source says.
FREQUENCY = {
    "obligate": 1.0,
    "veryFrequent": 0.95,
    "frequent": 0.75,
    "": 0.65,
    "occasional": 0.3,
    "veryRare": 0.08,
    "excluded": 0.0,
}
#: What is kept of a claim whose sources are at odds: its effect may not be there at all, which how well it is sourced does not say.
CONTESTED = 0.6
#: The same where it is asked what explains a finding that is there: one that a cause brings only sometimes, as somebody counted,
#: is not much less its finding than one that nobody counted, and what nobody counted is as good as what is there often.
EXPLAINING = {**FREQUENCY, "": 0.75, "occasional": 0.55, "veryRare": 0.25}
#: What a claim keeps that holds from a degree of its cause on, where that degree is not known to be reached.
DEGREE = 0.4
#: The same in explaining a finding that is there: who has what only the degree brings has the degree.
DEGREE_SEEN = 1.0
#: What a claim keeps whose gate is not met, where the question starts at its very cause.
CONDITION = 0.5
#: What is kept on going on from a wider state that a chain came to by naming a kind of it: what holds of beriberi does not
#: hold of every beriberi. To name a kind of that in turn keeps it: a microcytic anemia is an anemia.
INHERITED = 0.6
#: What is kept of a further step that rests on lists of one work alone, and that nobody counted.
LISTED = 0.6
#: The same in explaining a finding that is there: then it is no rarity.
LISTED_SEEN = 1.0
#: What is kept on passing a hub: what comes after it mostly has another cause. Its wider names do not come after it.
HUB = 0.7

_OPPOSITE = {"low": "high", "high": "low"}


def weight(claim: Claim, shares: Mapping[str, float] = FREQUENCY) -> float:
    """What the step of a claim keeps, gates apart.

    Parameters:
        shares: what each frequency counts, :data:`FREQUENCY` or :data:`EXPLAINING`.

    >>> from kg.causal.model import Claim
    >>> round(weight(Claim("c", "a", "promotes", "b", "established", "high")), 3)
    0.585
    >>> weight(Claim("c", "a", "promotes", "b", "probable", "low", by_definition=True))
    0.9
    """
    if claim.status == "refuted":
        return 0.0
    if claim.by_definition:
        return STEP * shares[claim.frequency or "obligate"]
    kept = STEP * shares[claim.frequency] * PROMINENCE[claim.prominence]
    return kept * CONTESTED if claim.status == "contested" else kept


def is_merely_listed(claim: Claim) -> bool:
    """Whether only lists of one work name the effect, and nobody says how often it is there."""
    return claim.listed and not claim.frequency and not claim.by_definition


class Worth(NamedTuple):
    """What a chain is worth as it stands, and what it may be worth at most with more before it that meets its gates."""

    strength: float
    hopeful: float


_NOTHING = Worth(0.0, 0.0)


def worth(
    graph: CausalGraph,
    claims: Sequence[Claim],
    told: Collection[str] = (),
    shares: Mapping[str, float] = FREQUENCY,
    degree: float = DEGREE,
) -> Worth:
    """The strength of a chain of claims, from its first cause to its last effect.

    Parameters:
        told: states, exposures and groups of people that are known to be there.
        shares: what each frequency counts.
        degree: what a claim keeps that holds from a degree of its cause on, :data:`DEGREE` or :data:`DEGREE_SEEN`.
    """
    states = [claims[0].cause, *(claim.effect for claim in claims)]
    if len(claims) > 1 and turns_round(graph, states):
        return _NOTHING
    # The best that is known of getting to each state passed: a direct claim that caps it caps what goes on from there.
    best, hope = [1.0], [1.0]
    for place, claim in enumerate(claims):
        kept = weight(claim, shares)
        if place and claim.relation != KIND and graph.is_hub(claim.cause):
            kept *= HUB
        if place and claims[place - 1].relation == KIND and claim.relation != KIND:
            kept *= INHERITED
        if place and is_merely_listed(claim):
            kept *= LISTED if shares is FREQUENCY else LISTED_SEEN
        if claim.relation == KIND and _leads_there(graph, states[:place], claim.effect):
            return _NOTHING
        gate = gate_factor(graph, claim, states[: place + 1], told, degree) if claim.only_when else 1.0
        strength, hopeful = best[-1] * kept * gate, hope[-1] * kept
        for earlier in range(place) if graph.caps else ():
            direct = graph.caps.get((states[earlier], claim.effect, _sign(claims[earlier : place + 1])))
            if direct:
                cap = max(weight(one, shares) for one in direct)
                strength, hopeful = min(strength, best[earlier] * cap), min(hopeful, hope[earlier] * cap)
        if not hopeful or (claim.compensates_for and _overshoots(graph, claim, states[place + 1 :])):
            return _NOTHING
        best.append(strength)
        hope.append(hopeful)
    return Worth(best[-1], hope[-1])


def _leads_there(graph: CausalGraph, passed: Sequence[str], wider: str) -> bool:
    """Whether a claim leads straight from one of some states to a wider state, which to name a kind of it then says again."""
    return any(claim.effect == wider and claim.relation != KIND for state in passed for claim in graph.out.get(state, ()))


def gate_factor(
    graph: CausalGraph, claim: Claim, passed: Sequence[str], told: Collection[str] = (), degree: float = DEGREE
) -> float:
    """What the gates of a claim leave of it: ``passed`` are the states of the chain up to its cause."""
    factor = 1.0
    for gate in claim.only_when:
        meeting = graph.meeting(gate)
        if any(state in meeting for state in passed) or any(state in meeting for state in told):
            continue
        if gate in graph.meeting(claim.cause):
            factor *= degree
        elif len(passed) == 1:
            factor *= CONDITION
        else:
            return 0.0
    return factor


def unmet(graph: CausalGraph, claims: Sequence[Claim], told: Collection[str] = ()) -> list[tuple[str, ...]]:
    """For each step of a chain the gates that neither the chain nor the circumstances meet."""
    passed = [claims[0].cause]
    found = []
    for claim in claims:
        known = {*passed, *told}
        found.append(tuple(gate for gate in claim.only_when if known.isdisjoint(graph.meeting(gate))))
        passed.append(claim.effect)
    return found


def turns_round(graph: CausalGraph, states: Sequence[str]) -> bool:
    """Whether states passed hold both the low and the high of one quantity."""
    seen: dict[str, str] = {}
    for iri in states:
        state = graph.states.get(iri)
        if state and state.deviation in _OPPOSITE and seen.setdefault(state.of, state.deviation) != state.deviation:
            return True
    return False


def _overshoots(graph: CausalGraph, claim: Claim, later: Sequence[str]) -> bool:
    answered = graph.states.get(claim.compensates_for)
    against = (answered.of, _OPPOSITE.get(answered.deviation, "")) if answered else ("", "")
    return bool(against[1]) and any((graph.states[iri].of, graph.states[iri].deviation) == against for iri in later)


def _sign(claims: Sequence[Claim]) -> int:
    return -1 if sum(claim.sign < 0 for claim in claims) % 2 else 1
