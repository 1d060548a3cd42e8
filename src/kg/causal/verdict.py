"""A route in words: how sure it is first, then which of its steps are well sourced, disputed, or without a good source.

The maps say the same (``view/assets/words.js``).
"""

from __future__ import annotations

from kg.causal.model import GROUP, KIND
from kg.rdf.vocabulary import CERTAINTIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.causal.model import CausalGraph, Claim
    from kg.causal.route import Route

ALONE = "Perhaps: one of the steps has no good source."
#: The kind of source on which alone nothing is settled.
POPULAR = "consumer article"
#: By the weakest certainty of the steps.
SURE = dict(
    zip(
        CERTAINTIES,
        (
            "Yes: every step is well sourced.",
            "Probably: every step has good sources.",
            "Perhaps: a step rests on little.",
            "Perhaps: a step is weakly sourced or disputed.",
        ),
        strict=True,
    )
)


#: A route that is this share as strong as the first one answers in its place where it is better sourced.
STRONG = 0.5


def choose(found: Sequence[Route]) -> Route:
    """The route that answers best: the best sourced one of the sign of the first and nearly as strong.

    A direct claim on which sources disagree answers itself: no chain beside it settles the dispute.
    """
    first = found[0]
    for one in found:
        if one.sign == first.sign and len(one.claims) == 1 and one.claims[0].status == "contested":
            return one
    strong = [one for one in found if one.sign == first.sign and one.strength >= STRONG * first.strength]
    return min(strong, key=lambda one: CERTAINTIES.index(one.certainty), default=first)


def judge(causal: CausalGraph, route: Route) -> tuple[str, ...]:
    """The verdict on a route, then a sentence for each kind of step that it has."""
    steps = [claim for claim in route.claims if claim.relation != KIND]
    alone = [claim for claim in steps if claim.status == "unverified"]
    disputed = [claim for claim in steps if claim.status == "contested"]
    well = [claim for claim in steps if claim.certainty in CERTAINTIES[:2] and claim.status != "contested"]
    parts = (
        ("Well sourced", well if len(well) < len(steps) else []),
        ("Sources disagree", disputed),
        ("Only in a popular article", [claim for claim in alone if _is_popular(claim)]),
        ("Without a good source", [claim for claim in alone if not _is_popular(claim)]),
    )
    return (
        ALONE if alone else SURE[route.certainty],
        *(f"{words}: {_list(causal, claims)}." for words, claims in parts if claims),
    )


def ask(causal: CausalGraph, route: Route) -> str:
    """The question that a route answers."""
    cause, effect = causal.label(route.states[0]), causal.label(route.states[-1])
    if cause == effect:
        return f"Can {cause} {'feed itself' if route.sign == '+' else 'hold itself back'}?"
    if causal.states[route.states[0]].kind == GROUP:
        return f"Can what {cause} are at risk of {'lead to' if route.sign == '+' else 'hold back'} {effect}?"
    return f"Can {cause} {'lead to' if route.sign == '+' else 'hold back'} {effect}?"


def _is_popular(claim: Claim) -> bool:
    return bool(claim.evidence) and all(line.study == POPULAR for line in claim.evidence)


def _list(causal: CausalGraph, claims: Iterable[Claim]) -> str:
    return "; ".join(
        f"{causal.label(claim.cause)} {'holds back' if claim.relation == 'inhibits' else 'leads to'} {causal.label(claim.effect)}"
        for claim in claims
    )
