"""Which states are stages of one thing: a nutrient's lack, its low level in the blood, and the disease that is its own.

The lack and the level deviate the same way in the same nutrient. A disease is a nutrient's own where an established claim
says that the lack brings it, which makes at least half of all that surely leads straight to the disease, however often,
and no other nutrient status does: as with scurvy. What leads to the lack as well, or follows from it, is no other cause:
bowel disease brings iron deficiency anemia by way of the lack. Degrees of one state are stages too, as a severe one.
"""

from __future__ import annotations

from kg.causal.model import KIND
from kg.causal.strength import CERTAINTY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.causal.model import CausalGraph, Claim

#: What a disease's own lack brings of all that leads straight to it.
OWN = 0.5

#: The place of the least certainty of the claim that says so.
SURE = 0

#: Words before the name of a state that make it a degree of the same.
DEGREES = ("mild", "moderate", "severe", "acute", "chronic")

Stage = tuple[str, str]


def stages(graph: CausalGraph, states: Iterable[str]) -> dict[str, Stage]:
    """For those of ``states`` that are a stage of a nutrient's lack or excess: the nutrient and the deviation; of degrees, the state.

    The claims into the states must have been read.
    """
    states = list(states)
    nutrients = {_deviation(graph, iri) for iri in states if graph.states[iri].kind == "NutrientStatus"} - {None}
    found: dict[str, Stage] = {}
    for iri in states:
        stage = _deviation(graph, iri)
        if stage in nutrients and graph.states[iri].kind != "Exposure":
            found[iri] = stage  # type: ignore[assignment]
        elif graph.states[iri].kind == "Condition" and (own := _owner(graph, iri)) in nutrients:
            found[iri] = own  # type: ignore[assignment]
    labels = {graph.states[iri].label: iri for iri in states}
    for label, iri in labels.items():
        degree, _, of = label.partition(" ")
        if iri not in found and degree in DEGREES and of in labels:
            found[iri] = found.setdefault(labels[of], (labels[of], ""))
    return found


def _deviation(graph: CausalGraph, iri: str) -> Stage | None:
    state = graph.states[iri]
    return (state.of, state.deviation) if state.of and state.deviation in ("low", "high") else None


def _owner(graph: CausalGraph, disease: str) -> Stage | None:
    """The one lack or excess of which a disease is the own one."""
    claims = [claim for claim in graph.into.get(disease, ()) if claim.sign > 0 and claim.relation != KIND]
    lacks = {claim.cause for claim in claims if graph.states[claim.cause].kind == "NutrientStatus"}
    beside = {claim.cause for lack in lacks for claim in graph.into.get(lack, ())}
    beside |= {claim.effect for lack in lacks for claim in graph.out.get(lack, ())}
    claims = [claim for claim in claims if claim.cause in lacks or claim.cause not in beside]
    shares: dict[Stage, float] = {}
    settled = False
    for claim in claims:
        stage = _deviation(graph, claim.cause)
        if stage and graph.states[claim.cause].kind == "NutrientStatus":
            shares[stage] = shares.get(stage, 0.0) + _sureness(claim)
            settled = settled or claim.by_definition or (claim.status == "established" and claim.rank <= SURE)
    if len(shares) != 1 or not settled:
        return None
    [(stage, share)] = shares.items()
    if any(graph.states[disease].label.startswith(f"{graph.states[lack].label} ") for lack in lacks):
        return stage  # it is called after the lack, as iron deficiency anemia is
    return stage if share >= OWN * sum(map(_sureness, claims)) else None


def _sureness(claim: Claim) -> float:
    """How surely a claim brings its effect at all: a disease may be seldom and be of one lack alone."""
    return 0.0 if claim.status == "refuted" else CERTAINTY[claim.rank]
