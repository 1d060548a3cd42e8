"""What is a kind of what, however far below."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def closure(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Each state that has kinds, with itself and all of them, from pairs of a narrower and a wider state.

    >>> sorted(closure([("b", "a"), ("c", "b")])["a"])
    ['a', 'b', 'c']
    """
    direct: dict[str, set[str]] = {}
    for narrower, wider in pairs:
        direct.setdefault(wider, set()).add(narrower)
    found: dict[str, frozenset[str]] = {}
    for wider in direct:
        known = edge = {wider}
        while edge:
            edge = {narrower for state in edge for narrower in direct.get(state, ())} - known
            known = known | edge
        found[wider] = frozenset(known)
    return found
