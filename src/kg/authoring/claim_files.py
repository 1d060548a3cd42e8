"""Which file of ``data/claims`` a claim is written in: a rule that needs no looking up, in the order in which it is applied.

1. Claims that are no mechanism go by their class: treatments, diagnosis, populations, foods.
   What treats or prevents the lack or excess of a nutrient stands with the nutrient: ``zinc.ttl``.
   A class of claims that is added to the ontology has a file of its name: ``drug_interactions.ttl``.
2. The nutrient that the subject is about, else the one that the object is about: ``vitamin-b12.ttl``.
3. What an exposure does beside nutrition: ``exposures.ttl``.
4. The organ system of the subject: ``heart-and-vessels.ttl``; what one of its conditions makes a person feel stands apart,
   in ``heart-and-vessels-symptoms.ttl``.
5. A step of mechanism outside the organ systems: ``mechanisms.ttl``.
6. The organ system of the object: ``breathing-system.ttl`` holds what brings asthma about.
7. What a food or a component of food does: ``foods.ttl``; what is left: ``conditions.ttl``.

A file is named after its topic: the local name of the nutrient or organ system. Records stand in the order of their names,
so that two additions meet only where they are neighbours.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.claim_rows import of
from kg.rdf.namespaces import KG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.grounding.resolve import Asked

#: Files of the classes of claims that state no mechanism.
BY_CLASS = {
    "TreatmentClaim": "treatments",
    "DiagnosticClaim": "diagnosis",
    "DifferentialClaim": "diagnosis",
    "RiskClaim": "populations",
    "CompositionClaim": "foods",
}
#: Classes of claims that are placed by what they are about; any other class has a file of its own.
_BY_TOPIC = frozenset({"CausalClaim", "RequirementClaim", "ModifierClaim", "Claim", ""})
_MECHANISMS = frozenset({"PhysiologicalState", "Process", "Quantity", "Structure"})
_FOODS = frozenset({"Food", "FoodGroup", "Inhibitor", "Substance"})


class Topic(NamedTuple):
    """What a term is about: its kind, and the local names of its nutrients and organ systems in order."""

    kind: str
    nutrients: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()


def file_of(kind: str, subject: Topic, target: Topic) -> str:
    """The name of the file for a claim of a class (a local name) on two terms.

    >>> file_of("CausalClaim", Topic("NutrientStatus", ("iron",)), Topic("Symptom", (), ("nervous-system",)))
    'iron.ttl'
    """
    return f"{_topic(kind, subject, target)}.ttl"


def _topic(kind: str, subject: Topic, target: Topic) -> str:
    if kind == "TreatmentClaim" and target.nutrients:
        return target.nutrients[0]
    if kind in BY_CLASS:
        return BY_CLASS[kind]
    if kind not in _BY_TOPIC:
        return file_name(kind.removesuffix("Claim"))
    for end in (subject, target):
        if end.nutrients:
            return end.nutrients[0]
    if subject.kind == "Exposure":
        return "exposures"
    if subject.systems:
        felt = subject.kind == "Condition" and target.kind == "Symptom"
        return subject.systems[0] + ("-symptoms" if felt else "")
    if subject.kind in _MECHANISMS:
        return "mechanisms"
    if target.systems:
        return target.systems[0]
    return "foods" if subject.kind in _FOODS else "conditions"


def file_name(kind: str) -> str:
    """The file for records of a class (a local name) that no other rule places: its words in the plural.

    >>> file_name("Gene"), file_name("DrugInteraction"), file_name("Frailty")
    ('genes', 'drug_interactions', 'frailties')
    """
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_") or "claim"
    return f"{words[:-1]}ies" if words.endswith("y") and words[-2:-1] not in "aeiou" else f"{words}s"


def topics_of(ask: Asked, terms: list[str] | None = None) -> Mapping[str, Topic]:
    """The topics of some terms (IRIs), or of all."""
    found: dict[str, tuple[str, set[str], set[str]]] = {}
    for term, kind, nutrient, system in of(ask, "subjects", "term", terms):
        _, nutrients, systems = found.setdefault(term.value, (_local(kind), set(), set()))
        nutrients.update([_local(nutrient)] if nutrient else [])
        systems.update([_local(system)] if system else [])
    return {iri: Topic(kind, tuple(sorted(first)), tuple(sorted(second))) for iri, (kind, first, second) in found.items()}


def _local(node: object) -> str:
    return str(getattr(node, "value", "")).removeprefix(KG)
