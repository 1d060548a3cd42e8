"""How a phrase was read, as a value, and the kinds of terms that it may be read as."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.laboratory import Measured
    from kg.grounding.resolve import Term

#: Kinds a finding may be read as, and a circumstance (diet, drug, condition, life stage), the likeliest first.
FINDING = ("Symptom", "Sign", "LabFinding", "Condition", "PhysiologicalState", "NutrientStatus", "Exposure")
CONTEXT = (
    "Exposure",
    "Population",
    "Condition",
    "Drug",
    "NutrientStatus",
    "PhysiologicalState",
    "Symptom",
    "Sign",
    "LabFinding",
)


class Reading(NamedTuple):
    """How a phrase was read.

    Attributes:
        phrase: the phrase as it was typed.
        terms: what it says is there, in the order told.
        ruled_out: what it says is not there: denied findings, both ways that a normal test could have been abnormal
            (a normal level speaks against a deficiency, it does not exclude it).
        how: "exact", "set aside", "split", "result", "number", "denied", "drug", "person", "written out" (of short forms), "words" (the
            same words in another order), "wider" (a known name within what was said), "phenotype" (by the Human Phenotype Ontology, or of what it is a kind of), or "unread" where no term was found.
        aside: words that were set aside to find the terms.
        unread: parts of a combined phrase that no term was found for.
        measured: the number of a laboratory, where the phrase is one.
    """

    phrase: str
    terms: tuple[Term, ...] = ()
    ruled_out: tuple[Term, ...] = ()
    how: str = "unread"
    aside: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    measured: Measured | None = None

    @property
    def understood(self) -> bool:
        """Whether any term was found."""
        return bool(self.terms or self.ruled_out)
