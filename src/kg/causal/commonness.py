"""How common a candidate is among the people asked about, which parts candidates that explain alike and decides nothing else."""

from __future__ import annotations

from kg.causal.claim_rows import local, of
from kg.rdf.namespaces import KG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.causal.candidate import Candidate
    from kg.grounding.resolve import Asked

#: Classes of commonness, the most common first.
COMMONNESS = ("veryCommon", "common", "uncommon", "rare")
#: What each class more common adds to a score: enough to part candidates that explain alike.
COMMONER = 0.01
#: Who is asked about where no age or sex is told.
ADULTS = KG + "adults"


def say_commonness(name: str) -> str:
    """A class of commonness as a reader reads it: ``veryCommon`` is "very common"; empty where no source says."""
    return "very common" if name == COMMONNESS[0] else name


def by_commonness(rows: Asked, found: list[Candidate], people: Iterable[str] = ()) -> list[Candidate]:
    """The candidates with how common they are: among those that explain alike, the more common first.

    Parameters:
        rows: what answers a query text with rows.
        found: the candidates, best first.
        people: the groups that the person belongs to, adults if none; how common a state is in another group says nothing of this person.
    """
    groups = set(people) or {ADULTS}
    classes: dict[str, str] = {}
    for state, name, population in of(rows, "commonness", "state", [iri for one in found for iri in (one.iri, *one.stages)]):
        if population is None or population.value in groups:
            classes[state.value] = min(local(name), classes.get(state.value, COMMONNESS[-1]), key=COMMONNESS.index)
    weighed = []
    for one in found:
        # A candidate named scurvy is as rare as scurvy, though the lack behind it is common.
        known = [classes[iri] for iri in ((one.iri,) if one.iri in classes else one.stages) if iri in classes]
        common = min(known, key=COMMONNESS.index) if known else ""
        more = COMMONER * (len(COMMONNESS) - 1 - COMMONNESS.index(common)) if common else 0.0
        weighed.append(one._replace(commonness=common, score=round(one.score * (1 + more), 4)))
    return sorted(weighed, key=lambda one: -one.score)
