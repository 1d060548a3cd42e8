"""The closed lists of the vocabulary that code needs by name; tests hold them equal to ``ontology/kg.ttl``."""

from __future__ import annotations

#: How a source stands to a claim: the local names of the members of ``kg:Stance``, in the order of pages and tables.
STANCES = ("supports", "disputes", "mixed")
#: How far the evidence carries a claim, the highest first: the labels of the members of ``kg:Certainty``.
CERTAINTIES = ("high", "moderate", "low", "very low")
#: The same by local name.
CERTAINTY_NAMES = {
    "highCertainty": "high",
    "moderateCertainty": "moderate",
    "lowCertainty": "low",
    "veryLowCertainty": "very low",
}
#: The highest ``kg:prominence`` of a claim, and the one that a claim is taken to have where a graph does not say.
MOST_PROMINENT = 5
