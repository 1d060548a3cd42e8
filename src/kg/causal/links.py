"""What maps draw beside causal claims: the relations and properties that the ontology marks with ``kg:drawn``. Nothing walks them."""

from __future__ import annotations

from kg.causal.claim_rows import local, local_or_none, text
from kg.causal.loader import with_evidence
from kg.causal.model import CausalGraph, Claim, State
from kg.rdf.vocabulary import CERTAINTY_NAMES
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.grounding.resolve import Asked

#: The status of what a term itself says.
STATED = "stated of the term"


def add_links(rows: Asked, causal: CausalGraph) -> CausalGraph:
    """The graph with what is drawn beside its claims, and the terms that this joins; the same graph where nothing is."""
    found: dict[tuple[str, str, str], Claim] = {}
    ends: dict[str, State] = {}
    for prop, name, claim, status, certainty, note, *both in rows(reading("drawn_links")):
        subject, target = _end(*both[:4]), _end(*both[4:])
        ends |= {subject.iri: subject, target.iri: target}
        key = subject.iri, local(prop), target.iri
        iri = claim.value if claim is not None else f"{subject.iri}#{local(prop)}-{local(both[4])}"
        sure = CERTAINTY_NAMES[local(certainty)] if certainty is not None else ""
        facts = iri, subject.iri, name.value, target.iri, local_or_none(status) or STATED, sure
        found[key] = Claim(*facts, note=text(note), causal=False)
    if not found:
        return causal
    claims = [one for one in found.values() if one.certainty]
    told = {one.iri: one for one in with_evidence(rows, claims)} if claims else {}
    made = CausalGraph({**ends, **causal.states}, causal.claims, causal.kinds, causal.diseases)
    made.credit = causal.credit
    made.links = {key: told.get(one.iri, one) for key, one in found.items()}
    return made


def state_of(state: str, thing: str) -> Claim:
    """The line from a state to what it is a state of, for a map on which the two would else stand apart."""
    return Claim(f"{state}#stateOf", state, "state of", thing, STATED, "", causal=False)


def _end(iri: Any, label: Any, kind: Any, definition: Any) -> State:
    tag = label.language or ""
    return State(iri.value, label.value, local(kind), text(definition), language="" if tag == "en" else tag)
