"""Changes of claims that are there, made in a draft."""

from __future__ import annotations

from collections.abc import Sequence

from kg.authoring import block_edit
from kg.authoring.draft import Draft
from kg.authoring.written import Written
from kg.errors import DataError
from kg.rdf.namespaces import iri_to_compact

#: What a property of a claim follows where it is new: the ends, and what else holds for the claim.
_ENDS = (
    "kg:effect",
    "kg:object",
    "kg:ratherThan",
    "kg:onset",
    "kg:reversibility",
    "kg:reading",
    "kg:onlyWhen",
    "kg:population",
)
_LINE = (
    "kg:source",
    "kg:stance",
    "kg:lineKind",
    "kg:directness",
    "kg:frequency",
    "kg:share",
    "kg:affected",
    "kg:examined",
    "kg:locator",
)


def set_claim(draft: Draft, claim: Written, name: str, objects: Sequence[str]) -> None:
    """Give a claim these objects of a property, or none."""
    curie = iri_to_compact(claim.iri)
    found = block_edit.block(draft.block(claim.path, curie))
    found.put(f"kg:{name}", objects, _ENDS)
    draft.change(claim.path, curie, found.text())


def set_line(draft: Draft, claim: Written, number: int | None, name: str, objects: Sequence[str]) -> None:
    """Give a line of evidence (counted from 0) these objects of a property, or none; without a number ``name`` is a new line whole."""
    curie = iri_to_compact(claim.iri)
    found = block_edit.block(draft.block(claim.path, curie))
    if number is None:
        found.add("kg:evidence", name)
    else:
        pieces = found.objects("kg:evidence")[number]
        if pieces[0] != "[":
            raise DataError(f"{claim.path}: {curie}: its evidence is not written in brackets; change it by hand")
        line = block_edit.brackets(pieces)
        after = _LINE[: _LINE.index(f"kg:{name}")] if f"kg:{name}" in _LINE else _LINE
        line.put(f"kg:{name}", objects, after)
        found.replace("kg:evidence", number, line.bracket())
    draft.change(claim.path, curie, found.text())
