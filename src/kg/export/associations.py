"""Which class of the Biolink Model (version 4.4) an edge belongs to, and how its direction is said there.

Biolink has classes of associations by the categories of both ends; each allows some predicates and qualifiers. Where none fits, an
edge is a plain ``biolink:Association``, which has no qualifier for a direction: it then stands in ``original_predicate`` alone.
"""

from __future__ import annotations

from typing import NamedTuple

#: Categories whose nodes need a ``has_attribute_type``.
ATTRIBUTES = ("biolink:ClinicalMeasurement", "biolink:OrganismAttribute")

_PHENOTYPE, _DISEASE = "biolink:PhenotypicFeature", "biolink:Disease"
_CHEMICALS = ("biolink:ChemicalEntity", "biolink:Drug", "biolink:Food")
_TREATS = ("biolink:treats_or_applied_or_studied_to_treat", "biolink:preventative_for_condition")
_TO_PHENOTYPES = {
    _PHENOTYPE: "biolink:PhenotypicFeatureToPhenotypicFeatureAssociation",
    _DISEASE: "biolink:DiseaseToPhenotypicFeatureAssociation",
    "biolink:ExposureEvent": "biolink:ExposureEventToPhenotypicFeatureAssociation",
}


class Association(NamedTuple):
    """The class of an edge, its predicate, and its qualifiers (empty where there are none)."""

    category: str
    predicate: str
    qualified: str = ""
    direction: str = ""


def association(subject: str, predicate: str, direction: str, object_: str) -> Association:
    """The association that joins nodes of two categories by a predicate with a direction.

    >>> association("biolink:Drug", "biolink:affects", "decreased", "biolink:PhysiologicalProcess").category
    'biolink:ChemicalEntityToBiologicalProcessAssociation'
    """
    if predicate in _TREATS and object_ not in (_PHENOTYPE, _DISEASE):
        return Association("biolink:Association", "biolink:affects")  # only diseases and features are treated there
    category = _category(subject, predicate, object_)
    if not direction or category == "biolink:Association":
        return Association(category, predicate)
    return Association(category, predicate, "biolink:causes", direction)


def _category(subject: str, predicate: str, object_: str) -> str:
    if predicate in _TREATS:
        return "biolink:ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation"
    if subject in _CHEMICALS and object_ == "biolink:PhysiologicalProcess":
        return "biolink:ChemicalEntityToBiologicalProcessAssociation"
    if object_ == _PHENOTYPE and subject in _TO_PHENOTYPES:
        return _TO_PHENOTYPES[subject]
    return "biolink:Association"
