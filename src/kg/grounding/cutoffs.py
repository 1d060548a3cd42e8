"""The cut-offs of a biomarker as the graph tells them, and what one of them says of a value."""

from __future__ import annotations

from typing import NamedTuple

from kg.grounding.units import Conversion, Unit, convert, unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Cutoff(NamedTuple):
    """A cut-off of the graph."""

    interpretation: str
    comparator: str
    lower: float | None
    upper: float | None
    unit: str
    group: str
    whom: tuple[str, ...]
    body: str
    text: str


def cutoffs_of(rows: Iterable[Sequence[object]]) -> dict[str, list[Cutoff]]:
    """The cut-offs by the IRI of their biomarker, from the rows of the reading query of that name."""
    found: dict[tuple[str, str], Cutoff] = {}
    for row in rows:
        biomarker, name, meaning, comparator, lower, upper, told, group, whom, body, text = [
            getattr(cell, "value", "") for cell in row
        ]
        known = found.get((biomarker, name))
        kinds = (*(known.whom if known else ()), whom)
        found[(biomarker, name)] = Cutoff(
            meaning,
            comparator,
            float(lower) if lower else None,
            float(upper) if upper else None,
            told,
            group,
            kinds,
            body,
            text,
        )
    by: dict[str, list[Cutoff]] = {}
    for (biomarker, _), cutoff in found.items():
        by.setdefault(biomarker, []).append(cutoff)
    return by


def says(cutoff: Cutoff, value: float, told: Unit, how: Conversion) -> str:
    """What one cut-off says of a value: low, high or normal; empty where its unit cannot be reached."""
    wanted = unit(cutoff.unit)
    here = convert(value, told, wanted, how) if wanted else None
    if here is None:
        return ""
    below = cutoff.lower is not None and here < cutoff.lower
    above = cutoff.upper is not None and here > cutoff.upper
    if cutoff.interpretation == "adequate":
        return "low" if below else "high" if above else "normal"
    if cutoff.comparator in (">", ">="):
        return "normal" if below or (cutoff.comparator == ">" and here == cutoff.lower) else "high"
    if cutoff.comparator in ("<", "<="):
        return "low" if not above and not (cutoff.comparator == "<" and here == cutoff.upper) else "normal"
    # A range within a deficiency or an excess: one band of several, so only what lies in it is said.
    inside = not below and not above
    return ("high" if cutoff.interpretation == "excess" else "low") if inside else ""


def sides(cutoff: Cutoff) -> set[str]:
    """Whether a cut-off draws a line below, above, or both."""
    if cutoff.interpretation == "adequate":
        return {side for side, limit in (("low", cutoff.lower), ("high", cutoff.upper)) if limit is not None}
    return {"high"} if cutoff.interpretation == "excess" or cutoff.comparator in (">", ">=") else {"low"}


def concerns(cutoff: Cutoff, whom: set[str]) -> bool:
    special = ("inflammation", "anemia", "hospital", "population", "survey", "lactating")
    if any(word in cutoff.group for word in special):
        return False
    if whom:
        return bool(whom.intersection(cutoff.whom))
    return bool({"women", "men"}.intersection(cutoff.whom))
