"""Looking for a name many times, where most names that are tried are none: the nearest ones are not looked for."""

from __future__ import annotations

from kg.errors import UnknownName
from kg.grounding.resolve import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked, Term


class NotFound(UnknownName):
    """A name that nothing bears, before the nearest ones were looked for, which takes its time."""

    def __init__(self, name: str, kind: str | None) -> None:
        super().__init__(f"nothing is called {name!r}", ())
        self.name, self.kind = name, kind


def find_surely(rows: Asked, name: str, kind: str | None = None) -> Term:
    """The term called ``name``.

    Raises:
        NotFound: nothing has that name; :func:`kg.grounding.resolve.resolve` says which come near.
        UsageError: several terms are called so.
    """
    found = find(rows, name, kind)
    if found is None:
        raise NotFound(name, kind)
    return found
