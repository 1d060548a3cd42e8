"""Which nodes of a directed graph to take out so that nothing reaches a goal: the smallest choices, without trying all.

The goal stands while a route leads there from an origin. A choice has to hit every route, so it is a hitting set: a
route that still stands is found, and the search branches on those of its nodes that may go. Routes that share no such
node need one each, so a branch that has more of them than choices left is not entered. How many there are is known
exactly, and so almost every branch that is entered ends in a choice.
"""

from __future__ import annotations

from collections import Counter, deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: After so many branches the search for larger choices is given up; the smallest come long before.
MOST_BRANCHES = 5_000

NONE: frozenset[str] = frozenset()


class Net:
    """A directed graph by its causes: ``into`` names the causes of each node, all of them nodes too.

    Origins are the nodes without a cause. Nodes that none of these reach are fed by a loop alone: those of them in
    ``self_kept`` are origins too, until a node that leads there is taken out. ``ignored`` nodes are no origins.
    """

    def __init__(self, into: Mapping[str, list[str]], self_kept: frozenset[str], ignored: frozenset[str] = NONE) -> None:
        self.into, self.self_kept = into, self_kept
        self.out: dict[str, list[str]] = {node: [] for node in into}
        for node, causes in into.items():
            for cause in causes:
                self.out[cause].append(node)
        first = [node for node, causes in into.items() if not causes]
        fed = walk(self.out, first)
        self.origins = [node for node in first if node not in ignored]
        self.looped = [node for node in into if node in self_kept and node not in fed]

    def alive(self, gone: frozenset[str]) -> set[str]:
        """The origins that are left when ``gone`` is taken out."""
        ended = walk(self.out, gone) if self.looped else set()
        return {*self.origins, *(node for node in self.looped if node not in ended)} - gone

    def standing(self, gone: frozenset[str]) -> set[str]:
        """What still stands when ``gone`` is taken out."""
        return walk(self.out, self.alive(gone), gone)

    def beyond(self, goal: str, may_go: frozenset[str]) -> frozenset[str]:
        """The origins that lead to the goal by nothing that may go."""
        return frozenset(self.origins) & walk(self.into, [goal], may_go)

    def to_hit(self, goal: str, gone: frozenset[str], may_go: frozenset[str]) -> set[str]:
        """The nodes one of which has to go: those of the route that stands with the fewest that may, or none without a route."""
        route = _route(self.into, goal, self.alive(gone), gone, may_go)
        # What is fed by a loop ends with anything that leads there.
        return walk(self.into, route[:1]) | set(route) if route and route[0] in self.looped else set(route)

    def count_needed(self, goal: str, gone: frozenset[str], may_go: frozenset[str]) -> int | None:
        """At least how many more have to go: as many as there are routes that share none of them (Menger's theorem).

        Exact where no loop feeds itself. None where a route has no node that may go.
        """
        alive = self.alive(gone)
        if alive & walk(self.into, [goal], may_go | gone):
            return None
        flow = _Flow(self.out, goal, gone, may_go)
        # A loop ends with anything that leads there, so its routes are no part of the count; one more if they are all.
        count = flow.routes(alive.difference(self.looped))
        return count if count or not self.to_hit(goal, gone, may_go) else 1


class _Flow:
    """Routes to a goal that share no node that may go, found one by one; a later one may turn an earlier one aside.

    Ford and Fulkerson's method on nodes: each has a side where routes come in and one where they go out, with room for a
    single one between them where it may go.
    """

    def __init__(self, out: Mapping[str, list[str]], goal: str, gone: frozenset[str], may_go: frozenset[str]) -> None:
        self.out, self.goal, self.gone, self.may_go = out, goal, gone, may_go
        self.within: Counter[str] = Counter()
        self.came: dict[str, Counter[str]] = {}

    def routes(self, origins: set[str]) -> int:
        """How many there are."""
        count, starts = 0, sorted(origins)
        while self._one_more(starts):
            count += 1
        return count

    def _one_more(self, starts: list[str]) -> bool:
        before: dict[tuple[str, bool], tuple[str, bool] | None] = {(node, False): None for node in starts}
        queue = deque(before)
        while queue:
            place = queue.popleft()
            if place == (self.goal, False):
                self._take(place, before)
                return True
            for following in self._onward(*place):
                if following not in before:
                    before[following] = place
                    queue.append(following)
        return False

    def _onward(self, node: str, outside: bool) -> Iterator[tuple[str, bool]]:
        if outside:
            yield from ((effect, False) for effect in self.out[node] if effect not in self.gone)
            if self.within[node]:
                yield node, False
        else:
            if node not in self.may_go or not self.within[node]:
                yield node, True
            yield from ((cause, True) for cause, routes in self.came.get(node, {}).items() if routes)

    def _take(self, place: tuple[str, bool], before: Mapping[tuple[str, bool], tuple[str, bool] | None]) -> None:
        while (last := before[place]) is not None:
            (cause, was_outside), (node, _) = last, place
            if cause == node:
                self.within[node] += -1 if was_outside else 1
            elif was_outside:
                self.came.setdefault(node, Counter())[cause] += 1
            else:
                self.came[cause][node] -= 1
            place = last


def walk(edges: Mapping[str, list[str]], start: Iterable[str], without: frozenset[str] = NONE) -> set[str]:
    """All nodes that a walk along ``edges`` comes to, the first ones included."""
    found = {node for node in start if node not in without}
    stack = list(found)
    while stack:
        for node in edges[stack.pop()]:
            if node not in found and node not in without:
                found.add(node)
                stack.append(node)
    return found


def _route(
    into: Mapping[str, list[str]], goal: str, origins: set[str], gone: frozenset[str], may_go: frozenset[str]
) -> list[str]:
    """A route from an origin with the fewest nodes that may go: those cost one, and what costs nothing goes first."""
    onward = {goal: goal}
    done: set[str] = set()
    queue = deque([(goal, goal)] if goal not in gone else [])
    while queue:
        node, after = queue.popleft()
        if node in done:
            continue
        done.add(node)
        onward[node] = after
        if node in origins:
            route = [node]
            while route[-1] != goal:
                route.append(onward[route[-1]])
            return route
        for cause in into[node]:
            if cause not in done and cause not in gone:
                (queue.append if cause in may_go else queue.appendleft)((cause, node))
    return []


def smallest_sets(net: Net, goal: str, may_go: frozenset[str], limit: int) -> tuple[list[frozenset[str]], bool]:
    """Up to ``limit`` choices of nodes of ``may_go`` without which nothing reaches the goal, the smallest first.

    None holds another. The second value says whether there are more, or may be: the search is given up at some point.
    """
    search = _Search(net, goal)
    found: list[frozenset[str]] = []
    smallest = net.count_needed(goal, NONE, may_go) or 0
    for size in range(smallest, len(may_go) + 1):
        search.cut_short = False
        for one in search.choices(NONE, may_go, size):
            if size == smallest or all(net.to_hit(goal, one - {node}, may_go) for node in one):
                found.append(one)
                if len(found) > limit:
                    return found[:limit], True
        if not search.cut_short or search.branches > MOST_BRANCHES:
            break
    return found, search.cut_short


class _Search:
    def __init__(self, net: Net, goal: str) -> None:
        self.net, self.goal = net, goal
        self.branches = 0
        self.cut_short = False

    def choices(self, gone: frozenset[str], may_go: frozenset[str], left: int) -> Iterator[frozenset[str]]:
        """The choices that add exactly ``left`` nodes to ``gone``; each is met once."""
        while (route := self.net.to_hit(self.goal, gone, may_go)) and len(route & may_go) == 1 and left:
            gone, left = gone | (route & may_go), left - 1
        if not route:
            if left == 0:
                yield gone
            return
        needed = self.net.count_needed(self.goal, gone, may_go)
        if needed is None:
            return
        self.branches += 1
        if self.branches > MOST_BRANCHES or needed > left:
            self.cut_short = True
            return
        for node in sorted(route & may_go):
            may_go = may_go - {node}
            yield from self.choices(gone | {node}, may_go, left - 1)
