"""Two claims that say the same become one, with the evidence of both."""

from __future__ import annotations

import os

from kg.authoring import block_edit
from kg.authoring.credit import CREDIT, join_credit, without_credit
from kg.errors import UsageError


def join_claims(kept: str, given: str, path: str, was: str) -> str:
    """The block of a claim with the evidence of another one, and with what only the other says.

    Parameters:
        was: the name that the other one had.

    Raises:
        UsageError: both say something, and not the same.
    """
    into, other = block_edit.block(kept), block_edit.block(given)
    evidence = [without_credit(" ".join(pieces)) for pieces in into.objects("kg:evidence")]
    for pieces in other.objects("kg:evidence"):
        if without_credit(" ".join(pieces)) not in evidence:
            into.add("kg:evidence", " ".join(pieces))
    for name in dict.fromkeys(name for name, _ in other.entries):
        if name in ("kg:evidence", "a"):
            continue
        theirs = [" ".join(pieces) for pieces in other.objects(name)]
        ours = [" ".join(pieces) for pieces in into.objects(name)]
        if ours and name in CREDIT:
            into.put(name, join_credit(name, ours, theirs))
        elif ours and sorted(ours) != sorted(theirs):
            told = f"{name} is {' , '.join(theirs)} of the first and {' , '.join(ours)} of the second"
            raise UsageError(
                f"{os.path.normpath(path)}: {was} and {into.subject} become one claim, but {told}; make them agree first"
            )
        if not ours:
            into.put(name, theirs, ("kg:effect", "kg:object"))
    return into.text()
