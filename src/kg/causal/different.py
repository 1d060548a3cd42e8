"""The first routes as different ways: a route that only spells another one out, or swaps one step of it, stands back."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from kg.causal.model import KIND, is_cap
from kg.causal.route import Route
from kg.causal.strength import is_merely_listed, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.causal.model import CausalGraph

#: Kinds of state that are an illness, or a lack, of their own; a symptom on the way is no surer to bring what it brings.
ILL = frozenset({"Condition", "NutrientStatus", "Symptom"})
#: What a route counts that spells an earlier one anew.
RESPELLED = 0.25
#: A different way goes before such spellings only if it is worth this share of the strongest.
WORTH_TELLING = 0.3
#: So many routes are looked at beyond those that are wanted, to choose among.
POOL = 60
#: A way that is weaker than this share of the strongest is not among the first routes: it is true, and no answer.
FLOOR = 0.12
#: The same for what spells out a way that is: it says how, and may be weak for each step that it adds.
SPELLING_FLOOR = 0.08
#: The same for a way that passes one more state of illness than the strongest, and two or more: each is a chance to go another way.
DETOUR_FLOORS = (0.3, 0.8)
#: The same for another way, which passes an illness or a lack that the strongest does not, and which spells out nothing that is told.
OTHER_FLOOR = 0.22
#: The same for another way that is the exception beside it: only lists of one work name its first illness or lack, or it needs a
#: degree that nothing says is reached. Beside a direct claim also one by a lack whose effect is disputed or was counted as seldom.
EXCEPTION_FLOOR = 0.8
#: The same for another way beside a direct claim, by a lack that the cause leads to only weakly.
FAINT_FLOOR = 0.6
#: A first step that is worth less leads weakly; what is very poorly sourced and uncounted, or was counted as seldom.
FAINT = 0.3
#: The same for a way that works against what the strongest promotes, or promotes what that works against.
OPPOSED_FLOOR = 0.5
#: A chain by way of two illnesses or lacks that is weaker than this is no answer either, though it were the strongest: of the first
#: routes that a reader called right none was. Nor is one that needs a degree which nothing says is reached.
LEAST_TOLD = 0.05


def respells(route: Route, earlier: Route) -> bool:
    """Whether one route is another one told with more, with fewer or with one other step between the same ends.

    Routes through one state each that is not the same are two ways, and the direct claim is spelled out by each of them. That a
    state passed is a kind of a wider one is not a step of its own.
    """
    ours, theirs = _pass_through(route), _pass_through(earlier)
    if not ours or not theirs:
        return ours == theirs and len(route.claims) + len(earlier.claims) > 2
    return ours <= theirs or theirs <= ours or (bool(ours & theirs) and len(ours - theirs) <= 1 and len(theirs - ours) <= 1)


def _pass_through(route: Route) -> set[str]:
    return set(route.states[1:-1]) - {claim.effect for claim in route.claims if claim.relation == KIND}


def _detours(graph: CausalGraph, route: Route) -> int:
    """How many states of illness a route passes, steps of mechanism and what is only another name not counted."""
    return len(_illnesses(graph, route))


def _illnesses(graph: CausalGraph, route: Route) -> set[str]:
    return {iri for iri in _pass_through(route) - _named_by_end(route) if graph.states[iri].kind in ILL}


def _degrees(graph: CausalGraph, route: Route) -> int:
    """How many further steps of a route hold from a degree of their cause on that nothing before them says is reached."""
    states, found = route.states, 0
    for place, claim in enumerate(route.claims[1:], 1):
        known = states[: place + 1]
        found += any(gate in graph.meeting(claim.cause) and graph.meeting(gate).isdisjoint(known) for gate in claim.only_when)
    return found


def _other_floor(graph: CausalGraph, route: Route, strongest: Route) -> float:
    """The share of the strongest that another way must be worth, 0 where a route passes no illness or lack of its own."""
    own = _illnesses(graph, route) - _illnesses(graph, strongest)
    if not own:
        return 0.0
    first = route.claims[0]
    if _degrees(graph, route) > _degrees(graph, strongest) or (first.effect in own and is_merely_listed(first)):
        return EXCEPTION_FLOOR
    lacks = {iri for iri in own if graph.states[iri].kind == "NutrientStatus"} if len(strongest.claims) == 1 else ()
    if lacks and any(is_cap(claim) for claim in route.claims):
        return EXCEPTION_FLOOR
    return FAINT_FLOOR if first.effect in lacks and weight(first) < FAINT else OTHER_FLOOR


def _goes_by_one(graph: CausalGraph, route: Route, strongest: Route, exceptions: Sequence[Route]) -> bool:
    """Whether a route passes all illnesses and lacks that one of the exceptions has of its own: it only spells that one out."""
    ours = _illnesses(graph, route)
    return any(_illnesses(graph, one) - _illnesses(graph, strongest) <= ours for one in exceptions)


def _named_by_end(route: Route) -> set[str]:
    """The states at the end of a route that are only a narrower name of its end: megaloblastic anemia, on the way to anemia."""
    named: set[str] = set()
    for claim in reversed(route.claims):
        if claim.relation != KIND:
            break
        named.add(claim.cause)
    return named


def _floor(graph: CausalGraph, route: Route, strongest: Route, spelled: bool) -> float:
    """The share of the strongest that a route must be worth to be listed."""
    if route.sign != strongest.sign:
        return OPPOSED_FLOOR
    more = _detours(graph, route) - _detours(graph, strongest)
    return DETOUR_FLOORS[min(more, len(DETOUR_FLOORS)) - 1] if more > 0 else SPELLING_FLOOR if spelled else FLOOR


def _says_how(graph: CausalGraph, route: Route, chosen: Sequence[Route]) -> bool:
    """Whether a route tells a way that is among the chosen with more steps of mechanism, and passes no further illness."""
    ours, illnesses = _pass_through(route), _detours(graph, route)
    ways = (one for one in chosen if one.sign == route.sign and _detours(graph, one) == illnesses)
    return any(set() < _pass_through(one) < ours for one in ways)


def _is_told(graph: CausalGraph, route: Route, strongest: Route, spelled: bool, chosen: Sequence[Route]) -> bool:
    """Whether a route is worth telling beside the strongest, and by itself."""
    if _says_how(graph, route, chosen):
        return route.strength >= SPELLING_FLOOR * strongest.strength
    floor = _floor(graph, route, strongest, spelled)
    if not spelled:
        floor = max(floor, _other_floor(graph, route, strongest))
    return _is_enough(graph, route) and route.strength >= floor * strongest.strength


def _is_enough(graph: CausalGraph, route: Route) -> bool:
    """Whether a route is strong enough to be told, though it were the strongest."""
    return route.strength >= LEAST_TOLD or (_detours(graph, route) < 2 and not _degrees(graph, route))


class Choice(NamedTuple):
    """The routes that are told, and what is not: whether there are more, whether weaker ones are left out, and :func:`_mechanism`."""

    routes: list[Route]
    more: bool
    weaker: bool
    mechanism: Route | None = None


def different(graph: CausalGraph, found: Iterator[Route], limit: int, least: float | None = None) -> Choice:
    """The first ``limit`` routes, different ways before spellings of one.

    Parameters:
        graph: what the routes were found in.
        least: the least strength; by default a share of that of the strongest, see :data:`FLOOR`, and :data:`LEAST_TOLD`.
    """
    pool = list(islice(found, limit + POOL))
    chosen: list[Route] = []
    exceptions: list[Route] = []
    left, weaker = list(pool), False
    # What stands behind an exception is seldom better: its place stays empty.
    while left and len(chosen) + len(exceptions) < limit:
        spelled = {route: any(respells(route, one) for one in chosen) for route in left}
        back = {route: spelled[route] or route.strength < WORTH_TELLING * pool[0].strength for route in left}
        best = max(left, key=lambda route: (route.strength * (RESPELLED if back[route] else 1.0), -len(route.claims)))
        left.remove(best)
        if least is not None:
            told, exception = best.strength >= least, False
        else:
            ways = () if spelled[best] else exceptions
            told = _is_told(graph, best, pool[0], spelled[best], chosen) and not _goes_by_one(graph, best, pool[0], ways)
            exception = not told and not spelled[best] and _other_floor(graph, best, pool[0]) > OTHER_FLOOR
        if told:
            chosen.append(best)
        else:
            weaker = True
            exceptions += [best] if exception else []
    return Choice(chosen, bool(left), weaker, _mechanism(graph, chosen, pool))


def _mechanism(graph: CausalGraph, chosen: Sequence[Route], pool: Sequence[Route]) -> Route | None:
    """The strongest chain that spells out a claim that stands alone, too weak to be a way of its own: by one illness at most.

    A lack on the way is no mechanism but another cause, which stands on its own strength or is not told.
    """
    if not chosen or any(len(one.claims) > 1 and one.sign == chosen[0].sign for one in chosen):
        return None
    least = max(LEAST_TOLD, FLOOR * chosen[0].strength)
    for one in pool:
        if len(one.claims) > 1 and one.sign == chosen[0].sign and one.strength >= least:
            passed = _illnesses(graph, one)
            lack = any(graph.states[iri].kind == "NutrientStatus" for iri in passed)
            if len(passed) <= 1 and not lack and _other_floor(graph, one, chosen[0]) <= OTHER_FLOOR:
                return one
    return None
